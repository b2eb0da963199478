//! The drawing of the database file: its locks, the journal or the log, and what a step asked for.

use super::answers::Answers;
use lockstep_core::terminals::{Connection, Journal, Request, Step, Terminal, View, WalLog, WalSlot, Wanted};
use lockstep_core::text::counted;
use lockstep_core::trace::Lock;
use std::rc::Rc;
use yew::prelude::*;

/// The locks of a rollback journal, the strongest first, and what each allows.
const LADDER: [(Lock, &str); 4] = [
    (Lock::Exclusive, "writes the file; no other may read"),
    (Lock::Pending, "waits for readers to end; no new ones"),
    (Lock::Reserved, "may write; one at a time"),
    (Lock::Shared, "reads; any number"),
];
/// The locks of WAL mode.
const WAL_LADDER: [(Lock, &str); 2] =
    [(Lock::Write, "adds to the log; one at a time"), (Lock::Read, "reads its snapshot; any number")];
/// The pages that are drawn one by one.
const MAX_PAGES: u64 = 24;
/// The requests of a step that are listed.
const MAX_REQUESTS: usize = 14;

/// The file at the start of every script.
pub(super) const TABLE: &str = "The file starts with one table: person(id, name), empty.";

/// The drawing. `step` is the step whose requests are shown.
pub(super) fn file_drawing(answers: &Answers, step: Option<Rc<Step>>) -> Html {
    let view = answers.view.as_deref();
    let connections = view.map_or(&[][..], |view| &view.connections);
    let log = view.and_then(|view| view.file.wal.as_ref());
    let ladder = if log.is_some() { &WAL_LADDER[..] } else { &LADDER[..] };
    html! {
        <aside class="file-drawing" aria-labelledby="file-name">
            <h3 id="file-name">{ "The file and its locks" }</h3>
            <p class="file-summary">{ summary(view) }</p>
            <ul class="ladder">
                for (lock, about) in ladder { { rung(*lock, about, connections, step.as_deref()) } }
            </ul>
            { asked(step.as_deref()) }
            { database(view) }
            if let Some(view) = view {
                if let Some(log) = log { { wal(log) } } else { { journal(view.file.journal) } }
            }
        </aside>
    }
}

fn summary(view: Option<&View>) -> String {
    view.map_or_else(|| "No connection holds a lock: any of them may read or write.".to_owned(), View::summary)
}

/// A lock, the connections that hold it, and whether a step got it.
fn rung(lock: Lock, about: &'static str, connections: &[Connection], step: Option<&Step>) -> Html {
    let holders: Vec<_> = connections.iter().filter(|connection| connection.lock == lock).collect();
    let held_now =
        |of: Terminal| connections.iter().find(|connection| connection.terminal == of).map(|connection| connection.lock);
    let asked = step.and_then(|step| {
        let request = step.requests.iter().rev().find(|request| lock_of(request.what) == Some(lock))?;
        Some((step, request_state(lock, request.is_granted, step, held_now(step.terminal))))
    });
    html! {
        <li class={classes!("rung", (!holders.is_empty()).then_some("held"))} data-rung={lock.name()} data-asked={asked.map(|(_, (state, _))| state)}>
            <span class="rung-name">{ lock.name() }</span>
            <span class="rung-holders">
                for holder in holders { { letter(holder.terminal) } }
            </span>
            <span class="rung-about">{ about }</span>
            if let Some((step, (_, text))) = asked {
                <span class="rung-asked">{ format!("{}: {text}", step.terminal) }</span>
            }
        </li>
    }
}

/// What became of a request for a lock: the value of `data-asked`, and the text. `held_now` is the
/// lock that the connection holds after the last line that is shown.
fn request_state(lock: Lock, is_granted: bool, step: &Step, held_now: Option<Lock>) -> (&'static str, &'static str) {
    let is_outdated = step.answer.code() == "SQLITE_BUSY_SNAPSHOT" && lock == Lock::Write;
    if !is_granted {
        ("refused", "refused")
    } else if step.lock >= lock && held_now.is_none_or(|held| held >= lock) {
        ("granted", "granted")
    } else if is_outdated {
        ("released", "granted, snapshot outdated, released")
    } else {
        ("released", "granted, then released")
    }
}

