//! Downloaded files match the native run and can be opened again.

use crate::page::Page;
use lockstep_core::export::picture::{Frame, Picture, Theme, svg};
use lockstep_core::export::{Format, one_file, trace_json};
use lockstep_core::model;
use lockstep_core::scenario::query;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Trace, TraceIndex};
use serde_json::{Value, json};

const QUERY: &str = "tasks=30&timeout=0.5&machine=linux-vm";

/// A script that keeps downloads in `window.saved`, by file name, instead of saving them.
const KEEP_DOWNLOADS: &str = "window.saved = {}; const blobs = new Map(); const createObjectURL = URL.createObjectURL;
    URL.createObjectURL = blob => { const url = createObjectURL(blob); blobs.set(url, blob); return url };
    const click = HTMLElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
        if (this.download) window.saved[this.download] = blobs.get(this.href); else click.call(this);
    };";

/// The run of [`QUERY`], computed natively.
fn native_run() -> (Trace, TraceIndex) {
    let trace = model::run(&query::read(QUERY).scenario).expect("a small run");
    let index = TraceIndex::of(&trace);
    (trace, index)
}

impl Page {
    /// Opens the page with the run of [`QUERY`] and creates the files of the run.
    fn open_with_files(more_parameters: &str) -> Self {
        let page = Self::open(&format!("{QUERY}{more_parameters}"));
        page.evaluate(KEEP_DOWNLOADS);
        page.scroll_to_workshop();
        page.press("Make files of this run");
        page.wait_until("the files", |page| page.count("take-away") == 1);
        page
    }

