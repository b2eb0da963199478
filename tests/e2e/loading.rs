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

/// Ways in which the program is not there: its file cannot be fetched, or is no program.
const FAILURES: [(&str, &str); 2] = [
    (
        "const plain = window.fetch;
         window.fetch = (file, ...more) => String(file).endsWith('.wasm') ? Promise.reject(new TypeError('cut off')) : plain(file, ...more)",
        "cut off",
    ),
    (
        "const plain = window.fetch;
         window.fetch = (file, ...more) => String(file).endsWith('.wasm')
             ? Promise.resolve(new Response(new Uint8Array([0, 97, 115, 109, 9, 9, 9, 9]), { headers: { 'Content-Type': 'application/wasm' } }))
             : plain(file, ...more)",
        "CompileError",
    ),
];

#[test]
fn where_the_program_cannot_be_loaded_a_panel_says_why_and_leads_on_and_the_text_is_there() {
    for (failure, reason) in FAILURES {
        let page = Page::open("");
        page.browser.run_before_each_page(failure);
        page.load("tasks=20&sleep=2");
        page.wait_until("the panel", |page| page.text("problem").contains(reason));
        let link = page.script("return document.querySelector('[data-testid=problem] a').getAttribute('href')");
        assert_eq!(link, json!("?tasks=20&sleep=2"));
        assert!(page.has("button", "Start with the defaults"));
        for selector in ["#problem a[href='lesson/index.html']", ".in-short", ".lesson", ".colophon"] {
            let seen =
                page.browser.script("return document.querySelector(arguments[0])?.checkVisibility()", vec![json!(selector)]);
            assert_eq!(seen, json!(true), "{selector}");
        }
    }
}
