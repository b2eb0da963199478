//! What `lockstep-cli script` reads, prints and refuses.

use crate::program::{is_refusal, play};

#[track_caller]
fn prints(script: &str, lines: &[&str]) {
    let output = play(script.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().collect::<Vec<_>>(), lines);
}

#[track_caller]
fn refuses(script: &[u8], parts: &[&str]) {
    is_refusal(&play(script), parts);
}

#[test]
fn each_statement_prints_its_code_the_transaction_and_the_lock() {
    prints(
        "1 BEGIN\n1 INSERT\n2 OPEN SELECT\n1 COMMIT\n3 SELECT\n2 END SELECT\n1 COMMIT\n2 COMMIT\n",
        &[
            "OK tx UNLOCKED",
            "OK tx RESERVED",
            "OK - SHARED",
            "SQLITE_BUSY tx PENDING",
            "SQLITE_BUSY - UNLOCKED",
            "OK - UNLOCKED",
            "OK - UNLOCKED",
            "SQLITE_ERROR - UNLOCKED",
        ],
    );
}

#[test]
fn the_first_line_may_name_the_journal_mode() {
    prints("journal=wal\n1 BEGIN IMMEDIATE\n2 OPEN SELECT\n2 INSERT", &["OK tx WRITE", "OK - READ", "SQLITE_BUSY - READ"]);
    prints("journal=delete\n1 BEGIN EXCLUSIVE\n1 CLOSE\n", &["OK tx EXCLUSIVE", "OK - UNLOCKED"]);
    prints("journal=truncate\n1 BEGIN IMMEDIATE", &["OK tx RESERVED"]);
}

#[test]
fn a_script_as_people_type_it_is_taken() {
    prints(
        "\u{feff}\r\n-- a reader beside a writer\r\nJOURNAL=WAL\r\n\r\n1 begin deferred;\r\n1 INSERT -- waits for nothing\r\n1 END;\r\n",
        &["OK tx UNLOCKED", "OK tx WRITE", "OK - UNLOCKED"],
    );
}

#[test]
fn an_empty_script_prints_nothing() {
    prints("", &[]);
    prints("\n  \n", &[]);
}

#[test]
fn a_line_that_cannot_be_read_is_named_by_its_number() {
    refuses(b"1 BEGIN\n1 DANCE\n", &["line 2", "DANCE", "ROLLBACK"]);
    refuses(b"1 BEGIN\n\nBEGIN\n", &["line 3", "connection"]);
    refuses(b"0 BEGIN\n", &["line 1", "'0'", "1 to"]);
    refuses(b"1\n", &["line 1"]);
    refuses(b"1 BEGIN\njournal=wal\n", &["line 2", "before the first statement"]);
    refuses(b"journal=floppy\n", &["line 1", "'floppy'", "truncate", "wal"]);
    refuses(b"1 BEGIN\n\xff\xfe\x00\n", &["line 2"]);
}
