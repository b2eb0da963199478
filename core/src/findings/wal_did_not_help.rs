//! A task failed although the database is in WAL mode.

use super::human_duration::HumanDuration;
use super::{Evidence, Finding, Highlight, Rule};
use crate::scenario::{Begin, Journal};
use crate::time::SimDuration;

/// See the module documentation.
pub(super) struct WalDidNotHelp;

impl Rule for WalDidNotHelp {
    fn find(&self, run: Evidence) -> Option<Finding> {
        let (scenario, outcome) = (&run.trace.scenario, &run.index.outcome);
        let error = outcome.first_error?;
        // A task that reads first is refused for another reason; see `refused_at_once`.
        if scenario.journal != Journal::Wal || (scenario.read_first && scenario.begin == Begin::Deferred) {
            return None;
        }
        let failed = if scenario.timeout.is_zero() { "was refused at once" } else { "gave up" };
        let why = if scenario.sleep.is_zero() {
            "Each COMMIT is cheaper than with a rollback journal. But all tasks write, and they \
             ask and sleep as before."
                .to_owned()
        } else {
            format!(
                "Each task holds the write lock during its sleep of {}, and no journal mode makes \
                 that shorter.",
                HumanDuration(scenario.sleep)
            )
        };
        Some(Finding {
            name: "wal-did-not-help",
            headline: format!("In WAL mode too, task {} {failed}", error.task),
            text: format!(
                "WAL lets readers and a writer work side by side, but there is still only one \
                 writer at a time. {why}"
            ),
            fact: "2.2",
            highlight: Highlight::around(error.at, Some(error.task), SimDuration::from_millis(300)),
        })
    }
}
