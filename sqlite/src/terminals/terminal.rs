//! One connection of the terminals, and the statement that it is at.

use crate::connection::{Code, Connection, Statement};
use crate::ffi;
use crate::setup::PATH;
use crate::vfs::Vfs;
use lockstep_core::model::database::BusyHandler;
use lockstep_core::terminals::{
    Action, Answer, Connection as Shown, MAX_ROWS, MAX_VALUE_CHARACTERS, MAX_VM_STEPS, Refusal, Step, Table, Terminal as Letter,
    Wait, Waiting,
};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::Lock;
use std::rc::Rc;

/// A connection and its busy timeout, which the recording busy handler replaces.
pub(super) struct Terminal {
    current: Option<Current>,
    busy_timeout_ms: u64,
    connection: Connection,
}

/// The SQL of the current step, as long as it is not done.
struct Current {
    /// The index of the step.
    step: usize,
    /// The statements that are not done yet. The first may be prepared.
    sql: String,
    prepared: Option<Statement>,
    /// The length of the prepared statement in `sql`.
    prepared_bytes: usize,
    /// The lock that the connection held before the statement.
    lock_before: Lock,
    wait: Option<Backoff>,
}

/// A refused statement's attempts.
#[derive(Clone, Copy)]
struct Backoff {
    handler: BusyHandler,
    attempt: usize,
    attempts: usize,
    next_ms: u64,
}

/// What is left of a connection after a step.
pub(super) enum Progress {
    Alive(Terminal),
    Gone,
}

/// The result of running a statement once.
enum Attempt {
    /// The statement is done.
    Done,
    /// It is refused without an error, and waits.
    Waits,
    /// It is refused.
    Refused(Code),
}

impl Terminal {
    /// A new connection; `None` if SQLite cannot open it.
    pub(super) fn open(vfs: &Rc<Vfs>) -> Option<Self> {
        let connection = Connection::open(Some(vfs), PATH).ok()?;
        Some(Self { current: None, busy_timeout_ms: 0, connection })
    }

    pub(super) const fn is_waiting(&self) -> bool {
        self.current.is_some()
    }

    /// The index of the current step.
    pub(super) fn step(&self) -> usize {
        self.current.as_ref().map_or(usize::MAX, |current| current.step)
    }

    /// When the waiting statement is run again.
    pub(super) fn next_attempt_ms(&self) -> Option<u64> {
        Some(self.current.as_ref()?.wait?.next_ms)
    }

    /// How long the current step has waited, and when it is run again.
    pub(super) fn show_waiting(&self, step: &mut Step, now_ms: u64) {
        if let Some(backoff) = self.current.as_ref().and_then(|current| current.wait) {
            step.answer = Answer::Waiting(backoff.shown(now_ms));
            step.waited_ms = now_ms - step.at_ms;
        }
    }

    /// Begins a step: its SQL may have several statements.
    pub(super) fn begin(&mut self, sql: &str, step: usize) {
        self.connection.limit_steps(MAX_VM_STEPS);
        let lock_before = self.connection.lock();
        self.current = Some(Current { step, sql: sql.to_owned(), prepared: None, prepared_bytes: 0, lock_before, wait: None });
    }

    /// Runs the current step until it is done, waits or fails.
    pub(super) fn go_on(&mut self, step: &mut Step, now_ms: u64) {
        while let Some(mut current) = self.current.take() {
            self.connection.process().stop_keeping_locks();
            self.connection.take_asked();
            match self.attempt(&mut current, step, now_ms) {
                Attempt::Done if current.sql.is_empty() => step.answer = Answer::Ok,
                Attempt::Done => {
                    current.lock_before = self.connection.lock();
                    self.current = Some(current);
                }
                Attempt::Waits => {
                    step.answer = self.keep_waiting(current, now_ms);
                    break;
                }
                Attempt::Refused(code) => {
                    step.answer = self.refuse(current, code, now_ms);
                    break;
                }
            }
        }
        if self.current.is_none() {
            self.connection.process().release_kept_locks();
        }
        step.waited_ms = now_ms - step.at_ms;
        step.in_transaction = self.connection.in_transaction();
        step.lock = self.connection.lock();
    }

