//! The inputs of a run. Each has one name, unit, default and range, which the URL, the command
//! line, JSON and the code share.
//!
//! A [`Scenario`] is plain data.
//!
//! | module | |
//! |---|---|
//! | [`table`] | one row for each field |
//! | [`kind`] | the types of values: their ranges, parsing and formatting |
//! | [`choice`] | the fields that are enums |
//! | [`set`] | sets one field from text |
//! | [`query`] | parses and writes a scenario as a query string |
//! | [`machine`] | the computers that a run can simulate |
//! | [`profile_code`] | encodes the profile of the user's machine for a link |
//! | [`presets`] | named runs |
//! | [`json`] | parses JSON that the user supplies |

pub mod choice;
pub mod json;
pub mod kind;
mod linux_vm;
pub mod machine;
pub mod presets;
pub mod profile_code;
pub mod query;
pub mod set;
pub mod table;

pub use choice::{Begin, Journal, Strategy, Synchronous};
pub use kind::Domain;
pub(crate) use kind::switch;
pub use machine::{MachineChoice, MachineProfile};
pub use set::ScenarioError;
pub use table::{Field, Group, Row, Scenario};

impl Scenario {
    /// Number of coroutines that insert rows: one for each row, except that a single coroutine
    /// inserts all rows with [`Strategy::SingleTransaction`].
    #[must_use]
    pub const fn coroutines(&self) -> u32 {
        if matches!(self.strategy, Strategy::SingleTransaction) { 1 } else { self.tasks }
    }

    /// Number of connections. Each has its own worker thread.
    #[must_use]
    pub const fn connections(&self) -> u32 {
        if self.strategy.has_one_connection() { 1 } else { self.tasks }
    }
}
