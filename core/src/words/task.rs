//! Describes what a task does and why it waits.

use crate::decimal::fixed;
use crate::text::counted;
use crate::time::{SimDuration, SimTime};
use crate::trace::task_now::{HolderActivity, TaskNow, WaitNow, holder_activity};
use crate::trace::{LaneState, Statement, TaskId, Trace, TraceIndex};

/// A duration for a sentence: "43.2 ms", "1.30 s".
#[must_use]
pub fn length(length: SimDuration) -> String {
    let seconds = length.seconds();
    if seconds < 1.0 { format!("{} ms", fixed(seconds * 1000.0, 1)) } else { format!("{} s", fixed(seconds, 2)) }
}

/// The state of a task, in a few words.
#[must_use]
pub fn state(now: &TaskNow) -> &'static str {
    now.state.map_or("not started", LaneState::word)
}

/// The lines of the tooltip for a task at one time.
#[must_use]
pub fn card(trace: &Trace, index: &TraceIndex, task: TaskId, at: SimTime) -> Vec<String> {
    let now = TaskNow::at(trace, index, task, at);
    let mut lines = vec![format!("task {task} at {} s", fixed(at.seconds(), 3)), state(&now).to_owned()];
    if let Some(wait) = now.wait.filter(|wait| !wait.over) {
        lines.push(budget(&wait, trace.scenario.timeout));
    }
    lines
}

/// "14 polls refused; has slept 1.328 of 5 s".
#[must_use]
pub fn budget(wait: &WaitNow, timeout: SimDuration) -> String {
    let polls = counted(wait.polls, "poll");
    format!("{polls} refused; has slept {} of {timeout} s", wait.asked)
}

/// Why a task waits, or how it ended, in a sentence.
#[must_use]
pub fn why(trace: &Trace, index: &TraceIndex, task: TaskId, at: SimTime) -> String {
    let now = TaskNow::at(trace, index, task, at);
    let text = match now.state {
        None => "The loop has not run its first step yet.",
        Some(LaneState::Starting) => "Its worker thread is being started.",
        Some(LaneState::WaitingForSemaphore) => {
            "It waits for the semaphore, because the maximum number of tasks is between connect and close."
        }
        Some(LaneState::QueuedForWorker) => "Its call waits in the queue of the worker thread that all tasks share.",
        Some(LaneState::Connecting) => "Its worker opens the database file, which needs no lock.",
        Some(LaneState::QueuedForLoop) => {
            "Its worker has posted the result. The coroutine continues when the event loop resumes it."
        }
        Some(LaneState::WaitingForGil) => "Its thread waits for the GIL: one thread runs Python at a time.",
        Some(LaneState::Polling | LaneState::AsleepInBackoff) => return why_waiting(trace, index, &now, at),
        Some(LaneState::Holding) => return why_holding(trace, index, task, at),
        Some(LaneState::Committing) => "It holds the lock. Its COMMIT writes to the file and waits for the disk.",
        Some(LaneState::RetryPause) => "It got \u{201c}database is locked\u{201d}, rolled back, and pauses before it retries.",
        Some(LaneState::Done) => "Its row is committed and its connection is closed.",
        Some(LaneState::Failed) => "Its call failed: database is locked.",
        Some(LaneState::Abandoned) => "The loop has stopped. Its thread may still poll, but the program does not see the result.",
    };
    text.to_owned()
}

fn why_waiting(trace: &Trace, index: &TraceIndex, now: &TaskNow, at: SimTime) -> String {
    let what = match now.wait.map(|wait| wait.statement) {
        Some(Statement::Prepare) => "its first look at the schema",
        Some(Statement::Commit) => "its COMMIT",
        _ => "its INSERT",
    };
    let lock = match index.hold_at(at) {
        Some(hold) => {
            let lock = index.lock_at(trace, hold.task, at).name();
            let activity = describe(holder_activity(trace, index, hold.task, at));
            format!("{lock} is held by task {}, which is {activity}.", hold.task)
        }
        None => "The lock is free, but nothing wakes a sleeping waiter.".to_owned(),
    };
    let next = now.wait.and_then(|wait| wait.next_poll).map_or(String::new(), |next| {
        let left = length(next.since(at));
        format!(" It will poll again for {what} in {left}.")
    });
    lock + &next
}

fn why_holding(trace: &Trace, index: &TraceIndex, task: TaskId, at: SimTime) -> String {
    let activity = describe(holder_activity(trace, index, task, at));
    format!("It holds the lock and is {activity}. No other connection can write until its COMMIT is done.")
}

fn describe(activity: HolderActivity) -> String {
    match activity {
        HolderActivity::Sleeping(left) => {
            let left = length(left);
            return format!("asleep in asyncio.sleep for another {left}");
        }
        HolderActivity::WritingCommit => "writing its COMMIT to the file",
        HolderActivity::AwaitingLoop => "waiting for the event loop to resume it",
        HolderActivity::Working => "running or waiting for a core",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};

    fn why_at(task: u32, time: u64) -> String {
        let trace = three_tasks();
        why(&trace, &TraceIndex::of(&trace), TaskId::new(task), micros(time))
    }

    #[test]
    fn a_waiter_shows_the_holder_its_lock_and_the_next_poll() {
        assert_eq!(
            why_at(2, 1_200),
            "EXCLUSIVE is held by task 1, which is writing its COMMIT to the file. It will poll again for its INSERT in 0.3 ms."
        );
        assert_eq!(
            why_at(2, 2_500),
            "The lock is free, but nothing wakes a sleeping waiter. It will poll again for its INSERT in 4.5 ms."
        );
    }

    #[test]
    fn every_state_of_a_task_has_a_sentence() {
        for (task, time) in [(1, 0), (1, 150), (1, 250), (1, 450), (1, 1_500), (1, 2_600), (2, 5_600), (3, 5_450)] {
            assert!(why_at(task, time).ends_with('.'), "task {task} at {time}");
        }
    }
}
