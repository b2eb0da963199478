//! The result of a real run, as `calibrate/real_run.py` and the downloaded program print it.

use super::ImportError;
use crate::scenario::json::{FieldError, Object};
use crate::scenario::{Field, Scenario, query};
use crate::time::SimTime;

/// Maximum number of rows of a run.
const MAX_ROWS: usize = 10_000;
/// Maximum length of a run, in seconds.
const MAX_SECONDS: f64 = 86_400.0;

/// The result of a real run. Times are since just before the gather.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredRun {
    /// The settings of the program. Machine and seed are at their default.
    pub scenario: Scenario,
    /// When each COMMIT returned to the program, in time order.
    pub committed_at: Vec<SimTime>,
    /// When "database is locked" first reached a coroutine.
    pub first_error_at: Option<SimTime>,
    /// When the gather ended.
    pub elapsed: SimTime,
}

impl MeasuredRun {
    /// Reads one object. Missing settings get their default, because older scripts do not write all
    /// of them.
    ///
    /// # Errors
    /// If a field is invalid or contradicts another field.
    pub(super) fn read(object: &Object) -> Result<Self, ImportError> {
        let run = Self {
            scenario: scenario(object)?,
            committed_at: object
                .numbers("committed_at", MAX_ROWS, 0.0, MAX_SECONDS)?
                .into_iter()
                .map(SimTime::from_seconds)
                .collect(),
            first_error_at: object.has("first_error_at").then(|| time(object, "first_error_at")).transpose()?,
            elapsed: time(object, "elapsed")?,
        };
        run.check(object)?;
        Ok(run)
    }

    fn check(&self, object: &Object) -> Result<(), FieldError> {
        let Self { scenario: Scenario { tasks, .. }, committed_at: rows, elapsed, .. } = self;
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let invalid = |field, problem| Err(FieldError::new("", field, problem));
        if count > *tasks {
            invalid("committed_at", format!("has {count} rows; allowed: at most one for each of the {tasks} tasks"))
        } else if !rows.is_sorted() {
            invalid("committed_at", "must be in ascending order".to_owned())
        } else if rows.last() > Some(elapsed) {
            invalid("elapsed", "is before the last time in committed_at".to_owned())
        } else if object.has("inserted") && object.count("inserted", 0, u32::MAX)? != count {
            invalid("inserted", format!("is not the number of times in committed_at, which is {count}"))
        } else {
            Ok(())
        }
    }

    /// Number of inserted rows.
    #[must_use]
    pub const fn inserted(&self) -> usize {
        self.committed_at.len()
    }

    /// The settings as a query string, without `?`.
    #[must_use]
    pub fn query(&self) -> String {
        query::write(&self.scenario)
    }

    /// Whether it is a run of the program of `scenario`, on any machine.
    #[must_use]
    pub fn has_program_of(&self, scenario: &Scenario) -> bool {
        self.scenario == program(scenario)
    }

    /// The settings of the program with the machine and the seed of `other`.
    #[must_use]
    pub fn with_machine_of(&self, other: &Scenario) -> Scenario {
        let Scenario { machine, commit_time, ref profile, seed, .. } = *other;
        Scenario { machine, commit_time, profile: profile.clone(), seed, ..self.scenario.clone() }
    }
}

/// `scenario` with only the fields of the program ([`Field::is_of_the_program`]); the others are at
/// their default.
fn program(scenario: &Scenario) -> Scenario {
    let Scenario { machine, commit_time, profile, seed, .. } = Scenario::default();
    Scenario { machine, commit_time, profile, seed, ..scenario.clone() }
}

fn scenario(object: &Object) -> Result<Scenario, ImportError> {
    if object.has("digest") {
        return Err(FieldError::new("", "digest", "only a modelled run has one; a real run is needed").into());
    }
    let mut scenario = Scenario::default();
    for (field, name) in Field::ALL {
        if let Some(text) = object.word(name) {
            scenario.set(*field, &text)?;
        }
    }
    Ok(program(&scenario))
}

fn time(object: &Object, field: &str) -> Result<SimTime, FieldError> {
    object.number(field, 0.0, MAX_SECONDS).map(SimTime::from_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own_machine::{Imported, read};

    fn run(fields: &str) -> Result<MeasuredRun, String> {
        match read(&format!("{{{fields}}}")).map_err(|error| error.to_string())? {
            Imported::Runs(mut runs) => Ok(runs.remove(0)),
            Imported::Machine(_) => Err("a machine".to_owned()),
        }
    }

    #[test]
    fn a_run_has_its_settings_and_its_times() {
        let run = run(r#""tasks": 3, "timeout": 0.5, "keep_going": true, "committed_at": [0.25, 0.5], "inserted": 2,
                         "first_error_at": 0.75, "elapsed": 1"#);
        let run = run.expect("a run");
        assert_eq!((run.query(), run.inserted()), ("tasks=3&timeout=0.5&keep_going=1".into(), 2));
        assert_eq!(run.first_error_at, Some(SimTime::from_seconds(0.75)));
        assert!(
            run.has_program_of(
                &query::read("tasks=3&timeout=0.5&keep_going=1&machine=linux-vm&commit_time=0.01&seed=9").scenario
            )
        );
        assert!(!run.has_program_of(&query::read("tasks=3&timeout=0.5&machine=linux-vm").scenario));
        let there = run.with_machine_of(&query::read("machine=linux-vm&seed=9&sleep=1").scenario);
        assert_eq!(query::write(&there), "tasks=3&timeout=0.5&keep_going=1&machine=linux-vm&seed=9");
    }

    #[test]
    fn the_message_for_an_invalid_run_names_the_field_and_what_is_allowed() {
        for (fields, expected) in [
            (
                r#""tasks": 0, "committed_at": [], "elapsed": 1"#,
                "tasks: '0' is not allowed; allowed: a whole number from 1 to 10000",
            ),
            (r#""tasks": [1], "committed_at": [], "elapsed": 1"#, "tasks: 'a list' is not allowed"),
            (r#""journal": "fast", "committed_at": [], "elapsed": 1"#, "journal: 'fast' is not allowed; allowed: delete"),
            (
                r#""timeout": 1e300, "committed_at": [], "elapsed": 1"#,
                "timeout: '1e+300' is not allowed; allowed: seconds from 0 to 600",
            ),
            (r#""committed_at": 5, "elapsed": 1"#, "committed_at: must be a list of numbers, not 5"),
            (
                r#""committed_at": [0.1, "x"], "elapsed": 1"#,
                "committed_at: 'x' is not allowed; allowed: a number from 0 to 86400",
            ),
            (r#""committed_at": [0.2, 0.1], "elapsed": 1"#, "committed_at: must be in ascending order"),
            (r#""tasks": 1, "committed_at": [0.1, 0.2], "elapsed": 1"#, "committed_at: has 2 rows"),
            (r#""committed_at": [0.1]"#, "elapsed: is missing"),
            (r#""committed_at": [2], "elapsed": 1"#, "elapsed: is before"),
            (r#""inserted": 2, "committed_at": [0.1], "elapsed": 1"#, "inserted: is not the number"),
            (r#""committed_at": [0.1], "elapsed": 1, "first_error_at": -1"#, "first_error_at: -1 is not allowed"),
            (r#""strategy": "shared-connection", "read_first": true, "committed_at": [], "elapsed": 1"#, "read_first"),
            (r#""committed_at": [0.1], "elapsed": 1, "digest": "00""#, "digest: only a modelled run has one"),
        ] {
            let message = run(fields).expect_err("it cannot be used");
            assert!(message.contains(expected), "{fields}: {message}");
        }
    }
}
