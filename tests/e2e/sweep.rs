//! A sweep runs in workers, each point is a run that the page can show, and Cancel stops the
//! workers.

use crate::page::Page;
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Init script that counts the running workers and all started workers in `window.workers`.
pub(crate) const COUNT_WORKERS: &str = "const OriginalWorker = Worker;
    window.workers = { running: 0, started: 0 };
    window.Worker = class extends OriginalWorker {
      constructor(...options) {
        super(...options);
        this.onTerminate = () => {};
        if (!String(options[0]).includes('worker.js')) return;
        workers.running++; workers.started++;
        this.onTerminate = () => { workers.running--; this.onTerminate = () => {}; };
      }
      terminate() { super.terminate(); this.onTerminate(); }
    };";
/// Init script that forbids workers, as some iframes do.
pub(crate) const FORBID_WORKERS: &str = "window.Worker = class { constructor() { throw new Error('refused') } };";

impl Page {
    fn open_workshop(init_script: &str, query: &str) -> Self {
        let page = Self::open_with_init_script(init_script, 1280, 800, query);
        page.scroll_to_workshop();
        page
    }

    /// Starts a sweep over 10, 20 and 40 tasks, with three runs of each.
    pub(crate) fn start_small_sweep(&self) {
        for (field, value) in [("From", "10"), ("To", "40"), ("Values (at most)", "3"), ("Runs per value", "3")] {
            self.type_into(field, value);
        }
        self.press("Run the sweep");
    }

    /// The state of the sweep: `running`, `done` or `cancelled`; empty before the first sweep.
    pub(crate) fn sweep_state(&self) -> String {
        self.sweep_progress("state")
    }

    /// A data attribute of the sweep's progress line; empty if there is none.
    fn sweep_progress(&self, name: &str) -> String {
        let body = "return document.querySelector('[data-testid=sweep-progress]')?.dataset[arguments[0]] ?? ''";
        self.browser.evaluate(body, vec![json!(name)]).as_str().unwrap_or_default().to_owned()
    }

    /// The link of each point in the chart, and its median.
    fn chart_points(&self) -> Vec<(String, u32)> {
        let body = "return [...document.querySelectorAll('[data-testid=sweep-chart] a')]
                        .map(link => [link.getAttribute('href'), link.getAttribute('aria-label')])";
        let read = |point: &Value| {
            let label = point[1].as_str()?.split(": ").nth(1)?;
            Some((point[0].as_str()?.to_owned(), label.split(' ').next()?.parse().ok()?))
        };
        let points = self.evaluate(body);
        points.as_array().expect("links").iter().map(|point| read(point).unwrap_or_else(|| panic!("{point}"))).collect()
    }
}

#[test]
fn each_point_of_a_finished_sweep_opens_the_run_with_its_median() {
    let page = Page::open_workshop(COUNT_WORKERS, "timeout=0.2&machine=linux-vm");
    page.start_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_state() == "done");
    assert_eq!(page.sweep_progress("done"), "9");
    page.wait_until("all workers to end", |page| page.evaluate("return workers.running") == json!(0));
    assert!(page.evaluate("return workers.started").as_u64().is_some_and(|count| count > 0), "the sweep ran in workers");
    let points = page.chart_points();
    assert_eq!(points.len(), 3);
    for (href, median) in points {
        let point = format!("[data-testid=sweep-chart] a[href='{href}']");
        page.browser.block_on(page.browser.block_on(page.browser.client().find(Locator::Css(&point))).click());
        let query = href.trim_start_matches('?').to_owned();
        page.wait_until("the point's run", |page| page.query().starts_with(&query) && page.is_finished());
        assert_eq!(page.result().inserted, median, "{href}");
    }
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.evaluate("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn a_point_opened_by_keyboard_does_not_reload_the_page_and_is_marked_as_current() {
    let page = Page::open_workshop(COUNT_WORKERS, "timeout=0.2&machine=linux-vm");
    page.start_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_state() == "done");
    page.evaluate("window.stayed = true");
    page.evaluate("document.querySelector('[data-testid=sweep-chart] a:last-of-type').focus()");
    page.send_keys(&char::from(Key::Enter).to_string());
    page.wait_until("the run of 40 tasks", |page| page.query().starts_with("tasks=40&timeout=0.2") && page.is_finished());
    assert_eq!(page.evaluate("return window.stayed"), json!(true));
    assert!(page.query().contains("predict=0"), "the settings of the page are kept: {}", page.query());
    page.wait_until("the point to be marked as current", |page| {
        page.has_element("[data-testid=sweep-chart] a:last-of-type[aria-current]")
    });
}

#[test]
fn cancel_stops_the_workers_and_keeps_the_points_so_far() {
    let page = Page::open_workshop(COUNT_WORKERS, "tasks=5");
    page.click("[data-ready=measured]");
    page.wait_until("some runs", |page| {
        page.sweep_state() == "running" && page.sweep_progress("done").parse().is_ok_and(|done: u32| done > 0)
    });
    assert_ne!(page.evaluate("return workers.running"), json!(0));
    page.press("Cancel");
    page.wait_until("the sweep to be cancelled", |page| page.sweep_state() == "cancelled");
    page.wait_until("all workers to end", |page| page.evaluate("return workers.running") == json!(0));
    let done: u32 = page.sweep_progress("done").parse().expect("a count");
    assert!((1..140).contains(&done) && !page.chart_points().is_empty(), "{done}");
    // A cancelled sweep must not block the next one.
    page.click("[data-ready=dip]");
    page.wait_until("the next sweep", |page| page.sweep_state() == "running");
    page.press("Cancel");
    page.wait_until("all workers to end", |page| {
        page.sweep_state() == "cancelled" && page.evaluate("return workers.running") == json!(0)
    });
}

#[test]
fn without_workers_the_sweep_runs_on_the_main_thread() {
    let page = Page::open_workshop(FORBID_WORKERS, "timeout=0.2&machine=linux-vm");
    page.start_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_state() == "done" && page.chart_points().len() == 3);
}

#[test]
fn a_number_out_of_range_raises_an_alert_with_the_range_and_starts_no_sweep() {
    let page = Page::open_workshop(COUNT_WORKERS, "tasks=5");
    page.wait_until("the runs with other seeds", |page| {
        page.evaluate("return workers.started > 0 && workers.running === 0") == json!(true)
    });
    let before = page.evaluate("return workers.started");
    page.type_into("To", "20000");
    page.press("Run the sweep");
    page.wait_until("the message", |page| page.alerts().contains("tasks: '20000' is not allowed"));
    assert_eq!((page.sweep_state(), page.evaluate("return workers.started")), (String::new(), before));
}
