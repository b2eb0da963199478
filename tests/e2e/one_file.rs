//! The page in one file works where a browser forbids it to fetch and to import: opened as a file, and in a frame without an origin.

use crate::browser::Browser;
use crate::page::{Page, RECORD_VIOLATIONS};
use crate::server::{self, Place};
use lockstep_core::export::one_file::with_link;
use lockstep_core::model;
use lockstep_core::scenario::query;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const QUERY: &str = "tasks=40&timeout=0.5";

/// A frame that may run scripts and nothing else: what careful hosts give to pages that others upload.
const SANDBOX: &str = "<!doctype html><title>Host</title><link rel=\"icon\" href=\"data:,\"><iframe sandbox=\"allow-scripts\" src=\"lockstep.html?predict=0&tasks=40&timeout=0.5\" \
                       width=\"1200\" height=\"760\"></iframe>";

/// A sweep of nine runs, by script: in a frame without an origin the driver cannot ask for roles and labels.
const SMALL_SWEEP: &str = "const form = document.querySelector('.sweep-form');
    for (const [place, value] of ['10', '40', '3', '3'].entries()) {
        const input = form.querySelectorAll('input')[place];
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    setTimeout(() => form.querySelector('button').click(), 0);";

/// The file that was built with the page, in a folder of its own, with pages beside it that use it.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one-file");
        let page = std::fs::read_to_string(server::dist().join("lockstep.html")).expect("the one file, which script/build makes");
        let baked = with_link(&page, "tasks=7&predict=0&embed=1&t=0.1").expect("a page");
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in [("lockstep.html", page.as_str()), ("baked.html", &baked), ("sandbox.html", SANDBOX)] {
            std::fs::write(folder.join(name), text).expect("a file");
        }
        folder
    })
}

impl Page {
    /// Opens a file of the folder by double click, as it were.
    fn open_file(name: &str) -> Self {
        let page = Self { browser: Browser::start(1280, 800) };
        page.browser.run_before_each_page(RECORD_VIOLATIONS);
        page.go_to(&format!("file://{}/{name}", folder().display()));
        page.wait_until("a result", Self::finished);
        page
    }

    fn native_digest(query: &str) -> String {
        format!("{:016x}", model::run(&query::read(query).scenario).expect("a small run").digest())
    }

    /// Everything that the page fetches while it works: the lesson, the workshop, measured data, the whole file.
    fn comes_with_everything(&self) {
        self.read_lesson();
        self.click("a[href^='lesson/facts.html#f']");
        self.wait_until("the facts", |page| page.has_element("dialog[open] [id^='f1.']"));
        self.click("dialog button");
        self.wait_until("the page again", |page| !page.has_element("dialog"));
        self.enter_workshop();
        self.browser.script(SMALL_SWEEP, vec![]);
        self.wait_until("the sweep's end", |page| page.sweep_is("done"));
        let length = "return fetch(arguments[0]).then(answer => answer.text()).then(text => text.length)";
        for name in ["data/real_polls.json", "lockstep.html", "./lesson/index.html"] {
            let length = self.browser.script(length, vec![json!(name)]);
            assert!(length.as_u64().is_some_and(|length| length > 10_000), "{name}: {length}");
        }
    }
}

#[test]
fn opened_as_a_file_it_makes_the_same_run_and_has_everything_inside() {
    let page = Page::open_file(&format!("lockstep.html?predict=0&{QUERY}"));
    assert_eq!(page.result().digest, Page::native_digest(QUERY));
    page.comes_with_everything();
    let outside =
        "return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith('data:'))";
    assert_eq!(page.script(outside), json!([]));
    assert_eq!(page.violations(), json!([]));
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
fn in_a_frame_without_an_origin_it_does_the_same() {
    let page = Page { browser: Browser::start(1280, 800) };
    let place = Place { path: "/", folder: folder().to_owned(), headers: Vec::new() };
    page.go_to(&format!("{}/sandbox.html", server::serve(vec![place])));
    page.enter_frame(0);
    page.wait_until("a result", Page::finished);
    assert_eq!(page.script("return window.origin"), json!("null"));
    assert_eq!(page.result().digest, Page::native_digest(QUERY));
    page.comes_with_everything();
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
fn a_saved_file_opens_in_its_state_and_can_be_saved_again() {
    let page = Page::open_file("baked.html");
    assert_eq!(page.result().digest, Page::native_digest("tasks=7"));
    assert!((page.playhead() - 0.1).abs() < 1e-5);
    assert_eq!(page.script("return document.documentElement.hasAttribute('data-embed')"), json!(true));
    let text = page.script("return fetch('lockstep.html').then(answer => answer.text())");
    let again = text.as_str().and_then(|text| with_link(text, "tasks=8&predict=0")).expect("a page");
    std::fs::write(folder().join("again.html"), again).expect("a file");
    page.go_to(&format!("file://{}/again.html", folder().display()));
    page.wait_until("the run of the new state", |page| page.finished() && page.result().digest == Page::native_digest("tasks=8"));
    assert_eq!(page.script("return document.documentElement.hasAttribute('data-embed')"), json!(false));
}

#[test]
fn its_policy_lets_nothing_come_from_anywhere_else() {
    let page = Page::open_file("baked.html");
    let body = "return fetch('http://127.0.0.1:9/').then(() => 'fetched', () => 'refused')";
    assert_eq!(page.script(body), json!("refused"));
    let refused = page.violations();
    let named = |refused: &Value| refused[0].as_str().is_some_and(|refused| refused.starts_with("connect-src"));
    assert!(named(&refused), "{refused}");
}
