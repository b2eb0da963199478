//! Converts a measured run with every poll into a trace, so that the page can show it like a
//! modelled run.
//!
//! The columns are those of `calibrate/pack_polls.py`. The log identifies threads, not tasks.
//! Because there is only one lock, a row belongs to the thread that last got the lock before the
//! row's INSERT returned (`calibrate/bunches.py`). A row whose thread never slept gets a task
//! number after those of the threads.

use super::backoff::sleeps_ms;
use super::{Call, Event, EventKind, Lock, Statement, TaskId, Trace};
use crate::scenario::{MachineChoice, Scenario};
use crate::time::{SimDuration, SimTime};

/// The columns of a measured run. Times are in microseconds since just before the gather.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// The busy timeout.
    pub timeout: SimDuration,
    /// When the gather ended.
    pub elapsed: SimTime,
    /// Task of each INSERT, in the order in which they returned.
    pub executed_by: Vec<i32>,
    /// When each INSERT returned, as the difference from the one before.
    pub executed: Vec<i32>,
    /// Task of each COMMIT, in the order in which they returned.
    pub committed_by: Vec<i32>,
    /// When each COMMIT returned, as the difference from the one before.
    pub committed: Vec<i32>,
    /// Number of sleeps of each wait.
    pub sleeps: Vec<i32>,
    /// The thread of each wait, as the difference from the wait before.
    pub whose: Vec<i32>,
    /// When each wait's first sleep began, as the difference from the wait before.
    pub first: Vec<i32>,
    /// For each wait in turn, the time from each wake-up to the next sleep.
    pub gaps: Vec<i32>,
    /// For each wait in turn, how much longer than requested each sleep took.
    pub late: Vec<i32>,
}

/// A row that was inserted; times in microseconds.
struct Row {
    executed: u64,
    committed: u64,
    thread: u32,
    granted: u64,
    /// When the lock was free again. The COMMIT may return to the program much later, when the next
    /// row's task already holds the lock.
    released: u64,
}

impl Packed {
    /// Converts the columns to a trace; `None` if they are inconsistent.
    #[must_use]
    pub fn trace(&self) -> Option<Trace> {
        let mut events = Vec::new();
        let mut grants = Vec::new();
        self.add_waits(&mut events, &mut grants)?;
        grants.sort_unstable();
        let threads = events.iter().map(|event: &Event| event.task.number()).max().unwrap_or(0);
        let rows = self.rows(&grants, threads);
        let tasks = rows.iter().map(|row| row.thread).max().unwrap_or(0).max(threads);
        for row in &rows {
            row.add_events(&mut events);
        }
        events.push(Event { at: self.elapsed, task: TaskId::LOOP, kind: EventKind::LoopStopped });
        events.sort_by_key(|event| event.at);
        let turn = super::turn(&events).unwrap_or(SimDuration::from_millis(100));
        let scenario = Scenario { tasks, timeout: self.timeout, machine: MachineChoice::LinuxVm, ..Scenario::default() };
        Some(Trace { scenario, simulated: 0, events, turn })
    }

    /// Adds the polls and sleeps of each wait to `events`, and each granted lock (time, thread) to
    /// `grants`.
    fn add_waits(&self, events: &mut Vec<Event>, grants: &mut Vec<(u64, u32)>) -> Option<()> {
        let (mut gaps, mut late) = (self.gaps.iter(), self.late.iter());
        for ((thread, first), sleeps) in running_sums(&self.whose).zip(running_sums(&self.first)).zip(&self.sleeps) {
            let thread = u32::try_from(thread).ok()?;
            let mut add = |at, kind| events.push(Event { at: SimTime::from_micros(at), task: TaskId::new(thread), kind });
            let (mut from, mut left, mut woke) = (first, self.timeout.millis(), first);
            for (number, asked_ms) in (0..*sleeps).zip(sleeps_ms(self.timeout)) {
                if number > 0 {
                    from = offset(woke, *gaps.next()?)?;
                    add(woke, EventKind::Attempt { statement: Statement::Insert, granted: false });
                } else {
                    add(from, EventKind::Attempt { statement: Statement::Insert, granted: false });
                }
                woke = offset(from + u64::from(asked_ms) * 1000, *late.next()?)?;
                add(from, EventKind::Backoff { asked_ms, sleeps_us: u32::try_from(woke - from).ok()? });
                left -= u64::from(asked_ms);
            }
            if left > 0 {
                add(woke, EventKind::Attempt { statement: Statement::Insert, granted: true });
                grants.push((woke, thread));
            } else {
                add(woke, EventKind::CallReturned { call: Call::Execute, ok: false });
            }
        }
        Some(())
    }

