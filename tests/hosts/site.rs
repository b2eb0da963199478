//! An example and the built page beside each other, served on this machine; and what a test does in the frames of a host's page.

use crate::browser::Browser;
use crate::page::Page;
use crate::server::{self, Place};
use lockstep_core::link::Link;
use lockstep_core::model;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The folder of an example.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/embed").join(name)
}

/// Where `script/bootstrap` puts tools.
pub(crate) fn tools() -> PathBuf {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let cache = || folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")));
    folder("LOCKSTEP_TOOLS").or_else(|| Some(cache()?.join("lockstep-tools"))).expect("a home folder")
}

/// A folder of a test's own, empty.
pub(crate) fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hosts").join(name);
    // There is none the first time.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Everything in one folder, also in another.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a file");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("a file to copy");
        }
    }
}

/// Serves `folder` with the playground in `lockstep/`, and with `more`; gives the address, with a `/` at its end.
pub(crate) fn serve(folder: PathBuf, more: Vec<Place>, headers: Vec<(&'static str, &'static str)>) -> String {
    let playground = Place { path: "/lockstep/", folder: server::dist(), headers };
    let host = Place { path: "/", folder, headers: Vec::new() };
    server::serve([playground].into_iter().chain(more).chain([host]).collect()) + "/"
}

/// The digest of what a query string asks for, worked out natively.
pub(crate) fn digest(query: &str) -> String {
    let link = Link::read(query);
    assert!(link.notes.is_empty(), "{:?}", link.notes);
    format!("{:016x}", model::run(&link.scenario).expect("a small run").digest())
}

impl Page {
    /// A host's page in a browser of its own.
    pub(crate) fn of_host(address: &str) -> Self {
        let page = Self { browser: Browser::start(1280, 800) };
        page.go_to(address);
        page
    }

    /// What a style-sheet selector finds for JavaScript, scrolled to: frames are loaded when the reader comes near.
    pub(crate) fn come_to(&self, selector: &str) {
        self.wait_until(selector, |page| {
            let body = "const found = document.querySelector(arguments[0]); found?.scrollIntoView(); return found !== null";
            page.browser.script(body, vec![json!(selector)]) == Value::Bool(true)
        });
    }

    /// Looks into the frame of this number and waits until its run is there, past the question for a guess.
    pub(crate) fn play_in_frame(&self, number: u16) {
        self.enter_frame(number);
        self.wait_until("a question or a run", |page| page.finished() || page.click_in_frame("Skip"));
        self.wait_until("a run", Self::finished);
    }

    /// Clicks the button with this text or label; false if there is none. The driver knows names and roles of the outer page only.
    pub(crate) fn click_in_frame(&self, name: &str) -> bool {
        let body = "const button = [...document.querySelectorAll('button')].find(button => (button.ariaLabel ?? button.textContent) === arguments[0]);
                    button?.focus(); button?.click(); return button !== undefined";
        self.browser.script(body, vec![json!(name)]) == Value::Bool(true)
    }

    /// Sets the number of tasks, as typing it would.
    pub(crate) fn set_tasks_in_frame(&self, tasks: u32) {
        let body = "const field = document.querySelector('input[type=number][aria-labelledby=tasks-name]');
                    field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }));";
        self.browser.script(body, vec![json!(tasks.to_string())]);
    }
}
