//! A connection to the real SQLite.

use super::vfs;
use lockstep_core::model::database::ResultCode;
use lockstep_core::time::SimDuration;
use lockstep_core::trace::Lock;
use rusqlite::ffi;
use std::ffi::{CStr, c_int};
use std::ptr::null_mut;

const MAIN: &CStr = c"main";

/// A connection and its open SELECT, if any.
pub(crate) struct Connection {
    db: *mut ffi::sqlite3,
    cursor: *mut ffi::sqlite3_stmt,
    wal: bool,
}

// SAFETY: SQLite is compiled for multiple threads, with one thread at a time per connection.
// Ownership ensures that.
unsafe impl Send for Connection {}

impl Connection {
    /// Opens the file through the instrumented VFS.
    pub(crate) fn open(path: &CStr, wal: bool) -> Self {
        vfs::register();
        let mut db = null_mut();
        let flags = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE;
        // SAFETY: the path and the VFS name are C strings, and `db` is written before it is read.
        let code = unsafe { ffi::sqlite3_open_v2(path.as_ptr(), &raw mut db, flags, vfs::NAME.as_ptr()) };
        assert_eq!(code, ffi::SQLITE_OK, "the file opens");
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_extended_result_codes(db, 1) };
        Self { db, cursor: null_mut(), wal }
    }

    /// Sets the busy timeout, which also resets the busy handler.
    pub(crate) fn set_busy_timeout(&self, timeout: SimDuration) {
        let milliseconds = c_int::try_from(timeout.millis()).expect("the timeout fits in a C int");
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_busy_timeout(self.db, milliseconds) };
    }

    /// Prepares `sql` without running it. The first call on a connection reads the schema.
    pub(crate) fn prepare(&self, sql: &CStr) -> ResultCode {
        let mut statement = null_mut();
        // SAFETY: `db` is open, `sql` is a C string, and the statement is finalized once.
        unsafe {
            let code = ffi::sqlite3_prepare_v2(self.db, sql.as_ptr(), -1, &raw mut statement, null_mut());
            ffi::sqlite3_finalize(statement);
            result_code(code)
        }
    }

    /// Prepares `sql` and steps once.
    fn start(&self, sql: &CStr) -> (c_int, *mut ffi::sqlite3_stmt) {
        let mut statement = null_mut();
        // SAFETY: `db` is open and `sql` is a C string. Stepping a null statement is allowed and
        // returns SQLITE_MISUSE.
        unsafe {
            let prepared = ffi::sqlite3_prepare_v2(self.db, sql.as_ptr(), -1, &raw mut statement, null_mut());
            if prepared != ffi::SQLITE_OK {
                return (prepared, statement);
            }
            (ffi::sqlite3_step(statement), statement)
        }
    }

    /// Runs `sql` to its end.
    pub(crate) fn run(&self, sql: &CStr) -> ResultCode {
        let (mut code, statement) = self.start(sql);
        // SAFETY: the statement belongs to this connection and is finalized once.
        unsafe {
            while code == ffi::SQLITE_ROW {
                code = ffi::sqlite3_step(statement);
            }
            ffi::sqlite3_finalize(statement);
        }
        result_code(code)
    }

    /// Starts a SELECT and leaves it open.
    pub(crate) fn open_cursor(&mut self) -> ResultCode {
        let (code, statement) = self.start(c"SELECT id FROM person");
        self.cursor = statement;
        if code != ffi::SQLITE_ROW {
            self.end_cursor();
        }
        result_code(code)
    }

    /// Ends the open SELECT, if any.
    pub(crate) fn end_cursor(&mut self) {
        // SAFETY: the cursor belongs to this connection or is null, and is not used afterwards.
        unsafe { ffi::sqlite3_finalize(self.cursor) };
        self.cursor = null_mut();
    }

    pub(crate) fn in_transaction(&self) -> bool {
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_get_autocommit(self.db) == 0 }
    }

    /// The lock that the VFS reports. In WAL mode the locks are in another file, so there the lock
    /// is derived from the transaction state.
    pub(crate) fn lock(&self) -> Lock {
        if self.wal {
            // SAFETY: `db` is open.
            return match unsafe { ffi::sqlite3_txn_state(self.db, MAIN.as_ptr()) } {
                ffi::SQLITE_TXN_NONE => Lock::Unlocked,
                ffi::SQLITE_TXN_READ => Lock::Read,
                _ => Lock::Write,
            };
        }
        let mut state: c_int = 0;
        // SAFETY: this file control writes one int.
        let code =
            unsafe { ffi::sqlite3_file_control(self.db, MAIN.as_ptr(), ffi::SQLITE_FCNTL_LOCKSTATE, (&raw mut state).cast()) };
        assert_eq!(code, ffi::SQLITE_OK);
        [Lock::Unlocked, Lock::Shared, Lock::Reserved, Lock::Pending, Lock::Exclusive][usize::try_from(state).expect("0 to 4")]
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.end_cursor();
        // SAFETY: `db` is open, has no statements, and is not used afterwards.
        let code = unsafe { ffi::sqlite3_close(self.db) };
        debug_assert_eq!(code, ffi::SQLITE_OK);
    }
}

/// The model's equivalent of an extended result code.
fn result_code(code: c_int) -> ResultCode {
    match code {
        ffi::SQLITE_OK | ffi::SQLITE_ROW | ffi::SQLITE_DONE => ResultCode::Ok,
        ffi::SQLITE_ERROR => ResultCode::Error,
        ffi::SQLITE_BUSY => ResultCode::Busy,
        ffi::SQLITE_BUSY_SNAPSHOT => ResultCode::BusySnapshot,
        code => panic!("SQLite returned {code}, which the model does not have"),
    }
}