    /// The inserted rows, in the order of their INSERTs.
    fn rows(&self, grants: &[(u64, u32)], threads: u32) -> Vec<Row> {
        let committed: Vec<(i32, u64)> = self.committed_by.iter().copied().zip(running_sums(&self.committed)).collect();
        let (mut previous, mut last_unmatched) = (0, threads);
        let mut rows = Vec::new();
        for (task, executed) in self.executed_by.iter().zip(running_sums(&self.executed)) {
            let grant = grants[..grants.partition_point(|grant| grant.0 <= executed)].last().filter(|grant| grant.0 > previous);
            previous = executed;
            let Some((_, committed)) = committed.iter().find(|(by, _)| by == task) else { continue };
            last_unmatched += u32::from(grant.is_none());
            let (granted, thread) = grant.copied().unwrap_or((executed, last_unmatched));
            rows.push(Row { executed, committed: *committed, thread, granted, released: *committed });
        }
        for number in 1..rows.len() {
            let next = rows[number].granted;
            let row = &mut rows[number - 1];
            row.released = row.released.min(next);
            row.executed = row.executed.min(row.released);
        }
        rows
    }
}

impl Row {
    fn add_events(&self, events: &mut Vec<Event>) {
        let lock = |from, to| EventKind::Lock { from, to };
        let kinds = [
            (self.granted, lock(Lock::Unlocked, Lock::Reserved)),
            (self.executed, EventKind::CallReturned { call: Call::Execute, ok: true }),
            (self.executed, EventKind::Resumed { iteration: 0 }),
            (self.executed, EventKind::CommitIoBegins),
            (self.released, EventKind::CommitIoEnds),
            (self.released, lock(Lock::Exclusive, Lock::Unlocked)),
            (self.committed, EventKind::CallReturned { call: Call::Commit, ok: true }),
            (self.committed, EventKind::Resumed { iteration: 0 }),
        ];
        let task = TaskId::new(self.thread);
        events.extend(kinds.map(|(at, kind)| Event { at: SimTime::from_micros(at), task, kind }));
    }
}

/// The running sums of `differences`; a negative sum counts as zero.
fn running_sums(differences: &[i32]) -> impl Iterator<Item = u64> {
    let sum = differences.iter().scan(0_i64, |sum, difference| {
        *sum += i64::from(*difference);
        Some(*sum)
    });
    sum.map(|sum| u64::try_from(sum).unwrap_or(0))
}

fn offset(time: u64, difference: i32) -> Option<u64> {
    time.checked_add_signed(difference.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Snapshot, TraceIndex, bunches};
    use serde_json::Value;

    /// The recorded run with this many tasks.
    fn recorded(tasks: u64) -> Packed {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/real_polls.json");
        let runs: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).expect("the file")).expect("JSON");
        let run = runs.iter().find(|run| run["tasks"] == tasks).expect("a run with this many tasks");
        let list = |value: &Value| serde_json::from_value::<Vec<i32>>(value.clone()).expect("whole numbers");
        Packed {
            timeout: SimDuration::from_seconds(run["timeout"].as_f64().expect("seconds")),
            elapsed: SimTime::from_seconds(run["elapsed"].as_f64().expect("seconds")),
            executed_by: list(&run["executed"][0]),
            executed: list(&run["executed"][1]),
            committed_by: list(&run["committed"][0]),
            committed: list(&run["committed"][1]),
            sleeps: list(&run["sleeps"]),
            whose: list(&run["whose"]),
            first: list(&run["first"]),
            gaps: list(&run["gaps"]),
            late: list(&run["late"]),
        }
    }

    #[test]
    fn the_trace_of_a_measured_run_has_the_waiters_bunches_and_rows_of_the_log() {
        let trace = recorded(1000).trace().expect("columns that fit");
        let index = TraceIndex::of(&trace);
        assert_eq!(index.outcome.inserted(), 976);
        // The numbers of calibrate/bunches.py for the same run; waiters that poll at exactly this
        // time may differ.
        for (seconds, waiters, found) in [(0.6, 957, 16), (1.0, 751, 16), (2.0, 381, 19), (3.0, 180, 9), (4.5, 55, 4)] {
            let now = Snapshot::at(&trace, &index, SimTime::from_seconds(seconds));
            assert!(now.waiters.len().abs_diff(waiters) <= 5, "{} waiters at {seconds} s", now.waiters.len());
            let bunches = bunches(now.waiters.iter().map(|waiter| waiter.next_poll), trace.turn).len();
            assert!(bunches.abs_diff(found) <= 1, "{bunches} bunches at {seconds} s");
        }
    }

    #[test]
    fn every_row_of_a_measured_run_has_its_own_hold_and_holds_do_not_overlap() {
        for tasks in [100, 1000] {
            let trace = recorded(tasks).trace().expect("columns that fit");
            let index = TraceIndex::of(&trace);
            assert_eq!(index.holds.len(), index.outcome.committed_at.len());
            for pair in index.holds.windows(2) {
                let end = pair[0].to.expect("a hold that ends");
                assert!(end <= pair[1].from, "{pair:?}");
            }
        }
    }

    #[test]
    fn inconsistent_columns_are_rejected() {
        let mut short = recorded(100);
        short.late.truncate(5);
        assert!(short.trace().is_none());
        short = recorded(100);
        short.whose[0] = -5;
        assert!(short.trace().is_some(), "a thread below zero counts as zero");
        assert!(Packed::default().trace().is_some_and(|trace| trace.events.len() == 1));
    }
}
