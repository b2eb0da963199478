//! What `lockstep-cli simulate` accepts, prints and refuses.

use crate::program::{PROFILE, assert_refused, json_lines_of, stdout_of};
use serde_json::Value;

type Check = fn(&Value) -> bool;

/// Every field of the output, and a check of its type.
const FIELDS: [(&str, Check); 31] = [
    ("tasks", Value::is_u64),
    ("timeout", Value::is_number),
    ("sleep", Value::is_number),
    ("strategy", Value::is_string),
    ("limit", Value::is_u64),
    ("begin", Value::is_string),
    ("read_first", is_flag),
    ("journal", Value::is_string),
    ("synchronous", Value::is_string),
    ("keep_going", is_flag),
    ("retries", Value::is_u64),
    ("retry_pause", Value::is_number),
    ("machine", Value::is_string),
    ("seed", Value::is_u64),
    ("inserted", Value::is_u64),
    ("committed_at", is_list_of_times),
    ("rows_in_file", Value::is_u64),
    ("errors", Value::is_u64),
    ("retried", Value::is_u64),
    ("first_error_at", is_time_or_null),
    ("inserted_before_first_error", Value::is_u64),
    ("elapsed", Value::is_number),
    ("trace_end", Value::is_number),
    ("first_connected_at", is_time_or_null),
    ("last_connected_at", is_time_or_null),
    ("first_executed_at", is_time_or_null),
    ("commit_order", is_list_of_tasks),
    ("would_hang", Value::is_boolean),
    ("events", Value::is_u64),
    ("polls", Value::is_u64),
    ("digest", is_digest),
];

fn is_flag(value: &Value) -> bool {
    value.is_boolean() || value == 0 || value == 1
}

fn is_time_or_null(value: &Value) -> bool {
    value.is_number() || value.is_null()
}

fn is_list_of_times(value: &Value) -> bool {
    value.as_array().is_some_and(|times| times.iter().all(Value::is_number))
}

fn is_list_of_tasks(value: &Value) -> bool {
    value.as_array().is_some_and(|tasks| tasks.len() <= 20 && tasks.iter().all(|task| task.as_u64() >= Some(1)))
}

