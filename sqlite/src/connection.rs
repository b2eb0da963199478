//! A connection to SQLite: the safe side of its C interface.

use crate::codes;
use crate::disk::Process;
use crate::ffi;
use crate::vfs::Vfs;
use lockstep_core::trace::Lock;
use std::cell::Cell;
use std::ffi::{CStr, c_int, c_void};
use std::ptr::{null, null_mut};
use std::rc::Rc;

#[cfg(not(target_arch = "wasm32"))]
const MAIN: &CStr = c"main";
/// The progress handler is called after this many steps of the virtual machine.
const STEPS_PER_CALL: u64 = 10_000;
/// The longest text, blob or SQL in bytes. It bounds the memory that one value can take.
const MAX_VALUE_BYTES: c_int = 8_000_000;

/// The most memory that SQLite may use besides the files.
const MAX_HEAP_BYTES: i64 = 256 << 20;

/// A code of SQLite, possibly an extended one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code(pub(crate) c_int);

impl Code {
    pub(crate) const OK: Self = Self(ffi::SQLITE_OK);
    const ROW: Self = Self(ffi::SQLITE_ROW);
    const DONE: Self = Self(ffi::SQLITE_DONE);

    /// Whether it is a success. `SQLITE_DONE` is one.
    pub(crate) fn is_ok(self) -> bool {
        [Self::OK, Self::ROW, Self::DONE].contains(&self)
    }

    /// Whether it is `SQLITE_BUSY` or an extended code of it.
    pub(crate) const fn is_busy(self) -> bool {
        self.0 & 0xFF == ffi::SQLITE_BUSY
    }

    /// Its name.
    pub(crate) fn name(self) -> String {
        codes::name(self.0)
    }
}

/// Makes `random()` and the salts of logs the same in each session, and bounds SQLite's own memory.
pub(crate) fn prepare_for_session() {
    // SAFETY: both only set numbers of SQLite. The first takes an int and a connection, here none.
    unsafe {
        ffi::sqlite3_test_control(ffi::SQLITE_TESTCTRL_PRNG_SEED, 1, null_mut::<ffi::sqlite3>());
        ffi::sqlite3_hard_heap_limit64(MAX_HEAP_BYTES);
    }
}

/// What the callbacks of a connection record.
struct Watch {
    process: Rc<Process>,
    /// How often SQLite invoked the busy handler.
    asked: Cell<u32>,
    /// Steps of the virtual machine that the current statement may still make.
    steps_left: Cell<u64>,
}

/// An open connection.
pub(crate) struct Connection {
    db: *mut ffi::sqlite3,
    /// Boxed, because SQLite keeps a pointer to it.
    watch: Box<Watch>,
    /// The disk stays registered while a file on it is open.
    vfs: Option<Rc<Vfs>>,
}

impl Connection {
    /// Opens the file `path` on the disk of `vfs`, or on the operating system's.
    ///
    /// # Errors
    /// If SQLite cannot open it; with SQLite's code.
    pub(crate) fn open(vfs: Option<&Rc<Vfs>>, path: &CStr) -> Result<Self, Code> {
        let process = Rc::<Process>::default();
        let watch = Box::new(Watch { process, asked: Cell::new(0), steps_left: Cell::new(u64::MAX) });
        let mut connection = Self { db: null_mut(), watch, vfs: vfs.cloned() };
        connection.enter();
        let flags = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE;
        let name = vfs.map_or(null(), |vfs| vfs.name().as_ptr());
        // SAFETY: both names are C strings or null, and `db` is closed when `connection` is dropped,
        // even after an error.
        let code = Code(unsafe { ffi::sqlite3_open_v2(path.as_ptr(), &raw mut connection.db, flags, name) });
        if !code.is_ok() {
            return Err(code);
        }
        // SAFETY: `db` is open.
        unsafe {
            ffi::sqlite3_extended_result_codes(connection.db, 1);
            ffi::sqlite3_limit(connection.db, ffi::SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
        }
        connection.record_busy_handler();
        Ok(connection)
    }

    fn enter(&self) {
        if let Some(vfs) = &self.vfs {
            vfs.set_caller(&self.watch.process);
        }
    }

    fn context(&self) -> *mut c_void {
        (&raw const *self.watch).cast_mut().cast()
    }

    /// The process that has the connection.
    pub(crate) fn process(&self) -> &Rc<Process> {
        &self.watch.process
    }

    /// Installs the busy handler that only records being invoked. It also resets SQLite's count of
    /// invocations (fact 3.6).
    pub(crate) fn record_busy_handler(&self) {
        // SAFETY: `db` is open, and the context lives as long as the connection.
        unsafe { ffi::sqlite3_busy_handler(self.db, Some(busy), self.context()) };
    }

    /// Installs SQLite's own busy handler.
    pub(crate) fn set_busy_timeout(&self, milliseconds: u64) {
        let milliseconds = c_int::try_from(milliseconds).unwrap_or(c_int::MAX);
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_busy_timeout(self.db, milliseconds) };
    }

