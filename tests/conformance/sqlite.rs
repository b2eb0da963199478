//! The real SQLite as an engine of scripts: real connections, a real file, no busy timeout.
//!
//! The one file of the project that may use unsafe code: it speaks to SQLite's C interface, since a cursor that is left open
//! while its connection goes on has no place in a safe wrapper.
#![expect(unsafe_code, reason = "SQLite's C interface")]

use lockstep::model::database::script::{Command, Engine, Line, Reply};
use lockstep::model::database::{ConnectionId, ResultCode};
use lockstep::scenario::Begin;
use lockstep::trace::Lock;
use rusqlite::ffi;
use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_int};
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};

const MAIN: &CStr = c"main";
const SELECT: &CStr = c"SELECT id FROM person LIMIT 3";
const INSERT: &CStr = c"INSERT INTO person(name) VALUES('sample')";

/// A database file of its own, deleted at the end.
pub(crate) struct File {
    folder: PathBuf,
    path: CString,
    wal: bool,
    connections: BTreeMap<ConnectionId, Connection>,
}

struct Connection {
    db: *mut ffi::sqlite3,
    cursor: *mut ffi::sqlite3_stmt,
}

impl File {
    /// A file with three rows in it, in WAL mode or with a rollback journal.
    pub(crate) fn new(name: &str, wal: bool) -> Self {
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let folder = base.join(format!("lockstep-{name}-{}-{wal}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the database");
        let path = CString::new(folder.join("test.db").to_string_lossy().into_owned()).expect("a path without NUL");
        let file = Self { folder, path, wal, connections: BTreeMap::new() };
        let connection = file.open();
        let mode = if wal { c"PRAGMA journal_mode=wal" } else { c"PRAGMA journal_mode=delete" };
        for sql in [
            mode,
            c"CREATE TABLE person(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL)",
            INSERT,
            INSERT,
            INSERT,
        ] {
            assert_eq!(connection.run(sql), ResultCode::Ok, "{sql:?}");
        }
        file
    }

    /// Everybody hangs up.
    pub(crate) fn close_all(&mut self) {
        self.connections.clear();
    }

    fn open(&self) -> Connection {
        let mut db = null_mut();
        // SAFETY: the path is a C string, and `db` is written before it is read.
        let code = unsafe {
            ffi::sqlite3_open_v2(self.path.as_ptr(), &raw mut db, ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE, null())
        };
        assert_eq!(code, ffi::SQLITE_OK, "the file opens");
        // SAFETY: `db` was opened just now.
        unsafe { ffi::sqlite3_extended_result_codes(db, 1) };
        Connection { db, cursor: null_mut() }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.close_all();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Connection {
    /// Prepares `sql` and takes one step.
    fn start(&self, sql: &CStr) -> (c_int, *mut ffi::sqlite3_stmt) {
        let mut statement = null_mut();
        // SAFETY: `db` is open, `sql` is a C string, and a null statement may be stepped: it answers SQLITE_MISUSE.
        unsafe {
            let prepared = ffi::sqlite3_prepare_v2(self.db, sql.as_ptr(), -1, &raw mut statement, null_mut());
            if prepared != ffi::SQLITE_OK {
                return (prepared, statement);
            }
            (ffi::sqlite3_step(statement), statement)
        }
    }

    fn run(&self, sql: &CStr) -> ResultCode {
        let (mut code, statement) = self.start(sql);
        // SAFETY: the statement is this connection's own and is finalized once.
        unsafe {
            while code == ffi::SQLITE_ROW {
                code = ffi::sqlite3_step(statement);
            }
            ffi::sqlite3_finalize(statement);
        }
        result(code)
    }

    fn open_cursor(&mut self) -> ResultCode {
        let (code, statement) = self.start(c"SELECT id FROM person");
        self.cursor = statement;
        if code != ffi::SQLITE_ROW {
            self.end_cursor();
        }
        result(code)
    }

    fn end_cursor(&mut self) {
        // SAFETY: the cursor is this connection's own or null, and is not used afterwards.
        unsafe { ffi::sqlite3_finalize(self.cursor) };
        self.cursor = null_mut();
    }

    fn in_transaction(&self) -> bool {
        // SAFETY: `db` is open.
        unsafe { ffi::sqlite3_get_autocommit(self.db) == 0 }
    }

    /// What the file system layer says; in WAL mode the locks lie elsewhere, and the transaction's state tells.
    fn lock(&self, wal: bool) -> Lock {
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
        let code =
            unsafe { ffi::sqlite3_file_control(self.db, MAIN.as_ptr(), ffi::SQLITE_FCNTL_LOCKSTATE, (&raw mut state).cast()) };
        assert_eq!(code, ffi::SQLITE_OK);
        [Lock::Unlocked, Lock::Shared, Lock::Reserved, Lock::Pending, Lock::Exclusive][usize::try_from(state).expect("0 to 4")]
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.end_cursor();
        // SAFETY: `db` is open, has no statement left, and is not used afterwards.
        let code = unsafe { ffi::sqlite3_close(self.db) };
        debug_assert_eq!(code, ffi::SQLITE_OK);
    }
}

/// The model's word for an extended result code.
fn result(code: c_int) -> ResultCode {
    match code {
        ffi::SQLITE_OK | ffi::SQLITE_ROW | ffi::SQLITE_DONE => ResultCode::Ok,
        ffi::SQLITE_ERROR => ResultCode::Error,
        ffi::SQLITE_BUSY => ResultCode::Busy,
        ffi::SQLITE_BUSY_SNAPSHOT => ResultCode::BusySnapshot,
        code => panic!("SQLite answered {code}, which the model has no word for"),
    }
}

fn begin(kind: Begin) -> &'static CStr {
    match kind {
        Begin::Deferred => c"BEGIN",
        Begin::Immediate => c"BEGIN IMMEDIATE",
        Begin::Exclusive => c"BEGIN EXCLUSIVE",
    }
}

impl Engine for File {
    fn execute(&mut self, connection: ConnectionId, command: Command) -> Reply {
        if command == Command::Close {
            self.connections.remove(&connection);
            return Reply { code: ResultCode::Ok, in_transaction: false, lock: Lock::Unlocked };
        }
        let opened = self.connections.remove(&connection).unwrap_or_else(|| self.open());
        let session = self.connections.entry(connection).or_insert(opened);
        let code = match command {
            Command::Begin(kind) => session.run(begin(kind)),
            Command::Select => session.run(SELECT),
            Command::OpenSelect => {
                session.end_cursor();
                session.open_cursor()
            }
            Command::EndSelect | Command::Close => {
                session.end_cursor();
                ResultCode::Ok
            }
            Command::Insert => session.run(INSERT),
            Command::Commit => session.run(c"COMMIT"),
            Command::Rollback => session.run(c"ROLLBACK"),
        };
        Reply { code, in_transaction: session.in_transaction(), lock: session.lock(self.wal) }
    }
}

/// The first line at which the two engines differ, with what each said.
pub(crate) fn difference(model: &mut dyn Engine, real: &mut File, lines: &[Line]) -> Option<String> {
    for (number, line) in lines.iter().enumerate() {
        let (said, is) = (model.execute(line.connection, line.command), real.execute(line.connection, line.command));
        if said != is {
            let script: Vec<String> = lines[..=number].iter().map(ToString::to_string).collect();
            return Some(format!("after\n{}\nSQLite says {is}, the model {said}", script.join("\n")));
        }
    }
    None
}
