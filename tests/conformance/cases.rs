//! One script for each fact about locks, run on both engines, and scripts for differences that
//! random scripts have found (`found_...`).

use lockstep_core::model::database::script::{Engine, Line, Script};
use lockstep_sqlite::SqliteEngine;

/// Runs a script on both engines. Each line has the expected reply after `=>`.
fn check(text: &str) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (statements, replies): (Vec<&str>, Vec<Option<&str>>) = lines
        .iter()
        .map(|line| line.split_once(" => ").map_or((*line, None), |(statement, reply)| (statement, Some(reply))))
        .unzip();
    let script = Script::parse(&statements.join("\n")).expect("a script");
    let replies: Vec<&str> = replies.into_iter().flatten().collect();
    assert_replies("the model", script.model().as_mut(), &script.lines, &replies);
    assert_replies("SQLite", &mut SqliteEngine::new(script.wal), &script.lines, &replies);
}

fn assert_replies(engine_name: &str, engine: &mut dyn Engine, lines: &[Line], expected: &[&str]) {
    assert_eq!(lines.len(), expected.len(), "every line needs an expected reply");
    for (index, (line, expected)) in lines.iter().zip(expected).enumerate() {
        let reply = engine.execute(line.connection, line.command);
        assert_eq!(reply.to_string(), *expected, "{engine_name}, statement {}: {line}", index + 1);
    }
}

/// Defines one test per script; its name ends with the number of the fact in `docs/facts.md`.
macro_rules! cases {
    ($($name:ident: $text:literal)+) => { $(
        #[test]
        fn $name() {
            check($text);
        }
    )+ };
}

