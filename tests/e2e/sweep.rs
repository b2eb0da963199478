//! A sweep runs in the background, its points are the runs that the page shows, and cancel ends it.

use crate::page::Page;
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Counts the workers that live, and how many there ever were.
const WATCH_WORKERS: &str = "const Plain = Worker;
    window.workers = { alive: 0, ever: 0 };
    window.Worker = class extends Plain {
      constructor(...given) {
        super(...given);
        this.ends = () => {};
        if (!String(given[0]).includes('worker.js')) return;
        workers.alive++; workers.ever++; this.ends = () => { workers.alive--; this.ends = () => {}; };
      }
      terminate() { super.terminate(); this.ends(); }
    };";
/// As in a frame that may have none.
const REFUSE_WORKERS: &str = "window.Worker = class { constructor() { throw new Error('refused') } };";

impl Page {
    fn in_workshop(before: &str, query: &str) -> Self {
        let page = Self::open_after(before, 1280, 800, query);
        page.enter_workshop();
        page
    }

    /// Tasks 10, 20 and 40, three runs of each.
    pub(crate) fn run_a_small_sweep(&self) {
        for (field, value) in [("From", "10"), ("To", "40"), ("Values, at most", "3"), ("Runs of each", "3")] {
            self.type_into(field, value);
        }
        self.press("Run the sweep");
    }

    pub(crate) fn sweep_is(&self, state: &str) -> bool {
        self.sweep("state") == state
    }

    /// What the line of the progress says of itself.
    fn sweep(&self, name: &str) -> String {
        let body = "return document.querySelector('[data-testid=sweep-progress]')?.dataset[arguments[0]] ?? ''";
        self.browser.script(body, vec![json!(name)]).as_str().unwrap_or_default().to_owned()
    }

    /// Each point's link, and the median that it names.
    fn points(&self) -> Vec<(String, u32)> {
        let body = "return [...document.querySelectorAll('[data-testid=sweep-chart] a')]
                        .map(link => [link.getAttribute('href'), link.getAttribute('aria-label')])";
        let read = |point: &Value| {
            let label = point[1].as_str()?.split(": ").nth(1)?;
            Some((point[0].as_str()?.to_owned(), label.split(' ').next()?.parse().ok()?))
        };
        let points = self.script(body);
        points.as_array().expect("links").iter().map(|point| read(point).unwrap_or_else(|| panic!("{point}"))).collect()
    }
}

#[test]
fn a_small_sweep_runs_to_its_end_and_its_points_are_the_runs_that_the_page_shows() {
    let page = Page::in_workshop(WATCH_WORKERS, "timeout=0.2&machine=linux-vm");
    page.run_a_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_is("done"));
    assert_eq!(page.sweep("done"), "9");
    page.wait_until("no worker outlives its sweep", |page| page.script("return workers.alive") == json!(0));
    assert!(page.script("return workers.ever").as_u64().is_some_and(|count| count > 0), "it ran in the background");
    let points = page.points();
    assert_eq!(points.len(), 3);
    for (href, median) in points {
        let point = format!("[data-testid=sweep-chart] a[href='{href}']");
        page.browser.ask(page.browser.ask(page.browser.client().find(Locator::Css(&point))).click());
        let query = href.trim_start_matches('?').to_owned();
        page.wait_until("the point's run", |page| page.query().starts_with(&query) && page.finished());
        assert_eq!(page.result().inserted, median, "{href}");
    }
    assert_eq!(page.violations(), json!([]));
    assert_eq!(page.script("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
fn a_point_is_opened_in_place_by_keyboard_and_is_marked_as_the_run_that_is_shown() {
    let page = Page::in_workshop(WATCH_WORKERS, "timeout=0.2&machine=linux-vm");
    page.run_a_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_is("done"));
    page.script("window.stayed = true");
    page.script("document.querySelector('[data-testid=sweep-chart] a:last-of-type').focus()");
    page.keys(&char::from(Key::Enter).to_string());
    page.wait_until("the run of 40 tasks", |page| page.query().starts_with("tasks=40&timeout=0.2") && page.finished());
    assert_eq!(page.script("return window.stayed"), json!(true));
    assert!(page.query().contains("predict=0"), "the page keeps its own settings: {}", page.query());
    page.wait_until("the mark", |page| page.has_element("[data-testid=sweep-chart] a:last-of-type[aria-current]"));
}

#[test]
fn cancel_ends_the_workers_and_keeps_what_is_there() {
    let page = Page::in_workshop(WATCH_WORKERS, "tasks=5");
    page.click("[data-ready=measured]");
    page.wait_until("some runs", |page| page.sweep_is("running") && page.sweep("done").parse().is_ok_and(|done: u32| done > 0));
    assert_ne!(page.script("return workers.alive"), json!(0));
    page.press("Cancel");
    page.wait_until("the cancel", |page| page.sweep_is("cancelled"));
    page.wait_until("no worker", |page| page.script("return workers.alive") == json!(0));
    let done: u32 = page.sweep("done").parse().expect("a count");
    assert!((1..140).contains(&done) && !page.points().is_empty(), "{done}");
    // Another one starts afresh and ends by itself.
    page.click("[data-ready=dip]");
    page.wait_until("the next", |page| page.sweep_is("running"));
    page.press("Cancel");
    page.wait_until("no worker again", |page| page.sweep_is("cancelled") && page.script("return workers.alive") == json!(0));
}

#[test]
fn where_no_worker_can_be_had_the_sweep_runs_in_the_page() {
    let page = Page::in_workshop(REFUSE_WORKERS, "timeout=0.2&machine=linux-vm");
    page.run_a_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_is("done") && page.points().len() == 3);
}

#[test]
fn a_number_that_cannot_be_swept_is_named_with_its_range_and_nothing_runs() {
    let page = Page::in_workshop(WATCH_WORKERS, "tasks=5");
    page.wait_until("other seeds", |page| page.script("return workers.ever > 0 && workers.alive === 0") == json!(true));
    let before = page.script("return workers.ever");
    page.type_into("To", "20000");
    page.press("Run the sweep");
    page.wait_until("the message", |page| page.alerts().contains("tasks: '20000' is not allowed"));
    assert_eq!((page.sweep("state"), page.script("return workers.ever")), (String::new(), before));
}