    /// Whether SQLite has invoked the busy handler since the last call.
    pub(crate) fn take_asked(&self) -> bool {
        self.watch.asked.take() > 0
    }

    /// Whether SQLite has invoked the busy handler since it was last taken.
    pub(crate) fn was_asked(&self) -> bool {
        self.watch.asked.get() > 0
    }

    /// From now on, a statement is interrupted after this many steps of the virtual machine.
    pub(crate) fn limit_steps(&self, steps: u64) {
        self.watch.steps_left.set(steps);
        let every = c_int::try_from(STEPS_PER_CALL).unwrap_or(c_int::MAX);
        // SAFETY: `db` is open, and the context lives as long as the connection.
        unsafe { ffi::sqlite3_progress_handler(self.db, every, Some(progress), self.context()) };
    }

    /// Whether a statement was interrupted because of its number of steps.
    pub(crate) fn is_out_of_steps(&self) -> bool {
        self.watch.steps_left.get() == 0
    }

    /// Prepares the first statement of `sql`. Returns it, or `None` if there is none, and the
    /// number of bytes that it has in `sql`.
    ///
    /// # Errors
    /// SQLite's code.
    pub(crate) fn prepare(&self, sql: &str) -> Result<(Option<Statement>, usize), Code> {
        self.enter();
        let length = c_int::try_from(sql.len()).unwrap_or(c_int::MAX);
        let (mut statement, mut tail) = (null_mut(), null());
        // SAFETY: `sql` has `length` bytes, and the statement is finalized when it is dropped, which
        // the caller does before the connection is dropped.
        let code =
            Code(unsafe { ffi::sqlite3_prepare_v2(self.db, sql.as_ptr().cast(), length, &raw mut statement, &raw mut tail) });
        if !code.is_ok() {
            return Err(code);
        }
        let used = if tail.is_null() { sql.len() } else { tail.addr().saturating_sub(sql.as_ptr().addr()).min(sql.len()) };
        Ok(((!statement.is_null()).then_some(Statement { statement }), used))
    }

    /// Steps once.
    fn step(&self, statement: &Statement) -> Code {
        self.enter();
        // SAFETY: the statement belongs to this connection.
        Code(unsafe { ffi::sqlite3_step(statement.statement) })
    }

    /// Steps once. Returns whether there is a row.
    ///
    /// # Errors
    /// SQLite's code.
    pub(crate) fn next_row(&self, statement: &Statement) -> Result<bool, Code> {
        let code = self.step(statement);
        if code.is_ok() { Ok(code == Code::ROW) } else { Err(code) }
    }

    /// Runs a prepared statement to its end, so that it can be run again.
    pub(crate) fn run_prepared(&self, statement: &Statement) -> Code {
        let mut code = self.step(statement);
        while code == Code::ROW {
            code = self.step(statement);
        }
        self.reset(statement);
        if code == Code::DONE { Code::OK } else { code }
    }

    /// Makes a statement ready to be run again.
    pub(crate) fn reset(&self, statement: &Statement) {
        self.enter();
        // SAFETY: the statement belongs to this connection.
        unsafe { ffi::sqlite3_reset(statement.statement) };
    }

    /// Runs the first statement of `sql` to its end.
    pub(crate) fn run(&self, sql: &str) -> Code {
        match self.prepare(sql) {
            Ok((Some(statement), _)) => self.run_prepared(&statement),
            Ok((None, _)) => Code::OK,
            Err(code) => code,
        }
    }

    /// Runs a query, and returns the first value of its first row as a number.
    pub(crate) fn number(&self, sql: &str) -> Option<i64> {
        let (statement, _) = self.prepare(sql).ok()?;
        let statement = statement?;
        // SAFETY: the statement has a row.
        self.next_row(&statement).ok()?.then(|| unsafe { ffi::sqlite3_column_int64(statement.statement, 0) })
    }

    /// SQLite's message about the last error.
    pub(crate) fn message(&self) -> String {
        // SAFETY: `db` is open, and SQLite returns a C string that is copied before the next call.
        unsafe { text(ffi::sqlite3_errmsg(self.db)) }
    }

