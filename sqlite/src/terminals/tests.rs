//! Scripts of the terminals and what SQLite answers.

use super::Session;
use lockstep_core::terminals::{Answer, CASES, MAX_ROWS, Step, View};

const INSERT: &str = "INSERT INTO person(name) VALUES('sample')";

/// Plays a script, in which `INSERT;` stands for the INSERT of the question.
#[track_caller]
fn play(script: &str) -> View {
    Session::default().play(&script.replace("INSERT;", INSERT)).expect("a script")
}

/// A step in the columns of `lockstep-cli script`.
fn shown(step: &Step) -> String {
    let waited = if step.waited_ms == 0 { String::new() } else { format!(" {} ms", step.waited_ms) };
    let transaction = if step.in_transaction { "tx" } else { "-" };
    let explanation = match &step.answer {
        Answer::Refused(refusal) => refusal.wait.map(|wait| format!(" {wait:?}")).unwrap_or_default(),
        _ => String::new(),
    };
    format!("{}: {} {transaction} {}{waited}{explanation}", step.terminal, step.answer.code(), step.lock.name())
}

/// Plays a script whose lines have the expected answer after `=>`.
#[track_caller]
fn check(text: &str) -> View {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let script: Vec<&str> = lines.iter().map(|line| line.split_once(" => ").map_or(*line, |(script, _)| script)).collect();
    let view = play(&script.join("\n"));
    let answers: Vec<String> = view.steps.iter().map(shown).collect();
    let expected: Vec<String> = lines
        .iter()
        .filter_map(|line| Some((line.chars().next()?, line.split_once(" => ")?.1)))
        .map(|(letter, answer)| format!("{letter}: {answer}"))
        .collect();
    assert_eq!(answers, expected);
    view
}

#[test]
fn a_waiting_insert_gets_in_when_the_other_connection_commits() {
    let view = check(
        "A: BEGIN IMMEDIATE => OK tx RESERVED
         B: PRAGMA busy_timeout=1000 => OK - UNLOCKED
         B: INSERT; => OK - UNLOCKED 103 ms
         .wait 100ms
         A: COMMIT => OK - UNLOCKED
         .run",
    );
    assert_eq!(view.now_ms, 103, "attempts after 0, 1, 3, 8, 18, 33, 53, 78 and 103 ms");
    assert_eq!(view.steps[1].table.as_ref().map(|table| table.rows.clone()), Some(vec![vec!["1000".to_owned()]]));
}

#[test]
fn a_waiting_statement_shows_its_attempts_and_gives_up_at_the_end_of_its_timeout() {
    let script = "A: BEGIN IMMEDIATE\nB: PRAGMA busy_timeout=5000\nB: INSERT;";
    let view = play(&format!("{script}\n.wait 60ms"));
    let Answer::Waiting(waiting) = &view.steps[2].answer else { panic!("{:?}", view.steps[2]) };
    assert_eq!(waiting.to_string(), "waiting, attempt 7 of 60, next in 18 ms");
    assert_eq!((view.steps[2].answer.code(), view.connections[1].waiting), ("WAITING", Some(*waiting)));
    let view = play(&format!("{script}\n.run"));
    assert_eq!(shown(&view.steps[2]), "B: SQLITE_BUSY - UNLOCKED 5000 ms GaveUp");
    assert_eq!(view.now_ms, 5000);
}

#[test]
fn a_line_for_a_waiting_connection_first_lets_its_statement_end() {
    check(
        "A: BEGIN IMMEDIATE => OK tx RESERVED
         B: PRAGMA busy_timeout=10 => OK - UNLOCKED
         B: INSERT; => SQLITE_BUSY - UNLOCKED 10 ms GaveUp
         B: PRAGMA busy_timeout => OK - UNLOCKED",
    );
}

#[test]
fn begin_exclusive_keeps_pending_while_it_waits_and_new_readers_are_refused() {
    check(
        "A: BEGIN => OK tx UNLOCKED
         A: SELECT * FROM person => OK tx SHARED
         B: PRAGMA busy_timeout=1000 => OK - UNLOCKED
         B: BEGIN EXCLUSIVE => WAITING - PENDING
         C: SELECT * FROM person => SQLITE_BUSY - UNLOCKED NoTimeout",
    );
}

