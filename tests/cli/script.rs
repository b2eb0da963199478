//! What `lockstep-cli script` accepts, prints and refuses.

use crate::program::{assert_refusal, run_script};

#[track_caller]
fn assert_prints(script: &str, lines: &[&str]) {
    let output = run_script(script.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().collect::<Vec<_>>(), lines);
}

#[track_caller]
fn assert_script_refused(script: &[u8], parts: &[&str]) {
    assert_refusal(&run_script(script), parts);
}

#[test]
fn each_statement_prints_its_result_code_transaction_and_lock() {
    assert_prints(
        "1 BEGIN\n1 INSERT\n2 OPEN SELECT\n1 COMMIT\n3 SELECT\n2 END SELECT\n1 COMMIT\n2 COMMIT\n",
        &[
            "OK tx UNLOCKED",
            "OK tx RESERVED",
            "OK - SHARED",
            "SQLITE_BUSY tx PENDING waits",
            "SQLITE_BUSY - UNLOCKED waits",
            "OK - UNLOCKED",
            "OK - UNLOCKED",
            "SQLITE_ERROR - UNLOCKED",
        ],
    );
}

#[test]
fn the_first_line_may_name_the_journal_mode() {
    assert_prints(
        "journal=wal\n1 BEGIN IMMEDIATE\n2 OPEN SELECT\n2 INSERT",
        &["OK tx WRITE", "OK - READ", "SQLITE_BUSY - READ at-once"],
    );
    assert_prints("journal=delete\n1 BEGIN EXCLUSIVE\n1 CLOSE\n", &["OK tx EXCLUSIVE", "OK - UNLOCKED"]);
    assert_prints("journal=truncate\n1 BEGIN IMMEDIATE", &["OK tx RESERVED"]);
}

#[test]
fn comments_blank_lines_semicolons_lower_case_crlf_and_a_byte_order_mark_are_accepted() {
    assert_prints(
        "\u{feff}\r\n-- a reader beside a writer\r\nJOURNAL=WAL\r\n\r\n1 begin deferred;\r\n1 INSERT -- waits for nothing\r\n1 END;\r\n",
        &["OK tx UNLOCKED", "OK tx WRITE", "OK - UNLOCKED"],
    );
}

#[test]
fn an_empty_script_prints_nothing() {
    assert_prints("", &[]);
    assert_prints("\n  \n", &[]);
}

#[test]
fn an_invalid_line_is_refused_with_its_number() {
    assert_script_refused(b"1 BEGIN\n1 DANCE\n", &["line 2", "DANCE", "ROLLBACK"]);
    assert_script_refused(b"1 BEGIN\n\nBEGIN\n", &["line 3", "connection"]);
    assert_script_refused(b"0 BEGIN\n", &["line 1", "'0'", "1 to"]);
    assert_script_refused(b"1\n", &["line 1"]);
    assert_script_refused(b"1 BEGIN\njournal=wal\n", &["line 2", "before the first statement"]);
    assert_script_refused(b"journal=floppy\n", &["line 1", "'floppy'", "truncate", "wal"]);
    assert_script_refused(b"1 BEGIN\n\xff\xfe\x00\n", &["line 2"]);
}
