//! The template of the program. It writes every field of the scenario that affects the program.

use super::{Frame, Line, Source, Step};
use crate::scenario::{Begin, Field, Scenario, Strategy, Synchronous};
use crate::time::SimDuration;

/// Collects the lines of the program.
#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    indent: usize,
}

impl Writer {
    fn add_line(&mut self, text: &str) -> &mut Line {
        let indent = if text.is_empty() { 0 } else { self.indent * 4 };
        let text = format!("{:indent$}{text}", "");
        self.lines.push(Line { text, step: None, frame: None, changed: false });
        self.lines.last_mut().expect("a line was pushed just now")
    }

    fn add_lines(&mut self, lines: &[&str]) {
        for line in lines {
            self.add_line(line);
        }
    }

    fn step(&mut self, step: Step, text: &str) {
        self.add_line(text).step = Some(step);
    }

    fn frame(&mut self, frame: Frame, text: &str) {
        self.add_line(text).frame = Some(frame);
    }

    /// A line that ends with a colon, and the indented lines below it.
    fn block(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        self.add_line(head);
        self.indented(body);
    }

    fn indented(&mut self, body: impl FnOnce(&mut Self)) {
        self.indent += 1;
        body(self);
        self.indent -= 1;
    }

    /// A function and the two blank lines after it.
    fn function(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        self.block(head, body);
        self.add_lines(&["", ""]);
    }
}

pub(super) fn write(scenario: &Scenario) -> Source {
    let mut writer = Writer::default();
    head(&mut writer, scenario);
    match scenario.strategy {
        Strategy::ConnectionPerTask | Strategy::Semaphore => on_own_connections(&mut writer, scenario),
        Strategy::SharedConnection => on_a_shared_connection(&mut writer, scenario),
        Strategy::SingleTransaction => in_one_transaction(&mut writer, scenario),
    }
    initialize(&mut writer, scenario);
    Source { lines: writer.lines }
}

/// Whether the program catches "database is locked" in each task.
const fn catches_errors(scenario: &Scenario) -> bool {
    !scenario.strategy.has_one_connection() && (scenario.keep_going || scenario.retries > 0)
}

const fn retries(scenario: &Scenario) -> bool {
    !scenario.strategy.has_one_connection() && scenario.retries > 0
}

fn head(writer: &mut Writer, scenario: &Scenario) {
    writer.add_lines(&["# The program of the question, by Ali Safapour.", "import asyncio"]);
    if retries(scenario) {
        writer.add_line("import random");
    }
    writer.add_line("import signal");
    if catches_errors(scenario) {
        writer.add_line("import sqlite3");
    }
    writer.add_lines(&["", "import aiosqlite", "", "signal.signal(signal.SIGINT, signal.SIG_DFL)", "counter = 1"]);
    if scenario.strategy == Strategy::Semaphore {
        writer.add_line(&format!("semaphore = asyncio.Semaphore({})", scenario.limit));
    }
    writer.add_lines(&["", ""]);
}

/// Every coroutine connects, inserts its row, commits and closes.
fn on_own_connections(writer: &mut Writer, scenario: &Scenario) {
    writer.function("async def write_to_db(number):", |writer| {
        writer.add_line("global counter");
        if scenario.strategy == Strategy::Semaphore {
            writer.step(Step::Acquire, "async with semaphore:");
            writer.indented(|writer| row_on_a_connection(writer, scenario));
        } else {
            row_on_a_connection(writer, scenario);
        }
    });
    writer.function("async def insert_many_times():", |writer| gather(writer, scenario, "number"));
}

fn row_on_a_connection(writer: &mut Writer, scenario: &Scenario) {
    connect(writer, scenario);
    command(writer);
    writer.add_line("print(f'croutine number {number + 1} connected to the database.')");
    pragmas(writer, scenario);
    if retries(scenario) {
        writer.block(&format!("for attempt in range({}):", scenario.retries + 1), |writer| {
            caught_transaction(writer, scenario);
        });
    } else if catches_errors(scenario) {
        caught_transaction(writer, scenario);
    } else {
        transaction(writer, scenario);
    }
    writer.add_line("print(f'commit done in coroutine number: {number + 1}')");
    writer.step(Step::Close, "await db.close()");
    count(writer);
}

/// The transaction, and the handler for "database is locked".
fn caught_transaction(writer: &mut Writer, scenario: &Scenario) {
    writer.block("try:", |writer| {
        transaction(writer, scenario);
        if retries(scenario) {
            writer.add_line("break");
        }
    });
    if retries(scenario) {
        writer.block("except sqlite3.OperationalError as error:", |writer| {
            let last = scenario.retries;
            writer.block(&format!("if 'database is locked' not in str(error) or attempt == {last}:"), |writer| {
                raise(writer, scenario);
            });
            writer.step(Step::Rollback, "await db.rollback()");
            writer.step(Step::Pause, &format!("await asyncio.sleep(random.uniform(0.5, 1.5) * {})", scenario.retry_pause));
        });
    } else {
        writer.block("except sqlite3.OperationalError:", |writer| raise(writer, scenario));
    }
}

