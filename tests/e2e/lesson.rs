//! Words about the run: findings that show their moment, the lesson and its links, two runs beside each other, the guess.

use crate::page::Page;
use fantoccini::key::Key;
use serde_json::{Value, json};

impl Page {
    /// Scrolls a part into view, as a reader does who comes near it.
    pub(crate) fn come_near(&self, part: &str) {
        self.browser.script("document.querySelector(`[data-testid=\"${arguments[0]}\"]`).scrollIntoView()", vec![json!(part)]);
    }

    /// Clicks the first element that a style-sheet selector names.
    pub(crate) fn click(&self, selector: &str) {
        self.browser.script("document.querySelector(arguments[0]).click()", vec![json!(selector)]);
    }

    pub(crate) fn has_element(&self, selector: &str) -> bool {
        self.browser.script("return document.querySelector(arguments[0]) !== null", vec![json!(selector)]) == json!(true)
    }

    pub(crate) fn read_lesson(&self) {
        self.come_near("lesson");
        self.wait_until("the lesson's text", |page| page.has_element("#fixes"));
    }
}

#[test]
fn the_lesson_comes_when_the_reader_does_and_breaks_no_policy() {
    let page = Page::open("");
    page.read_lesson();
    assert!(page.text("lesson").contains("RESERVED"));
    assert_eq!(page.violations(), json!([]));
    assert_eq!(page.script("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.browser.console(), Vec::<String>::new());
}

#[test]
fn a_link_in_the_lesson_is_followed_in_place() {
    let page = Page::open("");
    page.read_lesson();
    page.script("window.stayed = true");
    page.click("a.show-me[href='?sleep=2&t=3']");
    page.wait_until("the run with the sleep", |page| page.query().starts_with("sleep=2&t=3") && page.finished());
    assert!((page.playhead() - 3.0).abs() < 1e-5 && page.result().inserted <= 2);
    assert_eq!(page.script("return window.stayed"), json!(true));
}

#[test]
fn a_link_from_section_to_section_opens_that_section_here() {
    let page = Page::open("");
    page.read_lesson();
    page.click("article a[href='lesson/index.html#lock-step']");
    page.wait_until("the section", |page| {
        page.script("return document.getElementById('lock-step').closest('details').open") == json!(true)
    });
    assert!(!page.query().contains("lesson"), "still on the page");
}

#[test]
fn every_finding_shows_its_moment() {
    let page = Page::open("tasks=300&sleep=0.2&machine=linux-vm&t=0");
    page.read_story();
    let count = "return document.querySelectorAll('[data-finding]').length";
    assert!(page.script(count).as_u64().is_some_and(|count| count >= 4));
    page.click("[data-finding='holder-asleep'] .show-me");
    page.wait_until("the playhead to move", |page| page.playhead() > 0.0);
    page.wait_until("the moment in sight, and in the link", |page| page.query().contains("zoom="));
    page.wait_until("the task's line", |page| page.text("program").contains("sleep"));
}

#[test]
fn findings_wait_for_the_guess_and_the_guess_stays_beside_the_result() {
    let page = Page::open("");
    page.load("tasks=20");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    assert_eq!((page.count("findings"), page.count("result")), (0, 0));
    page.type_into("Your guess: how many of the 20 rows get in?", "7");
    page.press("Guess");
    page.wait_until("the result", Page::finished);
    page.read_story();
    assert!(page.text("result").contains("You guessed 7"));
    page.type_into("Tasks", "21");
    page.wait_until("the next run", |page| page.query().contains("tasks=21") && page.finished());
    assert!(page.text("result").contains("You guessed 7"));
}

#[test]
fn a_kept_run_is_shown_beside_the_next_and_the_link_has_both() {
    let page = Page::open("tasks=20&timeout=1");
    page.read_story();
    page.click(".compare a[href*='b.seed=1']");
    page.wait_until("A", |page| page.text("compare").contains("A and B are the same run"));
    page.type_into("Tasks", "40");
    page.wait_until("both in the link", |page| page.query().contains("b.tasks=40") && page.finished());
    page.wait_until("the difference", |page| !page.text("difference").is_empty());
    assert!(page.text("compare").contains("B has tasks=40 where A has 20"), "{}", page.text("compare"));
    let query = page.query();
    page.visit(&query);
    page.read_story();
    page.wait_until("both runs again", |page| !page.text("difference").is_empty());
    assert_eq!(page.query(), query);
    let curves = "return [...document.querySelectorAll('.compare-chart path')].map(path => path.getAttribute('d').length > 20)";
    page.wait_until("two curves", |page| page.script(curves) == json!([true, true]));
    page.click(".compare a[href*='tasks=40']");
    page.wait_until("one run", |page| page.query() == query_without_second(&query));
}

fn query_without_second(query: &str) -> String {
    let first = query.replace("tasks=20&", "").replace("b.tasks=40", "");
    let rest: Vec<_> = std::iter::once("tasks=40").chain(first.split('&').filter(|part| !part.is_empty())).collect();
    rest.join("&")
}

#[test]
fn the_whole_lesson_and_the_facts_can_be_read_on_pages_of_their_own() {
    let page = Page::open("");
    for (path, words) in [("lesson/index.html", "What a COMMIT writes"), ("lesson/facts.html", "1.5")] {
        let body = "return fetch(arguments[0]).then(answer => answer.ok && answer.text())";
        let text = page.browser.script(body, vec![json!(path)]);
        assert!(text.as_str().is_some_and(|text| text.contains(words)), "{path}: {}", text != Value::Null);
    }
}

impl Page {
    /// Whether an element is on the screen as a whole, and not below the playback bar.
    pub(crate) fn is_in_sight(&self, selector: &str) -> bool {
        let body = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
                    const bar = document.querySelector('.playback').getBoundingClientRect();
                    return box.height > 0 && box.top >= -1 && box.bottom <= (bar.top > box.top ? bar.top : innerHeight) + 1";
        self.browser.script(body, vec![json!(selector)]) == json!(true)
    }
}

#[test]
fn show_me_leads_to_the_pictures_below_their_result_also_while_two_runs_are_compared() {
    let page = Page::open("tasks=100&machine=linux-vm&b.timeout=2");
    page.read_story();
    page.click("[data-finding] .show-me");
    page.wait_until("result and dial in sight", |page| {
        page.is_in_sight("[data-testid=result]") && page.is_in_sight("[data-testid=poll-clock]")
    });
    page.click(".compare .pairs a");
    page.wait_until("the comparison in sight", |page| {
        let top = page.script("return document.getElementById('compare').getBoundingClientRect().top");
        top.as_f64().is_some_and(|top| (-1.0..400.0).contains(&top))
    });
}

#[test]
fn whoever_keeps_a_run_by_keyboard_can_let_it_go_at_once() {
    let page = Page::open("tasks=30&timeout=1");
    page.read_story();
    page.script("document.querySelector('#compare [data-stay]').focus()");
    let focused = |page: &Page| page.script("return document.activeElement.textContent");
    assert_eq!(focused(&page), json!("Keep this run as A"));
    for words in ["Stop comparing", "Keep this run as A"] {
        page.keys(&char::from(Key::Enter).to_string());
        page.wait_until(words, |page| focused(page) == json!(words));
    }
}

#[test]
fn back_leads_to_the_state_that_a_link_has_left_and_forward_to_the_link_again() {
    let page = Page::open("tasks=30&timeout=1&t=0.25&select=3");
    let was_before = |page: &Page| page.query().contains("tasks=30&timeout=1&t=0.25&select=3") && page.finished();
    page.read_lesson();
    page.wait_until("what stands above the lesson", |page| page.count("findings") == 1);
    let link = "a.show-me[href='?sleep=2&t=3']";
    let reading = "const link = document.querySelector(arguments[0]);
                   link.closest('details').open = true; link.scrollIntoView({ block: 'center' })";
    page.browser.script(reading, vec![json!(link)]);
    page.click(link);
    page.wait_until("the link's run", |page| page.query().starts_with("sleep=2&t=3") && page.finished());
    page.script("history.back()");
    page.wait_until("the state before", |page| was_before(page) && (page.playhead() - 0.25).abs() < 1e-5);
    page.wait_until("the place before", |page| page.is_in_sight(link));
    page.script("scrollTo(0, 0)");
    page.wait_until("the task's panel", |page| page.has("spinbutton", "Selected task"));
    assert_eq!(page.value_of("spinbutton", "Selected task"), "3");
    page.script("history.forward()");
    page.wait_until("the link's run again", |page| page.query().starts_with("sleep=2&t=3") && page.finished());
    assert!((page.playhead() - 3.0).abs() < 1e-5);
}
