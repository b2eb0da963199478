//! What can be downloaded is what the model says, and can be opened again.

use crate::page::Page;
use lockstep_core::export::picture::{Frame, Picture, Theme, svg};
use lockstep_core::export::{Format, one_file, trace_json};
use lockstep_core::model;
use lockstep_core::scenario::query;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Trace, TraceIndex};
use serde_json::{Value, json};

const QUERY: &str = "tasks=30&timeout=0.5&machine=linux-vm";

/// Keeps what would be saved, under its name, instead of saving it.
const KEEP_DOWNLOADS: &str = "window.saved = {}; const blobs = new Map(); const make = URL.createObjectURL;
    URL.createObjectURL = blob => { const url = make(blob); blobs.set(url, blob); return url };
    const click = HTMLElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
        if (this.download) window.saved[this.download] = blobs.get(this.href); else click.call(this);
    };";

fn native() -> (Trace, TraceIndex) {
    let trace = model::run(&query::read(QUERY).scenario).expect("a small run");
    let index = TraceIndex::of(&trace);
    (trace, index)
}

impl Page {
    /// Opens the page with the run of [`QUERY`], in the workshop, with its files made.
    fn with_files(more: &str) -> Self {
        let page = Self::open(&format!("{QUERY}{more}"));
        page.script(KEEP_DOWNLOADS);
        page.enter_workshop();
        page.press("Make files of this run");
        page.wait_until("the files", |page| page.count("take-away") == 1);
        page
    }

    /// What was saved under this name, as text.
    fn saved(&self, name: &str) -> String {
        let body = "return Object.keys(window.saved)";
        self.wait_until(name, |page| page.script(body).as_array().is_some_and(|names| names.contains(&json!(name))));
        let text = self.browser.script("return window.saved[arguments[0]].text()", vec![json!(name)]);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Chooses a file with this text, as the reader would in the browser's window for files.
    fn choose_file(&self, text: &str) {
        let body = "const field = document.querySelector('[data-testid=take-import] input'), list = new DataTransfer();
                    list.items.add(new File([arguments[0]], 'run.json'));
                    field.files = list.files;
                    field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.browser.script(body, vec![json!(text)]);
    }
}

#[test]
fn every_file_of_the_events_is_what_the_model_writes_natively() {
    let (page, (trace, index)) = (Page::with_files(""), native());
    let digest = page.script("return document.querySelector('[data-testid=take-away]').dataset.digest");
    assert_eq!(digest, json!(page.result().digest));
    for (format, button) in
        [(Format::Json, "Trace as JSON"), (Format::Csv, "Events as CSV"), (Format::TraceEvent, "Trace Event JSON")]
    {
        page.press(&format!("Download {button}"));
        let file = page.saved(&format!("lockstep-30-tasks-seed-1{}", format.ending()));
        assert!(file == format.lines(&trace, &index).collect::<String>(), "{button}");
    }
    page.press("Download Python program");
    assert!(page.saved("lockstep.py").contains("aiosqlite"));
    assert_eq!(page.violations(), json!([]));
}

#[test]
fn a_picture_shows_the_moment_of_the_page_as_svg_and_as_png_of_the_chosen_size() {
    let (page, (trace, index)) = (Page::with_files("&t=0.25"), native());
    page.type_into("Width px", "640");
    page.type_into("Height px", "480");
    page.wait_until("the size", |page| page.has("button", "Download PNG (640 × 480)"));
    let frame = Frame { width: 640, height: 480, theme: Theme::Light };
    let file = svg(&trace, &index, SimTime::from_micros(250_000), Picture::PollClock, &frame);
    let size = (file.len() + 500) / 1000;
    page.press(&format!("Download SVG ({size} kB)"));
    assert!(page.saved("lockstep-30-tasks-seed-1-poll-clock.svg") == file);
    page.press("Download PNG (640 × 480)");
    page.saved("lockstep-30-tasks-seed-1-poll-clock.png");
    let body = "return createImageBitmap(window.saved['lockstep-30-tasks-seed-1-poll-clock.png']).then(({ width, height }) => [width, height])";
    assert_eq!(page.script(body), json!([640, 480]));
    assert_eq!(page.violations(), json!([]));
}

#[test]
fn a_trace_file_opens_its_run_and_says_that_it_is_the_same() {
    let page = Page::open("tasks=5");
    page.enter_workshop();
    let (trace, _) = native();
    page.choose_file(&trace_json::lines(&trace).collect::<String>());
    page.wait_until("its run", |page| page.query().starts_with(QUERY) && page.finished());
    page.wait_until("the words", |page| page.text("take-import").contains(&trace_json::digest_text(&trace)));
    assert!(page.text("take-import").contains("both have the digest"));
    assert_eq!(page.result().digest, trace_json::digest_text(&trace));
}

#[test]
fn a_trace_file_that_is_wrong_is_refused_by_the_name_of_what_is_wrong() {
    let page = Page::open("tasks=5");
    page.enter_workshop();
    let good: String = trace_json::lines(&native().0).collect();
    for (from, to, words) in [
        ("\"tasks\":30", "\"tasks\":0", "tasks: '0' is not allowed"),
        ("\"granted\":", "\"grunted\":", "grunted: unknown field `grunted`"),
        ("\"sleeps_us\":", "\"sleeps_us\":1", "digest: the file says"),
    ] {
        page.choose_file(&good.replacen(from, to, 1));
        page.wait_until(words, |page| page.alerts().contains(words));
    }
    page.wait_until("the page as it was", |page| page.query().starts_with("tasks=5"));
}

#[test]
fn a_file_of_another_version_of_the_model_is_shown_with_a_warning() {
    let page = Page::open("tasks=5");
    page.enter_workshop();
    let (mut trace, _) = native();
    trace.events.pop();
    page.choose_file(&trace_json::lines(&trace).collect::<String>());
    page.wait_until("the warning", |page| page.text("take-import").contains("the run differs"));
    assert!(page.text("take-import").contains(&trace_json::digest_text(&trace)));
}

#[test]
fn the_whole_page_is_saved_as_one_file_that_opens_as_it_stands() {
    let page = Page::open("tasks=9&predict=0");
    page.script(KEEP_DOWNLOADS);
    page.enter_workshop();
    page.press("Download as one file");
    let present = |page: &Page| !page.script("return window.saved['lockstep.html'] ?? null").is_null();
    let has_none = |page: &Page| page.text("workshop-take-away").contains("script/build makes it");
    page.wait_until("the file, or what there is instead", |page| present(page) || has_none(page));
    if present(&page) {
        let saved = page.saved("lockstep.html");
        assert!(one_file::with_link(&saved, "").is_some() && saved.contains("data-opens=\"tasks=9"), "{}", &saved[..200]);
    }
}

#[test]
fn files_are_those_of_the_run_that_is_shown_and_no_other() {
    let page = Page::with_files("");
    page.type_into("Tasks", "31");
    page.wait_until("another run", |page| page.query().contains("tasks=31") && page.finished());
    page.wait_until("no files", |page| page.count("take-away") == 0);
    page.press("Make files of this run");
    let digest = "return document.querySelector('[data-testid=take-away]')?.dataset.digest ?? null";
    page.wait_until("its files", |page| page.script(digest) != Value::Null);
    assert_eq!(page.script(digest), json!(page.result().digest));
}
