//! Numbers in the text are named, never typed in; here they are what they are named after.
//!
//! `rows: QUERY` and `seconds: QUERY` are ranges over ten seeds of the model, `measured rows: QUERY`, `measured seconds: QUERY` and
//! `measured share: QUERY` (in percent) over the runs of the real program with these settings. `BLESS=1 cargo test --test lesson figures` writes them anew.

use crate::{folder, for_teachers, kept_figures, sections};
use lockstep_core::link;
use lockstep_core::model;
use lockstep_core::scenario::{Scenario, Strategy};
use lockstep_core::trace::Outcome;
use lockstep_site::{Figures, figures};
use serde::Deserialize;
use std::path::Path;

const SEEDS: u32 = 10;
/// The program as asked, and its other forms.
const MEASURED: [&str; 2] = ["data/real_runs.jsonl", "data/machines/variants.jsonl"];

#[derive(Deserialize)]
struct RealRun {
    tasks: u32,
    timeout: f64,
    sleep: f64,
    /// Only runs of other forms of the program name it.
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

/// From the least to the most, or the one value that all have.
fn range<T: PartialOrd + Copy>(values: &[T], show: impl Fn(T) -> String) -> String {
    let least = values.iter().copied().reduce(|a, b| if b < a { b } else { a }).expect("at least one value");
    let most = values.iter().copied().reduce(|a, b| if b > a { b } else { a }).expect("at least one value");
    let (least, most) = (show(least), show(most));
    if least == most { least } else { format!("{least} to {most}") }
}

fn outcomes(text: &str) -> Vec<Outcome> {
    let scenario = link::read_strictly(text, None).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let of = |seed| Outcome::of(&model::run(&Scenario { seed, ..scenario.clone() }).expect("a run that fits"));
    (1..=SEEDS).map(of).collect()
}

fn real_runs(text: &str) -> Vec<RealRun> {
    let wanted = link::read_strictly(text, None).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let same = |run: &RealRun| {
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
    let runs: Vec<RealRun> = lines.lines().map(|line| serde_json::from_str(line).expect("a run")).filter(same).collect();
    assert!(!runs.is_empty(), "nobody has measured {text}");
    runs
}

fn value(name: &str) -> String {
    let (kind, text) = name.split_once(':').unwrap_or_else(|| panic!("{name}: what kind of number?"));
    let text = text.trim();
    match kind {
        "rows" => range(&outcomes(text).iter().map(Outcome::inserted).collect::<Vec<_>>(), |rows| rows.to_string()),
        "seconds" => range(&outcomes(text).iter().map(|run| run.elapsed.seconds()).collect::<Vec<_>>(), seconds),
        "measured seconds" => range(&real_runs(text).iter().map(|run| run.elapsed).collect::<Vec<_>>(), seconds),
        "measured rows" => range(&real_runs(text).iter().map(|run| run.inserted).collect::<Vec<_>>(), |rows| rows.to_string()),
        "measured share" => mean_share(&real_runs(text)),
        _ => panic!("{name}: no such kind of number"),
    }
}

/// Two digits that mean something.
fn seconds(seconds: f64) -> String {
    if seconds < 1.0 { format!("{seconds:.2}") } else { format!("{seconds:.1}") }
}

fn mean_share(runs: &[RealRun]) -> String {
    let (rows, tasks) = runs.iter().fold((0, 0), |(rows, tasks), run| (rows + run.inserted, tasks + run.tasks));
    format!("{:.0}", f64::from(rows) / f64::from(tasks) * 100.0)
}

#[test]
fn every_number_in_the_text_is_what_the_model_and_the_measured_runs_give() {
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
    assert!(differing.is_empty(), "not as kept in lesson/figures.txt: {differing:?}; read the text around them, then BLESS=1");
}
