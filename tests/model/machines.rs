//! The named machines: the numbers that the question tells.

use lockstep::model::run;
use lockstep::scenario::{MachineChoice, MachineProfile, Scenario};
use lockstep::time::SimDuration;
use lockstep::trace::Outcome;

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
fn the_turn_of_the_askers_dial_is_seven_ticks_and_that_of_linux_a_little_over_100_ms() {
    let turn = |machine| run(&Scenario { machine, ..Scenario::default() }).expect("fits").turn;
    assert_eq!(turn(MachineChoice::WindowsLaptop), SimDuration::from_micros(109_375));
    let linux = turn(MachineChoice::LinuxVm).micros();
    assert!((100_050..100_200).contains(&linux), "{linux} us");
}

#[test]
fn a_custom_machine_with_the_profile_of_linux_vm_is_linux_vm() {
    let profile = MachineProfile::parse(include_str!("../../data/machine_profile.jsonl")).expect("the kept profile");
    let linux = Scenario { machine: MachineChoice::LinuxVm, tasks: 50, ..Scenario::default() };
    let custom = Scenario { machine: MachineChoice::Custom, profile: Some(Box::new(profile)), ..linux.clone() };
    assert_eq!(run(&linux).expect("fits").events, run(&custom).expect("fits").events);
}
