//! The one template of the program's text. Every field of the scenario that the program can show is filled in here.
//!
//! The program is the question's, its spelling included, by Ali Safapour; only what the scenario changes differs.

use crate::scenario::{Scenario, Synchronous};
use crate::time::SimDuration;

/// A line at which a coroutine can be suspended, or that says how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `await aiosqlite.connect(...)`.
    Connect,
    /// `await db.execute('PRAGMA journal_mode=...')`.
    PragmaJournal,
    /// `await db.execute('PRAGMA synchronous=...')`.
    PragmaSynchronous,
    /// `await db.execute(command)`, the INSERT.
    Execute,
    /// `await asyncio.sleep(...)`.
    Sleep,
    /// `await db.commit()`.
    Commit,
    /// `await db.close()` after the commit.
    Close,
    /// `await db.close()` after an error, where the gather goes on.
    CloseAfterError,
    /// The last line: the row is counted.
    Counted,
}

/// A line of the module that is not inside `write_to_db` and that a traceback names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// `loop.run_until_complete(...)`.
    RunUntilComplete,
    /// `await insert_many_times()`.
    InsertManyTimes,
    /// `await asyncio.gather(`.
    Gather,
}

/// One line of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text, with no line end.
    pub text: String,
    /// The step that it is, if a task can stand there.
    pub step: Option<Step>,
    /// The frame of a traceback that it is.
    pub frame: Option<Frame>,
    /// Whether the question's program has no such line.
    pub changed: bool,
}

/// The program of a scenario, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// In order; line 1 first.
    pub lines: Vec<Line>,
}

impl Source {
    /// The program that `scenario` describes.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut source = write(scenario);
        if *scenario != Scenario::default() {
            let asked = write(&Scenario::default());
            for line in &mut source.lines {
                line.changed = !asked.lines.iter().any(|other| other.text.trim() == line.text.trim());
            }
        }
        source
    }

    /// The whole text, as a file.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }

    /// The number of the line that is `step`, counted from 1, and the line.
    #[must_use]
    pub fn at_step(&self, step: Step) -> Option<(usize, &Line)> {
        numbered(&self.lines, |line| line.step == Some(step))
    }

    /// The number of the line that is `frame`, counted from 1, and the line.
    #[must_use]
    pub fn at_frame(&self, frame: Frame) -> Option<(usize, &Line)> {
        numbered(&self.lines, |line| line.frame == Some(frame))
    }
}

fn numbered(lines: &[Line], is_wanted: impl Fn(&Line) -> bool) -> Option<(usize, &Line)> {
    lines.iter().enumerate().find(|(_, line)| is_wanted(line)).map(|(index, line)| (index + 1, line))
}

/// Lines as they are written: text first, then what they are.
#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    indent: usize,
}

impl Writer {
    fn text(&mut self, text: &str) -> &mut Line {
        let indent = if text.is_empty() { 0 } else { self.indent * 4 };
        let text = format!("{:indent$}{text}", "");
        self.lines.push(Line { text, step: None, frame: None, changed: false });
        self.lines.last_mut().expect("a line was pushed just now")
    }

    fn texts(&mut self, texts: &[&str]) {
        for text in texts {
            self.text(text);
        }
    }

    fn step(&mut self, step: Step, text: &str) {
        self.text(text).step = Some(step);
    }

    fn frame(&mut self, frame: Frame, text: &str) {
        self.text(text).frame = Some(frame);
    }
}

fn write(scenario: &Scenario) -> Source {
    let mut writer = Writer::default();
    head(&mut writer, scenario);
    write_to_db(&mut writer, scenario);
    gather(&mut writer, scenario);
    initialize(&mut writer, scenario);
    Source { lines: writer.lines }
}

fn head(writer: &mut Writer, scenario: &Scenario) {
    writer.texts(&["# The program of the question, by Ali Safapour.", "import asyncio", "import signal"]);
    if scenario.keep_going {
        writer.text("import sqlite3");
    }
    writer.texts(&["", "import aiosqlite", "", "signal.signal(signal.SIGINT, signal.SIG_DFL)", "counter = 1", "", ""]);
}

fn write_to_db(writer: &mut Writer, scenario: &Scenario) {
    writer.text("async def write_to_db(number):");
    writer.indent = 1;
    writer.text("global counter");
    writer.step(Step::Connect, &format!("db = await aiosqlite.connect('test_database.db'{})", timeout(scenario.timeout)));
    writer.texts(&[
        "command = '''",
        "    INSERT INTO \"main\".\"person\" (\"first_name\", \"last_name\", \"age\")",
        "    VALUES ('sample_first_name', 'sample_last_name', 21);",
        "'''",
        "print(f'croutine number {number + 1} connected to the database.')",
    ]);
    pragmas(writer, scenario);
    if scenario.keep_going {
        writer.text("try:");
        writer.indent = 2;
    }
    insert(writer, scenario.sleep);
    if scenario.keep_going {
        writer.indent = 1;
        writer.text("except sqlite3.OperationalError:");
        writer.indent = 2;
        writer.step(Step::CloseAfterError, "await db.close()");
        writer.text("raise");
        writer.indent = 1;
    }
    writer.text("print(f'commit done in coroutine number: {number + 1}')");
    writer.step(Step::Close, "await db.close()");
    writer.text("print('rows inserted so far:', counter)");
    writer.step(Step::Counted, "counter += 1");
    writer.indent = 0;
    writer.texts(&["", ""]);
}

