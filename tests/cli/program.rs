//! Starts `lockstep-cli`, and checks what it prints and how it ends.

use serde_json::Value;
use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// A profile as `calibrate/machine_profile.py` prints it.
pub(crate) const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/machine_profile.jsonl");

/// The program, built as these tests are, with its arguments.
pub(crate) fn program(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_lockstep-cli"));
    program.args(arguments).stdin(Stdio::null());
    program
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("the program starts")
}

/// Runs `lockstep-cli script` with a script on standard input.
pub(crate) fn play(script: &[u8]) -> Output {
    let mut command = program(["script"]);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(script).expect("it reads to the end");
    child.wait_with_output().expect("it ends")
}

/// What the program prints for arguments that it takes.
#[track_caller]
pub(crate) fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && messages.is_empty(), "{arguments:?}: {messages}");
    String::from_utf8(output.stdout).expect("text")
}

/// The JSON objects that the program prints, one a line.
#[track_caller]
pub(crate) fn objects(arguments: &[&str]) -> Vec<Value> {
    text(arguments).lines().map(|line| serde_json::from_str(line).expect("one JSON object a line")).collect()
}

/// Checks that the program refused its input: exit code 2, a message with all `parts`, nothing on standard output.
#[track_caller]
pub(crate) fn is_refusal(output: &Output, parts: &[&str]) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{message}");
    for part in parts {
        assert!(message.contains(part), "{part:?} in {message}");
    }
}

/// Checks that the program refuses these arguments.
#[track_caller]
pub(crate) fn refuses(arguments: &[&str], parts: &[&str]) {
    is_refusal(&run(arguments), parts);
}
