//! A run in the Trace Event Format: a JSON file that Perfetto (ui.perfetto.dev) and the browsers' own trace viewers open.
//!
//! ```text
//! process "event loop"      thread "passes": each pass, with ntodo, and who was run on in it
//! process "database file"   thread "the lock": each hold, and in it the commit; counters: rows in the file, waiters
//! process "tasks"           a thread a task: its states, and every event of it as an instant
//! ```
//!
//! The format's rules that matter here: times in whole microseconds; slices (`X`) of one thread nest; an instant (`i`) has a scope,
//! a counter (`C`) has numbers, metadata (`M`) names processes and threads. A thread's number belongs to one process alone, since
//! Perfetto knows threads by it. Checked in `tests/export/`.

use super::line::Line;
use super::trace_json::digest_text;
use crate::scenario::query;
use crate::time::SimTime;
use crate::trace::{Event, EventKind, LaneState, TaskId, Trace, TraceIndex};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Process and thread.
type Track = (u32, u32);

const LOOP: Track = (1, 1);
const LOCK: Track = (2, 2);
const TASKS: u32 = 3;
/// A task's thread has its number and this, so that no other thread has it.
const FIRST_THREAD: u32 = 10;

/// Something to be seen in the viewer, small until it is written: a run may have millions.
#[derive(Clone, Copy)]
struct Mark {
    from: SimTime,
    /// None for what has no length.
    to: Option<SimTime>,
    what: What,
}

#[derive(Clone, Copy)]
enum What {
    Pass { number: u32, ntodo: u32 },
    RunsOn { task: TaskId, pass: u32 },
    Stopped,
    Hold(TaskId),
    Commit(TaskId),
    Rows(u32),
    Waiters(u32),
    State(TaskId, LaneState),
    Event(EventKind, TaskId),
}

/// The file piece by piece: what is said of the whole run, the names, then in order of time a line each.
pub fn lines(trace: &Trace, index: &TraceIndex) -> impl Iterator<Item = String> {
    let about = json!({ "run": format!("?{}", query::write(&trace.scenario)), "digest": digest_text(trace) });
    let head = format!("{{\"displayTimeUnit\":\"ms\",\"otherData\":{about},\"traceEvents\":[");
    let separators = std::iter::once("\n").chain(std::iter::repeat(",\n"));
    let entries = names(index.spans.tasks()).chain(marks(trace, index).into_iter().map(entry));
    let entries = entries.zip(separators).map(|(entry, before)| before.to_owned() + &entry.to_string());
    std::iter::once(head).chain(entries).chain(std::iter::once("\n]}\n".to_owned()))
}

/// About how many bytes the file will have, from so many of its entries.
pub(super) fn about_bytes(trace: &Trace, index: &TraceIndex, sample: usize) -> usize {
    let marks = marks(trace, index);
    let apart = marks.len() / sample + 1;
    let names: usize = names(index.spans.tasks()).map(|entry| entry.to_string().len() + 2).sum();
    names + apart * marks.iter().step_by(apart).map(|mark| entry(*mark).to_string().len() + 2).sum::<usize>()
}

/// In order of time; of those that begin together the longest, which holds the others, first.
fn marks(trace: &Trace, index: &TraceIndex) -> Vec<Mark> {
    let mut marks = passes(trace);
    marks.extend(holds(trace, index));
    marks.extend(index.rows_in_file.iter().zip(1..).map(|(at, rows)| instant(*at, What::Rows(rows))));
    marks.extend(index.waiting.iter().map(|(at, waiting)| instant(*at, What::Waiters(*waiting))));
    marks.extend((1..=index.spans.tasks()).map(TaskId::new).flat_map(|task| states(trace, index, task)));
    let of_tasks = trace.events.iter().filter(|event| event.task != TaskId::LOOP);
    marks.extend(of_tasks.map(|event| instant(event.at, What::Event(event.kind, event.task))));
    marks.sort_by_key(|mark| (mark.from, Reverse(mark.to)));
    marks
}

const fn instant(at: SimTime, what: What) -> Mark {
    Mark { from: at, to: None, what }
}

/// A pass lasts until the last coroutine that it runs is run on: the trace does not say when it ends.
fn passes(trace: &Trace) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut open = None;
    for Event { at, task, kind } in &trace.events {
        match *kind {
            EventKind::LoopPass { number, ntodo } => {
                open = Some(marks.len());
                marks.push(Mark { from: *at, to: Some(*at), what: What::Pass { number, ntodo } });
            }
            EventKind::Resumed { pass } => {
                if let Some(Mark { to, what: What::Pass { number, .. }, .. }) = open.map(|place| &mut marks[place])
                    && *number == pass
                {
                    *to = Some(*at);
                }
                marks.push(instant(*at, What::RunsOn { task: *task, pass }));
            }
            EventKind::LoopStopped => marks.push(instant(*at, What::Stopped)),
            _ => {}
        }
    }
    marks
}

