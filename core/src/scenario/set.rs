//! Sets a field of a scenario from text.

use super::choice::{Strategy, words};
use super::table::{Field, Scenario};
use crate::text::quoted;
use thiserror::Error;

/// Why an input is not a valid scenario. The message names the field, the value and the allowed
/// values.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScenarioError {
    /// No field has this name.
    #[error("{name} is not a field of a scenario; the fields are {}", words(Field::ALL).join(", "))]
    UnknownField {
        /// The quoted name, truncated if it is long.
        name: String,
    },
    /// The value is outside the field's domain.
    #[error("{}: {value} is not allowed; allowed: {}", field.word(), field.domain())]
    NotAllowed {
        /// The field.
        field: Field,
        /// The quoted value, truncated if it is long.
        value: String,
    },
    /// The same field was given twice.
    #[error("{}: given more than once; the first value was taken", field.word())]
    Repeated {
        /// The field.
        field: Field,
    },
    /// A SELECT before the INSERT, with a strategy in which all tasks share one connection.
    #[error(
        "read_first: '1' is not allowed with strategy={}; a task that reads first needs a connection of its own: \
         strategy=connection-per-task or semaphore",
        strategy.word()
    )]
    NothingToReadOn {
        /// The strategy.
        strategy: Strategy,
    },
    /// `machine=custom` without a profile.
    #[error("machine: 'custom' needs the profile of a machine")]
    NoProfile,
}

impl ScenarioError {
    /// The error for a name that no field has.
    #[must_use]
    pub fn unknown(name: &str) -> Self {
        Self::UnknownField { name: quoted(name) }
    }
}

impl Scenario {
    /// Sets `field` to the value that `text` means.
    ///
    /// # Errors
    /// If the value is not allowed or conflicts with another field. The scenario is then unchanged.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), ScenarioError> {
        let before = self.clone();
        let set = self.set_unchecked(field, text).and_then(|()| self.check_conflicts());
        if set.is_err() {
            *self = before;
        }
        set
    }

    /// Checks for fields that conflict with each other.
    pub(super) fn check_conflicts(&self) -> Result<(), ScenarioError> {
        let Self { strategy, read_first, .. } = *self;
        if read_first && strategy.has_one_connection() { Err(ScenarioError::NothingToReadOn { strategy }) } else { Ok(()) }
    }

    /// Sets `field` without checking for conflicts with other fields.
    pub(super) fn set_unchecked(&mut self, field: Field, text: &str) -> Result<(), ScenarioError> {
        self.read(field, text).ok_or_else(|| ScenarioError::NotAllowed { field, value: quoted(text) })
    }
}
