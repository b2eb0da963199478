//! Checks a run of the model against the same run on another implementation of the database, such
//! as the real SQLite: every lock attempt must have the same answer.

use crate::export::trace_json::digest_text;
use crate::model::database::Database;
use crate::model::{RunError, run_in_pieces, run_on_in_pieces};
use crate::scenario::Scenario;
use crate::time::{SimTime, as_micros};
use crate::trace::{Event, EventKind, TaskId};
use serde::{Deserialize, Serialize};

/// The result of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The number of lock attempts that the database answered.
    pub answers: u64,
    /// The digest of the run on the database, 16 hex digits. If there is no difference, it is also
    /// the digest of the model's run.
    pub digest: String,
    /// The first event in which the runs differ.
    pub difference: Option<Difference>,
}

/// The first event in which two runs differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// When it happened: the earlier time, if the times differ.
    #[serde(with = "as_micros")]
    pub at: SimTime,
    /// The number of the event's task; none for an event of the loop, or if a run has ended.
    pub task: Option<u32>,
    /// What happened in the model's run.
    pub model: String,
    /// What happened in the run on the database.
    pub database: String,
}

/// Runs `scenario` on the model and on `database`, which must be empty, and compares them. Between
/// two pieces of at most `events` events it awaits `pause`.
///
/// # Errors
/// The same as for [`crate::model::run`].
pub async fn check_in_pieces(
    scenario: &Scenario,
    database: &mut dyn Database,
    events: u64,
    mut pause: impl AsyncFnMut(SimTime),
) -> Result<Check, RunError> {
    let model = run_in_pieces(scenario, events, &mut pause).await?;
    let real = run_on_in_pieces(scenario, database, events, &mut pause).await?;
    let answers = real.events.iter().filter(|event| matches!(event.kind, EventKind::Attempt { .. })).count();
    Ok(Check { answers: answers as u64, digest: digest_text(&real), difference: first_difference(&model.events, &real.events) })
}

/// The first difference of two lists of events.
fn first_difference(model: &[Event], database: &[Event]) -> Option<Difference> {
    let index = (0..model.len().max(database.len())).find(|&index| model.get(index) != database.get(index))?;
    let (model, database) = (model.get(index), database.get(index));
    let first = [model, database].into_iter().flatten().min_by_key(|event| event.at)?;
    let task = Some(first.task).filter(|task| *task != TaskId::LOOP).map(TaskId::number);
    Some(Difference { at: first.at, task, model: described(model), database: described(database) })
}

fn described(event: Option<&Event>) -> String {
    let Some(event) = event else { return "the run has ended".to_owned() };
    let what = match event.kind {
        EventKind::Attempt { statement, granted } => {
            format!("{} {}", statement.name(), if granted { "granted" } else { "refused" })
        }
        EventKind::Lock { from, to } => format!("{} to {}", from.name(), to.name()),
        EventKind::Backoff { asked_ms, .. } => format!("back-off of {asked_ms} ms"),
        kind => format!("{kind:?}"),
    };
    if event.task == TaskId::LOOP { what } else { format!("task {}: {what}", event.task.number()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::pieces::at_once;
    use crate::scenario::{Journal, query};

    #[test]
    fn a_database_with_other_locks_differs_at_its_first_other_answer() {
        let scenario = query::read("tasks=20&read_first=1&keep_going=1").scenario;
        let check = |journal| {
            let mut database = model::database::open(journal);
            at_once(check_in_pieces(&scenario, database.as_mut(), 1000, async |_| ())).expect("a small run")
        };
        let same = check(Journal::Delete);
        assert_eq!((same.digest, same.difference), (digest_text(&model::run(&scenario).expect("a small run")), None));
        let difference = check(Journal::Wal).difference.expect("WAL mode has other locks");
        assert!(difference.model.contains("SHARED") && difference.database.contains("READ"), "{difference:?}");
    }
}
