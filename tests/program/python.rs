//! Runs programs with the Python of this machine, if there is one.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The variable with the path of the Python that `script/bootstrap` installs.
const PYTHON_VARIABLE: &str = "LOCKSTEP_PYTHON";
/// Runs `test.py` with a time limit, and prints the number of rows in its database as the last
/// line.
const RUN: &str = "
import sqlite3, subprocess, sys
ran = subprocess.run([sys.executable, 'test.py'], timeout=100)
print(sqlite3.connect('test_database.db').execute('SELECT count(*) FROM person').fetchone()[0])
sys.exit(ran.returncode)
";
/// Parses a JSON list of programs; the traceback shows the first one that is invalid.
const PARSE: &str = "
import ast, json, sys
for program in json.load(sys.stdin):
    ast.parse(program)
";

/// The path of a Python interpreter.
pub(crate) struct Python(OsString);

/// The result of a program.
pub(crate) struct ProgramResult {
    /// Lines on standard output.
    pub(crate) lines: Vec<String>,
    /// Rows in its database at the end.
    pub(crate) rows: u32,
    /// Standard error; not empty if the exit code was not 0.
    pub(crate) error: String,
}

impl Python {
    /// The Python of `script/bootstrap` if the tests run from a script, otherwise any Python.
    /// Prints a message if there is none.
    pub(crate) fn find() -> Option<Self> {
        if let Some(path) = std::env::var_os(PYTHON_VARIABLE) {
            return Some(Self(path));
        }
        let found = ["python3", "python"].into_iter().find(|name| Command::new(name).arg("--version").output().is_ok());
        if found.is_none() {
            println!("skipped: this machine has no Python");
        }
        found.map(|name| Self(name.into()))
    }

    /// Whether aiosqlite is installed, so that programs can run. Panics without it if the tests run
    /// from a script.
    pub(crate) fn has_aiosqlite(&self) -> bool {
        let found = self.run_with_input(&["-c", "import aiosqlite"], "").status.success();
        assert!(
            found || std::env::var_os(PYTHON_VARIABLE).is_none(),
            "the Python of {PYTHON_VARIABLE} has no aiosqlite; run script/bootstrap"
        );
        if !found {
            println!("skipped: this machine has no aiosqlite");
        }
        found
    }

    /// The traceback about the first invalid program; empty if all are valid.
    pub(crate) fn parse(&self, programs: &[String]) -> String {
        let list = serde_json::to_string(programs).expect("strings can be written as JSON");
        String::from_utf8_lossy(&self.run_with_input(&["-c", PARSE], &list).stderr).into_owned()
    }

    /// Runs a program in its own temporary folder.
    pub(crate) fn run(&self, text: &str) -> ProgramResult {
        let folder = new_folder();
        std::fs::write(folder.join("test.py"), text).expect("the program can be written");
        let output = Command::new(&self.0).args(["-c", RUN]).current_dir(&folder).output().expect("Python starts");
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines: Vec<String> = printed.lines().map(str::to_owned).collect();
        let rows = lines.pop().and_then(|line| line.parse().ok());
        let mut error = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            error.push_str("the exit code is not 0");
        }
        ProgramResult { lines, rows: rows.unwrap_or(u32::MAX), error }
    }

    /// Runs a program with arguments in its own temporary folder, checks that it succeeds and
    /// leaves no files, and returns its standard output.
    pub(crate) fn stdout_of(&self, program: &str, arguments: &[&str]) -> String {
        let folder = new_folder();
        std::fs::write(folder.join("program.py"), program).expect("the program can be written");
        let run = Command::new(&self.0).arg("program.py").args(arguments).current_dir(&folder).output().expect("Python starts");
        assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
        let files = std::fs::read_dir(&folder).expect("the folder exists").count();
        assert_eq!(files, 1, "the program has left files");
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
        String::from_utf8(run.stdout).expect("the output is UTF-8")
    }

    /// Runs Python with `input` on standard input.
    fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut python = Command::new(&self.0)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("Python starts");
        // Writing fails if Python ends early; its exit code then shows the error.
        let _ = python.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
        python.wait_with_output().expect("Python ends")
    }
}

fn new_folder() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("lockstep-program-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the program");
    folder
}
