//! The state of a run at one time: the waiters, the holder of the lock, and the result so far.
//!
//! A snapshot is computed for each time by binary search, in a few hundred nanoseconds per task.
//! Seeking therefore costs no more than playing, and there is no state to keep consistent.

use super::index::{Iteration, TraceIndex};
use super::waits::{Hold, Wait};
use super::{Lock, Statement, TaskId, Trace};
use crate::time::{SimDuration, SimTime};

/// The window over which the rows per second are counted.
pub const RATE_WINDOW: SimDuration = SimDuration::from_millis(500);

/// A task whose last poll found the lock busy and that will poll again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// The task.
    pub task: TaskId,
    /// The statement that needs the lock.
    pub statement: Statement,
    /// Its first poll of this wait.
    pub since: SimTime,
    /// Its last poll.
    pub last_poll: SimTime,
    /// Its next poll.
    pub next_poll: SimTime,
    /// Number of waits of the trace that began before this one.
    pub rank: u32,
}

/// The connection that excludes other writers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its hold. Times in it may be later than the snapshot.
    pub hold: Hold,
    /// The lock that it has at the time of the snapshot.
    pub lock: Lock,
}

/// The state of a run at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The time.
    pub at: SimTime,
    /// The waiters, in the order of their tasks.
    pub waiters: Vec<Waiter>,
    /// The holder of the lock.
    pub holder: Option<Holder>,
    /// Rows whose COMMIT has returned to the program; none after the loop has stopped.
    pub rows: u32,
    /// Rows in the file.
    pub rows_in_file: u32,
    /// Errors that have reached a coroutine without a retry.
    pub errors: u32,
    /// Rows per second, over the last half second.
    pub rate: u32,
    /// The event loop's current or last iteration.
    pub iteration: Option<Iteration>,
    /// Whether the loop has stopped.
    pub stopped: bool,
}

impl Snapshot {
    /// The snapshot at `time`.
    #[must_use]
    pub fn at(trace: &Trace, index: &TraceIndex, time: SimTime) -> Self {
        let seen = &index.outcome.committed_at;
        let rows = count_until(seen, time);
        let window_start = SimTime::from_micros(time.since(SimTime::ZERO + RATE_WINDOW).micros());
        let recent = rows - if window_start == SimTime::ZERO { 0 } else { count_until(seen, window_start) };
        let iterations = index.iterations.partition_point(|iteration| iteration.at <= time);
        Self {
            at: time,
            waiters: waiters(index, time),
            holder: holder(trace, index, time),
            rows,
            rows_in_file: count_until(&index.rows_in_file, time),
            errors: to_u32(index.errors.partition_point(|(at, _)| *at <= time)),
            rate: recent * to_u32(1_000_000 / RATE_WINDOW.micros()),
            iteration: index.iterations[..iterations].last().copied(),
            stopped: index.stop.is_some_and(|stop| stop.at <= time),
        }
    }
}

fn waiters(index: &TraceIndex, time: SimTime) -> Vec<Waiter> {
    let tasks = (1..=index.waits.tasks()).map(TaskId::new);
    tasks.filter_map(|task| waiter(index, task, time)).collect()
}

/// The task as a waiter. `None` after its last poll, while the error is on its way to the
/// coroutine.
fn waiter(index: &TraceIndex, task: TaskId, time: SimTime) -> Option<Waiter> {
    let waits = index.waits.of(task);
    let begun = waits.partition_point(|wait| wait.from <= time);
    let Wait { statement, from, rank, .. } = *waits[..begun].last().filter(|wait| wait.to.is_none_or(|end| end > time))?;
    let polls = index.polls.of(task);
    let past = polls.partition_point(|poll| poll.at <= time);
    let poll = polls[..past].last().filter(|poll| poll.next > poll.at)?;
    Some(Waiter { task, statement, since: from, last_poll: poll.at, next_poll: poll.next, rank })
}

fn holder(trace: &Trace, index: &TraceIndex, time: SimTime) -> Option<Holder> {
    let hold = *index.hold_at(time)?;
    Some(Holder { hold, lock: index.lock_at(trace, hold.task, time) })
}

fn count_until(times: &[SimTime], until: SimTime) -> u32 {
    to_u32(times.partition_point(|at| *at <= until))
}

fn to_u32(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};

    fn at(time: u64) -> Snapshot {
        let trace = three_tasks();
        Snapshot::at(&trace, &TraceIndex::of(&trace), micros(time))
    }

    #[test]
    fn a_waiter_has_its_last_and_its_next_poll() {
        let now = at(1_000);
        let of_two = now.waiters.iter().find(|waiter| waiter.task == TaskId::new(2)).expect("task 2 waits");
        assert_eq!((of_two.since, of_two.last_poll, of_two.next_poll), (micros(410), micros(410), micros(1_500)));
        let later = at(1_550);
        let of_two = later.waiters.iter().find(|waiter| waiter.task == TaskId::new(2)).expect("task 2 waits");
        assert_eq!((of_two.since, of_two.last_poll, of_two.next_poll), (micros(410), micros(1_500), micros(7_000)));
    }

    #[test]
    fn older_waits_have_lower_ranks() {
        let ranks: Vec<_> = at(1_000).waiters.iter().map(|waiter| (waiter.task.number(), waiter.rank)).collect();
        assert_eq!(ranks, [(2, 0), (3, 1)]);
    }

    #[test]
    fn the_holder_is_shown_with_its_lock_until_it_releases_it() {
        let lock = |time| at(time).holder.map(|holder| (holder.hold.task.number(), holder.lock.name()));
        assert_eq!(lock(399), None);
        assert_eq!(lock(400), Some((1, "RESERVED")));
        assert_eq!(lock(1_200), Some((1, "EXCLUSIVE")));
        assert_eq!(lock(2_000), None);
        assert_eq!(lock(1_000_000), Some((2, "RESERVED")));
    }

    #[test]
    fn a_row_is_in_the_file_before_its_commit_returns() {
        let rows = |time| (at(time).rows_in_file, at(time).rows);
        assert_eq!((rows(1_999), rows(2_000), rows(2_200)), ((0, 0), (1, 0), (1, 1)));
    }

    #[test]
    fn the_rate_counts_only_the_last_half_second() {
        assert_eq!((at(2_200).rate, at(502_199).rate, at(502_200).rate), (2, 2, 0));
    }

    #[test]
    fn an_empty_trace_has_a_snapshot() {
        let trace = Trace { events: Vec::new(), ..three_tasks() };
        let now = Snapshot::at(&trace, &TraceIndex::of(&trace), micros(5));
        assert!(now.waiters.is_empty() && now.holder.is_none() && now.iteration.is_none() && !now.stopped);
    }
}
