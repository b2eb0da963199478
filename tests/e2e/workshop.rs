//! The workshop comes when the reader does, and meets the page only in links.

use crate::page::Page;
use serde_json::json;

impl Page {
    /// Scrolls to the workshop and waits until its sections are there.
    pub(crate) fn enter_workshop(&self) {
        self.script("document.getElementById('workshop').scrollIntoView()");
        self.wait_until("the workshop", |page| page.has_element("#workshop section"));
    }

    fn fetched(&self, name: &str) -> bool {
        let entries = "return performance.getEntriesByType('resource').some(entry => entry.name.includes(arguments[0]))";
        self.browser.script(entries, vec![json!(name)]) == json!(true)
    }
}

#[test]
fn the_workshop_is_not_fetched_before_the_reader_comes_near_and_breaks_no_policy() {
    let page = Page::open("");
    assert!(!page.fetched("/workshop/"));
    page.enter_workshop();
    assert!(page.fetched("/workshop/workshop_bg.wasm"));
    assert_eq!(page.violations(), json!([]));
    assert_eq!(page.script("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.browser.console(), Vec::<String>::new());
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
    page.script("document.addEventListener('lockstep:link', () => (window.told = document.getElementById('app').dataset.link))");
    page.type_into("Tasks", "31");
    page.wait_until("the link", |page| page.script("return window.told") == json!("tasks=31&predict=0"));
    assert_eq!(page.query(), "predict=0&", "the address was refused");
}
