//! Helpers that start `lockstep-cli` and check its output and exit code.

use serde_json::Value;
use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// A machine profile, in the format of `calibrate/machine_profile.py`.
pub(crate) const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/machine_profile.jsonl");

/// A command that runs `lockstep-cli` with these arguments and without standard input.
pub(crate) fn command(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep-cli"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs the program and waits until it ends.
pub(crate) fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program starts")
}

/// Runs `lockstep-cli script` with a script on standard input.
pub(crate) fn run_script(script: &[u8]) -> Output {
    run_script_with(&[], script)
}

/// Runs `lockstep-cli script` with these arguments and a script on standard input.
pub(crate) fn run_script_with(arguments: &[&str], script: &[u8]) -> Output {
    let mut command = command(["script"].iter().chain(arguments));
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(script).expect("the program reads all input");
    child.wait_with_output().expect("the program ends")
}

/// Runs the program, checks that it succeeds without messages, and returns its standard output.
#[track_caller]
pub(crate) fn stdout_of(arguments: &[&str]) -> String {
    let output = run(arguments);
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && messages.is_empty(), "{arguments:?}: {messages}");
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// Runs the program and parses its output: one JSON object per line.
#[track_caller]
pub(crate) fn json_lines_of(arguments: &[&str]) -> Vec<Value> {
    stdout_of(arguments).lines().map(|line| serde_json::from_str(line).expect("one JSON object per line")).collect()
}

/// Checks that the program refused its input: exit code 2, a message that contains all `parts`, and
/// no output.
#[track_caller]
pub(crate) fn assert_refusal(output: &Output, parts: &[&str]) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{message}");
    for part in parts {
        assert!(message.contains(part), "no {part:?} in {message}");
    }
}

/// Checks that the program refuses these arguments with a message that contains all `parts`.
#[track_caller]
pub(crate) fn assert_refused(arguments: &[&str], parts: &[&str]) {
    assert_refusal(&run(arguments), parts);
}
