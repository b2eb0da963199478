//! Imports measurements of the user's machine: a profile from the profiler, or the results of real
//! runs of the program.
//!
//! [`read`] tells the two apart. [`run`] is the result of a real run, [`comparison`] compares it
//! with a modelled run, and [`costs`] summarizes a profile.

pub mod comparison;
pub mod costs;
pub mod run;

pub use comparison::Comparison;
pub use run::MeasuredRun;

use crate::scenario::json::{FieldError, JsonError, Object};
use crate::scenario::machine::ProfileError;
use crate::scenario::{MachineProfile, ScenarioError};
use thiserror::Error;

/// An imported text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// The profile of a machine, from `machine_profile.py`.
    Machine(Box<MachineProfile>),
    /// The results of one or more runs of one program, from the downloaded program or
    /// `real_run.py`.
    Runs(Vec<MeasuredRun>),
}

/// Why a text cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Not the output of one of the scripts.
    #[error("This is not the output of one of the two programs: {0}.")]
    NotPrinted(#[from] JsonError),
    /// An object without a field that identifies the script.
    #[error(
        "This is neither a profile (no field commit_us) nor the result of a run (no field committed_at). \
         Paste the output of one of the two programs."
    )]
    Neither,
    /// The text has both kinds.
    #[error("This text has both profiles and results of runs. Use one kind at a time.")]
    Both,
    /// The profile is invalid.
    #[error("This profile cannot be used. {0}.")]
    Profile(#[from] ProfileError),
    /// A field of a run is invalid.
    #[error("This run cannot be used. {0}.")]
    Run(#[from] FieldError),
    /// The settings of a run are invalid.
    #[error("This run cannot be used. {0}.")]
    Scenario(#[from] ScenarioError),
    /// The runs have different settings.
    #[error("These runs have different settings: the first has ?{first}, another has ?{other}. Use runs of one program.")]
    DifferentSettings {
        /// The settings of the first run, as a query string.
        first: String,
        /// The settings of another run.
        other: String,
    },
}

/// Reads a text that the user dropped or pasted.
///
/// # Errors
/// If the text is neither a profile nor runs. The message names the wrong field.
pub fn read(text: &str) -> Result<Imported, ImportError> {
    let objects = Object::all(text)?;
    let count = |field| objects.iter().filter(|object| object.has(field)).count();
    match (count("commit_us"), count("committed_at")) {
        (0, 0) => Err(ImportError::Neither),
        (_, 0) => Ok(Imported::Machine(Box::new(MachineProfile::parse(text)?))),
        (0, _) => runs(&objects).map(Imported::Runs),
        _ => Err(ImportError::Both),
    }
}

fn runs(objects: &[Object]) -> Result<Vec<MeasuredRun>, ImportError> {
    let runs = objects.iter().map(MeasuredRun::read).collect::<Result<Vec<_>, _>>()?;
    match runs.iter().find(|run| run.scenario != runs[0].scenario) {
        Some(other) => Err(ImportError::DifferentSettings { first: runs[0].query(), other: other.query() }),
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
    fn all_measured_runs_and_profiles_of_the_project_can_be_imported() {
        for text in [include_str!("../../../data/real_runs.jsonl"), include_str!("../../../data/machines/variants.jsonl")] {
            for line in text.lines() {
                assert!(matches!(read(line), Ok(Imported::Runs(runs)) if runs.len() == 1), "{line:.200}: {:?}", read(line).err());
            }
        }
        assert!(matches!(read(include_str!("../../../data/machine_profile.jsonl")), Ok(Imported::Machine(_))));
    }

    #[test]
    fn runs_of_one_program_are_accepted_together_and_others_are_rejected() {
        let run = |tasks| format!(r#"{{"tasks": {tasks}, "committed_at": [0.5], "elapsed": 1}}"#);
        let both = |a, b| read(&[run(a), run(b)].join("\n"));
        assert!(matches!(both(3, 3), Ok(Imported::Runs(runs)) if runs.len() == 2));
        assert_eq!(both(3, 4), Err(ImportError::DifferentSettings { first: "tasks=3".into(), other: "tasks=4".into() }));
        let mixed = [run(3), r#"{"commit_us": {}}"#.to_owned()].join(" ");
        assert!(message(&mixed).contains("one kind at a time"));
    }

    #[test]
    fn the_message_for_other_texts_says_what_is_expected() {
        assert!(message("").contains("nothing in it"));
        assert!(message("Traceback (most recent call last):").contains("not JSON"));
        assert!(message("{}").contains("commit_us") && message("{}").contains("committed_at"));
        assert!(message(r#"{"commit_us": {}}"#).contains("cores: is missing"));
    }
}
