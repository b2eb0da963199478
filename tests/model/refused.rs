//! Runs that are too large.

use lockstep::model::{RunError, run};
use lockstep::scenario::{MachineChoice, Scenario};
use lockstep::time::SimDuration;

#[test]
fn a_run_that_is_too_large_is_refused_and_what_is_said_to_fit_fits() {
    let seconds = |s: u64| SimDuration::from_millis(s * 1000);
    let large = Scenario {
        tasks: 10_000,
        timeout: seconds(600),
        sleep: seconds(60),
        machine: MachineChoice::LinuxVm,
        ..Scenario::default()
    };
    let Err(RunError::TooLarge { reached, tasks }) = run(&large) else { panic!("10 000 tasks poll for ten minutes") };
    assert!(reached.seconds() > 10.0);
    assert!(tasks > 500, "{tasks}");
    assert!(run(&Scenario { tasks, ..large }).is_ok());
}
