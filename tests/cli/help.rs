//! What `--help` says, and what arguments that no command has are answered with.

use crate::program::{program, refuses, text};
use lockstep_core::scenario::{Field, Scenario};

const OF_A_SCENARIO: [&str; 4] = ["simulate", "export", "polls", "sweep"];

#[test]
fn the_help_of_a_command_has_every_field_with_what_is_allowed_and_its_default() {
    for command in OF_A_SCENARIO {
        let help = text(&[command, "--help"]);
        for (field, name) in Field::ALL {
            let line = help.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap_or_default();
            let default = format!("[default: {}]", Scenario::default().text(*field));
            let is_complete = line.contains(&field.domain().to_string()) && line.contains(&default);
            assert!(is_complete, "{name} in the help of {command}: {line:?}");
        }
    }
}

#[test]
fn the_help_names_every_command() {
    let help = text(&["--help"]);
    for command in OF_A_SCENARIO.iter().chain(&["script"]) {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn a_command_that_is_missing_or_wrong_is_refused() {
    refuses(&[], &["Usage", "simulate"]);
    refuses(&["simulatte"], &["'simulatte'", "'simulate'"]);
    refuses(&["script", "1 BEGIN"], &["1 BEGIN"]);
}

#[test]
fn a_message_repeats_only_the_beginning_of_a_long_argument_and_no_control_characters() {
    for argument in ["a".repeat(50_000), format!("--{}", "ä".repeat(50_000)), "\u{1b}[31m".to_owned()] {
        let output = program([&argument]).output().expect("the program starts");
        let message = String::from_utf8(output.stderr).expect("text");
        assert!(output.status.code() == Some(2) && message.len() < 2000 && !message.contains('\u{1b}'), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8_is_refused_with_a_message() {
    use crate::program::is_refusal;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let not_utf8 = OsStr::from_bytes(b"\xff");
    is_refusal(&program([not_utf8]).output().expect("the program starts"), &["\u{fffd}"]);
    for words in [
        vec!["simulate"],
        vec!["simulate", "--seeds"],
        vec!["script"],
        vec!["export"],
        vec!["export", "csv"],
        vec!["polls"],
        vec!["sweep", "--axis"],
        vec!["sweep", "--axis", "tasks", "--from"],
    ] {
        let output = program(&words).arg(not_utf8).output().expect("the program starts");
        is_refusal(&output, &["Usage"]);
    }
    let output = program(["simulate", "--machine-profile"]).arg(not_utf8).output().expect("the program starts");
    is_refusal(&output, &["--machine-profile \u{fffd}: "]);
}
