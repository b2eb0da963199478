//! Whatever stands in a link, the page says what it could not use and goes on.

use crate::page::Page;

/// A query, and what the note about it must hold: the field and what is allowed.
const BAD: [(&str, &[&str]); 16] = [
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
fn a_value_that_cannot_be_used_is_named_with_what_is_allowed_and_the_default_runs() {
    let page = Page::open("");
    let default = page.result();
    for (query, expected) in BAD {
        page.visit(&format!("predict=0&{query}"));
        let notes = page.text("notes");
        for part in expected {
            assert!(notes.contains(part), "{part:?} in the note on {query}: {notes:?}");
        }
        assert_eq!(page.result(), default, "{query}");
    }
}

#[test]
fn what_is_right_in_a_bad_link_is_kept() {
    let page = Page::open("tasks=30&timeout=soon&seed=9");
    assert_eq!(page.value_of("spinbutton", "Tasks"), "30");
    assert_eq!(page.value_of("spinbutton", "Busy timeout"), "5");
    assert_eq!(page.value_of("spinbutton", "Seed"), "9");
}

#[test]
fn a_good_link_has_no_note() {
    let page = Page::open("tasks=30");
    assert_eq!(page.text("notes"), "");
}

#[test]
fn absurdly_long_and_broken_links_end_in_a_note_and_a_run() {
    let page = Page::open("");
    for query in [format!("tasks={}", "9".repeat(20_000)), "x".repeat(20_000), "&&&===&%%%=%00%0a&=".into()] {
        page.visit(&format!("predict=0&{query}"));
        assert!(!page.text("notes").is_empty(), "{}", &query[..20]);
        let longest = page.script("return document.documentElement.scrollWidth <= document.documentElement.clientWidth");
        assert_eq!(longest, true, "the note of {} is as wide as the page at most", &query[..20]);
    }
}

#[test]
fn markup_in_a_link_is_shown_and_not_obeyed() {
    let page = Page::open("tasks=<img src=x onerror=alert(1)>");
    assert!(page.text("notes").contains("<img"), "{}", page.text("notes"));
    assert_eq!(page.script("return document.querySelectorAll('img[src=x]').length"), 0);
}

#[test]
fn a_run_that_is_too_large_is_refused_with_the_reason() {
    let page = Page::open("");
    page.load("predict=0&tasks=10000&timeout=600&sleep=60");
    page.wait_until("the reason", |page| page.text("notes").contains("too large"));
    assert!(page.has("spinbutton", "Tasks"), "the controls are there to choose a smaller run");
    page.type_into("Tasks", "20");
    page.wait_until("the smaller run", |page| page.finished() && page.result().inserted <= 20);
}

#[test]
fn a_run_that_takes_long_says_how_far_it_is_and_can_be_stopped() {
    let page = Page::open("tasks=20");
    let follow = "const link = document.createElement('a'); document.body.append(link);
                  link.href = '?predict=0&machine=linux-vm&tasks=10000&timeout=600&sleep=60'; link.click()";
    // The run lasts about a second: the button is pressed as soon as it is there.
    let stop = "const look = () => {
                    const result = document.querySelector('[data-testid=result]');
                    window.said ??= result.textContent.includes('so far') ? result.textContent : undefined;
                    const button = result.querySelector('button');
                    if (button) { button.focus(); button.click(); } else { requestAnimationFrame(look); }
                };
                look();";
    page.script(&[follow, ";", stop].concat());
    page.wait_until("how far it is", |page| {
        page.script("return window.said ?? ''").as_str().is_some_and(|said| !said.is_empty())
    });
    page.wait_until("the run before", |page| page.finished() && page.query().contains("tasks=20"));
    assert_eq!((page.result().inserted, page.value_of("spinbutton", "Tasks")), (20, "20".to_owned()));
    assert_eq!(page.focused(), ("button".into(), "Play".into()), "the button that was pressed is gone");
}

#[test]
fn a_number_field_that_is_out_of_range_says_so_and_changes_nothing() {
    let page = Page::open("tasks=20");
    page.type_into("Tasks", "0");
    page.wait_until("what is allowed", |page| page.alerts().contains("1 to 10000"));
    assert_eq!(page.text("result"), Page::open("tasks=20").text("result"));
    page.type_into("Tasks", "30");
    page.wait_until("the run of 30 tasks", |page| page.query().contains("tasks=30") && page.finished());
    assert_eq!(page.alerts(), "");
}
