//! The sections below the stage are rendered when the user scrolls near them, and share one wasm
//! file.

use crate::page::Page;
use serde_json::json;

impl Page {
    /// Scrolls to the workshop and waits until its sections are rendered.
    pub(crate) fn scroll_to_workshop(&self) {
        self.evaluate("document.getElementById('workshop').scrollIntoView()");
        self.wait_until("the workshop", |page| page.has_element("#workshop section"));
    }

    /// The number of files with this ending that the page has fetched.
    fn fetch_count(&self, ending: &str) -> u64 {
        let count = "return performance.getEntriesByType('resource').filter(entry => entry.name.endsWith(arguments[0])).length";
        self.browser.evaluate(count, vec![json!(ending)]).as_u64().unwrap_or_default()
    }

    /// The number of runs that were computed on the main thread, and in workers.
    fn run_counts(&self) -> (u64, u64) {
        let count = |name: &str| {
            let body = "return performance.getEntriesByName(arguments[0]).length";
            self.browser.evaluate(body, vec![json!(name)]).as_u64().unwrap_or_default()
        };
        (count("lockstep:run-on-page"), count("lockstep:run-in-worker"))
    }
}

#[test]
fn the_workshop_is_rendered_lazily_and_violates_no_policy() {
    let page = Page::open("");
    assert!(!page.has_element("#workshop section"));
    page.scroll_to_workshop();
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.evaluate("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn the_page_its_sections_and_its_workers_share_one_wasm_file() {
    let page = Page::open("tasks=5&timeout=0.2");
    page.scroll_to_workshop();
    page.start_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_state() == "done");
    assert_eq!(page.fetch_count(".wasm"), 1);
}

#[test]
fn a_run_is_computed_once_on_the_main_thread_and_once_in_a_worker() {
    // The page runs no other seeds for a run with this many events.
    let page = Page::open("tasks=4000&timeout=30&machine=linux-vm");
    page.evaluate("document.getElementById('story').scrollIntoView()");
    page.wait_until("the findings", |page| page.count("findings") == 1);
    page.click("[data-testid=findings] .show-me");
    page.wait_until("the moment", |page| page.query().contains("zoom="));
    assert_eq!(page.run_counts(), (1, 0), "the page and its findings share one run");
    page.scroll_to_workshop();
    page.press("Make files of this run");
    page.wait_until("a picture", |page| page.has_element("[data-testid=take-picture]"));
    page.click("[data-challenge=everybody-in] summary");
    page.wait_until("the conditions", |page| page.has_element("[data-challenge=everybody-in] .conditions"));
    assert_eq!(page.run_counts(), (1, 1), "files, pictures and challenges share the worker's run");
}

#[test]
fn a_link_to_a_section_renders_the_workshop_and_scrolls_to_the_section() {
    let page = Page::open("");
    page.evaluate(
        "const link = document.createElement('a'); link.href = '#workshop-sweep'; document.body.append(link); link.click()",
    );
    page.wait_until("the section", |page| {
        let top = "return document.getElementById('workshop-sweep')?.getBoundingClientRect().top";
        page.evaluate(top).as_f64().is_some_and(|top| (0.0..800.0).contains(&top))
    });
}

#[test]
fn the_current_link_is_exposed_also_where_the_address_bar_cannot_change() {
    let page = Page::open("");
    page.evaluate("history.replaceState = () => { throw new Error('refused') }");
    page.type_into("Tasks", "31");
    page.wait_until("the link", |page| {
        page.evaluate("return document.getElementById('app').dataset.link") == json!("tasks=31&predict=0")
    });
    assert_eq!(page.query(), "predict=0&", "the address has not changed");
}

#[test]
fn an_address_with_the_anchor_of_a_section_opens_at_the_section() {
    let page = Page::open("");
    page.load("predict=0#workshop-sweep");
    page.wait_until("the section", |page| {
        let top = "return document.getElementById('workshop-sweep')?.getBoundingClientRect().top ?? -1";
        page.evaluate(top).as_f64().is_some_and(|top| (0.0..800.0).contains(&top))
    });
}
