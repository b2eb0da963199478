//! A list of scenarios and the digests of their traces. Debug builds, release builds and the
//! browser must all give the same digests.
//!
//! A change of the model changes them. `BLESS=1 cargo test -p lockstep-core --test model digests`
//! rewrites the list.

use lockstep_core::link;
use lockstep_core::model::{run, run_in_pieces};
use std::fmt::Write;

const EXPECTED: &str = include_str!("digests.txt");

#[test]
fn every_listed_scenario_has_its_listed_digest() {
    let mut actual = String::new();
    for scenario in EXPECTED.lines().filter_map(|line| line.split_whitespace().next()) {
        let parsed = link::read_strictly(scenario, None).expect("a scenario");
        writeln!(actual, "{scenario} {:016x}", run(&parsed).expect("fits").digest()).expect("writing to a string cannot fail");
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/model/digests.txt"), &actual)
            .expect("the list can be written");
    } else {
        assert_eq!(actual, EXPECTED, "the model has changed: see tests/README.md");
    }
}

#[test]
fn a_run_in_pieces_gives_the_same_trace_and_calls_pause_with_its_progress() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let scenario = link::read_strictly("tasks=100&machine=linux-vm", None).expect("a scenario");
    let whole = run(&scenario).expect("fits");
    for piece in [1, 7, whole.simulated - 1, whole.simulated + 1] {
        let mut pauses = Vec::new();
        let in_pieces = runtime.block_on(run_in_pieces(&scenario, piece, async |now| pauses.push(now)));
        assert_eq!(in_pieces.as_ref(), Ok(&whole), "{piece}");
        assert_eq!(pauses.len() as u64, whole.simulated / piece, "{piece}");
        assert!(pauses.is_sorted() && pauses.last().is_none_or(|last| *last <= whole.end()), "{piece}");
    }
}