#[test]
fn two_readers_that_both_write_cannot_both_wait() {
    check(
        "A: PRAGMA busy_timeout=1000 => OK - UNLOCKED
         B: PRAGMA busy_timeout=1000 => OK - UNLOCKED
         A: BEGIN => OK tx UNLOCKED
         B: BEGIN => OK tx UNLOCKED
         A: SELECT * FROM person => OK tx SHARED
         B: SELECT * FROM person => OK tx SHARED
         A: INSERT; => OK tx RESERVED
         B: INSERT; => SQLITE_BUSY tx SHARED WouldDeadlock
         A: COMMIT => OK - UNLOCKED 1 ms
         B: ROLLBACK => OK - UNLOCKED
         .run",
    );
}

#[test]
fn an_old_snapshot_cannot_write_in_wal_mode() {
    let view = check(
        "A: PRAGMA journal_mode=wal => OK - UNLOCKED
         A: BEGIN => OK tx UNLOCKED
         A: SELECT * FROM person => OK tx READ
         B: INSERT; => OK - UNLOCKED
         A: INSERT; => SQLITE_BUSY_SNAPSHOT tx READ OldSnapshot",
    );
    let Answer::Refused(refusal) = &view.steps[4].answer else { panic!("it is refused") };
    assert_eq!(refusal.to_string(), "SQLITE_BUSY_SNAPSHOT (517): database is locked");
    let wal = view.file.wal.expect("WAL mode");
    assert!(wal.frames > 0 && wal.snapshots.len() == 1 && wal.snapshots[0].mark < wal.frames, "{wal:?}");
}

#[test]
fn a_crash_inside_commit_leaves_a_hot_journal_that_the_next_reader_rolls_back() {
    let script = "A: BEGIN => OK tx UNLOCKED
         A: INSERT; => OK tx RESERVED
         A: .crash COMMIT => OK - UNLOCKED";
    let journal = check(script).file.journal.expect("a journal");
    assert!(journal.is_hot && journal.bytes > 4096, "{journal:?}");
    let view = check(&format!("{script}\nB: SELECT count(*) FROM person => OK - UNLOCKED"));
    assert_eq!(view.steps[3].table.as_ref().map(|table| table.rows[0][0].as_str()), Some("0"), "the row is rolled back");
    assert_eq!(view.file.journal, None);
}

#[test]
fn a_killed_writer_releases_its_locks_and_its_row_is_gone() {
    for (mode, lock) in [("delete", "RESERVED"), ("wal", "WRITE")] {
        let view = check(&format!(
            "A: PRAGMA journal_mode={mode} => OK - UNLOCKED
             A: BEGIN => OK tx UNLOCKED
             A: INSERT; => OK tx {lock}
             A: .kill => OK - UNLOCKED
             B: INSERT; => OK - UNLOCKED
             B: SELECT count(*) FROM person => OK - UNLOCKED
             B: PRAGMA integrity_check => OK - UNLOCKED"
        ));
        let value = |step: usize| view.steps[step].table.as_ref().map(|table| table.rows[0][0].clone());
        assert_eq!((value(5), value(6)), (Some("1".to_owned()), Some("ok".to_owned())), "{mode}");
    }
}

#[test]
fn a_crash_inside_commit_in_wal_mode_leaves_no_row() {
    let view = check(
        "A: PRAGMA journal_mode=wal => OK - UNLOCKED
         B: SELECT * FROM person => OK - UNLOCKED
         A: BEGIN => OK tx UNLOCKED
         A: INSERT; => OK tx WRITE
         A: .crash COMMIT => OK - UNLOCKED
         B: SELECT count(*) FROM person => OK - UNLOCKED
         B: PRAGMA integrity_check => OK - UNLOCKED",
    );
    assert_eq!(view.steps[5].table.as_ref().map(|table| table.rows[0][0].as_str()), Some("0"));
}

