//! The single-file build works where the browser blocks fetch and import: opened from `file:`, and
//! in a sandboxed iframe with an opaque origin.

use crate::browser::Browser;
use crate::page::{Page, RECORD_VIOLATIONS};
use crate::server::{self, Mount};
use lockstep_core::export::one_file::with_link;
use lockstep_core::model;
use lockstep_core::scenario::query;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const QUERY: &str = "tasks=40&timeout=0.5";

/// A host page with an iframe that may only run scripts, as strict hosts embed uploaded pages.
const SANDBOX: &str = "<!doctype html><title>Host</title><link rel=\"icon\" href=\"data:,\"><iframe sandbox=\"allow-scripts\" \
                       src=\"lockstep.html?predict=0&tasks=40&timeout=0.5\" width=\"1200\" height=\"760\"></iframe>";

/// Starts a sweep of nine runs. It uses no roles and labels, because chromedriver cannot compute
/// them in a frame with an opaque origin.
const SMALL_SWEEP: &str = "const form = document.querySelector('.sweep-form');
    for (const [index, value] of ['10', '40', '3', '3'].entries()) {
        const input = form.querySelectorAll('input')[index];
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    setTimeout(() => form.querySelector('button').click(), 0);";

/// A folder with the single-file build, a copy that opens a fixed link, and the host page.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one-file");
        let page = std::fs::read_to_string(server::dist().join("lockstep.html")).expect("script/build has made lockstep.html");
        let saved = with_link(&page, "tasks=7&predict=0&embed=1&t=0.1").expect("a page");
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in [("lockstep.html", page.as_str()), ("saved.html", &saved), ("sandbox.html", SANDBOX)] {
            std::fs::write(folder.join(name), text).expect("a file");
        }
        folder
    })
}

impl Page {
    /// Opens a file of the folder with a `file:` URL.
    fn open_file(name: &str) -> Self {
        let page = Self { browser: Browser::start(1280, 800) };
        page.browser.add_init_script(RECORD_VIOLATIONS);
        page.go_to(&format!("file://{}/{name}", folder().display()));
        page.wait_until("a result", Self::is_finished);
        page
    }

    /// The digest of the run of `query`, computed natively.
    fn native_digest(query: &str) -> String {
        format!("{:016x}", model::run(&query::read(query).scenario).expect("a small run").digest())
    }

    /// Uses all files that the page fetches: the lesson, the facts, the worker, measured data and
    /// the page itself.
    fn assert_has_all_files(&self) {
        self.scroll_to_lesson();
        self.click("a[href^='lesson/facts.html#f']");
        self.wait_until("the facts", |page| page.has_element("dialog[open] [id^='f1.']"));
        self.click("dialog button");
        self.wait_until("the dialog to close", |page| !page.has_element("dialog"));
        self.scroll_to_workshop();
        self.browser.evaluate(SMALL_SWEEP, vec![]);
        self.wait_until("the sweep's end", |page| page.sweep_state() == "done");
        let length = "return fetch(arguments[0]).then(response => response.text()).then(text => text.length)";
        for name in ["data/real_polls.json", "lockstep.html", "./lesson/index.html"] {
            let length = self.browser.evaluate(length, vec![json!(name)]);
            assert!(length.as_u64().is_some_and(|length| length > 10_000), "{name}: {length}");
        }
    }
}

#[test]
fn opened_from_a_file_url_it_computes_the_same_run_and_needs_no_other_file() {
    let page = Page::open_file(&format!("lockstep.html?predict=0&{QUERY}"));
    assert_eq!(page.result().digest, Page::native_digest(QUERY));
    page.assert_has_all_files();
    let external_requests =
        "return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith('data:'))";
    assert_eq!(page.evaluate(external_requests), json!([]));
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn in_a_sandboxed_frame_it_computes_the_same_run_and_needs_no_other_file() {
    let page = Page { browser: Browser::start(1280, 800) };
    let mount = Mount { path: "/", folder: folder().to_owned(), headers: Vec::new() };
    page.go_to(&format!("{}/sandbox.html", server::serve(vec![mount])));
    page.enter_frame(0);
    page.wait_until("a result", Page::is_finished);
    assert_eq!(page.evaluate("return window.origin"), json!("null"));
    assert_eq!(page.result().digest, Page::native_digest(QUERY));
    page.assert_has_all_files();
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn a_saved_file_opens_in_its_saved_state_and_can_be_saved_again() {
    let page = Page::open_file("saved.html");
    assert_eq!(page.result().digest, Page::native_digest("tasks=7"));
    assert!((page.playhead() - 0.1).abs() < 1e-5);
    assert_eq!(page.evaluate("return document.documentElement.hasAttribute('data-embed')"), json!(true));
    let text = page.evaluate("return fetch('lockstep.html').then(response => response.text())");
    let saved_again = text.as_str().and_then(|text| with_link(text, "tasks=8&predict=0")).expect("a page");
    std::fs::write(folder().join("saved_again.html"), saved_again).expect("a file");
    page.go_to(&format!("file://{}/saved_again.html", folder().display()));
    page.wait_until("the run of the new state", |page| {
        page.is_finished() && page.result().digest == Page::native_digest("tasks=8")
    });
    assert_eq!(page.evaluate("return document.documentElement.hasAttribute('data-embed')"), json!(false));
}

#[test]
fn its_policy_blocks_requests_to_other_origins() {
    let page = Page::open_file("saved.html");
    let body = "return fetch('http://127.0.0.1:9/').then(() => 'fetched', () => 'refused')";
    assert_eq!(page.evaluate(body), json!("refused"));
    let violations = page.policy_violations();
    let is_connect_src = |violations: &Value| violations[0].as_str().is_some_and(|text| text.starts_with("connect-src"));
    assert!(is_connect_src(&violations), "{violations}");
}
