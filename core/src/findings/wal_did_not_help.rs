//! WAL mode, and still somebody gave up.

use super::words::Long;
use super::{Evidence, Finding, Rule, Show};
use crate::scenario::{Begin, Journal};
use crate::time::SimDuration;

/// See the module.
pub(super) struct WalDidNotHelp;

impl Rule for WalDidNotHelp {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let (scenario, outcome) = (&run.trace.scenario, &run.index.outcome);
        let error = outcome.first_error?;
        // What has read first is refused for another reason, which has a finding of its own.
        if scenario.journal != Journal::Wal || (scenario.read_first && scenario.begin == Begin::Deferred) {
            return None;
        }
        let why = if scenario.sleep.is_zero() {
            "Each COMMIT is cheaper than with a journal, but all tasks write, and they ask and sleep as before.".to_owned()
        } else {
            format!(
                "Each holds the write lock for the {} of its sleep, which no journal mode makes shorter.",
                Long(scenario.sleep)
            )
        };
        Some(Finding {
            name: "wal-did-not-help",
            headline: format!("In WAL mode too a task gave up: task {}", error.task),
            text: format!("WAL lets readers and a writer work side by side, but there is still one writer at a time. {why}"),
            fact: "2.2",
            show: Show::around(error.at, Some(error.task), SimDuration::from_millis(300)),
        })
    }
}
