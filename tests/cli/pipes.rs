//! Closed pipes, full disks and endless input: the program streams its output, ends without a
//! message when its output is closed, and limits its input.

use crate::program::{assert_refusal, command};
use std::io::{BufRead, BufReader, Write, pipe};
use std::process::{Command, Stdio};

/// Reads the first line and closes the pipe, as `| head -n 1` does. Returns the line.
#[track_caller]
fn first_line_of(mut command: Command, input: &[u8]) -> String {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input).expect("the program reads all input");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    line
}

#[test]
fn simulate_prints_each_line_at_once_and_ends_when_the_reader_closes_the_pipe() {
    // Without streaming, all seeds would take many minutes.
    let line = first_line_of(command(["simulate", "--seeds", "100000", "tasks=100"]), b"");
    assert!(line.starts_with('{') && line.ends_with("}\n"), "{line}");
}

#[test]
fn sweep_prints_each_line_at_once_and_ends_when_the_reader_closes_the_pipe() {
    let sweep = ["sweep", "--axis", "tasks", "--from", "10", "--to", "10000", "--values", "40", "--seeds", "100"];
    assert!(first_line_of(command(sweep), b"").contains("\"value\":10}"));
}

#[test]
fn script_ends_without_a_message_when_the_reader_closes_the_pipe() {
    assert_eq!(first_line_of(command(["script"]), &b"1 SELECT\n".repeat(100_000)), "OK - UNLOCKED\n");
}

#[test]
fn every_command_ends_without_a_message_when_the_pipe_is_already_closed() {
    for arguments in [
        &["--help"][..],
        &["simulate", "tasks=3"],
        &["export", "csv", "tasks=3"],
        &["export", "rows", "tasks=3"],
        &["polls", "tasks=3"],
        &["sweep", "--axis", "tasks", "--to", "30", "--values", "2"],
    ] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let output = command(arguments).stdout(writer).stderr(Stdio::piped()).output().expect("the program starts");
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && message.is_empty(), "{arguments:?}: {message}");
    }
}

#[test]
fn a_refusal_keeps_its_exit_code_when_standard_error_is_closed() {
    for arguments in [&["simulate", "tasks=0"][..], &["simulate", "--sedes"]] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let status = command(arguments).stderr(writer).status().expect("the program starts");
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_gives_a_message_and_exit_code_1() {
    for arguments in [&["simulate", "tasks=3"][..], &["export", "csv", "tasks=3"], &["--help"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("the device opens");
        let output = command(arguments).stdout(full).stderr(Stdio::piped()).output().expect("the program starts");
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && message.starts_with("standard output: "), "{arguments:?}: {message}");
    }
}

#[cfg(unix)]
#[test]
fn an_endless_input_is_refused_with_the_limit() {
    let endless = || std::fs::File::open("/dev/zero").expect("the device opens");
    let script = command(["script"]).stdin(endless()).output().expect("the program starts");
    assert_refusal(&script, &["standard input", "at most 16 MB"]);
    let profile = command(["simulate", "--machine-profile", "/dev/zero", "tasks=3"]).output().expect("the program starts");
    assert_refusal(&profile, &["--machine-profile /dev/zero", "at most 2 MB"]);
}
