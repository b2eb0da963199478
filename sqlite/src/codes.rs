//! The names of SQLite's result codes, which SQLite itself cannot tell.

use crate::ffi;
use std::ffi::c_int;

macro_rules! names {
    ($($code:ident)+) => { [$((ffi::$code, stringify!($code)),)+] };
}

/// The name of a code, such as `SQLITE_BUSY`, but `OK` for success. An extended code without a name
/// here has the name of its primary code.
pub(crate) fn name(code: c_int) -> String {
    let known = |code: c_int| NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| (*name).to_owned());
    match code {
        ffi::SQLITE_OK | ffi::SQLITE_ROW | ffi::SQLITE_DONE => "OK".to_owned(),
        code => known(code).or_else(|| known(code & 0xFF)).unwrap_or_else(|| format!("code {code}")),
    }
}

const NAMES: [(c_int, &str); 60] = names![
    SQLITE_ERROR SQLITE_INTERNAL SQLITE_PERM SQLITE_ABORT SQLITE_BUSY SQLITE_LOCKED SQLITE_NOMEM SQLITE_READONLY
    SQLITE_INTERRUPT SQLITE_IOERR SQLITE_CORRUPT SQLITE_NOTFOUND SQLITE_FULL SQLITE_CANTOPEN SQLITE_PROTOCOL
    SQLITE_EMPTY SQLITE_SCHEMA SQLITE_TOOBIG SQLITE_CONSTRAINT SQLITE_MISMATCH SQLITE_MISUSE SQLITE_NOLFS SQLITE_AUTH
    SQLITE_FORMAT SQLITE_RANGE SQLITE_NOTADB SQLITE_ABORT_ROLLBACK SQLITE_BUSY_RECOVERY SQLITE_BUSY_SNAPSHOT
    SQLITE_BUSY_TIMEOUT SQLITE_CANTOPEN_FULLPATH SQLITE_CANTOPEN_ISDIR SQLITE_CANTOPEN_SYMLINK SQLITE_CONSTRAINT_CHECK
    SQLITE_CONSTRAINT_COMMITHOOK SQLITE_CONSTRAINT_DATATYPE SQLITE_CONSTRAINT_FOREIGNKEY SQLITE_CONSTRAINT_NOTNULL
    SQLITE_CONSTRAINT_PRIMARYKEY SQLITE_CONSTRAINT_ROWID SQLITE_CONSTRAINT_TRIGGER SQLITE_CONSTRAINT_UNIQUE
    SQLITE_CORRUPT_INDEX SQLITE_CORRUPT_SEQUENCE SQLITE_ERROR_MISSING_COLLSEQ SQLITE_ERROR_RETRY SQLITE_ERROR_SNAPSHOT
    SQLITE_IOERR_DELETE SQLITE_IOERR_LOCK SQLITE_IOERR_NOMEM SQLITE_IOERR_READ SQLITE_IOERR_SHORT_READ
    SQLITE_IOERR_WRITE SQLITE_LOCKED_SHAREDCACHE SQLITE_LOCKED_VTAB SQLITE_READONLY_CANTLOCK SQLITE_READONLY_DBMOVED
    SQLITE_READONLY_RECOVERY SQLITE_READONLY_ROLLBACK SQLITE_IOERR_TRUNCATE
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_name_in_sqlites_documentation() {
        for (code, expected) in [(0, "OK"), (5, "SQLITE_BUSY"), (517, "SQLITE_BUSY_SNAPSHOT"), (1 | 77 << 8, "SQLITE_ERROR")] {
            assert_eq!(name(code), expected);
        }
    }
}
