//! The text refers to numbers by name; this test computes them and compares them with
//! `lesson/figures.txt`.
//!
//! `rows: QUERY` and `seconds: QUERY` are ranges over ten seeds of the model. `measured rows:
//! QUERY` and `measured seconds: QUERY` are ranges over the measured runs with these settings, and
//! `measured share: QUERY` is their mean share of inserted rows in percent. `BLESS=1 cargo test
//! -p lockstep-core --test lesson figures` updates the file.

use crate::{folder, for_teachers, kept_figures, sections};
use lockstep_core::link;
use lockstep_core::model;
use lockstep_core::scenario::{Scenario, Strategy};
use lockstep_core::trace::Outcome;
use lockstep_site::{Figures, figures};
use serde::Deserialize;
use std::path::Path;

const SEEDS: u32 = 10;
/// Measured runs of the question's program, and of its variants.
const MEASURED: [&str; 2] = ["data/real_runs.jsonl", "data/machines/variants.jsonl"];

#[derive(Deserialize)]
struct RealRun {
    tasks: u32,
    timeout: f64,
    sleep: f64,
    /// Only the runs of the variants have it.
    strategy: Option<String>,
    limit: Option<u32>,
    begin: Option<String>,
    #[serde(default)]
    read_first: bool,
    #[serde(default)]
    retries: u32,
    journal: String,
    synchronous: String,
    keep_going: bool,
    inserted: u32,
    elapsed: f64,
}

/// The smallest and the largest value as text, or one value if both have the same text.
fn range<T: PartialOrd + Copy>(values: &[T], show: impl Fn(T) -> String) -> String {
    let least = values.iter().copied().reduce(|a, b| if b < a { b } else { a }).expect("at least one value");
    let most = values.iter().copied().reduce(|a, b| if b > a { b } else { a }).expect("at least one value");
    let (least, most) = (show(least), show(most));
    if least == most { least } else { format!("{least} to {most}") }
}

/// The outcomes of the model with seeds 1 to [`SEEDS`].
fn outcomes(text: &str) -> Vec<Outcome> {
    let scenario = link::read_strictly(text, None).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let outcome = |seed| Outcome::of(&model::run(&Scenario { seed, ..scenario.clone() }).expect("a run within the limits"));
    (1..=SEEDS).map(outcome).collect()
}

/// The measured runs with these settings.
fn real_runs(text: &str) -> Vec<RealRun> {
    let wanted = link::read_strictly(text, None).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let has_same_settings = |run: &RealRun| {
        run.tasks == wanted.tasks
            && (run.timeout - wanted.timeout.seconds()).abs() < 1e-9
            && (run.sleep - wanted.sleep.seconds()).abs() < 1e-9
            && run.journal == wanted.journal.word()
            && run.synchronous == wanted.synchronous.word()
            && run.keep_going == wanted.keep_going
            && run.strategy.as_deref().unwrap_or("connection-per-task") == wanted.strategy.word()
            && (wanted.strategy != Strategy::Semaphore || run.limit == Some(wanted.limit))
            && run.begin.as_deref().unwrap_or("deferred") == wanted.begin.word()
            && run.read_first == wanted.read_first
            && run.retries == wanted.retries
    };
    let read =
        |file| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).expect("the measured runs");
    let lines = MEASURED.map(read).concat();
    let runs: Vec<RealRun> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a run")).filter(has_same_settings).collect();
    assert!(!runs.is_empty(), "there are no measured runs of {text}");
    runs
}

/// Computes the number with this name.
fn value(name: &str) -> String {
    let (kind, text) = name.split_once(':').unwrap_or_else(|| panic!("{name}: the kind of number is missing"));
    let text = text.trim();
    match kind {
        "rows" => range(&outcomes(text).iter().map(Outcome::inserted).collect::<Vec<_>>(), |rows| rows.to_string()),
        "seconds" => range(&outcomes(text).iter().map(|run| run.elapsed.seconds()).collect::<Vec<_>>(), seconds),
        "measured seconds" => range(&real_runs(text).iter().map(|run| run.elapsed).collect::<Vec<_>>(), seconds),
        "measured rows" => range(&real_runs(text).iter().map(|run| run.inserted).collect::<Vec<_>>(), |rows| rows.to_string()),
        "measured share" => mean_share(&real_runs(text)),
        _ => panic!("{name}: unknown kind of number"),
    }
}

/// Two decimals below a second, one from a second on.
fn seconds(seconds: f64) -> String {
    if seconds < 1.0 { format!("{seconds:.2}") } else { format!("{seconds:.1}") }
}

/// The mean share of tasks whose rows were inserted, in percent.
fn mean_share(runs: &[RealRun]) -> String {
    let (rows, tasks) = runs.iter().fold((0, 0), |(rows, tasks), run| (rows + run.inserted, tasks + run.tasks));
    format!("{:.0}", f64::from(rows) / f64::from(tasks) * 100.0)
}

#[test]
fn every_number_in_the_text_is_that_of_the_model_or_of_the_measured_runs() {
    let mut found = Figures::default();
    for section in sections().into_iter().chain([for_teachers()]) {
        for name in figures::names(&section.text) {
            if found.get(&name).is_none() {
                found.set(name.clone(), value(&name));
            }
        }
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(folder().join("figures.txt"), found.write()).expect("figures.txt can be written");
    }
    let kept = kept_figures();
    let differing: Vec<_> = found.iter().filter(|(name, value)| kept.get(name) != Some(value)).collect();
    assert!(
        differing.is_empty(),
        "these differ from lesson/figures.txt: {differing:?}; check the text around them, then run with BLESS=1"
    );
}