/// The rung that a request is for.
const fn lock_of(wanted: Wanted) -> Option<Lock> {
    match wanted {
        Wanted::Lock(lock) => Some(lock),
        Wanted::Slot { slot: WalSlot::Write, .. } => Some(Lock::Write),
        Wanted::Slot { slot: WalSlot::Read(_), .. } => Some(Lock::Read),
        Wanted::Slot { .. } | Wanted::Unlock(_) | Wanted::ReleaseSlot(_) => None,
    }
}

fn letter(terminal: Terminal) -> Html {
    html! { <span class="letter" data-connection={terminal.to_string()}>{ terminal.letter() }</span> }
}

/// What a step asked the file for.
fn asked(step: Option<&Step>) -> Html {
    let Some(step) = step else {
        return html! { <p class="asked quiet-text">{ "The locks that a step requests appear here." }</p> };
    };
    let more = step.requests.len().saturating_sub(MAX_REQUESTS);
    html! {
        <div class="asked">
            <p class="asked-name">{ letter(step.terminal) }<code>{ &step.text }</code></p>
            if step.requests.is_empty() {
                <p class="quiet-text">{ "requested no lock" }</p>
            } else {
                <ol class="requests" aria-label="What it requested">
                    for request in step.requests.iter().take(MAX_REQUESTS) { { request_view(request) } }
                    if more > 0 { <li>{ format!("and {more} more") }</li> }
                </ol>
            }
        </div>
    }
}

fn request_view(request: &Request) -> Html {
    let (class, text, answer) = match (request.what, request.is_granted) {
        (Wanted::Unlock(Lock::Unlocked), _) => ("given-up", "released".to_owned(), None),
        (Wanted::Unlock(lock), _) => ("given-up", format!("released to {}", lock.name()), None),
        (Wanted::ReleaseSlot(slot), _) => ("given-up", format!("{slot} lock released"), None),
        (what, true) => ("granted", what.to_string(), Some(" granted")),
        (what, false) => ("refused", what.to_string(), Some(" refused")),
    };
    html! { <li class={class}>{ text }if let Some(answer) = answer { <span class="request-answer">{ answer }</span> }</li> }
}

fn database(view: Option<&View>) -> Html {
    html! {
        <div class="file-part">
            <h4>{ "Database" }</h4>
            <p>{ TABLE }</p>
            if let Some(View { file, .. }) = view {
                <p>{ format!("{} of {} bytes", counted(file.pages, "page"), file.page_bytes) }</p>
                <p class="pages" aria-hidden="true">
                    for _ in 0..file.pages.min(MAX_PAGES) { <span class="page" /> }
                    if file.pages > MAX_PAGES { { "\u{2026}" } }
                </p>
            }
        </div>
    }
}

fn journal(journal: Option<Journal>) -> Html {
    let (state, text) = match journal {
        None => ("none", "none".to_owned()),
        Some(Journal { bytes, is_hot: false }) => ("exists", format!("{bytes} bytes: the old content of changed pages")),
        Some(Journal { bytes, is_hot: true }) => ("hot", format!("{bytes} bytes, hot: the next reader rolls it back")),
    };
    html! {
        <div class="file-part journal" data-journal={state}>
            <h4>{ "Rollback journal" }</h4>
            <p>{ text }</p>
        </div>
    }
}

fn wal(log: &WalLog) -> Html {
    let copied = match (log.frames, log.checkpointed) {
        (0, _) => "empty".to_owned(),
        (frames, copied) if copied >= frames => format!("{}, all copied into the database", counted(frames, "frame")),
        (frames, 0) => format!("{}, none copied into the database yet", counted(frames, "frame")),
        (frames, copied) => format!("{}, the first {copied} copied into the database", counted(frames, "frame")),
    };
    html! {
        <div class="file-part wal">
            <h4>{ "Write-ahead log" }</h4>
            <p>{ format!("{copied}; {} bytes", log.bytes) }</p>
            if log.frames > 0 { { frames(log) } }
            for snapshot in &log.snapshots {
                <p class="snapshot">{ letter(snapshot.terminal) }{ if snapshot.mark == 0 {
                    "reads the database file alone".to_owned()
                } else {
                    format!("reads up to frame {}", snapshot.mark)
                } }</p>
            }
        </div>
    }
}

