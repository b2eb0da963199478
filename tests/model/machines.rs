//! The named machines give the numbers in the question and its answer.

use lockstep_core::model::run;
use lockstep_core::scenario::{Journal, MachineChoice, MachineProfile, Scenario};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::Outcome;

/// Rows of the scenario with each of 20 seeds.
fn rows(scenario: &Scenario) -> Vec<u32> {
    (1..=20).map(|seed| Outcome::of(&run(&Scenario { seed, ..scenario.clone() }).expect("fits")).inserted()).collect()
}

#[test]
fn the_askers_machine_gives_the_askers_number_of_rows_with_any_seed() {
    let rows = rows(&Scenario::default());
    let (min, max) = (rows.iter().min().expect("20 runs"), rows.iter().max().expect("20 runs"));
    assert!(*min >= 157 && *max <= 173 && max - min <= 10, "{rows:?}");
}

#[test]
fn the_answerers_machine_gives_about_400_rows_and_few_more_with_twice_the_timeout() {
    let with_timeout = |seconds: u64| Scenario {
        machine: MachineChoice::MacLaptop,
        timeout: SimDuration::from_millis(1000 * seconds),
        ..Scenario::default()
    };
    let (five, ten) = (rows(&with_timeout(5)), rows(&with_timeout(10)));
    assert!(five.iter().all(|rows| (360..=440).contains(rows)), "{five:?}");
    assert!(five.iter().zip(&ten).all(|(five, ten)| (25..=120).contains(&(ten - five))), "{five:?} {ten:?}");
    let outcome = Outcome::of(&run(&with_timeout(10)).expect("fits"));
    let last_second =
        outcome.committed_at.iter().filter(|at| outcome.elapsed.since(**at) <= SimDuration::from_millis(1000)).count();
    assert!(last_second <= 20, "{last_second} rows");
}

#[test]
fn one_turn_is_seven_ticks_on_the_askers_machine_and_just_over_100_ms_on_linux() {
    let turn = |machine| run(&Scenario { machine, ..Scenario::default() }).expect("fits").turn;
    assert_eq!(turn(MachineChoice::WindowsLaptop), SimDuration::from_micros(109_375));
    let linux = turn(MachineChoice::LinuxVm).micros();
    assert!((100_050..100_200).contains(&linux), "{linux} us");
}

#[test]
fn a_commit_time_replaces_the_machines_own_in_every_journal_mode() {
    for (machine, own_time) in [(MachineChoice::WindowsLaptop, 23_000), (MachineChoice::MacLaptop, 180)] {
        for (journal, _) in Journal::ALL {
            let scenario = Scenario { machine, tasks: 50, journal: *journal, ..Scenario::default() };
            let with_commit_time = |micros| Scenario { commit_time: Some(SimDuration::from_micros(micros)), ..scenario.clone() };
            assert_eq!(run(&scenario).expect("fits").events, run(&with_commit_time(own_time)).expect("fits").events);
            let polls = |scenario: &Scenario| Outcome::of(&run(scenario).expect("fits")).polls;
            assert!(polls(&with_commit_time(100 * own_time)) > polls(&scenario), "{machine:?} {journal:?}");
        }
    }
}

#[test]
fn rows_by_commit_time_are_a_plateau_with_a_ticking_timer_and_a_slope_with_a_precise_timer() {
    let median = |machine, micros| {
        let mut rows = rows(&Scenario { machine, commit_time: Some(SimDuration::from_micros(micros)), ..Scenario::default() });
        rows.sort_unstable();
        rows[rows.len() / 2]
    };
    let times = [20_000, 22_000, 24_000, 26_000];
    let plateau = times.map(|micros| median(MachineChoice::WindowsLaptop, micros));
    assert!(plateau.iter().all(|rows| (157..=173).contains(rows)), "{plateau:?}");
    let [fast, slow] = [5_000, 40_000].map(|micros| median(MachineChoice::WindowsLaptop, micros));
    assert!(fast > 250 && slow < 140, "{fast} {slow}");
    let slope = times.map(|micros| median(MachineChoice::LinuxVm, micros));
    assert!(slope.is_sorted_by(|one, next| one > next), "{slope:?}");
}

#[test]
fn a_custom_machine_with_the_profile_of_linux_vm_is_linux_vm() {
    let profile = MachineProfile::parse(include_str!("../../data/machine_profile.jsonl")).expect("the profile in data/");
    let linux = Scenario { machine: MachineChoice::LinuxVm, tasks: 50, ..Scenario::default() };
    let custom = Scenario { machine: MachineChoice::Custom, profile: Some(Box::new(profile)), ..linux.clone() };
    assert_eq!(run(&linux).expect("fits").events, run(&custom).expect("fits").events);
}
