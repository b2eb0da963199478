//! The sections below the stage are rendered when the user comes near, by the one program that is loaded already.

use crate::page::Page;
use serde_json::json;

impl Page {
    /// Scrolls to the workshop and waits until its sections are there.
    pub(crate) fn enter_workshop(&self) {
        self.script("document.getElementById('workshop').scrollIntoView()");
        self.wait_until("the workshop", |page| page.has_element("#workshop section"));
    }

    /// How many files with this ending the page has fetched.
    fn fetched(&self, ending: &str) -> u64 {
        let count = "return performance.getEntriesByType('resource').filter(entry => entry.name.endsWith(arguments[0])).length";
        self.browser.script(count, vec![json!(ending)]).as_u64().unwrap_or_default()
    }

    /// How many runs were computed on the page's thread, and in workers.
    fn runs_computed(&self) -> (u64, u64) {
        let count = |name: &str| {
            let body = "return performance.getEntriesByName(arguments[0]).length";
            self.browser.script(body, vec![json!(name)]).as_u64().unwrap_or_default()
        };
        (count("lockstep:run-on-page"), count("lockstep:run-in-worker"))
    }
}

#[test]
fn the_workshop_is_not_rendered_before_the_user_comes_near_and_breaks_no_policy() {
    let page = Page::open("");
    assert!(!page.has_element("#workshop section"));
    page.enter_workshop();
    assert_eq!(page.violations(), json!([]));
    assert_eq!(page.script("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
fn one_wasm_file_serves_the_page_its_sections_and_its_workers() {
    let page = Page::open("tasks=5&timeout=0.2");
    page.enter_workshop();
    page.run_a_small_sweep();
    page.wait_until("the sweep's end", |page| page.sweep_is("done"));
    assert_eq!(page.fetched(".wasm"), 1);
}

#[test]
fn a_run_is_computed_once_on_the_page_and_once_in_a_worker_that_needs_it() {
    // Too many events for other seeds to be tried.
    let page = Page::open("tasks=4000&timeout=30&machine=linux-vm");
    page.script("document.getElementById('story').scrollIntoView()");
    page.wait_until("the findings", |page| page.count("findings") == 1);
    page.click("[data-testid=findings] .show-me");
    page.wait_until("the moment", |page| page.query().contains("zoom="));
    assert_eq!(page.runs_computed(), (1, 0), "the page, its findings and their moments read one run");
    page.enter_workshop();
    page.press("Make files of this run");
    page.wait_until("a picture", |page| page.has_element("[data-testid=take-picture]"));
    page.click("[data-challenge=everybody-in] summary");
    page.wait_until("the conditions", |page| page.has_element("[data-challenge=everybody-in] .conditions"));
    assert_eq!(page.runs_computed(), (1, 1), "files, pictures and challenges share the worker's run");
}

#[test]
fn a_link_to_a_section_fetches_the_workshop_and_goes_there() {
    let page = Page::open("");
    page.script(
        "const link = document.createElement('a'); link.href = '#workshop-sweep'; document.body.append(link); link.click()",
    );
    page.wait_until("the section", |page| {
        let top = "return document.getElementById('workshop-sweep')?.getBoundingClientRect().top";
        page.script(top).as_f64().is_some_and(|top| (0.0..800.0).contains(&top))
    });
}

#[test]
fn the_page_tells_its_present_link_also_where_the_address_may_not_change() {
    let page = Page::open("");
    page.script("history.replaceState = () => { throw new Error('refused') }");
    page.type_into("Tasks", "31");
    page.wait_until("the link", |page| {
        page.script("return document.getElementById('app').dataset.link") == json!("tasks=31&predict=0")
    });
    assert_eq!(page.query(), "predict=0&", "the address was refused");
}
