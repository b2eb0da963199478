//! What SQLite says to a statement.

/// A connection to the database file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// What SQLite says to a statement (fact 1.16, rescode.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultCode {
    /// Done.
    Ok,
    /// Not possible in this state of the connection: no transaction to end, or one open already.
    Error,
    /// Another connection holds a lock that stands against it.
    Busy,
    /// WAL mode: the transaction has read a state of the file that is no longer the newest, and may not write (fact 2.4).
    BusySnapshot,
}

impl ResultCode {
    /// As SQLite's documentation writes it, but `OK` for success.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Error => "SQLITE_ERROR",
            Self::Busy => "SQLITE_BUSY",
            Self::BusySnapshot => "SQLITE_BUSY_SNAPSHOT",
        }
    }

    /// True for [`ResultCode::Ok`].
    #[must_use]
    pub const fn is_ok(self) -> bool {
        matches!(self, Self::Ok)
    }
}

/// What a statement is told, and whether its busy handler is asked to wait when it is refused (fact 1.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What SQLite says.
    pub code: ResultCode,
    /// Whether SQLite asks the busy handler before it says so. False where waiting could not help, and for success.
    pub may_wait: bool,
}

impl Answer {
    /// Done.
    pub const OK: Self = Self { code: ResultCode::Ok, may_wait: false };

    /// An answer that no busy handler was asked about.
    #[must_use]
    pub const fn at_once(code: ResultCode) -> Self {
        Self { code, may_wait: false }
    }

    /// An answer that, if it is a refusal, came after the busy handler.
    #[must_use]
    pub const fn after_waiting(code: ResultCode) -> Self {
        Self { code, may_wait: !code.is_ok() }
    }

    /// True if it is done.
    #[must_use]
    pub const fn is_ok(self) -> bool {
        self.code.is_ok()
    }

    pub(super) fn and_then(self, next: impl FnOnce() -> Self) -> Self {
        if self.is_ok() { next() } else { self }
    }
}