    /// Whether a transaction is open.
    pub(crate) fn in_transaction(&self) -> bool {
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_get_autocommit(self.db) == 0 }
    }

    /// The lock that the connection holds on the disk in memory.
    pub(crate) fn lock(&self) -> Lock {
        self.process().lock()
    }

    /// The lock that the operating system's VFS reports. In WAL mode it has the locks in another
    /// file, so there the lock is derived from the state of the transaction.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn reported_lock(&self, wal: bool) -> Lock {
        if wal {
            // SAFETY: `db` is open.
            return match unsafe { ffi::sqlite3_txn_state(self.db, MAIN.as_ptr()) } {
                ffi::SQLITE_TXN_NONE => Lock::Unlocked,
                ffi::SQLITE_TXN_READ => Lock::Read,
                _ => Lock::Write,
            };
        }
        let mut state: c_int = 0;
        // SAFETY: this file control writes one int.
        unsafe { ffi::sqlite3_file_control(self.db, MAIN.as_ptr(), ffi::SQLITE_FCNTL_LOCKSTATE, (&raw mut state).cast()) };
        let locks = [Lock::Unlocked, Lock::Shared, Lock::Reserved, Lock::Pending, Lock::Exclusive];
        usize::try_from(state).ok().and_then(|state| locks.get(state).copied()).unwrap_or_default()
    }

    /// The process of the connection dies: nothing more of it reaches the disk.
    pub(crate) fn kill(self) {
        let process = Rc::clone(self.process());
        process.die();
        drop(self);
        process.restore_memory();
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.enter();
        // SAFETY: `db` is null or open, its statements are finalized, and it is not used afterwards.
        let code = unsafe { ffi::sqlite3_close(self.db) };
        debug_assert_eq!(code, ffi::SQLITE_OK, "all statements are finalized");
    }
}

/// A prepared statement. It must be dropped before its connection.
pub(crate) struct Statement {
    statement: *mut ffi::sqlite3_stmt,
}

impl Statement {
    /// The names of the columns of its result.
    pub(crate) fn columns(&self) -> Vec<String> {
        // SAFETY: the statement is not finalized, and SQLite's strings are copied at once.
        let name = |column| unsafe { text(ffi::sqlite3_column_name(self.statement, column)) };
        // SAFETY: the statement is not finalized.
        (0..unsafe { ffi::sqlite3_column_count(self.statement) }).map(name).collect()
    }

    /// A value of the current row as text, at most `max` characters of it.
    pub(crate) fn value(&self, column: usize, max: usize) -> String {
        let column = c_int::try_from(column).unwrap_or(c_int::MAX);
        // SAFETY: the statement has a row. The pointers are valid until the next call, and the bytes
        // are copied before.
        unsafe {
            match ffi::sqlite3_column_type(self.statement, column) {
                ffi::SQLITE_NULL => "NULL".to_owned(),
                ffi::SQLITE_BLOB => {
                    let start: *const u8 = ffi::sqlite3_column_blob(self.statement, column).cast();
                    let hex = |bytes: &[u8]| bytes.iter().take(max / 2).map(|byte| format!("{byte:02X}")).collect::<String>();
                    let length = usize::try_from(ffi::sqlite3_column_bytes(self.statement, column)).unwrap_or(0);
                    let bytes = if start.is_null() { &[] } else { std::slice::from_raw_parts(start, length) };
                    format!("x'{}{}'", hex(bytes), if length > max / 2 { "…" } else { "" })
                }
                _ => {
                    let start: *const u8 = ffi::sqlite3_column_text(self.statement, column).cast();
                    let length = usize::try_from(ffi::sqlite3_column_bytes(self.statement, column)).unwrap_or(0);
                    let bytes = if start.is_null() { &[] } else { std::slice::from_raw_parts(start, length) };
                    let text = String::from_utf8_lossy(&bytes[..length.min(4 * max)]);
                    let mut shown: String = text.chars().take(max).collect();
                    if shown.len() < length {
                        shown.push('…');
                    }
                    shown
                }
            }
        }
    }
}

impl Drop for Statement {
    fn drop(&mut self) {
        // SAFETY: its connection is still open, and the statement is not used afterwards.
        unsafe { ffi::sqlite3_finalize(self.statement) };
    }
}

/// # Safety
/// `string` is null or a C string.
unsafe fn text(string: *const std::ffi::c_char) -> String {
    // SAFETY: the caller ensures it.
    if string.is_null() { String::new() } else { unsafe { CStr::from_ptr(string) }.to_string_lossy().into_owned() }
}

/// The busy handler. It does not wait: the statement is refused, and the caller decides when to
/// run it again. Until then, the locks of this moment stay on the disk, as if SQLite waited here.
unsafe extern "C" fn busy(context: *mut c_void, _invocations: c_int) -> c_int {
    // SAFETY: the context is the connection's `Watch`, which outlives the connection's calls.
    let watch = unsafe { &*context.cast::<Watch>() };
    watch.asked.set(watch.asked.get() + 1);
    watch.process.keep_locks();
    0
}