/// Modes that belong to a connection are set by every task; the others are in the file already.
fn pragmas(writer: &mut Writer, scenario: &Scenario) {
    if !scenario.journal.is_kept_in_the_file() {
        let text = format!("await db.execute('PRAGMA journal_mode={}')", scenario.journal.word());
        writer.step(Step::PragmaJournal, &text);
    }
    if scenario.synchronous != Synchronous::Full {
        let text = format!("await db.execute('PRAGMA synchronous={}')", scenario.synchronous.word());
        writer.step(Step::PragmaSynchronous, &text);
    }
}

fn insert(writer: &mut Writer, sleep: SimDuration) {
    writer.step(Step::Execute, "await db.execute(command)");
    writer.text("print(f'before commit in coroutine number: {number + 1}')");
    if sleep.is_zero() {
        writer.text("# await asyncio.sleep(2)");
    } else {
        writer.step(Step::Sleep, &format!("await asyncio.sleep({sleep})"));
    }
    writer.step(Step::Commit, "await db.commit()");
}

fn gather(writer: &mut Writer, scenario: &Scenario) {
    writer.text("async def insert_many_times():");
    writer.indent = 1;
    writer.frame(Frame::Gather, "await asyncio.gather(");
    let end = if scenario.keep_going { ", return_exceptions=True)" } else { ")" };
    writer.text(&format!("    *[write_to_db(number) for number in range({})]{end}", scenario.tasks));
    writer.indent = 0;
    writer.texts(&["", ""]);
}

fn initialize(writer: &mut Writer, scenario: &Scenario) {
    writer.text("async def initialize_db():");
    writer.indent = 1;
    writer.text("async with aiosqlite.connect('test_database.db') as db2:");
    writer.indent = 2;
    if scenario.journal.is_kept_in_the_file() && scenario.journal != Scenario::default().journal {
        writer.text(&format!("await db2.execute('PRAGMA journal_mode={}')", scenario.journal.word()));
    }
    writer.texts(&[
        "await db2.execute('''",
        "    CREATE TABLE \"person\" (",
        "        \"id\" INTEGER NOT NULL,",
        "        \"first_name\" TEXT NOT NULL,",
        "        \"last_name\" TEXT NOT NULL,",
        "        \"age\" INTEGER NOT NULL,",
        "        PRIMARY KEY(\"id\" AUTOINCREMENT)",
        "    );",
        "''')",
        "await db2.commit()",
    ]);
    writer.indent = 1;
    writer.frame(Frame::InsertManyTimes, "await insert_many_times()");
    writer.indent = 0;
    writer.texts(&["", "", "loop = asyncio.new_event_loop()", "asyncio.set_event_loop(loop)"]);
    writer.frame(Frame::RunUntilComplete, "loop.run_until_complete(initialize_db())");
}

/// Python's default is left out, as in the question.
fn timeout(timeout: SimDuration) -> String {
    if timeout == Scenario::default().timeout { String::new() } else { format!(", timeout={timeout}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query::read;

    fn text(query: &str) -> String {
        Source::of(&read(query).scenario).text()
    }

    #[test]
    fn the_default_program_is_the_one_that_was_asked_about() {
        let source = Source::of(&Scenario::default());
        assert!(source.text().contains("    # await asyncio.sleep(2)\n    await db.commit()\n"));
        assert!(source.text().contains("connect('test_database.db')\n"));
        assert!(source.text().contains("for number in range(1000)])\n"));
        assert!(source.lines.iter().all(|line| !line.changed), "nothing is marked as changed");
    }

    #[test]
    fn what_the_scenario_says_stands_in_the_program_and_is_marked() {
        let source = Source::of(&read("tasks=20&timeout=0.5&sleep=2").scenario);
        let changed: Vec<&str> = source.lines.iter().filter(|line| line.changed).map(|line| line.text.trim()).collect();
        assert_eq!(
            changed,
            [
                "db = await aiosqlite.connect('test_database.db', timeout=0.5)",
                "await asyncio.sleep(2)",
                "*[write_to_db(number) for number in range(20)])",
            ]
        );
    }

    #[test]
    fn a_mode_of_the_connection_is_set_by_every_task_and_a_mode_of_the_file_once() {
        assert!(text("journal=truncate").contains("    await db.execute('PRAGMA journal_mode=truncate')\n"));
        assert!(text("journal=wal").contains("        await db2.execute('PRAGMA journal_mode=wal')\n"));
        assert!(text("synchronous=off").contains("    await db.execute('PRAGMA synchronous=off')\n"));
        assert!(!text("").contains("PRAGMA"));
    }

    #[test]
    fn a_task_that_fails_closes_its_connection_only_where_the_gather_goes_on() {
        assert!(text("keep_going=1").contains("        await db.close()\n        raise\n"));
        assert!(text("keep_going=1").contains("return_exceptions=True)"));
        assert!(!text("").contains("except"));
    }

    #[test]
    fn every_step_and_frame_that_a_program_can_have_has_one_line() {
        let source = Source::of(&read("sleep=1&journal=off&synchronous=off&keep_going=1").scenario);
        let mut steps: Vec<Step> = source.lines.iter().filter_map(|line| line.step).collect();
        steps.sort_unstable();
        let in_order = {
            use Step::*;
            [Connect, PragmaJournal, PragmaSynchronous, Execute, Sleep, Commit, Close, CloseAfterError, Counted]
        };
        assert_eq!(steps, in_order);
        assert_eq!(source.lines.iter().filter(|line| line.frame.is_some()).count(), 3);
    }
}
