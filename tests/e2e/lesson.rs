//! The text about the run: findings, the lesson and its links, the comparison of two runs, the
//! guess.

use crate::page::Page;
use fantoccini::key::Key;
use serde_json::{Value, json};

impl Page {
    /// Scrolls to the element with this `data-testid`.
    fn scroll_to(&self, test_id: &str) {
        self.browser
            .evaluate("document.querySelector(`[data-testid=\"${arguments[0]}\"]`).scrollIntoView()", vec![json!(test_id)]);
    }

    /// Clicks the first element that matches a CSS selector.
    pub(crate) fn click(&self, selector: &str) {
        self.browser.evaluate("document.querySelector(arguments[0]).click()", vec![json!(selector)]);
    }

    pub(crate) fn has_element(&self, selector: &str) -> bool {
        self.browser.evaluate("return document.querySelector(arguments[0]) !== null", vec![json!(selector)]) == json!(true)
    }

    /// Scrolls to the lesson and waits until its text is loaded.
    pub(crate) fn scroll_to_lesson(&self) {
        self.scroll_to("lesson");
        self.wait_until("the lesson's text", |page| page.has_element("#fixes"));
    }
}

#[test]
fn the_lesson_is_loaded_lazily_and_violates_no_policy() {
    let page = Page::open("");
    page.scroll_to_lesson();
    assert!(page.text("lesson").contains("RESERVED"));
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.evaluate("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn a_link_in_the_lesson_opens_its_run_without_a_reload() {
    let page = Page::open("");
    page.scroll_to_lesson();
    page.evaluate("window.stayed = true");
    page.click("a.show-me[href='?sleep=2&t=3']");
    page.wait_until("the run with the sleep", |page| page.query().starts_with("sleep=2&t=3") && page.is_finished());
    assert!((page.playhead() - 3.0).abs() < 1e-5 && page.result().inserted <= 2);
    assert_eq!(page.evaluate("return window.stayed"), json!(true));
}

#[test]
fn a_link_to_another_section_opens_that_section_on_the_page() {
    let page = Page::open("");
    page.scroll_to_lesson();
    page.click("article a[href='lesson/index.html#lock-step']");
    page.wait_until("the section", |page| {
        page.evaluate("return document.getElementById('lock-step').closest('details').open") == json!(true)
    });
    assert!(!page.query().contains("lesson"), "the browser is still on the page");
}

#[test]
fn a_finding_links_to_its_moment() {
    let page = Page::open("tasks=300&sleep=0.2&machine=linux-vm&t=0");
    page.scroll_to_findings();
    let count = "return document.querySelectorAll('[data-finding]').length";
    assert!(page.evaluate(count).as_u64().is_some_and(|count| count >= 4));
    page.click("[data-finding='holder-asleep'] .show-me");
    page.wait_until("the playhead to move", |page| page.playhead() > 0.0);
    page.wait_until("the zoom in the link", |page| page.query().contains("zoom="));
    page.wait_until("the line that the task executes", |page| page.text("program").contains("sleep"));
}

#[test]
fn findings_are_hidden_until_the_guess_and_the_guess_stays_next_to_the_result() {
    let page = Page::open("");
    page.load("tasks=20");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    assert_eq!((page.count("findings"), page.count("result")), (0, 0));
    page.type_into("Your guess: how many of the 20 rows get in?", "7");
    page.press("Guess");
    page.wait_until("the result", Page::is_finished);
    page.scroll_to_findings();
    assert!(page.text("result").contains("You guessed 7"));
    page.type_into("Tasks", "21");
    page.wait_until("the next run", |page| page.query().contains("tasks=21") && page.is_finished());
    assert!(page.text("result").contains("You guessed 7"));
}

#[test]
fn a_kept_run_is_compared_with_the_next_and_the_link_holds_both() {
    let page = Page::open("tasks=20&timeout=1");
    page.scroll_to_findings();
    page.click(".compare a[href*='b.seed=1']");
    page.wait_until("the kept run", |page| page.text("compare").contains("A and B are the same run"));
    page.type_into("Tasks", "40");
    page.wait_until("both runs in the link", |page| page.query().contains("b.tasks=40") && page.is_finished());
    page.wait_until("the difference", |page| !page.text("difference").is_empty());
    assert!(page.text("compare").contains("B has tasks=40 where A has 20"), "{}", page.text("compare"));
    let query = page.query();
    page.visit(&query);
    page.scroll_to_findings();
    page.wait_until("both runs again", |page| !page.text("difference").is_empty());
    assert_eq!(page.query(), query);
    let curves = "return [...document.querySelectorAll('.compare-chart path')].map(path => path.getAttribute('d').length > 20)";
    page.wait_until("two curves", |page| page.evaluate(curves) == json!([true, true]));
    page.click(".compare a[href*='tasks=40']");
    page.wait_until("a single run", |page| page.query() == query_without_first_run(&query));
}

/// The query of the comparison above, with only its second run.
fn query_without_first_run(query: &str) -> String {
    let first = query.replace("tasks=20&", "").replace("b.tasks=40", "");
    let rest: Vec<_> = std::iter::once("tasks=40").chain(first.split('&').filter(|part| !part.is_empty())).collect();
    rest.join("&")
}

#[test]
fn the_lesson_and_the_facts_have_separate_pages() {
    let page = Page::open("");
    for (path, words) in [("lesson/index.html", "What a COMMIT writes"), ("lesson/facts.html", "1.5")] {
        let body = "return fetch(arguments[0]).then(answer => answer.ok && answer.text())";
        let text = page.browser.evaluate(body, vec![json!(path)]);
        assert!(text.as_str().is_some_and(|text| text.contains(words)), "{path}: {}", text != Value::Null);
    }
}

impl Page {
    /// Whether the whole element is in the viewport and not behind the playback bar.
    pub(crate) fn is_fully_visible(&self, selector: &str) -> bool {
        let body = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
                    const bar = document.querySelector('.playback').getBoundingClientRect();
                    return box.height > 0 && box.top >= -1 && box.bottom <= (bar.top > box.top ? bar.top : innerHeight) + 1";
        self.browser.evaluate(body, vec![json!(selector)]) == json!(true)
    }
}

#[test]
fn show_me_scrolls_to_the_result_and_the_dial_also_while_two_runs_are_compared() {
    let page = Page::open("tasks=100&machine=linux-vm&b.timeout=2");
    page.scroll_to_findings();
    page.click("[data-finding] .show-me");
    page.wait_until("the result and the dial in the viewport", |page| {
        page.is_fully_visible("[data-testid=result]") && page.is_fully_visible("[data-testid=poll-clock]")
    });
    page.click(".compare .pairs a");
    page.wait_until("the comparison in the viewport", |page| {
        let top = page.evaluate("return document.getElementById('compare').getBoundingClientRect().top");
        top.as_f64().is_some_and(|top| (-1.0..400.0).contains(&top))
    });
}

#[test]
fn the_focus_stays_on_the_link_that_keeps_and_drops_a_run() {
    let page = Page::open("tasks=30&timeout=1");
    page.scroll_to_findings();
    page.evaluate("document.querySelector('#compare [data-stay]').focus()");
    let focused = |page: &Page| page.evaluate("return document.activeElement.textContent");
    assert_eq!(focused(&page), json!("Keep this run as A"));
    for words in ["Stop comparing", "Keep this run as A"] {
        page.send_keys(&char::from(Key::Enter).to_string());
        page.wait_until(words, |page| focused(page) == json!(words));
    }
}

#[test]
fn back_restores_the_state_before_a_link_and_forward_opens_the_link_again() {
    let page = Page::open("tasks=30&timeout=1&t=0.25&select=3");
    let has_old_query = |page: &Page| page.query().contains("tasks=30&timeout=1&t=0.25&select=3") && page.is_finished();
    page.scroll_to_findings();
    page.scroll_to_lesson();
    let link = "a.show-me[href='?sleep=2&t=3']";
    let open_and_scroll = "const link = document.querySelector(arguments[0]);
                   link.closest('details').open = true; link.scrollIntoView({ block: 'center' })";
    page.browser.evaluate(open_and_scroll, vec![json!(link)]);
    page.click(link);
    page.wait_until("the link's run", |page| page.query().starts_with("sleep=2&t=3") && page.is_finished());
    page.evaluate("history.back()");
    page.wait_until("the previous state", |page| has_old_query(page) && (page.playhead() - 0.25).abs() < 1e-5);
    page.wait_until("the previous scroll position", |page| page.is_fully_visible(link));
    page.evaluate("scrollTo(0, 0)");
    page.wait_until("the task's panel", |page| page.has("spinbutton", "Selected task"));
    assert_eq!(page.value_of("spinbutton", "Selected task"), "3");
    page.evaluate("history.forward()");
    page.wait_until("the link's run again", |page| page.query().starts_with("sleep=2&t=3") && page.is_finished());
    assert!((page.playhead() - 3.0).abs() < 1e-5);
}