/// The progress handler: interrupts the statement after its last allowed step.
unsafe extern "C" fn progress(context: *mut c_void) -> c_int {
    // SAFETY: as in `busy`.
    let watch = unsafe { &*context.cast::<Watch>() };
    let left = watch.steps_left.get().saturating_sub(STEPS_PER_CALL);
    watch.steps_left.set(left);
    c_int::from(left == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Sleep;
    use crate::setup::{INSERT, PATH, create};
    use lockstep_core::model::database::BusyHandler;
    use lockstep_core::time::SimDuration;

    /// A file of three rows and connections to it.
    fn connections<const N: usize>(wal: bool) -> (Rc<Vfs>, [Connection; N]) {
        let vfs = Rc::new(Vfs::new());
        assert!(create(&vfs, wal, 3).is_ok());
        let connections = std::array::from_fn(|_| Connection::open(Some(&vfs), PATH).expect("the file opens"));
        (vfs, connections)
    }

    #[test]
    fn sqlite_requests_the_sleeps_of_the_model_for_timeouts_from_a_millisecond_to_a_minute() {
        let (vfs, [holder, waiter]) = connections(false);
        assert!(holder.run("BEGIN IMMEDIATE").is_ok());
        for timeout in (1..=1500).chain((1500..=60_000).step_by(487)).chain([60_000]) {
            waiter.set_busy_timeout(timeout);
            assert!(waiter.run(INSERT).is_busy());
            let sleeps: Vec<u64> = vfs.take_sleeps().iter().map(|sleep| sleep.milliseconds).collect();
            let mut handler = BusyHandler::new(SimDuration::from_millis(timeout));
            let expected: Vec<u64> = std::iter::from_fn(|| handler.next_sleep()).map(SimDuration::millis).collect();
            assert_eq!(sleeps, expected, "timeout {timeout} ms");
        }
    }

    /// While SQLite's own busy handler sleeps, the connection holds certain locks. The recording
    /// busy handler does not sleep, so the disk keeps them.
    #[test]
    fn a_refused_statement_keeps_the_locks_that_it_would_hold_while_it_waits() {
        for (wal, others, own, refused, expected) in [
            (false, "BEGIN IMMEDIATE", "", INSERT, Lock::Unlocked),
            (false, "BEGIN IMMEDIATE", "BEGIN", INSERT, Lock::Unlocked),
            (false, "BEGIN; SELECT * FROM person", "", "BEGIN EXCLUSIVE", Lock::Pending),
            (false, "BEGIN; SELECT * FROM person", "", INSERT, Lock::Pending),
            (false, "BEGIN; SELECT * FROM person", "BEGIN; INSERT INTO person(name) VALUES('sample')", "COMMIT", Lock::Pending),
            (false, "BEGIN EXCLUSIVE", "", "SELECT * FROM person", Lock::Unlocked),
            (true, "BEGIN IMMEDIATE", "", INSERT, Lock::Unlocked),
            (true, "BEGIN IMMEDIATE", "BEGIN", INSERT, Lock::Unlocked),
        ] {
            let (vfs, [other, waiter]) = connections(wal);
            for (connection, statements) in [(&waiter, own), (&other, others)] {
                assert!(statements.split("; ").all(|sql| connection.run(sql).is_ok()), "{statements}");
            }
            waiter.set_busy_timeout(10);
            assert!(waiter.run(refused).is_busy(), "{refused}");
            let sleeps = vfs.take_sleeps();
            assert_eq!(sleeps.first().map(|sleep| sleep.lock), Some(expected), "{refused} beside {others}, wal {wal}");
            let same = |sleep: &Sleep| sleep.lock == expected;
            assert!(sleeps.len() == 4 && sleeps.iter().all(same), "sleeps of 1, 2, 5 and 2 ms: {sleeps:?}");

            waiter.process().release_kept_locks();
            waiter.record_busy_handler();
            waiter.take_asked();
            for attempt in 1..=3 {
                waiter.process().stop_keeping_locks();
                assert!(waiter.run(refused).is_busy(), "{refused}");
                assert!(waiter.take_asked(), "{refused}, attempt {attempt}");
                assert_eq!(waiter.lock(), expected, "{refused} beside {others}, attempt {attempt}, wal {wal}");
            }
            assert!(other.run("COMMIT").is_ok());
            waiter.process().stop_keeping_locks();
            assert!(waiter.run(refused).is_ok(), "{refused} after the others' COMMIT");
            let (check, _) = waiter.prepare("PRAGMA quick_check").expect("a statement");
            let check = check.expect("a statement");
            assert_eq!((waiter.next_row(&check), check.value(0, 10)), (Ok(true), "ok".to_owned()), "the file is sound");
        }
    }

    #[test]
    fn a_statement_is_interrupted_after_its_steps() {
        let (_vfs, [connection]) = connections(false);
        connection.limit_steps(1_000_000);
        let endless = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";
        assert_eq!(connection.run(endless).name(), "SQLITE_INTERRUPT");
        assert!(connection.is_out_of_steps());
    }
}
