//! A run in the Trace Event Format: a JSON file that Perfetto (ui.perfetto.dev) and the browsers'
//! own trace viewers open.
//!
//! ```text
//! process "event loop"      thread "passes": each iteration, with ntodo, and the tasks that it resumes
//! process "database file"   thread "the lock": each hold, with its commit; counters: rows, waiters
//! process "tasks"           one thread per task: its states, and its events as instants
//! ```
//!
//! Rules of the format: times are whole microseconds. Slices (`X`) of one thread nest, an instant
//! (`i`) has a scope, a counter (`C`) has numbers, metadata (`M`) names processes and threads.
//! Thread numbers are unique across processes, because Perfetto identifies threads by them.
//! `tests/export/` checks these rules.

use super::line::Line;
use super::trace_json::digest_text;
use crate::scenario::query;
use crate::time::SimTime;
use crate::trace::{Event, EventKind, LaneState, TaskId, Trace, TraceIndex};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// The numbers of a process and a thread.
type Track = (u32, u32);

const LOOP: Track = (1, 1);
const LOCK: Track = (2, 2);
const TASKS: u32 = 3;
/// Added to a task's number, so that its thread number is unique.
const FIRST_THREAD: u32 = 10;

/// An entry of the file. It is small because a run may have millions of them.
#[derive(Clone, Copy)]
struct Mark {
    from: SimTime,
    /// The end of a slice; `None` for an instant or a counter.
    to: Option<SimTime>,
    kind: MarkKind,
}

#[derive(Clone, Copy)]
enum MarkKind {
    Iteration { number: u32, ntodo: u32 },
    Resumed { task: TaskId, iteration: u32 },
    Stopped,
    Hold(TaskId),
    Commit(TaskId),
    Rows(u32),
    Waiters(u32),
    State(TaskId, LaneState),
    Event(EventKind, TaskId),
}

/// The file in parts: the fields of the run, the names, then one line per entry in time order.
pub fn lines(trace: &Trace, index: &TraceIndex) -> impl Iterator<Item = String> {
    let about = json!({ "run": format!("?{}", query::write(&trace.scenario)), "digest": digest_text(trace) });
    let head = format!("{{\"displayTimeUnit\":\"ms\",\"otherData\":{about},\"traceEvents\":[");
    let separators = std::iter::once("\n").chain(std::iter::repeat(",\n"));
    let entries = names(index.spans.tasks()).chain(marks(trace, index).into_iter().map(entry));
    let entries = entries.zip(separators).map(|(entry, before)| before.to_owned() + &entry.to_string());
    std::iter::once(head).chain(entries).chain(std::iter::once("\n]}\n".to_owned()))
}

/// Estimates the size of the file in bytes from about `sample` of its entries.
pub(super) fn estimated_bytes(trace: &Trace, index: &TraceIndex, sample: usize) -> usize {
    let marks = marks(trace, index);
    let step = marks.len() / sample + 1;
    let names: usize = names(index.spans.tasks()).map(|entry| entry.to_string().len() + 2).sum();
    names + step * marks.iter().step_by(step).map(|mark| entry(*mark).to_string().len() + 2).sum::<usize>()
}

/// All entries in time order. If several begin at the same time, the longest is first, because
/// slices nest.
fn marks(trace: &Trace, index: &TraceIndex) -> Vec<Mark> {
    let mut marks = iterations(trace);
    marks.extend(holds(trace, index));
    marks.extend(index.rows_in_file.iter().zip(1..).map(|(at, rows)| instant(*at, MarkKind::Rows(rows))));
    marks.extend(index.waiting.iter().map(|(at, waiting)| instant(*at, MarkKind::Waiters(*waiting))));
    marks.extend((1..=index.spans.tasks()).map(TaskId::new).flat_map(|task| states(trace, index, task)));
    let of_tasks = trace.events.iter().filter(|event| event.task != TaskId::LOOP);
    marks.extend(of_tasks.map(|event| instant(event.at, MarkKind::Event(event.kind, event.task))));
    marks.sort_by_key(|mark| (mark.from, Reverse(mark.to)));
    marks
}

const fn instant(at: SimTime, kind: MarkKind) -> Mark {
    Mark { from: at, to: None, kind }
}

/// The iterations of the loop. The trace does not say when an iteration ends, so its slice ends
/// when it resumes its last coroutine.
fn iterations(trace: &Trace) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut open = None;
    for Event { at, task, kind } in &trace.events {
        match *kind {
            EventKind::LoopIteration { number, ntodo } => {
                open = Some(marks.len());
                marks.push(Mark { from: *at, to: Some(*at), kind: MarkKind::Iteration { number, ntodo } });
            }
            EventKind::Resumed { iteration } => {
                if let Some(Mark { to, kind: MarkKind::Iteration { number, .. }, .. }) = open.map(|index| &mut marks[index])
                    && *number == iteration
                {
                    *to = Some(*at);
                }
                marks.push(instant(*at, MarkKind::Resumed { task: *task, iteration }));
            }
            EventKind::LoopStopped => marks.push(instant(*at, MarkKind::Stopped)),
            _ => {}
        }
    }
    marks
}

