//! A run in the browser is the same as the native run.

use crate::page::Page;
use lockstep_core::model;
use lockstep_core::scenario::query;

/// The default, each machine, each kind of journal, each form of the program, and edge cases.
const QUERIES: [&str; 18] = [
    "",
    "sleep=2",
    "tasks=1",
    "tasks=100&timeout=0",
    "tasks=200&timeout=2.5&seed=7",
    "machine=linux-vm",
    "machine=mac-laptop&seed=4294967295",
    "tasks=100&journal=wal&synchronous=normal",
    "tasks=100&journal=memory&synchronous=off",
    "tasks=100&timeout=1&keep_going=1",
    "tasks=300&timeout=0.5&sleep=0.25&machine=linux-vm&journal=truncate",
    "tasks=3000&timeout=1",
    "tasks=100&strategy=semaphore&limit=3&machine=linux-vm",
    "tasks=300&strategy=shared-connection&sleep=0.01",
    "tasks=300&strategy=single-transaction&machine=linux-vm",
    "tasks=100&begin=exclusive&timeout=1&machine=linux-vm",
    "tasks=100&read_first=1&journal=wal&keep_going=1",
    "tasks=100&retries=20&timeout=0.5&machine=linux-vm",
];

#[test]
fn a_run_in_the_browser_has_the_digest_of_the_native_run() {
    let page = Page::open("");
    for text in QUERIES {
        page.visit(&format!("predict=0&{text}"));
        let trace = model::run(&query::read(text).scenario).expect("a run within the limits");
        assert_eq!(page.result().digest, format!("{:016x}", trace.digest()), "{text}");
    }
}

#[test]
fn the_default_run_inserts_about_165_rows_and_ends_with_database_is_locked() {
    let page = Page::open("");
    page.play_to_end();
    let result = page.result();
    assert!((157..=173).contains(&result.inserted), "{result:?}");
    assert!(result.errors > 0 && result.first_error_s.is_some(), "{result:?}");
    assert!(page.text("result").contains(&result.inserted.to_string()), "{}", page.text("result"));
    assert!(page.text("console").contains("database is locked"), "{}", page.text("console"));
}

#[test]
fn with_two_seconds_of_sleep_one_or_two_rows_are_inserted() {
    let page = Page::open("sleep=2");
    assert!((1..=2).contains(&page.result().inserted), "{:?}", page.result());
}

#[test]
fn setting_the_sleep_to_two_seconds_shows_one_or_two_rows_and_the_new_program() {
    let page = Page::open("");
    page.type_into("Sleep before commit", "2");
    page.wait_until("the run with sleep", |page| page.query().contains("sleep=2") && page.is_finished());
    assert!((1..=2).contains(&page.result().inserted), "{:?}", page.result());
    assert!(page.text("program").contains("asyncio.sleep(2"), "{}", page.text("program"));
}

#[test]
fn a_link_restores_the_run_and_the_controls() {
    let page = Page::open("tasks=120&timeout=1.5&sleep=0.05&machine=linux-vm&seed=42");
    page.type_into("Tasks", "80");
    page.wait_until("the run of 80 tasks", |page| page.query().contains("tasks=80") && page.is_finished());
    let (query, result) = (page.query(), page.result());
    page.visit("predict=0");
    assert_ne!(page.result(), result);
    page.visit(&format!("predict=0&{query}"));
    assert_eq!(page.result(), result);
    for (field, value) in [("Tasks", "80"), ("Busy timeout", "1.5"), ("Sleep before commit", "0.05"), ("Seed", "42")] {
        assert_eq!(page.value_of("spinbutton", field), value, "{field}");
    }
    assert_eq!(page.value_of("combobox", "Machine"), "linux-vm");
}

#[test]
fn defaults_are_left_out_of_the_link() {
    let page = Page::open("tasks=20");
    page.type_into("Tasks", "1000");
    page.wait_until("a link without tasks", |page| !page.query().contains("tasks") && page.is_finished());
    assert_eq!(page.value_of("spinbutton", "Tasks"), "1000");
}

#[test]
fn more_lets_the_user_choose_each_form_of_the_program_and_shows_only_fields_with_an_effect() {
    let page = Page::open("machine=linux-vm&tasks=200");
    page.open_details("More");
    assert!(!page.has("spinbutton", "Limit") && !page.has("spinbutton", "Retry pause"));
    page.select_option("Strategy", "semaphore");
    page.type_into("Limit", "1");
    page.wait_until("the run behind a semaphore", |page| page.query().contains("limit=1") && page.is_finished());
    assert_eq!((page.result().inserted, page.result().errors), (200, 0));
    assert!(page.text("program").contains("async with semaphore:"));
    page.type_into("Retries", "3");
    assert!(page.has("spinbutton", "Retry pause"));
    page.select_option("Begin", "immediate");
    page.wait_until("the program with BEGIN IMMEDIATE", |page| page.text("program").contains("isolation_level='IMMEDIATE'"));
    page.select_option("Strategy", "shared-connection");
    page.wait_until("the run on one connection", |page| page.query().contains("shared-connection") && page.is_finished());
    assert_eq!(page.result().inserted, 200);
    assert!(!page.has("spinbutton", "Limit") && !page.has("spinbutton", "Retries") && page.has("combobox", "Begin"));
}

#[test]
fn a_link_that_reads_first_on_a_shared_connection_gives_a_note_that_names_both_fields() {
    let page = Page::open("read_first=1&strategy=shared-connection&tasks=50");
    let note = page.text("notes");
    assert!(note.contains("read_first") && note.contains("strategy=shared-connection"), "{note}");
    assert_eq!(page.result().inserted, 50);
}
