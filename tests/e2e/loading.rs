//! Nothing is refused, missing or said in the console.

use crate::page::Page;
use serde_json::json;

#[test]
fn the_page_loads_below_a_folder_under_a_strict_policy_and_leaves_nothing_in_the_console() {
    let page = Page::open("");
    assert_eq!(page.violations(), json!([]));
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
fn a_run_that_plays_and_changes_breaks_no_policy_either() {
    let page = Page::open("tasks=50&timeout=1");
    page.press("Play");
    page.press("To first error");
    page.type_into("Tasks", "60");
    page.wait_until("the run of 60 tasks", |page| page.query().contains("tasks=60") && page.finished());
    assert_eq!(page.violations(), json!([]));
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
fn no_element_has_a_style_attribute() {
    let page = Page::open("");
    page.play_to_the_end();
    assert_eq!(page.script("return [...document.querySelectorAll('[style]')].map(element => element.outerHTML)"), json!([]));
}

#[test]
fn the_page_asks_for_nothing_from_another_host() {
    let page = Page::open("");
    let foreign = "return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => !name.startsWith(location.origin))";
    assert_eq!(page.script(foreign), json!([]));
}

#[test]
fn the_question_can_be_read_before_the_program_has_arrived() {
    let page = Page::open("");
    let body = "return fetch(location.pathname).then(answer => answer.text()).then(text => new DOMParser().parseFromString(text, 'text/html').body.innerText)";
    let text = page.script(body);
    assert!(
        text.as_str().is_some_and(|text| text.contains("database is locked") && text.contains("does not stand in a queue")),
        "{text}"
    );
}

#[test]
fn where_the_program_cannot_be_started_the_page_says_so_and_its_text_is_there() {
    let page = Page::open("");
    page.browser.run_before_each_page(
        "for (const way of ['compile', 'compileStreaming', 'instantiate', 'instantiateStreaming'])
             WebAssembly[way] = () => Promise.reject(new Error('refused here'))",
    );
    page.load("");
    page.wait_until("the reason", |page| {
        page.script("return document.getElementById('loading')?.textContent ?? ''")
            .as_str()
            .is_some_and(|text| text.contains("refused here"))
    });
    for selector in ["#loading a[href='lesson/index.html']", ".in-short", ".lesson", ".colophon"] {
        let seen = page.browser.script("return document.querySelector(arguments[0])?.checkVisibility()", vec![json!(selector)]);
        assert_eq!(seen, json!(true), "{selector}");
    }
}
