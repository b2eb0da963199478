//! The output of `--help`, and the messages about invalid arguments.

use crate::program::{assert_refused, command, stdout_of};
use lockstep_core::scenario::{Field, Scenario};

/// The commands that take a scenario.
const SCENARIO_COMMANDS: [&str; 4] = ["simulate", "export", "polls", "sweep"];

#[test]
fn the_help_of_a_command_lists_every_field_with_its_allowed_values_and_default() {
    for command in SCENARIO_COMMANDS {
        let help = stdout_of(&[command, "--help"]);
        for (field, name) in Field::ALL {
            let line = help.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap_or_default();
            let default = format!("[default: {}]", Scenario::default().text(*field));
            let is_complete = line.contains(&field.domain().to_string()) && line.contains(&default);
            assert!(is_complete, "the line of {name} in the help of {command}: {line:?}");
        }
    }
}

#[test]
fn the_help_lists_every_command() {
    let help = stdout_of(&["--help"]);
    for command in SCENARIO_COMMANDS.iter().chain(&["script"]) {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn a_missing_or_unknown_command_is_refused() {
    assert_refused(&[], &["Usage", "simulate"]);
    assert_refused(&["simulatte"], &["'simulatte'", "'simulate'"]);
    assert_refused(&["script", "1 BEGIN"], &["1 BEGIN"]);
}

#[test]
fn a_message_truncates_long_arguments_and_omits_control_characters() {
    for argument in ["a".repeat(50_000), format!("--{}", "ä".repeat(50_000)), "\u{1b}[31m".to_owned()] {
        let output = command([&argument]).output().expect("the program starts");
        let message = String::from_utf8(output.stderr).expect("the message is UTF-8");
        assert!(output.status.code() == Some(2) && message.len() < 2000 && !message.contains('\u{1b}'), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf8_is_refused_with_a_message() {
    use crate::program::assert_refusal;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let not_utf8 = OsStr::from_bytes(b"\xff");
    assert_refusal(&command([not_utf8]).output().expect("the program starts"), &["\u{fffd}"]);
    for arguments in [
        vec!["simulate"],
        vec!["simulate", "--seeds"],
        vec!["script"],
        vec!["export"],
        vec!["export", "csv"],
        vec!["polls"],
        vec!["sweep", "--axis"],
        vec!["sweep", "--axis", "tasks", "--from"],
    ] {
        let output = command(&arguments).arg(not_utf8).output().expect("the program starts");
        assert_refusal(&output, &["Usage"]);
    }
    let output = command(["simulate", "--machine-profile"]).arg(not_utf8).output().expect("the program starts");
    assert_refusal(&output, &["--machine-profile \u{fffd}: "]);
}