fn raise(writer: &mut Writer, scenario: &Scenario) {
    if scenario.keep_going {
        writer.step(Step::CloseAfterError, "await db.close()");
    }
    writer.add_line("raise");
}

fn transaction(writer: &mut Writer, scenario: &Scenario) {
    if scenario.read_first {
        let kind = scenario.begin.word().to_ascii_uppercase();
        writer.step(Step::Begin, &format!("await db.execute('BEGIN {kind}')"));
        writer.step(Step::Select, "await db.execute_fetchall('SELECT \"id\" FROM \"main\".\"person\" LIMIT 1')");
    }
    writer.step(Step::Execute, "await db.execute(command)");
    writer.add_line("print(f'before commit in coroutine number: {number + 1}')");
    sleep(writer, scenario.sleep);
    writer.step(Step::Commit, "await db.commit()");
}

/// Every coroutine inserts its row on the shared connection. Its COMMIT commits every row inserted
/// by then.
fn on_a_shared_connection(writer: &mut Writer, scenario: &Scenario) {
    writer.function("async def write_to_db(db, number):", |writer| {
        writer.add_line("global counter");
        command(writer);
        transaction(writer, scenario);
        writer.add_line("print(f'commit done in coroutine number: {number + 1}')");
        count(writer);
    });
    writer.function("async def insert_many_times():", |writer| {
        connect(writer, scenario);
        pragmas(writer, scenario);
        gather(writer, scenario, "db, number");
        writer.step(Step::Close, "await db.close()");
    });
}

/// The accepted answer's program: one coroutine, all rows, one COMMIT.
fn in_one_transaction(writer: &mut Writer, scenario: &Scenario) {
    writer.function("async def insert_many_times():", |writer| {
        writer.add_line("global counter");
        connect(writer, scenario);
        command(writer);
        pragmas(writer, scenario);
        writer.block(&format!("for number in range({}):", scenario.tasks), |writer| {
            writer.step(Step::Execute, "await db.execute(command)");
            writer.add_lines(&["print('rows inserted so far:', counter)", "counter += 1"]);
        });
        sleep(writer, scenario.sleep);
        writer.step(Step::Commit, "await db.commit()");
        writer.step(Step::Close, "await db.close()");
    });
}

fn connect(writer: &mut Writer, scenario: &Scenario) {
    let (timeout, level) = (timeout(scenario), isolation_level(scenario));
    writer.step(Step::Connect, &format!("db = await aiosqlite.connect('test_database.db'{timeout}{level})"));
}

fn command(writer: &mut Writer) {
    writer.add_lines(&[
        "command = '''",
        "    INSERT INTO \"main\".\"person\" (\"first_name\", \"last_name\", \"age\")",
        "    VALUES ('sample_first_name', 'sample_last_name', 21);",
        "'''",
    ]);
}

/// Sets the modes of the connection. Modes that are stored in the file are set by `create`.
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

fn sleep(writer: &mut Writer, sleep: SimDuration) {
    if sleep.is_zero() {
        writer.add_line("# await asyncio.sleep(2)");
    } else {
        writer.step(Step::Sleep, &format!("await asyncio.sleep({sleep})"));
    }
}

fn count(writer: &mut Writer) {
    writer.add_line("print('rows inserted so far:', counter)");
    writer.step(Step::Counted, "counter += 1");
}

fn gather(writer: &mut Writer, scenario: &Scenario, arguments: &str) {
    writer.frame(Frame::Gather, "await asyncio.gather(");
    let end = if scenario.keep_going { ", return_exceptions=True)" } else { ")" };
    writer.add_line(&format!("    *[write_to_db({arguments}) for number in range({})]{end}", scenario.tasks));
}

fn initialize(writer: &mut Writer, scenario: &Scenario) {
    writer.function("async def initialize_db():", |writer| {
        writer.block("async with aiosqlite.connect('test_database.db') as db2:", |writer| create(writer, scenario));
        writer.frame(Frame::InsertManyTimes, "await insert_many_times()");
    });
    writer.add_lines(&["loop = asyncio.new_event_loop()", "asyncio.set_event_loop(loop)"]);
    writer.frame(Frame::RunUntilComplete, "loop.run_until_complete(initialize_db())");
}

fn create(writer: &mut Writer, scenario: &Scenario) {
    if scenario.journal.is_kept_in_the_file() && scenario.journal != Scenario::default().journal {
        writer.add_line(&format!("await db2.execute('PRAGMA journal_mode={}')", scenario.journal.word()));
    }
    writer.add_lines(&[
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
}

/// The argument for the timeout. Python's default is omitted, as in the question.
fn timeout(scenario: &Scenario) -> String {
    let is_default = scenario.timeout == Scenario::default().timeout;
    if is_default { String::new() } else { [", timeout=", &scenario.text(Field::Timeout)].concat() }
}

/// The argument for the kind of BEGIN. Python's default is omitted. If the program begins its
/// transactions itself, Python must not begin any.
fn isolation_level(scenario: &Scenario) -> String {
    match scenario.begin {
        _ if scenario.read_first => ", isolation_level=None".to_owned(),
        Begin::Deferred => String::new(),
        kind => format!(", isolation_level='{}'", kind.word().to_ascii_uppercase()),
    }
}
