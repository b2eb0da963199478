//! The Python of this machine, if it has one.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Names the Python of `script/bootstrap`.
const MADE: &str = "LOCKSTEP_PYTHON";
/// Runs the program in its folder, not for ever, and says last how many rows are in its file.
const RUN: &str = "
import sqlite3, subprocess, sys
ran = subprocess.run([sys.executable, 'test.py'], timeout=100)
print(sqlite3.connect('test_database.db').execute('SELECT count(*) FROM person').fetchone()[0])
sys.exit(ran.returncode)
";
/// Parses a list of programs; the traceback shows the first that cannot be.
const PARSE: &str = "
import ast, json, sys
for program in json.load(sys.stdin):
    ast.parse(program)
";

/// A Python that can be asked things.
pub(crate) struct Python(OsString);

/// What a program did.
pub(crate) struct Ran {
    /// What it printed.
    pub(crate) lines: Vec<String>,
    /// Rows in its file at the end.
    pub(crate) rows: u32,
    /// What it wrote to standard error, its last line included.
    pub(crate) error: String,
}

impl Python {
    /// The one that `script/bootstrap` has made, where the scripts call the tests, or any that is here; tells the reader of the
    /// test's words if there is none.
    pub(crate) fn find() -> Option<Self> {
        if let Some(made) = std::env::var_os(MADE) {
            return Some(Self(made));
        }
        let found = ["python3", "python"].into_iter().find(|name| Command::new(name).arg("--version").output().is_ok());
        if found.is_none() {
            println!("there is no Python here: nothing was tried");
        }
        found.map(|name| Self(name.into()))
    }

    /// Whether programs can run and not only be parsed. Where the scripts call the tests they must.
    pub(crate) fn has_aiosqlite(&self) -> bool {
        let found = self.feed(&["-c", "import aiosqlite"], "").status.success();
        assert!(found || std::env::var_os(MADE).is_none(), "{MADE} has no aiosqlite; run script/bootstrap");
        if !found {
            println!("there is no aiosqlite here: nothing was run");
        }
        found
    }

    /// What is wrong with the first of `programs` that is not Python; empty if all are.
    pub(crate) fn parse(&self, programs: &[String]) -> String {
        let list = serde_json::to_string(programs).expect("texts can be written as JSON");
        String::from_utf8_lossy(&self.feed(&["-c", PARSE], &list).stderr).into_owned()
    }

    /// Runs `text` as a program, in a folder of its own.
    pub(crate) fn run(&self, text: &str) -> Ran {
        let folder = new_folder();
        std::fs::write(folder.join("test.py"), text).expect("the program can be written");
        let output = Command::new(&self.0).args(["-c", RUN]).current_dir(&folder).output().expect("Python starts");
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines: Vec<String> = printed.lines().map(str::to_owned).collect();
        let rows = lines.pop().and_then(|line| line.parse().ok());
        let mut error = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            error.push_str("it did not end well");
        }
        Ran { lines, rows: rows.unwrap_or(u32::MAX), error }
    }

    /// Runs `program` in a folder of its own with these arguments, and gives what it printed; it leaves nothing behind.
    pub(crate) fn print(&self, program: &str, arguments: &[&str]) -> String {
        let folder = new_folder();
        std::fs::write(folder.join("program.py"), program).expect("the program can be written");
        let run = Command::new(&self.0).arg("program.py").args(arguments).current_dir(&folder).output().expect("Python starts");
        assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
        let left = std::fs::read_dir(&folder).expect("the folder is there").count();
        assert_eq!(left, 1, "only the program itself is left");
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
        String::from_utf8(run.stdout).expect("text")
    }

    fn feed(&self, arguments: &[&str], input: &str) -> Output {
        let mut python = Command::new(&self.0)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("Python starts");
        // It may end without reading all of it, which its exit code then tells.
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
