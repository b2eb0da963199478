//! The output of the program, line by line, with the time of each line, computed from a trace.
//!
//! Nothing is printed after the loop has stopped (fact 7.8), although worker threads may still run.
//! The traceback has only the program's own frames, like the one in the question.

use super::position::{Status, positions_in};
use super::source::{Frame, Source};
use crate::pieces::{Pacer, at_once, no_pause};
use crate::scenario::Strategy;
use crate::time::SimTime;
use crate::trace::{Answers, Call, EventKind, TaskId, Trace, TraceIndex};

/// Units of work to read one event.
const UNITS_PER_EVENT: usize = 1;

/// The complete output of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    printed: Vec<Printed>,
    /// The traceback and the time at which it appears, if the program ends with one.
    traceback: Option<(SimTime, Vec<String>)>,
}

/// A line and when it was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Printed {
    at: SimTime,
    number: u32,
    line: Line,
}

/// The program's four `print` calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Connected,
    BeforeCommit,
    CommitDone,
    RowsSoFar,
}

impl Console {
    /// The output of the run of `trace`.
    #[must_use]
    pub fn of(trace: &Trace, index: &TraceIndex) -> Self {
        at_once(Self::read_in_pieces(trace, index, &mut Pacer::new(no_pause)))
    }

    pub(crate) async fn read_in_pieces(trace: &Trace, index: &TraceIndex, pacer: &mut Pacer<'_>) -> Self {
        let scenario = &trace.scenario;
        let mut reader =
            Reader { printed: Vec::new(), answers: Answers::new(scenario.coroutines()), strategy: scenario.strategy, rows: 0 };
        let before_stop = index.stop.and_then(|stop| trace.events.get(..stop.events as usize)).unwrap_or(&trace.events);
        pacer.for_each(before_stop, UNITS_PER_EVENT, |event| reader.read(event.at, event.task, event.kind)).await;
        Self { printed: reader.printed, traceback: traceback(trace, index) }
    }

    /// Number of lines printed until `time`, including the traceback.
    #[must_use]
    pub fn lines_until(&self, time: SimTime) -> usize {
        let printed = self.printed.partition_point(|printed| printed.at <= time);
        printed + self.traceback_at(time).len()
    }

    /// The lines with these indices, from 0, and for each whether it belongs to the traceback.
    #[must_use]
    pub fn lines(&self, time: SimTime, indices: std::ops::Range<usize>) -> Vec<(String, bool)> {
        let until = self.printed.partition_point(|printed| printed.at <= time);
        let traceback = self.traceback_at(time);
        // Only the requested lines are formatted.
        let part = |from: usize, count: usize| {
            indices.start.clamp(from, from + count) - from..indices.end.clamp(from, from + count) - from
        };
        let printed = self.printed[part(0, until)].iter().map(|printed| (printed.text(), false));
        printed.chain(traceback[part(until, traceback.len())].iter().map(|line| (line.clone(), true))).collect()
    }

    fn traceback_at(&self, time: SimTime) -> &[String] {
        self.traceback.as_ref().filter(|(at, _)| *at <= time).map_or(&[], |(_, lines)| lines)
    }
}

impl Printed {
    fn text(&self) -> String {
        let number = self.number;
        match self.line {
            // The question's spelling.
            Line::Connected => format!("croutine number {number} connected to the database."),
            Line::BeforeCommit => format!("before commit in coroutine number: {number}"),
            Line::CommitDone => format!("commit done in coroutine number: {number}"),
            Line::RowsSoFar => format!("rows inserted so far: {number}"),
        }
    }
}

struct Reader {
    printed: Vec<Printed>,
    answers: Answers,
    strategy: Strategy,
    rows: u32,
}

impl Reader {
    fn read(&mut self, at: SimTime, task: TaskId, kind: EventKind) {
        match (self.strategy, self.answers.read(task, kind)) {
            // The coroutine that inserts all rows prints only their count.
            (Strategy::SingleTransaction, Some(Call::Execute)) => self.count(at),
            (Strategy::SingleTransaction, _) => {}
            (_, Some(Call::Execute)) => self.print(at, task.number(), Line::BeforeCommit),
            (_, Some(Call::Commit)) => self.print(at, task.number(), Line::CommitDone),
            _ if kind == EventKind::Connected && task != TaskId::LOOP => self.print(at, task.number(), Line::Connected),
            _ if kind == EventKind::Done => self.count(at),
            _ => {}
        }
    }

    fn count(&mut self, at: SimTime) {
        self.rows += 1;
        self.print(at, self.rows, Line::RowsSoFar);
    }

    fn print(&mut self, at: SimTime, number: u32, line: Line) {
        self.printed.push(Printed { at, number, line });
    }
}

