//! Under a strict policy nothing is blocked or missing, and the console stays empty.

use crate::page::Page;
use serde_json::json;

#[test]
fn the_page_loads_below_a_path_under_a_strict_policy_and_the_console_stays_empty() {
    let page = Page::open("");
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn playing_and_changing_a_run_violates_no_policy() {
    let page = Page::open("tasks=50&timeout=1");
    page.press("Play");
    page.press("To first error");
    page.type_into("Tasks", "60");
    page.wait_until("the run of 60 tasks", |page| page.query().contains("tasks=60") && page.is_finished());
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn no_element_has_a_style_attribute() {
    let page = Page::open("");
    page.play_to_end();
    assert_eq!(page.evaluate("return [...document.querySelectorAll('[style]')].map(element => element.outerHTML)"), json!([]));
}

#[test]
fn the_page_requests_nothing_from_another_origin() {
    let page = Page::open("");
    let other_origins = "return performance.getEntriesByType('resource').map(entry => entry.name)
                             .filter(name => !name.startsWith(location.origin))";
    assert_eq!(page.evaluate(other_origins), json!([]));
}

#[test]
fn the_question_is_part_of_the_html_so_it_is_readable_before_the_program_is_loaded() {
    let page = Page::open("");
    let body = "return fetch(location.pathname).then(response => response.text())
                    .then(text => new DOMParser().parseFromString(text, 'text/html').body.innerText)";
    let text = page.evaluate(body);
    assert!(
        text.as_str().is_some_and(|text| text.contains("database is locked") && text.contains("does not stand in a queue")),
        "{text}"
    );
}

/// Two ways to fail to load the program, and what the message must contain: the request fails, or
/// the file is not valid wasm.
const FAILURES: [(&str, &str); 2] = [
    (
        "const original = window.fetch;
         window.fetch = (file, ...rest) => String(file).endsWith('.wasm')
             ? Promise.reject(new TypeError('cut off'))
             : original(file, ...rest)",
        "cut off",
    ),
    (
        "const original = window.fetch;
         window.fetch = (file, ...rest) => String(file).endsWith('.wasm')
             ? Promise.resolve(new Response(new Uint8Array([0, 97, 115, 109, 9, 9, 9, 9]), { headers: { 'Content-Type': 'application/wasm' } }))
             : original(file, ...rest)",
        "CompileError",
    ),
];

#[test]
fn if_the_program_cannot_be_loaded_a_panel_gives_the_reason_and_a_retry_link_and_the_text_stays() {
    for (failure, reason) in FAILURES {
        let page = Page::open("");
        page.browser.add_init_script(failure);
        page.load("tasks=20&sleep=2");
        page.wait_until("the panel", |page| page.text("problem").contains(reason));
        let link = page.evaluate("return document.querySelector('[data-testid=problem] a').getAttribute('href')");
        assert_eq!(link, json!("?tasks=20&sleep=2"));
        assert!(page.has("button", "Start with the defaults"));
        for selector in ["#problem a[href='lesson/index.html']", ".in-short", ".lesson", ".colophon"] {
            let is_visible =
                page.browser.evaluate("return document.querySelector(arguments[0])?.checkVisibility()", vec![json!(selector)]);
            assert_eq!(is_visible, json!(true), "{selector}");
        }
    }
}

#[test]
fn a_panic_shows_its_message_the_link_and_a_way_to_start_with_the_defaults() {
    let page = Page::open("");
    page.load("tasks=20&test-panic=1");
    page.wait_until("the panel", |page| page.text("problem").contains("a panic for a test"));
    assert_eq!(page.count("problem"), 1, "the start that failed with it adds no second panel");
    let link = page.evaluate("return document.querySelector('[data-testid=problem] a').getAttribute('href')");
    assert_eq!(link, json!("?tasks=20&test-panic=1"));
    page.press("Start with the defaults");
    page.wait_until("the page with its defaults", |page| page.has("button", "Skip"));
}
