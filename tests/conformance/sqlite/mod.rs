//! The real SQLite as a script engine: real connections on a real file, with a busy handler whose
//! sleeps are recorded and skipped.
//!
//! Only this folder of the project may use unsafe code. It calls SQLite's C API, because a safe
//! wrapper allows neither a cursor that stays open while its connection is used nor a custom VFS.
#![expect(unsafe_code, reason = "SQLite's C interface")]

mod connection;
pub(crate) mod database;
pub(crate) mod vfs;

use connection::Connection;
use lockstep_core::model::database::script::{Command, Engine, Line, Reply};
use lockstep_core::model::database::{Answer, ConnectionId, ResultCode};
use lockstep_core::scenario::Begin;
use lockstep_core::time::SimDuration;
use lockstep_core::trace::Lock;
use std::collections::BTreeMap;
use std::ffi::{CStr, CString};
use std::path::{Path, PathBuf};

pub(crate) const SELECT: &CStr = c"SELECT id FROM person LIMIT 3";
pub(crate) const INSERT: &CStr = c"INSERT INTO person(name) VALUES('sample')";

/// A temporary database file, deleted on drop, and the connections that scripts have opened.
pub(crate) struct File {
    folder: PathBuf,
    path: CString,
    wal: bool,
    connections: BTreeMap<ConnectionId, Connection>,
}

impl File {
    /// Creates a file with three rows, in WAL mode or with a rollback journal.
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

    /// Closes all connections of scripts.
    pub(crate) fn close_all(&mut self) {
        self.connections.clear();
    }

    /// Opens a connection that scripts do not use.
    pub(crate) fn open(&self) -> Connection {
        Connection::open(&self.path, self.wal)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.close_all();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn begin_sql(kind: Begin) -> &'static CStr {
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
            return Reply { answer: Answer::OK, in_transaction: false, lock: Lock::Unlocked };
        }
        let opened = self.connections.remove(&connection).unwrap_or_else(|| self.open());
        let session = self.connections.entry(connection).or_insert(opened);
        // A recorded sleep shows that SQLite called the busy handler. Setting the timeout resets
        // the handler.
        session.set_busy_timeout(SimDuration::from_millis(1));
        vfs::take_sleeps();
        let code = match command {
            Command::Begin(kind) => session.run(begin_sql(kind)),
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
        let answer = Answer { code, may_wait: !code.is_ok() && !vfs::take_sleeps().is_empty() };
        Reply { answer, in_transaction: session.in_transaction(), lock: session.lock() }
    }
}

/// Runs `lines` on both engines, and describes the first difference of their replies.
pub(crate) fn difference(model: &mut dyn Engine, real: &mut File, lines: &[Line]) -> Option<String> {
    for (index, line) in lines.iter().enumerate() {
        let (modelled, actual) = (model.execute(line.connection, line.command), real.execute(line.connection, line.command));
        if modelled != actual {
            let script: Vec<String> = lines[..=index].iter().map(ToString::to_string).collect();
            let waits = (actual.answer.may_wait, modelled.answer.may_wait);
            return Some(format!(
                "after\n{}\nSQLite replies {actual}, the model {modelled}; may wait: {waits:?}",
                script.join("\n")
            ));
        }
    }
    None
}
