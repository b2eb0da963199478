//! The same bits: a list of scenarios and the digests of their traces, which debug and release builds and the browser all give.
//!
//! A change of the model changes them: `BLESS=1 cargo test --test model digests` writes the list anew.

use lockstep_core::link;
use lockstep_core::model::{run, run_in_pieces};
use std::fmt::Write;

const KEPT: &str = include_str!("digests.txt");

#[test]
fn the_kept_scenarios_give_the_kept_traces() {
    let mut now = String::new();
    for scenario in KEPT.lines().filter_map(|line| line.split_whitespace().next()) {
        let parsed = link::read_strictly(scenario, None).expect("a scenario");
        writeln!(now, "{scenario} {:016x}", run(&parsed).expect("fits").digest()).expect("a string takes all");
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/model/digests.txt"), &now)
            .expect("the list can be written");
    } else {
        assert_eq!(now, KEPT, "the model has changed: see tests/README.md");
    }
}

#[test]
fn a_run_in_pieces_is_the_same_run_and_tells_how_far_it_has_come() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let scenario = link::read_strictly("tasks=100&machine=linux-vm", None).expect("a scenario");
    let whole = run(&scenario).expect("fits");
    for piece in [1, 7, whole.simulated - 1, whole.simulated + 1] {
        let mut told = Vec::new();
        let in_pieces = runtime.block_on(run_in_pieces(&scenario, piece, async |now| told.push(now)));
        assert_eq!(in_pieces.as_ref(), Ok(&whole), "{piece}");
        assert_eq!(told.len() as u64, whole.simulated / piece, "{piece}");
        assert!(told.is_sorted() && told.last().is_none_or(|last| *last <= whole.end()), "{piece}");
    }
}
