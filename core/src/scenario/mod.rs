//! Every input of a run: names, units, defaults and bounds, the same in the URL, on the command
//! line, in JSON and in the code.
//!
//! A [`Scenario`] is plain data. [`table`] has a row for each of its fields, [`kind`] the kinds of
//! values, [`set`] sets a field from text, [`query`] reads and writes them as a query string,
//! [`machine`] names the computers that a run can be placed on, [`profile_code`] puts the user's
//! own machine into a link, [`presets`] names whole runs, [`json`] reads foreign JSON.

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
    /// Coroutines that insert rows: one a row, but for the strategy in which one coroutine inserts
    /// them all.
    #[must_use]
    pub const fn coroutines(&self) -> u32 {
        if matches!(self.strategy, Strategy::SingleTransaction) { 1 } else { self.tasks }
    }

    /// Connections, each with its worker thread.
    #[must_use]
    pub const fn connections(&self) -> u32 {
        if self.strategy.has_one_connection() { 1 } else { self.tasks }
    }
}
