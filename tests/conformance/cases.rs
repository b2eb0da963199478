//! The facts about locks, one script each, played on both engines; and what random scripts once found.

use crate::sqlite::File;
use lockstep_core::model::database::script::{Engine, Line, Script};

/// A script whose lines say after `=>` what is answered. Both engines must answer that.
fn check(name: &str, text: &str) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (statements, answers): (Vec<&str>, Vec<Option<&str>>) = lines
        .iter()
        .map(|line| line.split_once(" => ").map_or((*line, None), |(statement, answer)| (statement, Some(answer))))
        .unzip();
    let script = Script::parse(&statements.join("\n")).expect("a script");
    let answers: Vec<&str> = answers.into_iter().flatten().collect();
    play("the model", script.model().as_mut(), &script.lines, &answers);
    play("SQLite", &mut File::new(name, script.wal), &script.lines, &answers);
}

fn play(who: &str, engine: &mut dyn Engine, lines: &[Line], answers: &[&str]) {
    assert_eq!(lines.len(), answers.len(), "every line says what is answered");
    for (number, (line, answer)) in lines.iter().zip(answers).enumerate() {
        let reply = engine.execute(line.connection, line.command);
        let waits = if reply.answer.may_wait { " after waiting" } else { "" };
        assert_eq!(format!("{reply}{waits}"), *answer, "{who}, statement {}: {line}", number + 1);
    }
}

/// One test a script, named by the fact that it shows.
macro_rules! cases {
    ($($name:ident: $text:literal)+) => { $(
        #[test]
        fn $name() {
            check(stringify!($name), $text);
        }
    )+ };
}

