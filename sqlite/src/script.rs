//! The real SQLite behind the model's trait [`Engine`]: it executes scripts.

use crate::connection::{Code, Connection, Statement};
use crate::database::result_code;
use crate::setup::{INSERT, PATH, SELECT, begin_sql, create};
use crate::vfs::Vfs;
use lockstep_core::model::database::script::{Command, Engine, Reply};
use lockstep_core::model::database::{Answer, ConnectionId, ResultCode};
use lockstep_core::trace::Lock;
use std::collections::BTreeMap;
#[cfg(not(target_arch = "wasm32"))]
use std::ffi::CString;
use std::rc::Rc;

/// Rows in the file before a script: more than one, so that a SELECT can stay open.
const ROWS: usize = 3;

/// SQLite with a database file of three rows.
pub struct SqliteEngine {
    sessions: BTreeMap<ConnectionId, Session>,
    place: Place,
}

/// Where the file is.
enum Place {
    /// On a disk in memory.
    Memory(Rc<Vfs>),
    /// On the computer's disk, through SQLite's own VFS.
    #[cfg(not(target_arch = "wasm32"))]
    Real {
        /// Its path.
        path: CString,
        /// Whether it is in WAL mode.
        wal: bool,
    },
}

struct Session {
    /// The SELECT that is left open.
    open: Option<Statement>,
    connection: Connection,
}

impl SqliteEngine {
    /// SQLite with a file in memory, in WAL mode or with a rollback journal.
    #[must_use]
    pub fn new(wal: bool) -> Self {
        let vfs = Rc::new(Vfs::new());
        create(&vfs, wal, ROWS);
        Self { sessions: BTreeMap::new(), place: Place::Memory(vfs) }
    }

    /// SQLite with a file on the computer's disk, through SQLite's own VFS. The file must not exist
    /// yet; the caller deletes it and the files next to it.
    ///
    /// # Errors
    /// If the file cannot be created; the text is the name of SQLite's code.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn on_a_real_file(path: CString, wal: bool) -> Result<Self, String> {
        let connection = Connection::open(None, &path).map_err(Code::name)?;
        let code = crate::setup::fill(&connection, wal, ROWS);
        if code.is_ok() { Ok(Self { sessions: BTreeMap::new(), place: Place::Real { path, wal } }) } else { Err(code.name()) }
    }

    /// Closes all connections.
    pub fn close_all(&mut self) {
        self.sessions.clear();
    }

    fn open(&self) -> Result<Session, Code> {
        let connection = match &self.place {
            Place::Memory(vfs) => Connection::open(Some(vfs), PATH),
            #[cfg(not(target_arch = "wasm32"))]
            Place::Real { path, .. } => Connection::open(None, path),
        };
        connection.map(|connection| Session { open: None, connection })
    }
}

impl Session {
    fn execute(&mut self, command: Command) -> Code {
        match command {
            Command::Begin(kind) => self.connection.run(begin_sql(kind)),
            Command::Select => self.connection.run(SELECT),
            Command::OpenSelect => {
                self.open = None;
                self.open_select()
            }
            Command::EndSelect | Command::Close => {
                self.open = None;
                Code::OK
            }
            Command::Insert => self.connection.run(INSERT),
            Command::Commit => self.connection.run("COMMIT"),
            Command::Rollback => self.connection.run("ROLLBACK"),
        }
    }

    fn open_select(&mut self) -> Code {
        let statement = match self.connection.prepare("SELECT id FROM person") {
            Ok((Some(statement), _)) => statement,
            Ok((None, _)) => return Code::OK,
            Err(code) => return code,
        };
        match self.connection.next_row(&statement) {
            Ok(true) => self.open = Some(statement),
            Ok(false) => {}
            Err(code) => return code,
        }
        Code::OK
    }
}

impl Engine for SqliteEngine {
    fn execute(&mut self, connection: ConnectionId, command: Command) -> Reply {
        let closed = |answer| Reply { answer, in_transaction: false, lock: Lock::Unlocked };
        if command == Command::Close {
            self.sessions.remove(&connection);
            return closed(Answer::OK);
        }
        if !self.sessions.contains_key(&connection) {
            match self.open() {
                Ok(session) => drop(self.sessions.insert(connection, session)),
                Err(_) => return closed(Answer::at_once(ResultCode::Error)),
            }
        }
        let Some(session) = self.sessions.get_mut(&connection) else { return closed(Answer::at_once(ResultCode::Error)) };
        session.connection.take_asked();
        let code = session.execute(command);
        // A refused statement does not wait here.
        session.connection.process().release_kept_locks();
        let answer = Answer { code: result_code(code), may_wait: !code.is_ok() && session.connection.take_asked() };
        let lock = match &self.place {
            Place::Memory(_) => session.connection.lock(),
            #[cfg(not(target_arch = "wasm32"))]
            Place::Real { wal, .. } => session.connection.reported_lock(*wal),
        };
        Reply { answer, in_transaction: session.connection.in_transaction(), lock }
    }
}