#[test]
fn several_statements_in_a_line_stop_at_the_first_error() {
    let view =
        play("A: BEGIN; INSERT;; SELECT count(*) FROM person; COMMIT; -- done\nA: SELECT 1; SELEC 2; SELECT 3\nA: -- nothing");
    let answers: Vec<String> = view.steps.iter().map(shown).collect();
    assert_eq!(answers, ["A: OK - UNLOCKED", "A: SQLITE_ERROR - UNLOCKED", "A: OK - UNLOCKED"]);
    assert_eq!(view.steps[0].table.as_ref().map(|table| table.rows[0][0].as_str()), Some("1"));
    let Answer::Refused(refusal) = &view.steps[1].answer else { panic!("it is refused") };
    assert_eq!(refusal.to_string(), "SQLITE_ERROR (1): near \"SELEC\": syntax error");
}

#[test]
fn a_large_result_is_cut_and_an_endless_statement_is_stopped() {
    let numbers = "WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM n)";
    let view = play(&format!("A: {numbers} SELECT x FROM n LIMIT 100000\nA: {numbers} SELECT count(*) FROM n\nA: SELECT 1"));
    let table = view.steps[0].table.as_ref().expect("rows");
    assert_eq!((table.rows.len(), table.is_cut, table.columns.clone()), (MAX_ROWS, true, vec!["x".to_owned()]));
    let Answer::Refused(refusal) = &view.steps[1].answer else { panic!("it is refused") };
    assert_eq!(refusal.to_string(), "SQLITE_INTERRUPT (9): stopped after 10 million steps of SQLite's virtual machine");
    assert_eq!(view.steps[2].answer, Answer::Ok);
}

#[test]
fn values_are_shown_as_text_and_long_ones_are_cut() {
    let view = play("A: SELECT NULL, 1.5, x'00ff', 'é', hex(zeroblob(1000)), zeroblob(1000)");
    let row = &view.steps[0].table.as_ref().expect("a row").rows[0];
    assert_eq!(row[..4], ["NULL", "1.5", "x'00FF'", "é"]);
    assert!(row[4].chars().count() == 201 && row[4].ends_with('…') && row[5].ends_with("…'"), "{row:?}");
    let view = play("A: SELECT zeroblob(100000000)");
    assert_eq!(view.steps[0].answer.code(), "SQLITE_TOOBIG");
}

#[test]
fn a_longer_script_continues_and_gives_the_same_view_as_a_new_session() {
    let lines = [
        "A: PRAGMA busy_timeout=300",
        "B: BEGIN IMMEDIATE",
        "B: INSERT;",
        "A: INSERT;",
        ".wait 20ms",
        "B: SELECT random(), datetime('now')",
        "B: COMMIT",
        ".run",
        "A: PRAGMA journal_mode=wal",
        "B: BEGIN",
        "B: SELECT * FROM person",
        "C: INSERT;",
        "B: .kill",
        "C: .close",
    ];
    let mut session = Session::default();
    for length in 1..=lines.len() {
        let script = lines[..length].join("\n").replace("INSERT;", INSERT);
        assert_eq!(session.play(&script), Session::default().play(&script), "{length} lines");
    }
    let shorter = lines[..3].join("\n").replace("INSERT;", INSERT);
    assert_eq!(session.play(&shorter), Session::default().play(&shorter), "back in the history");
}

#[test]
fn a_script_that_cannot_be_parsed_names_the_line_and_keeps_the_session() {
    let mut session = Session::default();
    session.play("A: BEGIN IMMEDIATE").expect("a script");
    let error = session.play("A: BEGIN IMMEDIATE\nA: .open").expect_err("an unknown command");
    assert!(error.to_string().starts_with("line 2: '.open' is not a command"), "{error}");
    assert_eq!(
        session.play("A: BEGIN IMMEDIATE\nB: INSERT INTO person(name) VALUES(1)").expect("a script").steps[1].answer.code(),
        "SQLITE_BUSY"
    );
}

#[test]
fn every_ready_made_case_gives_the_codes_that_it_names() {
    for case in CASES {
        let view = play(case.script);
        let codes: Vec<&str> = view.steps.iter().map(|step| step.answer.code()).collect();
        let answers: Vec<String> = view.steps.iter().map(shown).collect();
        assert_eq!(codes, case.codes, "{}: {answers:#?}", case.name);
    }
}
