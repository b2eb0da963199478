//! Serves an example together with the built page, and helpers for the iframes of a host page.

use crate::browser::Browser;
use crate::page::Page;
use crate::server::{self, Mount};
use lockstep_core::link::Link;
use lockstep_core::model;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The folder of an example.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/embed").join(name)
}

/// The folder into which `script/bootstrap` installs tools.
pub(crate) fn tools() -> PathBuf {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let cache = || folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")));
    folder("LOCKSTEP_TOOLS").or_else(|| Some(cache()?.join("lockstep-tools"))).expect("HOME is set")
}

/// Creates an empty folder for one test.
pub(crate) fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hosts").join(name);
    // It fails if there is no folder yet.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Copies everything in one folder into another, recursively.
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

/// Serves `folder`, the playground below `lockstep/` with `headers`, and `more` mounts. Returns the
/// server's address, which ends with `/`.
pub(crate) fn serve(folder: PathBuf, more: Vec<Mount>, headers: Vec<(&'static str, &'static str)>) -> String {
    let playground = Mount { path: "/lockstep/", folder: server::dist(), headers };
    let host = Mount { path: "/", folder, headers: Vec::new() };
    server::serve([playground].into_iter().chain(more).chain([host]).collect()) + "/"
}

/// The digest of the run of a query string, computed natively.
pub(crate) fn digest(query: &str) -> String {
    let link = Link::read(query);
    assert!(link.notes.is_empty(), "{:?}", link.notes);
    format!("{:016x}", model::run(&link.scenario).expect("a small run").digest())
}

impl Page {
    /// Opens a host page in its own browser.
    pub(crate) fn open_host_page(address: &str) -> Self {
        let page = Self { browser: Browser::start(1280, 800) };
        page.go_to(address);
        page
    }

    /// Waits for the first element that matches a CSS selector and scrolls to it, because iframes
    /// are lazy-loaded.
    pub(crate) fn scroll_to(&self, selector: &str) {
        self.wait_until(selector, |page| {
            let body = "const found = document.querySelector(arguments[0]); found?.scrollIntoView(); return found !== null";
            page.browser.evaluate(body, vec![json!(selector)]) == Value::Bool(true)
        });
    }

    /// Enters the iframe with this index, skips the question for a guess, and waits for the run.
    pub(crate) fn enter_frame_and_wait(&self, index: u16) {
        self.enter_frame(index);
        self.wait_until("a question or a run", |page| page.is_finished() || page.click_in_frame("Skip"));
        self.wait_until("a run", Self::is_finished);
    }

    /// Clicks the button with this label or text; false if there is none. [`Page::press`] does not
    /// work here, because chromedriver computes roles and names only for the outer page.
    pub(crate) fn click_in_frame(&self, name: &str) -> bool {
        let body = "const button = [...document.querySelectorAll('button')]
                        .find(button => (button.ariaLabel ?? button.textContent) === arguments[0]);
                    button?.focus(); button?.click(); return button !== undefined";
        self.browser.evaluate(body, vec![json!(name)]) == Value::Bool(true)
    }

    /// Sets the number of tasks in the current iframe, as typing it would.
    pub(crate) fn set_tasks_in_frame(&self, tasks: u32) {
        let body = "const field = document.querySelector('input[type=number][aria-labelledby=tasks-name]');
                    field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }));";
        self.browser.evaluate(body, vec![json!(tasks.to_string())]);
    }
}
