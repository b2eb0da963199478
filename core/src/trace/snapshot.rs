//! Everything at one moment of a trace: who waits, who holds the lock, what has come of it so far.
//!
//! Looked up afresh for each moment by binary search, some hundred nanoseconds a task, so that seeking costs no more than
//! playing and there is no state that could go wrong.

use super::index::{Pass, TraceIndex};
use super::waits::{Hold, Wait};
use super::{Lock, Statement, TaskId, Trace};
use crate::time::{SimDuration, SimTime};

/// Rows per second are counted over so long.
pub const RATE_WINDOW: SimDuration = SimDuration::from_millis(500);

/// A connection that found the lock taken and will ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Whose.
    pub task: TaskId,
    /// What it asks for.
    pub statement: Statement,
    /// When it first asked.
    pub since: SimTime,
    /// When it last asked.
    pub last_poll: SimTime,
    /// When it will ask again.
    pub next_poll: SimTime,
    /// How many waits of the trace began before its own.
    pub rank: u32,
}

/// The connection that keeps other writers out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its hold; what is said there of later moments has not happened yet.
    pub hold: Hold,
    /// The lock that it has now.
    pub lock: Lock,
}

/// Everything at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The moment.
    pub at: SimTime,
    /// Who waits, by task.
    pub waiters: Vec<Waiter>,
    /// Who holds the lock.
    pub holder: Option<Holder>,
    /// Rows whose commit the program has seen; it sees none after the stop.
    pub rows: u32,
    /// Rows in the file.
    pub rows_in_file: u32,
    /// Errors that have reached a coroutine.
    pub errors: u32,
    /// Rows per second over the last half second.
    pub rate: u32,
    /// The event loop's pass.
    pub pass: Option<Pass>,
    /// Whether the loop has stopped.
    pub stopped: bool,
}

impl Snapshot {
    /// Everything at `time`.
    #[must_use]
    pub fn at(trace: &Trace, index: &TraceIndex, time: SimTime) -> Self {
        let seen = &index.outcome.committed_at;
        let rows = count(seen, time);
        let window_start = SimTime::from_micros(time.since(SimTime::ZERO + RATE_WINDOW).micros());
        let recent = rows - if window_start == SimTime::ZERO { 0 } else { count(seen, window_start) };
        let passes = index.passes.partition_point(|pass| pass.at <= time);
        Self {
            at: time,
            waiters: waiters(index, time),
            holder: holder(trace, index, time),
            rows,
            rows_in_file: count(&index.rows_in_file, time),
            errors: small(index.errors.partition_point(|(at, _)| *at <= time)),
            rate: recent * small(1_000_000 / RATE_WINDOW.micros()),
            pass: index.passes[..passes].last().copied(),
            stopped: index.stop.is_some_and(|stop| stop.at <= time),
        }
    }
}

fn waiters(index: &TraceIndex, time: SimTime) -> Vec<Waiter> {
    let tasks = (1..=index.waits.tasks()).map(TaskId::new);
    tasks.filter_map(|task| waiter(index, task, time)).collect()
}

/// The task as a waiter; none where SQLite has given up and the coroutine does not know yet.
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

fn count(times: &[SimTime], until: SimTime) -> u32 {
    small(times.partition_point(|at| *at <= until))
}

fn small(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{hand_over, micros};

    fn at(time: u64) -> Snapshot {
        let trace = hand_over();
        Snapshot::at(&trace, &TraceIndex::of(&trace), micros(time))
    }

    #[test]
    fn a_waiter_is_known_with_the_poll_behind_it_and_the_poll_before_it() {
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
    fn the_holder_is_known_with_its_lock_until_it_gives_it_back() {
        let lock = |time| at(time).holder.map(|holder| (holder.hold.task.number(), holder.lock.name()));
        assert_eq!(lock(399), None);
        assert_eq!(lock(400), Some((1, "RESERVED")));
        assert_eq!(lock(1_200), Some((1, "EXCLUSIVE")));
        assert_eq!(lock(2_000), None);
        assert_eq!(lock(1_000_000), Some((2, "RESERVED")));
    }

    #[test]
    fn a_row_is_in_the_file_before_the_program_has_seen_it() {
        let rows = |time| (at(time).rows_in_file, at(time).rows);
        assert_eq!((rows(1_999), rows(2_000), rows(2_200)), ((0, 0), (1, 0), (1, 1)));
    }

    #[test]
    fn the_rate_counts_the_last_half_second_alone() {
        assert_eq!((at(2_200).rate, at(502_199).rate, at(502_200).rate), (2, 2, 0));
    }

    #[test]
    fn an_empty_trace_has_a_moment_in_which_nothing_happens() {
        let trace = Trace { events: Vec::new(), ..hand_over() };
        let now = Snapshot::at(&trace, &TraceIndex::of(&trace), micros(5));
        assert!(now.waiters.is_empty() && now.holder.is_none() && now.pass.is_none() && !now.stopped);
    }
}
