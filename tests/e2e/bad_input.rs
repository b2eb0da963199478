//! The page reports what it cannot use in a link, and still runs.

use crate::page::Page;

/// Queries, and what the note about each must contain: the field and its allowed values.
const BAD_QUERIES: [(&str, &[&str]); 16] = [
    ("tasks=0", &["tasks", "'0'", "1 to 10000"]),
    ("tasks=10001", &["tasks", "'10001'", "1 to 10000"]),
    ("tasks=-5", &["tasks", "'-5'", "1 to 10000"]),
    ("tasks=many", &["tasks", "'many'", "1 to 10000"]),
    ("tasks=", &["tasks", "''", "1 to 10000"]),
    ("tasks=99999999999999999999999999", &["tasks", "1 to 10000"]),
    ("timeout=601", &["timeout", "'601'", "0 to 600"]),
    ("timeout=NaN", &["timeout", "'NaN'", "0 to 600"]),
    ("timeout=inf", &["timeout", "'inf'", "0 to 600"]),
    ("sleep=-0.1", &["sleep", "'-0.1'", "0 to 60"]),
    ("seed=4294967296", &["seed", "'4294967296'", "0 to 4294967295"]),
    ("keep_going=yes", &["keep_going", "'yes'", "0 or 1"]),
    ("journal=floppy", &["journal", "'floppy'", "wal"]),
    ("machine=toaster", &["machine", "'toaster'", "linux-vm"]),
    ("nonsense=1", &["nonsense", "tasks", "timeout"]),
    ("tasks=%FF%FE%ZZ%", &["tasks", "1 to 10000"]),
];

#[test]
fn a_note_names_each_invalid_value_and_what_is_allowed_and_the_default_is_used() {
    let page = Page::open("");
    let default = page.result();
    for (query, expected) in BAD_QUERIES {
        page.visit(&format!("predict=0&{query}"));
        let notes = page.text("notes");
        for part in expected {
            assert!(notes.contains(part), "the note on {query} lacks {part:?}: {notes:?}");
        }
        assert_eq!(page.result(), default, "{query}");
    }
}

#[test]
fn the_valid_fields_of_a_link_are_kept_when_another_field_is_invalid() {
    let page = Page::open("tasks=30&timeout=soon&seed=9");
    assert_eq!(page.value_of("spinbutton", "Tasks"), "30");
    assert_eq!(page.value_of("spinbutton", "Busy timeout"), "5");
    assert_eq!(page.value_of("spinbutton", "Seed"), "9");
}

#[test]
fn a_valid_link_has_no_note() {
    let page = Page::open("tasks=30");
    assert_eq!(page.text("notes"), "");
}

#[test]
fn very_long_and_malformed_links_give_a_note_and_a_run() {
    let page = Page::open("");
    for query in [format!("tasks={}", "9".repeat(20_000)), "x".repeat(20_000), "&&&===&%%%=%00%0a&=".into()] {
        page.visit(&format!("predict=0&{query}"));
        assert!(!page.text("notes").is_empty(), "{}", &query[..20]);
        let fits = page.evaluate("return document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        assert_eq!(fits, true, "the note on {} is wider than the page", &query[..20]);
    }
}

#[test]
fn markup_in_a_link_is_shown_as_text() {
    let page = Page::open("tasks=<img src=x onerror=alert(1)>");
    assert!(page.text("notes").contains("<img"), "{}", page.text("notes"));
    assert_eq!(page.evaluate("return document.querySelectorAll('img[src=x]').length"), 0);
}

#[test]
fn a_run_that_is_too_large_is_refused_with_a_reason() {
    let page = Page::open("");
    page.load("predict=0&tasks=10000&timeout=600&sleep=60");
    page.wait_until("the reason", |page| page.text("notes").contains("too large"));
    assert!(page.has("spinbutton", "Tasks"), "the controls are shown, to choose a smaller run");
    page.type_into("Tasks", "20");
    page.wait_until("the smaller run", |page| page.is_finished() && page.result().inserted <= 20);
}

#[test]
fn a_long_run_shows_its_progress_and_can_be_stopped() {
    let page = Page::open("tasks=20");
    let follow_link = "const link = document.createElement('a'); document.body.append(link);
                  link.href = '?predict=0&machine=linux-vm&tasks=10000&timeout=600&sleep=60'; link.click()";
    // The run takes about a second, so the button is pressed in the frame in which it appears.
    let stop = "const poll = () => {
                    const result = document.querySelector('[data-testid=result]');
                    window.progress ??= result.textContent.includes('so far') ? result.textContent : undefined;
                    const button = result.querySelector('button');
                    if (button) { button.focus(); button.click(); } else { requestAnimationFrame(poll); }
                };
                poll();";
    page.evaluate(&[follow_link, ";", stop].concat());
    page.wait_until("the progress of the run", |page| {
        page.evaluate("return window.progress ?? ''").as_str().is_some_and(|progress| !progress.is_empty())
    });
    page.wait_until("the previous run", |page| page.is_finished() && page.query().contains("tasks=20"));
    assert_eq!((page.result().inserted, page.value_of("spinbutton", "Tasks")), (20, "20".to_owned()));
    assert_eq!(page.focused_element(), ("button".into(), "Play".into()), "the pressed button is gone");
}

#[test]
fn a_number_that_is_out_of_range_raises_an_alert_and_changes_nothing() {
    let page = Page::open("tasks=20");
    page.type_into("Tasks", "0");
    page.wait_until("an alert with the allowed range", |page| page.alerts().contains("1 to 10000"));
    assert_eq!(page.text("result"), Page::open("tasks=20").text("result"));
    page.type_into("Tasks", "30");
    page.wait_until("the run of 30 tasks", |page| page.query().contains("tasks=30") && page.is_finished());
    assert_eq!(page.alerts(), "");
}
