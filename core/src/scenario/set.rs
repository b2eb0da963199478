//! Sets a field of a scenario from text, and what can be wrong with that text.

use super::choice::{Strategy, words};
use super::table::{Field, Scenario};
use crate::text::quoted;
use thiserror::Error;

/// Foreign input that a scenario cannot take. The message names the field, the value and what is
/// allowed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScenarioError {
    /// The name is not in the table.
    #[error("{name} is not a field of a scenario; the fields are {}", words(Field::ALL).join(", "))]
    UnknownField {
        /// The name in quotes, shortened if it is long.
        name: String,
    },
    /// The value lies outside of the field's domain.
    #[error("{}: {value} is not allowed; allowed: {}", field.word(), field.domain())]
    NotAllowed {
        /// The field.
        field: Field,
        /// The value in quotes, shortened if it is long.
        value: String,
    },
    /// The same field was given twice.
    #[error("{}: given more than once; the first value was taken", field.word())]
    Repeated {
        /// The field.
        field: Field,
    },
    /// A SELECT before the INSERT, with a strategy whose tasks have no connection of their own.
    #[error(
        "read_first: '1' is not allowed with strategy={}; a task that reads first needs a connection of its own: \
         strategy=connection-per-task or semaphore",
        strategy.word()
    )]
    NothingToReadOn {
        /// The strategy.
        strategy: Strategy,
    },
    /// `machine=custom` without a profile of that machine.
    #[error("machine: 'custom' needs the profile of a machine")]
    NoProfile,
}

impl ScenarioError {
    /// The error for a name that is not in the table.
    #[must_use]
    pub fn unknown(name: &str) -> Self {
        Self::UnknownField { name: quoted(name) }
    }
}

impl Scenario {
    /// Reads `text` into `field`.
    ///
    /// # Errors
    /// If the field cannot be that, or not beside the other fields; the scenario is then as it was.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), ScenarioError> {
        let before = self.clone();
        let set = self.set_alone(field, text).and_then(|()| self.check_together());
        if set.is_err() {
            *self = before;
        }
        set
    }

    /// Whether the fields can stand beside each other.
    pub(super) fn check_together(&self) -> Result<(), ScenarioError> {
        let Self { strategy, read_first, .. } = *self;
        if read_first && strategy.has_one_connection() { Err(ScenarioError::NothingToReadOn { strategy }) } else { Ok(()) }
    }

    /// Reads `text` into `field`, whatever the other fields are.
    pub(super) fn set_alone(&mut self, field: Field, text: &str) -> Result<(), ScenarioError> {
        self.read(field, text).ok_or_else(|| ScenarioError::NotAllowed { field, value: quoted(text) })
    }
}