/// The frames of the log as a bar, with the part that is copied and the snapshots.
fn frames(log: &WalLog) -> Html {
    const WIDTH: f64 = 280.0;
    const HEIGHT: f64 = 44.0;
    const TOP: f64 = 18.0;
    const BAR: f64 = 14.0;
    let x = |frame: u32| 2.0 + (WIDTH - 4.0) * f64::from(frame.min(log.frames)) / f64::from(log.frames);
    let cells = if log.frames <= 40 { 1..log.frames } else { 0..0 };
    let mut marks: Vec<u32> = log.snapshots.iter().map(|snapshot| snapshot.mark).collect();
    marks.sort_unstable();
    marks.dedup();
    let mark_view = |mark: u32| {
        let readers: String =
            log.snapshots.iter().filter(|snapshot| snapshot.mark == mark).map(|snapshot| snapshot.terminal.letter()).collect();
        let at = x(mark);
        let label = at.clamp(8.0, WIDTH - 8.0);
        html! {
            <>
                <line class="frames-mark" x1={at.to_string()} x2={at.to_string()} y1={(TOP - 4.0).to_string()} y2={(TOP + BAR + 3.0).to_string()} />
                <text class="frames-reader" x={label.to_string()} y={(TOP - 7.0).to_string()}>{ readers }</text>
            </>
        }
    };
    html! {
        <svg class="frames" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} aria-hidden="true" focusable="false">
            <rect class="frames-all" x={x(0).to_string()} y={TOP.to_string()} width={(x(log.frames) - x(0)).to_string()} height={BAR.to_string()} />
            <rect class="frames-copied" x={x(0).to_string()} y={TOP.to_string()} width={(x(log.checkpointed) - x(0)).to_string()} height={BAR.to_string()} />
            for frame in cells { <line class="frames-cell" x1={x(frame).to_string()} x2={x(frame).to_string()} y1={TOP.to_string()} y2={(TOP + BAR).to_string()} /> }
            for mark in marks { { mark_view(mark) } }
            <text class="frames-scale" x={x(0).to_string()} y={(HEIGHT - 1.0).to_string()}>{ "0" }</text>
            <text class="frames-scale end" x={x(log.frames).to_string()} y={(HEIGHT - 1.0).to_string()}>{ log.frames }</text>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::terminals::answers::step_of_line;
    use lockstep_core::terminals::{Answer, Refusal};

    fn step(answer: Answer, lock: Lock) -> Step {
        Step { answer, lock, ..step_of_line(1, "A") }
    }

    #[test]
    fn a_lock_that_is_no_longer_held_is_released() {
        let refusal = Refusal { code: "SQLITE_BUSY_SNAPSHOT".to_owned(), number: 517, message: String::new(), wait: None };
        let (snapshot, reserved) = (step(Answer::Refused(refusal), Lock::Read), step(Answer::Ok, Lock::Reserved));
        let text = |lock, is_granted, step, held| request_state(lock, is_granted, step, held).1;
        assert_eq!(text(Lock::Write, true, &snapshot, Some(Lock::Read)), "granted, snapshot outdated, released");
        assert_eq!(text(Lock::Read, true, &snapshot, Some(Lock::Read)), "granted");
        assert_eq!(text(Lock::Shared, true, &reserved, Some(Lock::Reserved)), "granted");
        assert_eq!(text(Lock::Reserved, true, &reserved, Some(Lock::Unlocked)), "granted, then released");
        assert_eq!(text(Lock::Exclusive, false, &reserved, Some(Lock::Reserved)), "refused");
    }
}
