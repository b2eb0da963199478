//! What `lockstep-cli export` prints; `tests/export` checks the formats themselves.

use crate::program::{PROFILE, assert_refused, stdout_of};

const SCENARIO: &str = "tasks=20&timeout=1&t=0.1";

#[test]
fn every_format_is_printed_completely() {
    let json: serde_json::Value = serde_json::from_str(&stdout_of(&["export", "json", SCENARIO])).expect("JSON");
    assert_eq!((&json["format"], &json["scenario"]["tasks"]), (&"lockstep-trace".into(), &20.into()));
    let csv = stdout_of(&["export", "csv", SCENARIO]);
    assert!(csv.starts_with("time_us,task,event,") && csv.ends_with('\n'));
    assert_eq!(csv.lines().count(), json["events"].as_array().expect("a list").len() + 1);
    serde_json::from_str::<serde_json::Value>(&stdout_of(&["export", "trace-event", SCENARIO])).expect("JSON");
    for picture in ["poll-clock", "lanes", "rows"] {
        let svg = stdout_of(&["export", picture, SCENARIO]);
        assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"), "{picture}");
    }
}

#[test]
fn a_picture_shows_the_position_of_the_playhead_or_the_end_of_the_run() {
    let picture = |query: &str| stdout_of(&["export", "rows", query]);
    assert_ne!(picture("tasks=20&t=0.1"), picture("tasks=20&t=0.2"));
    assert_eq!(picture("tasks=20&t=soon"), picture("tasks=20"));
    for moment in ["-1", "nan", "inf", "1e300"] {
        assert!(picture(&format!("tasks=20&t={moment}")).starts_with("<svg "), "{moment}");
    }
}

#[test]
fn a_profile_replaces_the_machine() {
    assert!(stdout_of(&["export", "json", "tasks=3", "--machine-profile", PROFILE]).contains("\"machine\":\"custom\""));
}

#[test]
fn an_invalid_format_or_scenario_is_refused() {
    assert_refused(&["export"], &["<FORMAT>"]);
    assert_refused(&["export", "xls", "tasks=3"], &["'xls'", "json, csv, trace-event, poll-clock, lanes, rows"]);
    assert_refused(&["export", "csv", "tasks=0"], &["tasks", "1 to 10000"]);
}
