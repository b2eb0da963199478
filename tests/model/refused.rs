//! Runs that are too large, and their error.

use lockstep_core::link;
use lockstep_core::model::{RunError, run};
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::Event;

#[test]
fn a_run_that_is_too_large_is_refused_and_the_suggested_number_of_tasks_fits() {
    for text in [
        "tasks=10000&timeout=600&sleep=60&machine=linux-vm",
        "tasks=10000&timeout=600&sleep=60&strategy=semaphore&limit=9000",
        "tasks=5000&timeout=60&sleep=10&retries=100&retry_pause=0&read_first=1&begin=immediate&machine=linux-vm",
    ] {
        let large = link::read_strictly(text, None).expect("a scenario");
        let Err(error) = run(&large) else { panic!("{text}: the run fits, although thousands of tasks poll for minutes") };
        let RunError::TooLarge { reached, tasks, retries } = error;
        assert!(reached.seconds() > 1.0, "{text}");
        assert!(tasks > 0 && tasks < large.tasks, "{text}: {tasks}");
        assert_eq!(retries, error.to_string().contains("retries"), "{error}");
        assert!(run(&Scenario { tasks, ..large }).is_ok(), "{text}: {tasks} tasks do not fit");
    }
}

#[test]
fn ten_thousand_tasks_on_one_connection_fit_with_the_longest_timeout() {
    for text in ["strategy=shared-connection", "strategy=single-transaction"] {
        let scenario = link::read_strictly(&format!("{text}&tasks=10000&timeout=600&sleep=60"), None).expect("a scenario");
        assert!(run(&scenario).expect("fits").simulated < 300_000);
    }
}

#[test]
fn the_trace_of_ten_thousand_tasks_takes_no_more_than_64_megabytes() {
    const MAX_BYTES: usize = 64 << 20;
    for text in
        ["", "machine=linux-vm", "machine=mac-laptop", "machine=linux-vm&retries=3&timeout=1", "strategy=single-transaction"]
    {
        let trace = run(&link::read_strictly(&format!("{text}&tasks=10000"), None).expect("a scenario")).expect("fits");
        let bytes = trace.events.capacity() * size_of::<Event>();
        println!("{text}: {} events, {} kB", trace.events.len(), bytes / 1024);
        assert!(bytes <= MAX_BYTES, "{text}: {bytes} bytes, {} events", trace.events.len());
    }
}