/// The holds of the lock. A hold that is never released lasts until the end of the trace.
fn holds(trace: &Trace, index: &TraceIndex) -> impl Iterator<Item = Mark> {
    index.holds.iter().flat_map(|hold| {
        let to = Some(hold.to.unwrap_or(trace.end()));
        let held = Mark { from: hold.from, to, kind: MarkKind::Hold(hold.task) };
        let commit = |from| Mark { from, to: hold.commit_to.or(to), kind: MarkKind::Commit(hold.task) };
        std::iter::once(held).chain(hold.commit_from.map(commit))
    })
}

/// The states of a task. The final states have no slice, only the instant of their event.
fn states(trace: &Trace, index: &TraceIndex, task: TaskId) -> impl Iterator<Item = Mark> {
    let spans = index.spans.of(task);
    let ends = spans.iter().skip(1).map(|span| span.from).chain([trace.end()]);
    let lasting = spans.iter().zip(ends).filter(|(span, _)| !span.state.is_last());
    lasting.map(move |(span, end)| Mark { from: span.from, to: Some(end), kind: MarkKind::State(task, span.state) })
}

const fn track(task: TaskId) -> Track {
    (TASKS, FIRST_THREAD + task.number())
}

/// A mark as a JSON object of the format.
fn entry(mark: Mark) -> Value {
    let ((pid, tid), name, args) = describe(mark);
    let ts = mark.from.micros();
    match (mark.to, mark.kind) {
        (Some(to), _) => {
            let dur = to.since(mark.from).micros();
            json!({ "ph": "X", "pid": pid, "tid": tid, "name": name, "ts": ts, "dur": dur, "args": args })
        }
        (None, MarkKind::Rows(_) | MarkKind::Waiters(_)) => {
            json!({ "ph": "C", "pid": pid, "tid": tid, "name": name, "ts": ts, "args": args })
        }
        _ => json!({ "ph": "i", "s": "t", "pid": pid, "tid": tid, "name": name, "ts": ts, "args": args }),
    }
}

/// The track of a mark, its name, and its values.
fn describe(mark: Mark) -> (Track, String, Value) {
    match mark.kind {
        MarkKind::Iteration { number, ntodo } => (LOOP, format!("pass {number}"), json!({ "ntodo": ntodo })),
        MarkKind::Resumed { task, iteration } => (LOOP, format!("task {task} runs on"), json!({ "pass": iteration })),
        MarkKind::Stopped => (LOOP, "loop stopped".to_owned(), json!({})),
        MarkKind::Hold(task) => (LOCK, format!("held by task {task}"), json!({ "task": task })),
        MarkKind::Commit(task) => (LOCK, "commit".to_owned(), json!({ "task": task })),
        MarkKind::Rows(count) => (LOCK, "rows in the file".to_owned(), json!({ "count": count })),
        MarkKind::Waiters(count) => (LOCK, "waiters".to_owned(), json!({ "count": count })),
        MarkKind::State(task, state) => (track(task), state.word().to_owned(), json!({})),
        MarkKind::Event(kind, task) => {
            let line = Line::of(&Event { at: mark.from, task, kind });
            (track(task), line.event.replace('_', " "), Value::Object(line.values))
        }
    }
}

/// The names and the order of processes and threads.
fn names(tasks: u32) -> impl Iterator<Item = Value> {
    let processes = [(LOOP, "event loop"), (LOCK, "database file"), ((TASKS, FIRST_THREAD), "tasks")];
    let processes = processes
        .into_iter()
        .flat_map(move |(track, name)| [name_entry("process_name", track, name), sort_index_entry("process_sort_index", track)]);
    let threads = [name_entry("thread_name", LOOP, "passes"), name_entry("thread_name", LOCK, "the lock")];
    let of_tasks = (1..=tasks).map(TaskId::new).flat_map(move |task| {
        [name_entry("thread_name", track(task), &format!("task {task}")), sort_index_entry("thread_sort_index", track(task))]
    });
    processes.chain(threads).chain(of_tasks)
}

fn name_entry(entry: &str, (pid, tid): Track, name: &str) -> Value {
    json!({ "ph": "M", "pid": pid, "tid": tid, "name": entry, "args": { "name": name } })
}

fn sort_index_entry(entry: &str, (pid, tid): Track) -> Value {
    json!({ "ph": "M", "pid": pid, "tid": tid, "name": entry, "args": { "sort_index": tid } })
}