/// The traceback that Python prints when the loop stops with an error; none if the gather collects
/// errors.
fn traceback(trace: &Trace, index: &TraceIndex) -> Option<(SimTime, Vec<String>)> {
    let error = index.outcome.first_error.filter(|_| !trace.scenario.keep_going)?;
    let source = Source::of(&trace.scenario);
    let raised = positions_in(trace, index, error.task).into_iter().rfind(|position| position.status == Status::Failed);
    let frames = [
        (source.at_frame(Frame::RunUntilComplete), "<module>"),
        (source.at_frame(Frame::InsertManyTimes), "initialize_db"),
        (source.at_frame(Frame::Gather), "insert_many_times"),
        (raised.and_then(|position| source.at_step(position.step)), "write_to_db"),
    ];
    let mut lines = vec!["Traceback (most recent call last):".to_owned()];
    for ((number, line), function) in frames.into_iter().filter_map(|(line, function)| Some((line?, function))) {
        lines.push(format!("  File \"test.py\", line {number}, in {function}"));
        lines.push(format!("    {}", line.text.trim()));
    }
    lines.push("  ...".to_owned());
    lines.push("sqlite3.OperationalError: database is locked".to_owned());
    Some((index.outcome.elapsed, lines))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::program::Step;
    use crate::scenario::Scenario;
    use crate::time::SimDuration;
    use crate::trace::{Event, Statement};

    /// A trace of events given as (microseconds, task, kind).
    pub(in crate::program) fn trace_of(events: &[(u64, u32, EventKind)]) -> Trace {
        let event =
            |&(at, task, kind): &(u64, u32, EventKind)| Event { at: SimTime::from_micros(at), task: TaskId::new(task), kind };
        Trace {
            scenario: Scenario { tasks: 2, ..Scenario::default() },
            events: events.iter().map(event).collect(),
            turn: SimDuration::from_millis(100),
            simulated: 0,
        }
    }

    /// Two tasks: the first inserts its row, the second fails, and one event comes after the stop.
    pub(in crate::program) fn run_of_two() -> Trace {
        let (iteration, ok) = (1, true);
        trace_of(&[
            (1, 1, EventKind::TaskStarted),
            (1, 1, EventKind::CallQueued { call: Call::Connect }),
            (2, 2, EventKind::TaskStarted),
            (2, 2, EventKind::CallQueued { call: Call::Connect }),
            (10, 1, EventKind::Connected),
            (10, 1, EventKind::CallQueued { call: Call::Execute }),
            (11, 2, EventKind::Connected),
            (11, 2, EventKind::CallQueued { call: Call::Execute }),
            (15, 1, EventKind::CallReturned { call: Call::Execute, ok }),
            (20, 1, EventKind::Resumed { iteration }),
            (20, 1, EventKind::CallQueued { call: Call::Commit }),
            (25, 1, EventKind::CallReturned { call: Call::Commit, ok }),
            (30, 1, EventKind::Resumed { iteration }),
            (30, 1, EventKind::CallQueued { call: Call::Close }),
            (35, 1, EventKind::CallReturned { call: Call::Close, ok }),
            (40, 1, EventKind::Resumed { iteration }),
            (40, 1, EventKind::Done),
            (50, 2, EventKind::CallReturned { call: Call::Execute, ok: false }),
            (55, 2, EventKind::Resumed { iteration }),
            (55, 2, EventKind::Failed { statement: Statement::Insert }),
            (60, 0, EventKind::LoopStopped),
            (70, 2, EventKind::Connected),
        ])
    }

    fn console() -> Console {
        let trace = run_of_two();
        Console::of(&trace, &TraceIndex::of(&trace))
    }

    /// The lines of the traceback, or only those before it.
    fn lines(console: &Console, micros: u64, indices: std::ops::Range<usize>, traceback: bool) -> Vec<String> {
        let lines = console.lines(SimTime::from_micros(micros), indices).into_iter();
        lines.filter(|(_, of_traceback)| *of_traceback == traceback).map(|(text, _)| text).collect()
    }

    #[test]
    fn the_lines_are_those_of_the_question_in_time_order() {
        let console = console();
        assert_eq!(
            lines(&console, 59, 0..100, false),
            [
                "croutine number 1 connected to the database.",
                "croutine number 2 connected to the database.",
                "before commit in coroutine number: 1",
                "commit done in coroutine number: 1",
                "rows inserted so far: 1",
            ]
        );
        let early = lines(&console, 59, 0..100, true);
        assert!(early.is_empty(), "the traceback comes when the loop stops");
    }

    #[test]
    fn lines_appear_at_their_time_and_only_the_requested_ones_are_returned() {
        assert_eq!(console().lines_until(SimTime::from_micros(9)), 0);
        assert_eq!(lines(&console(), 20, 2..9, false), ["before commit in coroutine number: 1"]);
    }

    #[test]
    fn the_run_ends_with_a_traceback_that_names_the_line_of_the_insert() {
        let (console, source) = (console(), Source::of(&run_of_two().scenario));
        let traceback = lines(&console, 60, 5..100, true);
        let (number, _) = source.at_step(Step::Execute).expect("every program inserts");
        assert!(traceback.contains(&format!("  File \"test.py\", line {number}, in write_to_db")));
        assert_eq!(traceback.last().map(String::as_str), Some("sqlite3.OperationalError: database is locked"));
    }

    #[test]
    fn nothing_is_printed_after_the_loop_has_stopped() {
        assert_eq!(console().lines_until(SimTime::from_micros(60)), console().lines_until(SimTime::from_micros(1000)));
    }

    #[test]
    fn there_is_no_traceback_if_the_gather_collects_errors() {
        let mut trace = run_of_two();
        trace.scenario.keep_going = true;
        let console = Console::of(&trace, &TraceIndex::of(&trace));
        assert!(lines(&console, 1000, 0..100, true).is_empty());
    }
}
