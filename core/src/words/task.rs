//! What a task does and why it waits, in words.

use crate::decimal::fixed;
use crate::text::counted;
use crate::time::{SimDuration, SimTime};
use crate::trace::task_now::{HolderActivity, TaskNow, WaitNow, holder_activity};
use crate::trace::{LaneState, Statement, TaskId, Trace, TraceIndex};

/// A length as a sentence gives it: "43.2 ms", "1.30 s".
#[must_use]
pub fn length(length: SimDuration) -> String {
    let seconds = length.seconds();
    if seconds < 1.0 { format!("{} ms", fixed(seconds * 1000.0, 1)) } else { format!("{} s", fixed(seconds, 2)) }
}

/// What a task does, in a few words.
#[must_use]
pub fn state(now: &TaskNow) -> &'static str {
    now.state.map_or("not begun", LaneState::word)
}

/// Lines about a task at a moment, for a card beside the pointer.
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

/// Why a task does not go on, or what has become of it.
#[must_use]
pub fn why(trace: &Trace, index: &TraceIndex, task: TaskId, at: SimTime) -> String {
    let now = TaskNow::at(trace, index, task, at);
    let text = match now.state {
        None => "The loop has not run its first step yet.",
        Some(LaneState::Starting) => "Its worker thread is being started.",
        Some(LaneState::WaitingForSemaphore) => "It waits for the semaphore: as many as may are between connect and close.",
        Some(LaneState::QueuedForWorker) => "Its call waits behind others for the one worker thread that all share.",
        Some(LaneState::Connecting) => "Its worker opens the database file. That needs no lock.",
        Some(LaneState::QueuedForLoop) => "Its worker has answered. The coroutine goes on when the event loop gets to it.",
        Some(LaneState::WaitingForGil) => "Its thread waits for the GIL: one thread runs Python at a time.",
        Some(LaneState::Polling | LaneState::AsleepInBackoff) => return waits(trace, index, &now, at),
        Some(LaneState::Holding) => return holds(trace, index, task, at),
        Some(LaneState::Committing) => "It holds the lock. Its COMMIT writes to the file and waits for the disk.",
        Some(LaneState::RetryPause) => {
            "It was told \u{201c}database is locked\u{201d}, rolled back, and pauses before it tries again."
        }
        Some(LaneState::Done) => "Its row is in and its connection is closed.",
        Some(LaneState::Failed) => "SQLite gave up for it: database is locked.",
        Some(LaneState::Abandoned) => "The loop has stopped. Its thread may still poll, but nobody will look at the answer.",
    };
    text.to_owned()
}

fn waits(trace: &Trace, index: &TraceIndex, now: &TaskNow, at: SimTime) -> String {
    let what = match now.wait.map(|wait| wait.statement) {
        Some(Statement::Prepare) => "its first look at the schema",
        Some(Statement::Commit) => "its COMMIT",
        _ => "its INSERT",
    };
    let lock = match index.hold_at(at) {
        Some(hold) => {
            let lock = index.lock_at(trace, hold.task, at).name();
            let does = doing(holder_activity(trace, index, hold.task, at));
            format!("{lock} is held by task {}, {does}.", hold.task)
        }
        None => "The lock is free, but nobody wakes a sleeper.".to_owned(),
    };
    let next = now.wait.and_then(|wait| wait.next_poll).map_or(String::new(), |next| {
        let left = length(next.since(at));
        format!(" It will ask again for {what} in {left}.")
    });
    lock + &next
}

fn holds(trace: &Trace, index: &TraceIndex, task: TaskId, at: SimTime) -> String {
    let does = doing(holder_activity(trace, index, task, at));
    format!("It holds the lock, {does}. Nobody else can write until its COMMIT is done.")
}

fn doing(does: HolderActivity) -> String {
    match does {
        HolderActivity::Sleeping(left) => {
            let left = length(left);
            return format!("asleep in asyncio.sleep for another {left}");
        }
        HolderActivity::WritingCommit => "which writes its COMMIT to the file",
        HolderActivity::AwaitingLoop => "whose answer waits for its turn in the event loop",
        HolderActivity::Working => "whose thread is at work or waits for a core",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{hand_over, micros};

    fn why_at(task: u32, time: u64) -> String {
        let trace = hand_over();
        why(&trace, &TraceIndex::of(&trace), TaskId::new(task), micros(time))
    }

    #[test]
    fn a_waiter_is_told_who_holds_what_and_when_it_will_ask_again() {
        assert_eq!(
            why_at(2, 1_200),
            "EXCLUSIVE is held by task 1, which writes its COMMIT to the file. It will ask again for its INSERT in 0.3 ms."
        );
        assert_eq!(why_at(2, 2_500), "The lock is free, but nobody wakes a sleeper. It will ask again for its INSERT in 4.5 ms.");
    }

    #[test]
    fn every_moment_of_every_task_has_words() {
        for (task, time) in [(1, 0), (1, 150), (1, 250), (1, 450), (1, 1_500), (1, 2_600), (2, 5_600), (3, 5_450)] {
            assert!(why_at(task, time).ends_with('.'), "task {task} at {time}");
        }
    }
}