cases! {
    readers_share_fact_1_4: "
        1 OPEN SELECT => OK - SHARED
        2 OPEN SELECT => OK - SHARED"
    reserved_lets_readers_in_and_writers_not_fact_1_4: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        2 SELECT => OK - UNLOCKED
        2 INSERT => SQLITE_BUSY - UNLOCKED after waiting
        2 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED after waiting"
    a_committer_keeps_pending_beside_a_reader_and_nobody_new_may_read_fact_1_4: "
        2 OPEN SELECT => OK - SHARED
        1 BEGIN => OK tx UNLOCKED
        1 INSERT => OK tx RESERVED
        1 COMMIT => SQLITE_BUSY tx PENDING after waiting
        3 SELECT => SQLITE_BUSY - UNLOCKED after waiting
        3 INSERT => SQLITE_BUSY - UNLOCKED after waiting
        2 END SELECT => OK - UNLOCKED
        1 COMMIT => OK - UNLOCKED
        3 SELECT => OK - UNLOCKED"
    exclusive_keeps_everybody_out_fact_1_4: "
        1 BEGIN EXCLUSIVE => OK tx EXCLUSIVE
        2 SELECT => SQLITE_BUSY - UNLOCKED after waiting
        2 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED after waiting
        1 ROLLBACK => OK - UNLOCKED
        2 SELECT => OK - UNLOCKED"
    begin_takes_nothing_fact_1_7: "
        1 BEGIN => OK tx UNLOCKED
        2 BEGIN EXCLUSIVE => OK tx EXCLUSIVE"
    a_select_in_a_transaction_keeps_shared_to_its_end_fact_1_7: "
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx SHARED
        2 INSERT => SQLITE_BUSY - UNLOCKED after waiting
        1 COMMIT => OK - UNLOCKED
        2 INSERT => OK - UNLOCKED"
    a_cursor_left_open_keeps_shared_outside_of_a_transaction_too_fact_1_7: "
        1 OPEN SELECT => OK - SHARED
        2 INSERT => SQLITE_BUSY - UNLOCKED after waiting
        1 END SELECT => OK - UNLOCKED
        2 INSERT => OK - UNLOCKED"
    a_commit_that_changed_nothing_asks_for_exclusive_all_the_same_fact_1_7: "
        2 OPEN SELECT => OK - SHARED
        1 BEGIN IMMEDIATE => OK tx RESERVED
        1 COMMIT => SQLITE_BUSY tx PENDING after waiting"
    closing_rolls_back_fact_1_7: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        1 INSERT => OK tx RESERVED
        1 CLOSE => OK - UNLOCKED
        2 INSERT => OK - UNLOCKED
        1 COMMIT => SQLITE_ERROR - UNLOCKED"
    a_refused_commit_leaves_the_transaction_open_fact_1_11: "
        2 OPEN SELECT => OK - SHARED
        1 BEGIN => OK tx UNLOCKED
        1 INSERT => OK tx RESERVED
        1 COMMIT => SQLITE_BUSY tx PENDING after waiting
        1 ROLLBACK => OK - UNLOCKED
        3 SELECT => OK - UNLOCKED"
    a_refused_insert_of_its_own_is_rolled_back_fact_1_11: "
        2 OPEN SELECT => OK - SHARED
        1 INSERT => SQLITE_BUSY - UNLOCKED after waiting
        3 SELECT => OK - UNLOCKED"
    a_refused_insert_leaves_begin_open_with_no_lock_fact_1_12: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        2 BEGIN => OK tx UNLOCKED
        2 INSERT => SQLITE_BUSY tx UNLOCKED after waiting
        1 COMMIT => OK - UNLOCKED
        2 INSERT => OK tx RESERVED"
    who_has_read_may_not_write_beside_a_writer_fact_1_15: "
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx SHARED
        2 BEGIN => OK tx UNLOCKED
        2 SELECT => OK tx SHARED
        1 INSERT => OK tx RESERVED
        2 INSERT => SQLITE_BUSY tx SHARED
        1 COMMIT => SQLITE_BUSY tx PENDING after waiting
        2 INSERT => SQLITE_BUSY tx SHARED
        2 ROLLBACK => OK - UNLOCKED
        1 COMMIT => OK - UNLOCKED"
    one_writer_at_a_time_in_wal_mode_too_fact_2_2: "
        journal=wal
        1 BEGIN IMMEDIATE => OK tx WRITE
        2 BEGIN IMMEDIATE => SQLITE_BUSY - UNLOCKED after waiting
        2 SELECT => OK - UNLOCKED
        2 INSERT => SQLITE_BUSY - UNLOCKED after waiting"
    a_reader_does_not_delay_a_commit_in_wal_mode_fact_2_3: "
        journal=wal
        2 OPEN SELECT => OK - READ
        1 BEGIN => OK tx UNLOCKED
        1 INSERT => OK tx WRITE
        1 COMMIT => OK - UNLOCKED
        2 END SELECT => OK - UNLOCKED"
    begin_exclusive_lets_readers_in_in_wal_mode_fact_2_3: "
        journal=wal
        1 BEGIN EXCLUSIVE => OK tx WRITE
        2 SELECT => OK - UNLOCKED"
    a_stale_snapshot_may_not_write_fact_2_4: "
        journal=wal
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx READ
        2 INSERT => OK - UNLOCKED
        1 INSERT => SQLITE_BUSY_SNAPSHOT tx READ
        1 INSERT => SQLITE_BUSY_SNAPSHOT tx READ
        1 ROLLBACK => OK - UNLOCKED
        1 INSERT => OK - UNLOCKED"
    while_another_writes_a_stale_snapshot_is_only_busy_fact_2_4: "
        journal=wal
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx READ
        2 INSERT => OK - UNLOCKED
        3 BEGIN IMMEDIATE => OK tx WRITE
        1 INSERT => SQLITE_BUSY tx READ"
    found_begin_exclusive_asks_a_writing_transaction_for_nothing_more: "
        1 BEGIN IMMEDIATE => OK tx RESERVED
        1 BEGIN EXCLUSIVE => SQLITE_ERROR tx RESERVED"
    found_a_refused_begin_exclusive_leaves_pending_with_an_open_cursor: "
        1 OPEN SELECT => OK - SHARED
        2 OPEN SELECT => OK - SHARED
        1 BEGIN EXCLUSIVE => SQLITE_BUSY - PENDING after waiting
        3 SELECT => SQLITE_BUSY - UNLOCKED after waiting
        1 END SELECT => OK - UNLOCKED
        3 SELECT => OK - UNLOCKED"
    found_pending_without_a_granted_write_asks_again: "
        1 BEGIN => OK tx UNLOCKED
        1 SELECT => OK tx SHARED
        2 OPEN SELECT => OK - SHARED
        1 BEGIN EXCLUSIVE => SQLITE_BUSY tx PENDING after waiting
        1 BEGIN EXCLUSIVE => SQLITE_BUSY tx PENDING after waiting"
    found_begin_immediate_takes_its_lock_before_it_sees_the_open_transaction: "
        1 BEGIN => OK tx UNLOCKED
        1 BEGIN IMMEDIATE => SQLITE_ERROR tx RESERVED
        2 INSERT => SQLITE_BUSY - UNLOCKED after waiting"
}