    /// Prepares and runs the next statement once.
    fn attempt(&mut self, current: &mut Current, step: &mut Step, now_ms: u64) -> Attempt {
        if current.prepared.is_none() {
            match self.prepare(&current.sql) {
                Ok((prepared, bytes)) => {
                    current.prepared = prepared;
                    current.prepared_bytes = bytes;
                    // The step has the whole timeout again (fact 3.6).
                    current.wait = None;
                }
                Err(code) => return Attempt::Refused(code),
            }
        }
        if let Some(statement) = &current.prepared {
            match self.rows(statement) {
                Ok(table) => {
                    // A refused checkpoint is no error, but it waits like one.
                    let is_refused = table.as_ref().is_some_and(is_refused_checkpoint);
                    step.table = table.or(step.table.take());
                    self.connection.reset(statement);
                    if is_refused && self.connection.was_asked() && self.wait_again(current, now_ms) {
                        return Attempt::Waits;
                    }
                }
                Err(code) => {
                    self.connection.reset(statement);
                    return Attempt::Refused(code);
                }
            }
        }
        current.prepared = None;
        current.wait = None;
        // Nothing is left if SQLite has found no statement.
        let bytes = if current.prepared_bytes == 0 { current.sql.len() } else { current.prepared_bytes };
        current.sql.drain(..bytes);
        Attempt::Done
    }

    /// Prepares a statement. SQLite runs `PRAGMA busy_timeout` while it prepares it. So SQLite's own
    /// busy handler is there meanwhile, with the timeout of this connection.
    fn prepare(&mut self, sql: &str) -> Result<(Option<Statement>, usize), Code> {
        if !sql.to_ascii_lowercase().contains("busy_timeout") {
            return self.connection.prepare(sql);
        }
        self.connection.set_busy_timeout(self.busy_timeout_ms);
        let prepared = self.connection.prepare(sql);
        let timeout = self.connection.number("PRAGMA busy_timeout").and_then(|timeout| u64::try_from(timeout).ok());
        self.busy_timeout_ms = timeout.unwrap_or(self.busy_timeout_ms);
        self.connection.record_busy_handler();
        prepared
    }

    /// Runs a statement, and keeps its first rows.
    fn rows(&self, statement: &Statement) -> Result<Option<Table>, Code> {
        let columns = statement.columns();
        let mut table = Table { columns, rows: Vec::new(), is_cut: false };
        while self.connection.next_row(statement)? {
            if table.rows.len() == MAX_ROWS {
                table.is_cut = true;
                break;
            }
            table.rows.push((0..table.columns.len()).map(|column| statement.value(column, MAX_VALUE_CHARACTERS)).collect());
        }
        Ok((!table.columns.is_empty()).then_some(table))
    }

    /// Decides whether a refused statement waits.
    fn refuse(&mut self, mut current: Current, code: Code, now_ms: u64) -> Answer {
        let asked = self.connection.take_asked();
        let mut refusal = Refusal { code: code.name(), number: code.0, message: self.message(code), wait: None };
        if !code.is_busy() {
            return Answer::Refused(refusal);
        }
        if asked && self.wait_again(&mut current, now_ms) {
            return self.keep_waiting(current, now_ms);
        }
        refusal.wait = Some(match asked {
            true if self.busy_timeout_ms > 0 => Wait::GaveUp,
            true => Wait::NoTimeout,
            false if code.0 == ffi::SQLITE_BUSY_SNAPSHOT => Wait::OldSnapshot,
            false if current.lock_before != Lock::Unlocked => Wait::WouldDeadlock,
            false => Wait::NotAsked,
        });
        Answer::Refused(refusal)
    }

    /// Schedules the next attempt; false if the busy timeout has ended or there is none.
    fn wait_again(&self, current: &mut Current, now_ms: u64) -> bool {
        let mut backoff = current.wait.unwrap_or_else(|| Backoff::new(self.busy_timeout_ms));
        let Some(sleep) = backoff.handler.next_sleep() else { return false };
        backoff.attempt += 1;
        backoff.next_ms = now_ms + sleep.millis();
        current.wait = Some(backoff);
        true
    }