fn is_digest(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[track_caller]
fn simulate(arguments: &[&str]) -> Vec<Value> {
    json_lines_of(&[&["simulate"], arguments].concat())
}

#[track_caller]
fn assert_simulate_refused(arguments: &[&str], expected: &[&str]) {
    assert_refused(&[&["simulate"], arguments].concat(), expected);
}

#[test]
fn the_output_has_every_field_with_its_type() {
    for query in [
        "tasks=30",
        "tasks=100&timeout=0.5",
        "tasks=3&keep_going=1&timeout=0",
        "tasks=30&strategy=semaphore&limit=2&begin=exclusive&journal=wal",
        "tasks=30&strategy=shared-connection",
        "tasks=30&strategy=single-transaction&sleep=0.1",
        "tasks=30&read_first=1&retries=2&timeout=0.1",
    ] {
        let output = &simulate(&[query])[0];
        for (field, is_right) in FIELDS {
            assert!(output.get(field).is_some_and(is_right), "{field} of {query}: {:?}", output.get(field));
        }
    }
}

#[test]
fn the_output_repeats_the_scenario_as_used() {
    let output = &simulate(&["tasks=30&timeout=1.2345&sleep=5e-2&journal=wal&synchronous=normal&machine=linux-vm&seed=7"])[0];
    assert_eq!(output["tasks"], 30);
    assert_eq!(output["timeout"], 1.234, "truncated to whole milliseconds, as in Python");
    assert_eq!(output["sleep"], 0.05);
    assert_eq!(output["journal"], "wal");
    assert_eq!(output["synchronous"], "normal");
    assert_eq!(output["machine"], "linux-vm");
    assert_eq!(output["seed"], 7);
    assert_eq!(output["strategy"], "connection-per-task");
}

#[test]
fn committed_at_has_one_time_per_row_in_order() {
    let output = &simulate(&["tasks=60&timeout=1"])[0];
    let times: Vec<f64> = output["committed_at"].as_array().expect("a list").iter().filter_map(Value::as_f64).collect();
    assert_eq!(Some(times.len() as u64), output["inserted"].as_u64());
    assert!(times.is_sorted(), "{times:?}");
    assert!(output["commit_order"].as_array().is_some_and(|tasks| tasks.len() == times.len().min(20)));
}

#[test]
fn times_of_events_that_did_not_happen_are_null() {
    let output = &simulate(&["tasks=1"])[0];
    assert!(output["first_error_at"].is_null());
    assert!(output["first_executed_at"].is_number());
}

#[test]
fn seeds_prints_a_line_per_seed_beginning_with_the_seed_of_the_scenario() {
    let seeds = |arguments: &[&str]| simulate(arguments).iter().map(|output| output["seed"].as_u64()).collect::<Vec<_>>();
    assert_eq!(seeds(&["--seeds", "3", "tasks=5&seed=40"]), [Some(40), Some(41), Some(42)]);
    assert_eq!(seeds(&["tasks=5", "--seeds", "2"]), [Some(1), Some(2)], "options may follow the scenario");
    assert_eq!(seeds(&["--seeds", "3", "tasks=5", "--seeds", "1"]), [Some(1)], "the last one counts");
    assert_eq!(seeds(&["--seeds", "2", "tasks=5&seed=4294967295"]), [Some(u32::MAX.into()), Some(0)]);
}

#[test]
fn the_same_scenario_gives_identical_output() {
    let output = stdout_of(&["simulate", "tasks=50&timeout=1&seed=3"]);
    assert_eq!(output, stdout_of(&["simulate", "tasks=50&timeout=1&seed=3"]));
    assert_ne!(output, stdout_of(&["simulate", "tasks=50&timeout=1&seed=4"]));
}

#[test]
fn parameters_of_the_page_are_accepted_and_ignored() {
    let plain = stdout_of(&["simulate", "tasks=20"]);
    let query = "v=1&tasks=20&t=3.2&b.tasks=5&scene=x&embed=1&hide=clock&lock=controls&predict=0&theme=dark&motion=off&lang=en";
    assert_eq!(stdout_of(&["simulate", query]), plain);
}

#[test]
fn an_invalid_field_is_refused_with_its_name_and_allowed_values() {
    for (query, expected) in [
        ("tasks=0", ["tasks", "1 to 10000"]),
        ("tasks=10001", ["tasks", "1 to 10000"]),
        ("tasks=1.5", ["tasks", "1 to 10000"]),
        ("tasks=", ["tasks", "1 to 10000"]),
        ("timeout=-1", ["timeout", "0 to 600"]),
        ("timeout=NaN", ["timeout", "0 to 600"]),
        ("sleep=61", ["sleep", "0 to 60"]),
        ("journal=floppy", ["journal", "delete"]),
        ("synchronous=maybe", ["synchronous", "full"]),
        ("keep_going=2", ["keep_going", "0 or 1"]),
        ("seed=4294967296", ["seed", "0 to 4294967295"]),
        ("machine=toaster", ["machine", "windows-laptop"]),
        ("nonsense=1", ["nonsense", "timeout"]),
        ("strategy=queue", ["strategy", "shared-connection"]),
        ("limit=0", ["limit", "1 to 10000"]),
        ("begin=concurrent", ["begin", "exclusive"]),
        ("retries=101", ["retries", "0 to 100"]),
        ("retry_pause=11", ["retry_pause", "0 to 10"]),
    ] {
        assert_simulate_refused(&[query], &expected);
    }
}

#[test]
fn read_first_is_refused_when_tasks_share_a_connection_and_the_message_names_both_fields() {
    for strategy in ["shared-connection", "single-transaction"] {
        let (before, after) = (format!("read_first=1&strategy={strategy}"), format!("strategy={strategy}&read_first=1"));
        for query in [before, after] {
            assert_simulate_refused(&[&query], &["read_first", &format!("strategy={strategy}"), "connection-per-task"]);
        }
    }
    assert_eq!(simulate(&["tasks=3&strategy=semaphore&read_first=1&begin=immediate"])[0]["inserted"], 3);
}

#[test]
fn a_single_transaction_commits_all_rows_at_the_same_time() {
    let output = &simulate(&["tasks=30&strategy=single-transaction&machine=linux-vm"])[0];
    let times = output["committed_at"].as_array().expect("a list");
    assert!(times.len() == 30 && times.iter().all(|time| *time == times[0]));
    assert_eq!(output["commit_order"], serde_json::json!((1..=20).collect::<Vec<_>>()));
    assert_eq!((&output["inserted"], &output["rows_in_file"], &output["would_hang"]), (&30.into(), &30.into(), &false.into()));
}

#[test]
fn one_message_names_all_invalid_fields() {
    assert_simulate_refused(&["tasks=0&sleep=61"], &["tasks", "1 to 10000", "sleep", "0 to 60"]);
}

#[test]
fn a_custom_machine_without_a_profile_is_refused() {
    assert_simulate_refused(&["machine=custom"], &["machine", "custom", "profile"]);
}

#[test]
fn a_run_that_is_too_large_is_refused_with_a_reason() {
    assert_simulate_refused(&["tasks=1000&timeout=600&sleep=60&retries=100"], &["too large"]);
}

#[test]
fn a_machine_profile_replaces_the_machine() {
    let output = &simulate(&["--machine-profile", PROFILE, "tasks=20&machine=windows-laptop"])[0];
    assert_eq!(output["machine"], "custom");
    assert_eq!(simulate(&["tasks=20&machine=custom", "--machine-profile", PROFILE])[0], *output);
}

#[test]
fn a_missing_or_invalid_profile_is_refused() {
    assert_simulate_refused(&["--machine-profile", "no/such/file", "tasks=5"], &["no/such/file"]);
    assert_simulate_refused(
        &["--machine-profile", concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"), "tasks=5"],
        &["profile"],
    );
}

#[test]
fn invalid_options_are_refused() {
    assert_simulate_refused(&["--seeds"], &["--seeds"]);
    assert_simulate_refused(&["--seeds", "none", "tasks=5"], &["--seeds"]);
    assert_simulate_refused(&["--seeds", "0", "tasks=5"], &["--seeds"]);
    assert_simulate_refused(&["--sedes", "3", "tasks=5"], &["--sedes"]);
    assert_simulate_refused(&["--machine-profile"], &["--machine-profile"]);
    assert_simulate_refused(&["tasks=5", "tasks=6"], &["tasks=6"]);
    assert_simulate_refused(&["--seeds", "-1"], &["--seeds", "'-1'", "1 to 100000"]);
}

#[test]
fn values_that_are_very_long_or_not_utf8_are_refused_without_a_panic() {
    assert_simulate_refused(&["tasks=%FF%FE"], &["tasks"]);
    assert_simulate_refused(&[&format!("tasks={}", "9".repeat(50_000))], &["tasks", "1 to 10000"]);
}