cases! {
    readers_share_the_lock_fact_1_4: "
        1 OPEN SELECT => OK - SHARED
        2 OPEN SELECT => OK - SHARED"
    reserved_allows_readers_and_blocks_writers_fact_1_4: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        2 SELECT => OK - UNLOCKED
        2 INSERT => SQLITE_BUSY - UNLOCKED waits
        2 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED waits"
    a_commit_that_waits_for_a_reader_keeps_pending_and_blocks_new_readers_fact_1_4: "
        2 OPEN SELECT => OK - SHARED
        1 BEGIN => OK tx UNLOCKED
        1 INSERT => OK tx RESERVED
        1 COMMIT => SQLITE_BUSY tx PENDING waits
        3 SELECT => SQLITE_BUSY - UNLOCKED waits
        3 INSERT => SQLITE_BUSY - UNLOCKED waits
        2 END SELECT => OK - UNLOCKED
        1 COMMIT => OK - UNLOCKED
        3 SELECT => OK - UNLOCKED"
    exclusive_blocks_readers_and_writers_fact_1_4: "
        1 BEGIN EXCLUSIVE => OK tx EXCLUSIVE
        2 SELECT => SQLITE_BUSY - UNLOCKED waits
        2 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED waits
        1 ROLLBACK => OK - UNLOCKED
        2 SELECT => OK - UNLOCKED"
    begin_takes_no_lock_fact_1_7: "
        1 BEGIN => OK tx UNLOCKED
        2 BEGIN EXCLUSIVE => OK tx EXCLUSIVE"
    a_select_in_a_transaction_keeps_shared_until_its_end_fact_1_7: "
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx SHARED
        2 INSERT => SQLITE_BUSY - UNLOCKED waits
        1 COMMIT => OK - UNLOCKED
        2 INSERT => OK - UNLOCKED"
    an_open_cursor_keeps_shared_also_outside_a_transaction_fact_1_7: "
        1 OPEN SELECT => OK - SHARED
        2 INSERT => SQLITE_BUSY - UNLOCKED waits
        1 END SELECT => OK - UNLOCKED
        2 INSERT => OK - UNLOCKED"
    a_commit_without_changes_also_needs_exclusive_fact_1_7: "
        2 OPEN SELECT => OK - SHARED
        1 BEGIN IMMEDIATE => OK tx RESERVED
        1 COMMIT => SQLITE_BUSY tx PENDING waits"
    closing_a_connection_rolls_back_its_transaction_fact_1_7: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        1 INSERT => OK tx RESERVED
        1 CLOSE => OK - UNLOCKED
        2 INSERT => OK - UNLOCKED
        1 COMMIT => SQLITE_ERROR - UNLOCKED"
    a_refused_commit_leaves_the_transaction_open_fact_1_11: "
        2 OPEN SELECT => OK - SHARED
        1 BEGIN => OK tx UNLOCKED
        1 INSERT => OK tx RESERVED
        1 COMMIT => SQLITE_BUSY tx PENDING waits
        1 ROLLBACK => OK - UNLOCKED
        3 SELECT => OK - UNLOCKED"
    a_refused_insert_outside_a_transaction_is_rolled_back_fact_1_11: "
        2 OPEN SELECT => OK - SHARED
        1 INSERT => SQLITE_BUSY - UNLOCKED waits
        3 SELECT => OK - UNLOCKED"
    a_refused_insert_leaves_the_transaction_open_without_a_lock_fact_1_12: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        2 BEGIN => OK tx UNLOCKED
        2 INSERT => SQLITE_BUSY tx UNLOCKED waits
        1 COMMIT => OK - UNLOCKED
        2 INSERT => OK tx RESERVED"
    a_transaction_that_has_read_cannot_write_beside_a_writer_and_does_not_wait_fact_1_15: "
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx SHARED
        2 BEGIN => OK tx UNLOCKED
        2 SELECT => OK tx SHARED
        1 INSERT => OK tx RESERVED
        2 INSERT => SQLITE_BUSY tx SHARED at-once
        1 COMMIT => SQLITE_BUSY tx PENDING waits
        2 INSERT => SQLITE_BUSY tx SHARED at-once
        2 ROLLBACK => OK - UNLOCKED
        1 COMMIT => OK - UNLOCKED"
    wal_mode_also_allows_only_one_writer_fact_2_2: "
        journal=wal
        1 BEGIN IMMEDIATE => OK tx WRITE
        2 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED waits
        2 SELECT => OK - UNLOCKED
        2 INSERT => SQLITE_BUSY - UNLOCKED waits"
    a_reader_does_not_delay_a_commit_in_wal_mode_fact_2_3: "
        journal=wal
        2 OPEN SELECT => OK - READ
        1 BEGIN => OK tx UNLOCKED
        1 INSERT => OK tx WRITE
        1 COMMIT => OK - UNLOCKED
        2 END SELECT => OK - UNLOCKED"
    begin_exclusive_allows_readers_in_wal_mode_fact_2_3: "
        journal=wal
        1 BEGIN EXCLUSIVE => OK tx WRITE
        2 SELECT => OK - UNLOCKED"
    a_stale_snapshot_cannot_write_fact_2_4: "
        journal=wal
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx READ
        2 INSERT => OK - UNLOCKED
        1 INSERT => SQLITE_BUSY_SNAPSHOT tx READ at-once
        1 INSERT => SQLITE_BUSY_SNAPSHOT tx READ at-once
        1 ROLLBACK => OK - UNLOCKED
        1 INSERT => OK - UNLOCKED"
    a_stale_snapshot_gets_plain_busy_while_another_connection_writes_fact_2_4: "
        journal=wal
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx READ
        2 INSERT => OK - UNLOCKED
        3 BEGIN IMMEDIATE => OK tx WRITE
        1 INSERT => SQLITE_BUSY tx READ at-once"
    a_schema_read_after_a_refusal_is_lost_at_rollback_so_the_next_insert_does_not_wait_fact_14_8: "
        1 BEGIN EXCLUSIVE => OK tx EXCLUSIVE
        3 INSERT => SQLITE_BUSY - UNLOCKED waits
        1 ROLLBACK => OK - UNLOCKED
        3 BEGIN => OK tx UNLOCKED
        3 SELECT => OK tx SHARED
        3 ROLLBACK => OK - UNLOCKED
        1 BEGIN EXCLUSIVE => OK tx EXCLUSIVE
        3 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED waits
        3 INSERT => SQLITE_BUSY - UNLOCKED at-once"
    a_schema_read_after_a_refusal_is_kept_at_commit_fact_14_8: "
        1 BEGIN EXCLUSIVE => OK tx EXCLUSIVE
        3 INSERT => SQLITE_BUSY - UNLOCKED waits
        1 ROLLBACK => OK - UNLOCKED
        3 BEGIN => OK tx UNLOCKED
        3 SELECT => OK tx SHARED
        3 COMMIT => OK - UNLOCKED
        1 BEGIN EXCLUSIVE => OK tx EXCLUSIVE
        3 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED waits
        3 INSERT => SQLITE_BUSY - UNLOCKED waits"
    found_begin_exclusive_fails_in_a_writing_transaction_without_a_new_lock: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        1 BEGIN EXCLUSIVE => SQLITE_ERROR tx RESERVED"
    found_a_refused_begin_exclusive_keeps_pending_while_its_cursor_is_open: "
        1 OPEN SELECT => OK - SHARED
        2 OPEN SELECT => OK - SHARED
        1 BEGIN EXCLUSIVE => SQLITE_BUSY - PENDING waits
        3 SELECT => SQLITE_BUSY - UNLOCKED waits
        1 END SELECT => OK - UNLOCKED
        3 SELECT => OK - UNLOCKED"
    found_begin_exclusive_waits_again_when_it_already_holds_pending: "
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx SHARED
        2 OPEN SELECT => OK - SHARED
        1 BEGIN EXCLUSIVE => SQLITE_BUSY tx PENDING waits
        1 BEGIN EXCLUSIVE => SQLITE_BUSY tx PENDING waits"
    found_begin_immediate_takes_reserved_before_it_fails_in_an_open_transaction: "
        1 BEGIN => OK tx UNLOCKED
        1 BEGIN IMMEDIATE => SQLITE_ERROR tx RESERVED
        2 INSERT => SQLITE_BUSY - UNLOCKED waits"
}
