//! What a reader brings from a machine of their own: what the profiler printed, or what a real run of the program printed.
//!
//! [`read`] tells the two apart. [`run`] is a real run, [`comparison`] holds it against a modelled one, [`costs`] puts a profile into
//! a few numbers.

pub mod comparison;
pub mod costs;
pub mod run;

pub use comparison::Comparison;
pub use run::MeasuredRun;

use crate::scenario::json::{FieldError, JsonError, Object};
use crate::scenario::machine::ProfileError;
use crate::scenario::{MachineProfile, ScenarioError};
use thiserror::Error;

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// A machine, from `machine_profile.py`.
    Machine(Box<MachineProfile>),
    /// Runs of one program, from the downloaded file or `real_run.py`; at least one.
    Runs(Vec<MeasuredRun>),
}

/// A text that is neither.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BroughtError {
    /// Not what any script here prints.
    #[error("This is not what one of the two programs printed: {0}.")]
    NotPrinted(#[from] JsonError),
    /// An object without the field that tells which script printed it.
    #[error(
        "This is neither a profile (no field commit_us) nor the outcome of a run (no field committed_at). \
         Expected is what one of the two programs printed."
    )]
    Neither,
    /// Both kinds in one text.
    #[error("This holds profiles and outcomes of runs. Bring one kind at a time.")]
    Both,
    /// A profile that cannot be used.
    #[error("This profile cannot be used. {0}.")]
    Profile(#[from] ProfileError),
    /// A field of a run that cannot be.
    #[error("This run cannot be used. {0}.")]
    Run(#[from] FieldError),
    /// A run of a scenario that cannot be.
    #[error("This run cannot be used. {0}.")]
    Scenario(#[from] ScenarioError),
    /// Runs with different settings.
    #[error("These runs have different settings: the first has ?{first}, another has ?{other}. Bring runs of one program.")]
    DifferentSettings {
        /// The first run's, as a query string.
        first: String,
        /// Another run's.
        other: String,
    },
}

/// Reads what was dropped or pasted.
///
/// # Errors
/// If it is neither a profile nor a run; the message says what is wrong in which field.
pub fn read(text: &str) -> Result<Brought, BroughtError> {
    let objects = Object::all(text)?;
    let count = |field| objects.iter().filter(|object| object.has(field)).count();
    match (count("commit_us"), count("committed_at")) {
        (0, 0) => Err(BroughtError::Neither),
        (_, 0) => Ok(Brought::Machine(Box::new(MachineProfile::parse(text)?))),
        (0, _) => runs(&objects).map(Brought::Runs),
        _ => Err(BroughtError::Both),
    }
}

fn runs(objects: &[Object]) -> Result<Vec<MeasuredRun>, BroughtError> {
    let runs = objects.iter().map(MeasuredRun::read).collect::<Result<Vec<_>, _>>()?;
    match runs.iter().find(|run| run.scenario != runs[0].scenario) {
        Some(other) => Err(BroughtError::DifferentSettings { first: runs[0].query(), other: other.query() }),
        None => Ok(runs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        read(text).expect_err("it cannot be used").to_string()
    }

    #[test]
    fn every_measured_run_and_profile_of_the_project_is_read() {
        for text in [include_str!("../../../data/real_runs.jsonl"), include_str!("../../../data/machines/variants.jsonl")] {
            for line in text.lines() {
                assert!(matches!(read(line), Ok(Brought::Runs(runs)) if runs.len() == 1), "{line:.200}: {:?}", read(line).err());
            }
        }
        assert!(matches!(read(include_str!("../../../data/machine_profile.jsonl")), Ok(Brought::Machine(_))));
    }

    #[test]
    fn runs_of_one_program_are_read_together_and_others_are_refused() {
        let run = |tasks| format!(r#"{{"tasks": {tasks}, "committed_at": [0.5], "elapsed": 1}}"#);
        let both = |a, b| read(&[run(a), run(b)].join("\n"));
        assert!(matches!(both(3, 3), Ok(Brought::Runs(runs)) if runs.len() == 2));
        assert_eq!(both(3, 4), Err(BroughtError::DifferentSettings { first: "tasks=3".into(), other: "tasks=4".into() }));
        let mixed = [run(3), r#"{"commit_us": {}}"#.to_owned()].join(" ");
        assert!(message(&mixed).contains("one kind at a time"));
    }

    #[test]
    fn a_text_that_is_neither_is_answered_with_what_is_expected() {
        assert!(message("").contains("nothing in it"));
        assert!(message("Traceback (most recent call last):").contains("not JSON"));
        assert!(message("{}").contains("commit_us") && message("{}").contains("committed_at"));
        assert!(message(r#"{"commit_us": {}}"#).contains("cores: is missing"));
    }
}
