//! Every row of the table of fields has an effect: on some run, and on the program if it depends on
//! the field.

use lockstep_core::link;
use lockstep_core::model::run;
use lockstep_core::program::Source;
use lockstep_core::scenario::{Domain, Field, Scenario};

/// Small runs, in one of which each field has an effect.
const BASES: [&str; 4] = ["", "&strategy=semaphore", "&retries=2", "&keep_going=1&sleep=0.1"];

fn values(field: Field) -> Vec<String> {
    let words = match field.domain() {
        Domain::Count(..) => vec!["3", "7"],
        Domain::Seconds(..) => vec!["0.1", "0.3"],
        Domain::Switch => vec!["0", "1"],
        Domain::Word(words) => words,
    };
    words.into_iter().map(str::to_owned).collect()
}

/// Pairs of scenarios that differ in `field` alone.
fn pairs(field: Field) -> Vec<(Scenario, Scenario)> {
    let mut pairs = Vec::new();
    for base in BASES {
        let text = format!("tasks=20&timeout=0.2&machine=linux-vm{base}");
        let base = link::read_strictly(&text, None).expect("a scenario");
        for value in values(field) {
            let mut other = base.clone();
            // The user's own machine needs a profile, and some fields cannot stand beside each
            // other.
            if value != "custom" && other.set(field, &value).is_ok() && other != base {
                pairs.push((base.clone(), other));
            }
        }
    }
    pairs
}

#[test]
fn every_field_has_an_effect_on_some_run() {
    for (field, name) in Field::ALL {
        let events = |scenario: &Scenario| run(scenario).expect("a small run").events;
        let has_effect = pairs(*field).iter().any(|(base, other)| events(base) != events(other));
        assert!(has_effect, "{name} has no effect: a file of core/src/model/ must read Scenario::{name}");
    }
}

#[test]
fn the_program_shows_every_field_that_it_depends_on_and_no_other() {
    let text = |scenario: &Scenario| Source::of(scenario).text();
    for (field, name) in Field::ALL {
        let is_shown = pairs(*field).iter().any(|(base, other)| text(base) != text(other));
        assert_eq!(
            is_shown,
            field.is_of_the_program(),
            "{name}: core/src/program/source/template.rs and its row in core/src/scenario/table.rs disagree"
        );
    }
}
