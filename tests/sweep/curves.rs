//! Points are single runs, and the ready-made sweeps show what their names say.

use lockstep_core::model::run;
use lockstep_core::scenario::{Field, query};
use lockstep_core::sweep::presets::{PRESETS, Preset};
use lockstep_core::sweep::{Axis, Job, Measure, Results, Sweep, description, measured};
use lockstep_core::trace::Outcome;

/// Runs a sweep as the page does, but on one thread.
fn run_sweep(sweep: &Sweep) -> Results {
    let mut results = Results::new(sweep.values.len());
    for job in sweep.jobs() {
        results.add(job.value_index, job.seed, job.run().map_err(|refusal| refusal.to_string()));
    }
    results
}

fn ready(word: &str) -> &'static Preset {
    PRESETS.iter().find(|ready| ready.word == word).expect("a ready sweep")
}

/// The page's text about a ready-made sweep, with fewer seeds.
fn text_about(word: &str, seeds: u32) -> String {
    let sweep = Sweep { seeds, ..ready(word).sweep().expect("a sweep") };
    let points = run_sweep(&sweep).points(&sweep, ready(word).measure);
    description::describe(&points, sweep.axis, ready(word).measure).join(" ")
}

#[test]
fn every_point_is_a_single_run_of_the_model() {
    let axis = Axis::of(Field::Timeout).expect("timeouts can be swept");
    let base = query::read("tasks=40&machine=linux-vm&seed=5").scenario;
    let sweep = Sweep { base, axis, values: axis.values(100_000, 1_000_000, 4), seeds: 5 };
    let results = run_sweep(&sweep);
    assert_eq!(results.done(), sweep.total());
    for point in results.points(&sweep, Measure::Rows) {
        let outcome = |seed| Outcome::of(&run(&sweep.scenario(point.value, seed)).expect("a run within the limits"));
        assert_eq!(u64::from(outcome(point.seed).inserted()), point.median);
        let mut all: Vec<u64> = (5..10).map(|seed| outcome(seed).inserted().into()).collect();
        all.sort_unstable();
        assert_eq!((point.low, point.median, point.high), (all[0], all[2], all[4]));
    }
}

#[test]
fn a_run_that_is_too_large_is_refused_with_a_reason() {
    let scenario = query::read("tasks=5000&timeout=60&sleep=10&retries=100&retry_pause=0&machine=linux-vm").scenario;
    let result = Job { value_index: 0, seed: scenario.seed, scenario }.run();
    assert!(result.as_ref().is_err_and(|reason| reason.to_string().contains("too large")), "{result:?}");
}

#[test]
fn the_text_about_the_dip_sweep_names_the_dip() {
    let text = text_about("dip", 9);
    let share = text.split("It dips: ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u32>().ok());
    assert!(share.is_some_and(|share| share <= 75) && text.contains("100 % with"), "{text}");
}

#[test]
fn the_text_about_the_plateau_sweep_names_the_plateau_at_the_askers_number_of_rows() {
    let text = text_about("plateau", 3);
    assert!(
        text.contains("It hardly changes from") && text.contains("18 ms to 28 ms of COMMIT (167 rows to 168 rows)"),
        "{text}"
    );
}

#[test]
fn each_further_second_of_timeout_adds_about_ten_rows_as_in_the_accepted_answer() {
    let text = text_about("late-rate", 5);
    let rate = text.split("further second of timeout adds ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u32>().ok());
    assert!(rate.is_some_and(|rate| (8..=14).contains(&rate)), "{text}");
}

#[test]
fn measured_runs_are_shown_only_at_points_with_the_same_settings() {
    let measured_points = |word: &str| measured::of(&ready(word).sweep().expect("a sweep"));
    assert_eq!(
        measured_points("measured").iter().map(|(tasks, _)| *tasks).collect::<Vec<_>>(),
        [20, 50, 100, 200, 500, 1000, 2000]
    );
    assert_eq!(measured_points("dip").iter().map(|(tasks, _)| *tasks).collect::<Vec<_>>(), [50, 1000]);
    assert!(measured_points("plateau").is_empty() && measured_points("late-rate").is_empty());
}

#[test]
fn the_text_names_the_settings_that_all_runs_of_a_sweep_share() {
    let common = |word| description::shared_settings(&ready(word).sweep().expect("a sweep"));
    assert_eq!(common("dip"), "Every run has timeout=2, machine=linux-vm");
    assert_eq!(common("plateau"), "Every run is the question\u{2019}s program");
}
