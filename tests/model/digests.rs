//! The same bits: a list of scenarios and the digests of their traces, which debug and release builds and the browser all give.
//!
//! A change of the model changes them: `BLESS=1 cargo test --test model digests` writes the list anew.

use lockstep::model::run;
use lockstep::scenario::query;
use std::fmt::Write;

const KEPT: &str = include_str!("digests.txt");

#[test]
fn the_kept_scenarios_give_the_kept_traces() {
    let mut now = String::new();
    for scenario in KEPT.lines().filter_map(|line| line.split_whitespace().next()) {
        let parsed = query::read_strictly(scenario, None).expect("a scenario");
        writeln!(now, "{scenario} {:016x}", run(&parsed).expect("fits").digest()).expect("a string takes all");
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/model/digests.txt"), &now).expect("the list can be written");
    } else {
        assert_eq!(now, KEPT, "the model has changed: see tests/README.md");
    }
}
