//! Every input of a run: names, units, defaults and bounds, the same in the URL, on the command line, in JSON and in the code.
//!
//! A [`Scenario`] is plain data. [`field`] lists its fields once, [`query`] reads and writes them as a query string,
//! [`machine`] names the computers that a run can be placed on, [`profile_code`] puts the reader's own into a link, [`presets`] names
//! whole runs, [`json`] reads what others have written.

pub mod choice;
pub mod field;
pub mod json;
mod linux_vm;
pub mod machine;
pub mod presets;
pub mod profile_code;
pub mod query;

pub use choice::{Begin, Journal, Strategy, Synchronous};
pub use field::{Field, ScenarioError};
pub use machine::{MachineChoice, MachineProfile};

use crate::time::SimDuration;
use serde::Serialize;

/// Every input of a run. Two equal scenarios have the same run, bit for bit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scenario {
    /// Coroutines under the gather, and rows; 1 to 10 000.
    pub tasks: u32,
    /// `connect(timeout=)`, the busy timeout, in whole milliseconds as Python cuts it (fact 5.1); 0 to 600 s.
    pub timeout: SimDuration,
    /// `asyncio.sleep` between execute and commit; 0 to 60 s.
    pub sleep: SimDuration,
    /// Who connects and who commits.
    pub strategy: Strategy,
    /// For the semaphore only: tasks between connect and close at a time; 1 to 10 000.
    pub limit: u32,
    /// What opens the transaction, `isolation_level=`.
    pub begin: Begin,
    /// An explicit BEGIN and a SELECT before the INSERT (the deferred-upgrade trap, fact 9.9).
    pub read_first: bool,
    /// `PRAGMA journal_mode`.
    pub journal: Journal,
    /// `PRAGMA synchronous`.
    pub synchronous: Synchronous,
    /// `gather(return_exceptions=True)`; a task that failed closes its connection.
    pub keep_going: bool,
    /// How often a task tries again after "database is locked"; 0 to 100.
    pub retries: u32,
    /// Middle of the pause before a retry; 0 to 10 s.
    pub retry_pause: SimDuration,
    /// The computer that the program runs on.
    pub machine: MachineChoice,
    /// What that computer charges, where it is the reader's own.
    #[serde(skip)]
    pub profile: Option<Box<MachineProfile>>,
    /// What a COMMIT with the default journal and synchronous mode takes there, alone on an idle machine; other modes in proportion.
    /// None, which a link writes as 0: as the machine has it. Up to 10 s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit_time: Option<SimDuration>,
    /// Start of the random numbers; any 32-bit number.
    pub seed: u32,
}

impl Scenario {
    /// Coroutines that insert rows: one a row, but for the strategy in which one coroutine inserts them all.
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

impl Default for Scenario {
    /// The asker's program on the asker's machine.
    fn default() -> Self {
        Self {
            tasks: 1000,
            timeout: SimDuration::from_millis(5000),
            sleep: SimDuration::ZERO,
            strategy: Strategy::ConnectionPerTask,
            limit: 10,
            begin: Begin::Deferred,
            read_first: false,
            journal: Journal::Delete,
            synchronous: Synchronous::Full,
            keep_going: false,
            retries: 0,
            retry_pause: SimDuration::from_millis(50),
            machine: MachineChoice::WindowsLaptop,
            profile: None,
            commit_time: None,
            seed: 1,
        }
    }
}
