//! What `examples/lock_script.rs` reads, prints and refuses.

use crate::program::example;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn play(script: &[u8]) -> Output {
    let mut program = Command::new(example("lock_script"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program to start");
    program.stdin.take().expect("a pipe").write_all(script).expect("it reads to the end");
    program.wait_with_output().expect("it ends")
}

#[track_caller]
fn prints(script: &str, lines: &[&str]) {
    let output = play(script.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().collect::<Vec<_>>(), lines);
}

#[track_caller]
fn refuses(script: &[u8], parts: &[&str]) {
    let output = play(script);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
    for part in parts {
        assert!(said.contains(part), "{part:?} in {said}");
    }
}

#[test]
fn a_line_a_statement_tells_code_transaction_and_lock() {
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
    refuses(b"1 BEGIN\njournal=wal\n", &["line 2"]);
    refuses(b"journal=floppy\n", &["line 1"]);
    refuses(b"1 BEGIN\n\xff\xfe\x00\n", &["line 2"]);
}
