//! The answer of SQLite to a statement.

/// A connection to the database file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// A result code of SQLite (fact 1.16, rescode.html).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResultCode {
    /// Success.
    Ok,
    /// Not possible in this state of the connection: there is no transaction to end, or one is
    /// already open.
    Error,
    /// Another connection holds a conflicting lock.
    Busy,
    /// WAL mode: the transaction reads from an outdated snapshot, so it may not write (fact 2.4).
    BusySnapshot,
}

impl ResultCode {
    /// The name in SQLite's documentation, but `OK` for success.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Error => "SQLITE_ERROR",
            Self::Busy => "SQLITE_BUSY",
            Self::BusySnapshot => "SQLITE_BUSY_SNAPSHOT",
        }
    }

    /// Whether it is [`ResultCode::Ok`].
    #[must_use]
    pub const fn is_ok(self) -> bool {
        matches!(self, Self::Ok)
    }

    /// Whether a lock was refused.
    #[must_use]
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Busy | Self::BusySnapshot)
    }
}

/// The answer to a statement, and whether SQLite invokes the busy handler before it refuses the
/// statement (fact 1.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The result code.
    pub code: ResultCode,
    /// Whether SQLite invokes the busy handler before it returns this code. False if waiting could
    /// not help, and for success.
    pub may_wait: bool,
}

impl Answer {
    /// Success.
    pub const OK: Self = Self { code: ResultCode::Ok, may_wait: false };

    /// An answer without the busy handler.
    #[must_use]
    pub const fn at_once(code: ResultCode) -> Self {
        Self { code, may_wait: false }
    }

    /// An answer for which SQLite invokes the busy handler first, unless it is a success.
    #[must_use]
    pub const fn after_waiting(code: ResultCode) -> Self {
        Self { code, may_wait: !code.is_ok() }
    }

    /// Whether the code is [`ResultCode::Ok`].
    #[must_use]
    pub const fn is_ok(self) -> bool {
        self.code.is_ok()
    }

    pub(super) fn and_then(self, next: impl FnOnce() -> Self) -> Self {
        if self.is_ok() { next() } else { self }
    }
}