    /// The text of the download with this name.
    fn saved_text(&self, name: &str) -> String {
        let body = "return Object.keys(window.saved)";
        self.wait_until(name, |page| page.evaluate(body).as_array().is_some_and(|names| names.contains(&json!(name))));
        let text = self.browser.evaluate("return window.saved[arguments[0]].text()", vec![json!(name)]);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Selects a file with this text in the file input.
    fn choose_file(&self, text: &str) {
        let body = "const field = document.querySelector('[data-testid=take-import] input'), list = new DataTransfer();
                    list.items.add(new File([arguments[0]], 'run.json'));
                    field.files = list.files;
                    field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.browser.evaluate(body, vec![json!(text)]);
    }
}

#[test]
fn each_downloaded_event_file_is_identical_to_the_native_one() {
    let (page, (trace, index)) = (Page::open_with_files(""), native_run());
    let digest = page.evaluate("return document.querySelector('[data-testid=take-away]').dataset.digest");
    assert_eq!(digest, json!(page.result().digest));
    for (format, button) in
        [(Format::Json, "Trace as JSON"), (Format::Csv, "Events as CSV"), (Format::TraceEvent, "Trace Event JSON")]
    {
        page.press(&format!("Download {button}"));
        let file = page.saved_text(&format!("lockstep-30-tasks-seed-1{}", format.ending()));
        assert!(file == format.lines(&trace, &index).collect::<String>(), "{button}");
    }
    page.press("Download Python program");
    assert!(page.saved_text("lockstep.py").contains("aiosqlite"));
    assert_eq!(page.policy_violations(), json!([]));
}

#[test]
fn a_picture_of_the_current_moment_can_be_saved_as_svg_and_as_png_in_a_chosen_size() {
    let (page, (trace, index)) = (Page::open_with_files("&t=0.25"), native_run());
    page.type_into("Width px", "640");
    page.type_into("Height px", "480");
    page.wait_until("the size", |page| page.has("button", "Download PNG (640 × 480)"));
    let frame = Frame { width: 640, height: 480, theme: Theme::Light };
    let file = svg(&trace, &index, SimTime::from_micros(250_000), Picture::PollClock, &frame);
    let size = (file.len() + 500) / 1000;
    page.press(&format!("Download SVG ({size} kB)"));
    assert!(page.saved_text("lockstep-30-tasks-seed-1-poll-clock.svg") == file);
    page.press("Download PNG (640 × 480)");
    page.saved_text("lockstep-30-tasks-seed-1-poll-clock.png");
    let body = "return createImageBitmap(window.saved['lockstep-30-tasks-seed-1-poll-clock.png'])
                    .then(({ width, height }) => [width, height])";
    assert_eq!(page.evaluate(body), json!([640, 480]));
    assert_eq!(page.policy_violations(), json!([]));
}

#[test]
fn opening_a_trace_file_shows_its_run_and_says_that_the_digests_match() {
    let page = Page::open("tasks=5");
    page.scroll_to_workshop();
    let (trace, _) = native_run();
    page.choose_file(&trace_json::lines(&trace).collect::<String>());
    page.wait_until("the run of the file", |page| page.query().starts_with(QUERY) && page.is_finished());
    page.wait_until("the message", |page| page.text("take-import").contains(&trace_json::digest_text(&trace)));
    assert!(page.text("take-import").contains("both have the digest"));
    assert_eq!(page.result().digest, trace_json::digest_text(&trace));
}

#[test]
fn an_invalid_trace_file_raises_an_alert_that_names_the_error() {
    let page = Page::open("tasks=5");
    page.scroll_to_workshop();
    let good: String = trace_json::lines(&native_run().0).collect();
    for (from, to, message) in [
        ("\"tasks\":30", "\"tasks\":0", "tasks: '0' is not allowed"),
        ("\"granted\":", "\"grunted\":", "grunted: is not known"),
        ("\"sleeps_us\":", "\"sleeps_us\":1", "digest: the file says"),
    ] {
        page.choose_file(&good.replacen(from, to, 1));
        page.wait_until(message, |page| page.alerts().contains(message));
    }
    page.wait_until("the unchanged link", |page| page.query().starts_with("tasks=5"));
}

#[test]
fn a_trace_file_whose_events_differ_from_the_model_gives_a_warning() {
    let page = Page::open("tasks=5");
    page.scroll_to_workshop();
    let (mut trace, _) = native_run();
    trace.events.pop();
    page.choose_file(&trace_json::lines(&trace).collect::<String>());
    page.wait_until("the warning", |page| page.text("take-import").contains("the run differs"));
    assert!(page.text("take-import").contains(&trace_json::digest_text(&trace)));
}

#[test]
fn the_page_is_saved_as_one_file_that_opens_in_the_current_state() {
    let page = Page::open("tasks=9&predict=0");
    page.evaluate(KEEP_DOWNLOADS);
    page.scroll_to_workshop();
    page.press("Download as one file");
    let is_saved = |page: &Page| !page.evaluate("return window.saved['lockstep.html'] ?? null").is_null();
    let is_unavailable = |page: &Page| page.text("workshop-take-away").contains("script/build makes it");
    page.wait_until("the file, or the message that there is none", |page| is_saved(page) || is_unavailable(page));
    if is_saved(&page) {
        let saved = page.saved_text("lockstep.html");
        assert!(one_file::with_link(&saved, "").is_some() && saved.contains("data-opens=\"tasks=9"), "{}", &saved[..200]);
    }
}

#[test]
fn files_belong_to_the_current_run_and_disappear_when_it_changes() {
    let page = Page::open_with_files("");
    page.type_into("Tasks", "31");
    page.wait_until("another run", |page| page.query().contains("tasks=31") && page.is_finished());
    page.wait_until("no files", |page| page.count("take-away") == 0);
    page.press("Make files of this run");
    let digest = "return document.querySelector('[data-testid=take-away]')?.dataset.digest ?? null";
    page.wait_until("the files of the new run", |page| page.evaluate(digest) != Value::Null);
    assert_eq!(page.evaluate(digest), json!(page.result().digest));
}

/// A trace file whose scenario takes seconds to run.
const HEAVY_TRACE: &str = r#"{"format":"lockstep-trace","version":1,"scenario":{"begin":"deferred","journal":"delete","keep_going":false,"limit":10,"machine":"windows-laptop","read_first":false,"retries":0,"retry_pause":0.05,"seed":1,"sleep":0,"strategy":"connection-per-task","synchronous":"full","tasks":10000,"timeout":600},"digest":"2d06800538d394c2","turn_us":109375,"simulated":294,"events":[]}"#;

#[test]
fn a_trace_file_that_takes_long_shows_its_progress_and_can_be_cancelled() {
    let page = Page::open("tasks=5");
    page.scroll_to_workshop();
    page.choose_file(HEAVY_TRACE);
    page.wait_until("the progress", |page| page.text("take-import").contains("so far"));
    // Progress that the worker still reports must not replace the message.
    let seen = "window.seen = []; new MutationObserver(() => seen.push(document.querySelector('[data-testid=take-import]').textContent))
                    .observe(document.querySelector('[data-testid=take-import]'), { subtree: true, childList: true, characterData: true });";
    page.evaluate(seen);
    page.evaluate("[...document.querySelectorAll('[data-testid=take-import] button')].find(button => button.textContent === 'Cancel').click()");
    page.wait_until("the cancellation", |page| page.text("take-import").contains("Cancelled."));
    page.choose_file("[]");
    page.wait_until("the next file", |page| page.alerts().contains("run.json"));
    let after = "const first = seen.findIndex(text => text.includes('Cancelled.')); return seen.slice(first).filter(text => text.includes('so far')).length";
    assert_eq!(page.evaluate(after), json!(0));
    assert!(page.query().starts_with("tasks=5"), "the page keeps its run");
}