/// A hold that never ends lasts as long as the trace.
fn holds(trace: &Trace, index: &TraceIndex) -> impl Iterator<Item = Mark> {
    index.holds.iter().flat_map(|hold| {
        let to = Some(hold.to.unwrap_or(trace.end()));
        let held = Mark { from: hold.from, to, what: What::Hold(hold.task) };
        let commit = |from| Mark { from, to: hold.commit_to.or(to), what: What::Commit(hold.task) };
        std::iter::once(held).chain(hold.commit_from.map(commit))
    })
}

/// What is over has an instant, and no slice to the end of the trace.
fn states(trace: &Trace, index: &TraceIndex, task: TaskId) -> impl Iterator<Item = Mark> {
    let spans = index.spans.of(task);
    let ends = spans.iter().skip(1).map(|span| span.from).chain([trace.end()]);
    let lasting = spans.iter().zip(ends).filter(|(span, _)| !span.state.is_last());
    lasting.map(move |(span, end)| Mark { from: span.from, to: Some(end), what: What::State(task, span.state) })
}

const fn track(task: TaskId) -> Track {
    (TASKS, FIRST_THREAD + task.number())
}

/// A mark as the format has it.
fn entry(mark: Mark) -> Value {
    let ((pid, tid), name, args) = told(mark);
    let ts = mark.from.micros();
    match (mark.to, mark.what) {
        (Some(to), _) => {
            let dur = to.since(mark.from).micros();
            json!({ "ph": "X", "pid": pid, "tid": tid, "name": name, "ts": ts, "dur": dur, "args": args })
        }
        (None, What::Rows(_) | What::Waiters(_)) => {
            json!({ "ph": "C", "pid": pid, "tid": tid, "name": name, "ts": ts, "args": args })
        }
        _ => json!({ "ph": "i", "s": "t", "pid": pid, "tid": tid, "name": name, "ts": ts, "args": args }),
    }
}

/// Where a mark stands, what it is called, and its values.
fn told(mark: Mark) -> (Track, String, Value) {
    match mark.what {
        What::Pass { number, ntodo } => (LOOP, format!("pass {number}"), json!({ "ntodo": ntodo })),
        What::RunsOn { task, pass } => (LOOP, format!("task {task} runs on"), json!({ "pass": pass })),
        What::Stopped => (LOOP, "loop stopped".to_owned(), json!({})),
        What::Hold(task) => (LOCK, format!("held by task {task}"), json!({ "task": task })),
        What::Commit(task) => (LOCK, "commit".to_owned(), json!({ "task": task })),
        What::Rows(count) => (LOCK, "rows in the file".to_owned(), json!({ "count": count })),
        What::Waiters(count) => (LOCK, "waiters".to_owned(), json!({ "count": count })),
        What::State(task, state) => (track(task), state.word().to_owned(), json!({})),
        What::Event(kind, task) => {
            let line = Line::of(&Event { at: mark.from, task, kind });
            (track(task), line.event.replace('_', " "), Value::Object(line.values))
        }
    }
}

/// What processes and threads are called, and in which order they stand.
fn names(tasks: u32) -> impl Iterator<Item = Value> {
    let processes = [(LOOP, "event loop"), (LOCK, "database file"), ((TASKS, FIRST_THREAD), "tasks")];
    let processes = processes
        .into_iter()
        .flat_map(move |(track, name)| [called("process_name", track, name), placed("process_sort_index", track)]);
    let threads = [called("thread_name", LOOP, "passes"), called("thread_name", LOCK, "the lock")];
    let of_tasks = (1..=tasks).map(TaskId::new).flat_map(move |task| {
        [called("thread_name", track(task), &format!("task {task}")), placed("thread_sort_index", track(task))]
    });
    processes.chain(threads).chain(of_tasks)
}

fn called(what: &str, (pid, tid): Track, name: &str) -> Value {
    json!({ "ph": "M", "pid": pid, "tid": tid, "name": what, "args": { "name": name } })
}

fn placed(what: &str, (pid, tid): Track) -> Value {
    json!({ "ph": "M", "pid": pid, "tid": tid, "name": what, "args": { "sort_index": tid } })
}
