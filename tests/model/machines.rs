//! The named machines: the numbers that the question tells.

use lockstep_core::model::run;
use lockstep_core::scenario::{Journal, MachineChoice, MachineProfile, Scenario};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::Outcome;

fn rows(scenario: &Scenario) -> Vec<u32> {
    (1..=20).map(|seed| Outcome::of(&run(&Scenario { seed, ..scenario.clone() }).expect("fits")).inserted()).collect()
}

#[test]
fn the_askers_machine_gives_the_askers_number_whatever_the_seed() {
    let rows = rows(&Scenario::default());
    let (least, most) = (rows.iter().min().expect("20 runs"), rows.iter().max().expect("20 runs"));
    assert!(*least >= 157 && *most <= 173 && most - least <= 10, "{rows:?}");
}

#[test]
fn the_answerers_machine_gives_about_400_and_with_twice_the_timeout_few_more_at_a_slow_rate() {
    let with = |seconds: u64| Scenario {
        machine: MachineChoice::MacLaptop,
        timeout: SimDuration::from_millis(1000 * seconds),
        ..Scenario::default()
    };
    let (five, ten) = (rows(&with(5)), rows(&with(10)));
    assert!(five.iter().all(|rows| (360..=440).contains(rows)), "{five:?}");
    assert!(five.iter().zip(&ten).all(|(five, ten)| (25..=120).contains(&(ten - five))), "{five:?} {ten:?}");
    let outcome = Outcome::of(&run(&with(10)).expect("fits"));
    let last_second =
        outcome.committed_at.iter().filter(|at| outcome.elapsed.since(**at) <= SimDuration::from_millis(1000)).count();
    assert!(last_second <= 20, "{last_second} rows");
}

#[test]
fn the_turn_of_the_askers_dial_is_seven_ticks_and_that_of_linux_a_little_over_100_ms() {
    let turn = |machine| run(&Scenario { machine, ..Scenario::default() }).expect("fits").turn;
    assert_eq!(turn(MachineChoice::WindowsLaptop), SimDuration::from_micros(109_375));
    let linux = turn(MachineChoice::LinuxVm).micros();
    assert!((100_050..100_200).contains(&linux), "{linux} us");
}

#[test]
fn a_commit_time_takes_the_place_of_the_machines_own_in_every_mode() {
    for (machine, own) in [(MachineChoice::WindowsLaptop, 23_000), (MachineChoice::MacLaptop, 180)] {
        for (journal, _) in Journal::ALL {
            let scenario = Scenario { machine, tasks: 50, journal: *journal, ..Scenario::default() };
            let given = |micros| Scenario { commit_time: Some(SimDuration::from_micros(micros)), ..scenario.clone() };
            assert_eq!(run(&scenario).expect("fits").events, run(&given(own)).expect("fits").events);
            let polls = |scenario: &Scenario| Outcome::of(&run(scenario).expect("fits")).polls;
            assert!(polls(&given(100 * own)) > polls(&scenario), "{machine:?} {journal:?}");
        }
    }
}

#[test]
fn on_ticks_the_rows_are_a_plateau_over_the_commit_time_and_on_a_fine_timer_a_slope() {
    let median = |machine, micros| {
        let mut rows = rows(&Scenario { machine, commit_time: Some(SimDuration::from_micros(micros)), ..Scenario::default() });
        rows.sort_unstable();
        rows[rows.len() / 2]
    };
    let times = [20_000, 22_000, 24_000, 26_000];
    let ticks = times.map(|micros| median(MachineChoice::WindowsLaptop, micros));
    assert!(ticks.iter().all(|rows| (157..=173).contains(rows)), "{ticks:?}");
    let [fast, slow] = [5_000, 40_000].map(|micros| median(MachineChoice::WindowsLaptop, micros));
    assert!(fast > 250 && slow < 140, "{fast} {slow}");
    let slope = times.map(|micros| median(MachineChoice::LinuxVm, micros));
    assert!(slope.is_sorted_by(|one, next| one > next), "{slope:?}");
}

#[test]
fn a_custom_machine_with_the_profile_of_linux_vm_is_linux_vm() {
    let profile = MachineProfile::parse(include_str!("../../data/machine_profile.jsonl")).expect("the kept profile");
    let linux = Scenario { machine: MachineChoice::LinuxVm, tasks: 50, ..Scenario::default() };
    let custom = Scenario { machine: MachineChoice::Custom, profile: Some(Box::new(profile)), ..linux.clone() };
    assert_eq!(run(&linux).expect("fits").events, run(&custom).expect("fits").events);
}