    fn keep_waiting(&mut self, current: Current, now_ms: u64) -> Answer {
        let answer = current.wait.map_or(Answer::Ok, |backoff| Answer::Waiting(backoff.shown(now_ms)));
        self.current = Some(current);
        answer
    }

    fn message(&self, code: Code) -> String {
        if code.0 & 0xFF == ffi::SQLITE_INTERRUPT && self.connection.is_out_of_steps() {
            return format!("stopped after {} million steps of SQLite's virtual machine", MAX_VM_STEPS / 1_000_000);
        }
        self.connection.message()
    }

    /// Commits, and dies inside the COMMIT. A COMMIT that is refused does not get that far.
    pub(super) fn crash_in_commit(self, step: &mut Step) -> Progress {
        let process = Rc::clone(self.connection.process());
        self.connection.limit_steps(MAX_VM_STEPS);
        let lock_before = self.connection.lock();
        self.connection.take_asked();
        process.stop_keeping_locks();
        process.dies_at_write.set(true);
        let code = self.connection.run("COMMIT");
        process.dies_at_write.set(false);
        if code.is_ok() || process.is_dead() {
            return self.kill();
        }
        let asked = self.connection.take_asked();
        process.release_kept_locks();
        let wait = match asked {
            true => Wait::NoTimeout,
            false if lock_before == Lock::Unlocked => Wait::NotAsked,
            false => Wait::WouldDeadlock,
        };
        let wait = code.is_busy().then_some(wait);
        step.answer = Answer::Refused(Refusal { code: code.name(), number: code.0, message: self.message(code), wait });
        step.in_transaction = self.connection.in_transaction();
        step.lock = self.connection.lock();
        Progress::Alive(self)
    }

    /// The process dies.
    pub(super) fn kill(self) -> Progress {
        let Self { current, connection, .. } = self;
        drop(current);
        connection.kill();
        Progress::Gone
    }

    /// The process of the connection.
    pub(super) fn process(&self) -> &Rc<crate::disk::Process> {
        self.connection.process()
    }
}

/// Whether this is the row of `PRAGMA wal_checkpoint` that says busy.
fn is_refused_checkpoint(table: &Table) -> bool {
    table.columns == ["busy", "log", "checkpointed"] && table.rows.first().is_some_and(|row| row[0] == "1")
}

impl Backoff {
    fn new(timeout_ms: u64) -> Self {
        let handler = BusyHandler::new(SimDuration::from_millis(timeout_ms));
        let mut sleeps = handler;
        let attempts = 1 + std::iter::from_fn(|| sleeps.next_sleep()).count();
        Self { handler, attempt: 0, attempts, next_ms: 0 }
    }

    fn shown(&self, now_ms: u64) -> Waiting {
        Waiting { attempt: self.attempt, attempts: self.attempts, next_in_ms: self.next_ms.saturating_sub(now_ms) }
    }
}

/// A step before it is run.
pub(super) fn empty_step(line: usize, terminal: Letter, action: &Action, at_ms: u64) -> Step {
    Step {
        line,
        terminal,
        text: action.to_string(),
        at_ms,
        waited_ms: 0,
        answer: Answer::Ok,
        in_transaction: false,
        lock: Lock::Unlocked,
        table: None,
        requests: Vec::new(),
    }
}

/// The state of a connection; one that is not open has no locks.
pub(super) fn connection(letter: Letter, terminal: Option<&Terminal>, now_ms: u64) -> Shown {
    let waiting = |terminal: &Terminal| terminal.current.as_ref()?.wait.map(|wait| wait.shown(now_ms));
    Shown {
        terminal: letter,
        is_open: terminal.is_some(),
        in_transaction: terminal.is_some_and(|terminal| terminal.connection.in_transaction()),
        lock: terminal.map(|terminal| terminal.connection.lock()).unwrap_or_default(),
        busy_timeout_ms: terminal.map_or(0, |terminal| terminal.busy_timeout_ms),
        waiting: terminal.and_then(waiting),
    }
}
