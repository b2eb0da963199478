//! The page in an iframe: its size, the parts that its link hides or locks, and the messages that
//! it exchanges with the host page.

use crate::page::Page;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// The parts that a link can hide, and a selector for each.
const PARTS: [(&str, &str); 14] = [
    ("question", ".masthead"),
    ("controls", ".controls"),
    ("result", ".result"),
    ("playback", ".playback"),
    ("clock", ".poll-clocks"),
    ("lanes", ".lanes-panel"),
    ("rows", ".rows-panel"),
    ("loop", ".loop-panel"),
    ("lock-state", ".lock-state-panel"),
    ("task", ".task-panel"),
    ("program", ".program-panel"),
    ("console", ".console-panel"),
    ("findings", ".findings"),
    ("lesson", ".lesson"),
];

impl Page {
    /// Whether the first element that matches a CSS selector is visible.
    fn is_shown(&self, selector: &str) -> bool {
        let body = "return document.querySelector(arguments[0])?.checkVisibility() ?? false";
        self.browser.evaluate(body, vec![json!(selector)]) == json!(true)
    }

    /// Whether the accessibility tree has this element as disabled; `None` if it lacks the element.
    fn is_announced_as_disabled(&self, role: &str, name: &str) -> Option<bool> {
        let mut nodes = self.browser.accessibility_tree().into_iter();
        nodes.find(|(its_role, its_name, _)| its_role == role && its_name == name).map(|(.., disabled)| disabled)
    }

    /// Role and name of each element that Tab focuses, until it reaches the first one again.
    fn tab_stops(&self) -> Vec<(String, String)> {
        let mut stops: Vec<(String, String)> = Vec::new();
        for _ in 0..120 {
            self.browser.press_tab();
            let stop = self.focused_element();
            if stops.contains(&stop) && stop == stops[0] {
                break;
            }
            stops.push(stop);
        }
        stops
    }

    /// The messages of this type that the host page has received.
    fn messages_of_type(&self, kind: &str) -> Vec<Value> {
        let body = "return receivedMessages.filter(message => message.type === arguments[0] || message.subject === arguments[0])";
        self.browser.evaluate(body, vec![json!(kind)]).as_array().cloned().unwrap_or_default()
    }

    /// Enters an iframe and waits for its run.
    fn enter_frame_and_wait(&self, index: u16) {
        self.enter_frame(index);
        self.wait_until("a result in the frame", Self::is_finished);
    }

    /// Opens a host page with two playgrounds.
    fn open_host_page() -> Self {
        let page = Self::open("tasks=5&timeout=1");
        page.load_host_page("two.html");
        page
    }
}

#[test]
fn at_320_by_480_the_result_the_dial_and_play_are_visible_and_nothing_scrolls_sideways() {
    let page = Page::open_at(320, 480, "embed=1");
    let is_in_viewport = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
                    return box.top >= 0 && box.bottom <= innerHeight && box.width > 0";
    for selector in ["[data-testid=result]", "[data-testid=poll-clock]", "[aria-label=Play]"] {
        assert_eq!(page.browser.evaluate(is_in_viewport, vec![json!(selector)]), json!(true), "{selector}");
    }
    page.open_details("More");
    page.press("To first error");
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(page.evaluate(overflow), 0);
    assert!(!page.is_shown(".masthead") && !page.is_shown(".lesson") && !page.is_shown("#workshop"));
    assert_eq!(page.policy_violations(), json!([]));
}

#[test]
fn hiding_a_part_leaves_all_others_visible() {
    let page = Page::open("");
    for (part, selector) in PARTS {
        page.visit(&format!("predict=0&tasks=20&hide={part}"));
        page.scroll_to_findings();
        for (other, its_selector) in PARTS {
            assert_eq!(page.is_shown(its_selector), part != other, "hide={part}: {other} ({selector})");
        }
    }
}

#[test]
fn hidden_parts_are_neither_announced_nor_reached_by_keyboard() {
    let page = Page::open("tasks=20&hide=controls,playback,lanes,task");
    let hidden = [
        ("slider", "Tasks"),
        ("button", "Play"),
        ("button", "Zoom in"),
        ("spinbutton", "Selected task"),
        ("application", "Lanes"),
    ];
    let tab_stops = page.tab_stops();
    assert!(tab_stops.len() > 3, "{tab_stops:?}");
    for (role, name) in hidden {
        assert_eq!(page.is_announced_as_disabled(role, name), None, "{role} {name}");
        assert!(!tab_stops.contains(&(role.into(), name.into())), "{role} {name}: {tab_stops:?}");
    }
    assert!(page.is_announced_as_disabled("heading", "The lock").is_some());
}

#[test]
fn locked_parts_are_announced_as_disabled_and_cannot_be_used() {
    let page = Page::open("tasks=20&timeout=1&t=0.2&lock=controls,playback,lanes,task,findings,clock");
    let (query, playhead) = (page.query(), page.playhead());
    let locked = [
        ("slider", "Tasks"),
        ("combobox", "Machine"),
        ("combobox", "Preset"),
        ("button", "Another seed"),
        ("button", "Play"),
        ("slider", "Position in the run"),
        ("button", "Zoom in"),
        ("spinbutton", "Selected task"),
        ("button", "Follow the bunches"),
    ];
    page.scroll_to_findings();
    assert_eq!(page.is_announced_as_disabled("link", "Show me"), None, "no link to another moment");
    let tab_stops = page.tab_stops();
    for (role, name) in locked {
        assert_eq!(page.is_announced_as_disabled(role, name), Some(true), "{role} {name} is announced as disabled");
        assert!(!tab_stops.contains(&(role.into(), name.into())), "{role} {name}: {tab_stops:?}");
    }
    assert!(!tab_stops.contains(&("application".into(), "Lanes".into())), "{tab_stops:?}");
    page.send_keys(" ");
    page.evaluate("document.querySelector('#stage').dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))");
    page.wait_two_frames();
    assert!((page.playhead() - playhead).abs() < 1e-9 && page.query() == query);
}

#[test]
fn a_link_that_would_change_a_locked_field_is_refused_with_a_note() {
    let page = Page::open("tasks=20&timeout=1&lock=sleep");
    let digest = page.result().digest;
    page.scroll_to_findings();
    page.click(".compare a[href='?b.sleep=2']");
    page.wait_until("the note", |page| page.text("notes").contains("sleep: locked"));
    assert_eq!(page.result().digest, digest);
    assert!(page.has("slider", "Tasks"));
    page.type_into("Tasks", "22");
    page.wait_until("another run", |page| page.query().contains("tasks=22") && page.is_finished());
}

#[test]
fn two_playgrounds_on_one_page_fit_their_heights_and_do_not_interfere() {
    let page = Page::open_host_page();
    for index in [0, 1] {
        page.evaluate(&format!("document.querySelectorAll('lockstep-playground')[{index}].scrollIntoView()"));
        page.enter_frame_and_wait(index);
        let body_height = "return Math.ceil(document.body.getBoundingClientRect().height)";
        page.wait_until("the iframe to be as high as its content", |page| {
            page.evaluate("return innerHeight") == page.evaluate(body_height)
                && page.evaluate("return innerHeight").as_u64() > Some(300)
        });
        page.leave_frame();
    }
    let ids: Vec<_> = page.messages_of_type("height").iter().map(|message| message["id"].clone()).collect();
    assert!(ids.contains(&json!("lockstep-1")) && ids.contains(&json!("lockstep-2")), "{ids:?}");
    assert_eq!(page.messages_of_type("lti.frameResize").len(), ids.len());
    page.enter_frame(0);
    page.press("Step forward");
    let first_playhead = page.playhead();
    page.leave_frame();
    page.enter_frame(1);
    assert!(page.is_finished() && (page.playhead() - first_playhead).abs() > 1e-9);
    assert_eq!(page.value_of("spinbutton", "Sleep before commit"), "2");
}

#[test]
fn a_frame_does_not_take_the_focus_and_escape_returns_it_to_the_host_page() {
    let page = Page::open_host_page();
    page.enter_frame_and_wait(0);
    page.leave_frame();
    assert_eq!(page.evaluate("return document.activeElement.id"), "name");
    page.enter_frame(0);
    page.press("Play");
    page.wait_until("the frame to have the focus", |page| page.evaluate("return document.hasFocus()") == true);
    page.send_keys(&char::from(Key::Escape).to_string());
    page.wait_until("the focus to leave the frame", |page| page.evaluate("return document.hasFocus()") == false);
    page.leave_frame();
    assert_eq!(page.evaluate("return document.activeElement.tagName"), "BODY");
    assert_eq!(page.messages_of_type("leave").len(), 1);
}

#[test]
fn the_host_page_can_change_the_theme_of_an_open_frame() {
    let page = Page::open_host_page();
    page.enter_frame_and_wait(0);
    let colours = "const canvas = document.querySelector('.poll-clock canvas');
                   const [red] = canvas.getContext('2d').getImageData(2, 2, 1, 1).data;
                   return [getComputedStyle(document.documentElement).backgroundColor, red > 128]";
    page.wait_until("a light dial", |page| page.evaluate(colours) == json!(["rgb(251, 250, 247)", true]));
    page.leave_frame();
    page.evaluate("document.getElementById('one').setAttribute('theme', 'dark')");
    page.enter_frame(0);
    page.wait_until("a dark page with a dark dial", |page| page.evaluate(colours) == json!(["rgb(22, 25, 30)", false]));
}

#[test]
fn a_frame_that_was_removed_and_added_again_has_its_old_state() {
    let page = Page::open_host_page();
    page.enter_frame_and_wait(0);
    page.type_into("Tasks", "44");
    page.wait_until("the run of 44 tasks", |page| page.is_finished() && page.value_of("spinbutton", "Tasks") == "44");
    page.leave_frame();
    page.wait_until("the host page to receive the link", |page| {
        page.messages_of_type("link")
            .iter()
            .any(|message| message["query"].as_str().is_some_and(|query| query.contains("tasks=44")))
    });
    page.evaluate("const one = document.getElementById('one'); one.remove(); document.body.append(one); one.scrollIntoView()");
    page.enter_frame(1);
    page.wait_until("the same run", |page| page.is_finished() && page.value_of("spinbutton", "Tasks") == "44");
}

#[test]
fn a_link_can_choose_the_theme_and_reduce_motion() {
    let page = Page::open("tasks=20&theme=projector&motion=off&speed=1");
    let style = "const style = getComputedStyle(document.documentElement); return [style.fontSize, style.backgroundColor]";
    assert_eq!(page.evaluate(style), json!(["20px", "rgb(255, 255, 255)"]));
    let before = page.playhead();
    page.press("Play");
    page.wait_until("the next step of playback", |page| page.playhead() > before);
    assert!(page.playhead() - before > 0.2, "a step of one second, not of one frame: {}", page.playhead() - before);
    page.visit("predict=0&tasks=20&theme=dark");
    assert_eq!(page.evaluate(style), json!(["16px", "rgb(22, 25, 30)"]));
}

#[test]
fn the_link_builder_writes_the_ticked_options_and_previews_them() {
    let page = Page::open("tasks=20&timeout=1&t=0.2");
    page.scroll_to_workshop();
    let text = |page: &Page, name: &str| {
        page.browser.evaluate("return document.getElementById(arguments[0])?.value ?? ''", vec![json!(format!("course-{name}"))])
    };
    page.wait_until("the link", |page| text(page, "link").as_str().is_some_and(|link| link.contains("tasks=20")));
    for tick in ["the lanes", "compact, without header and lesson", "asks for a guess first", "sleep"] {
        page.browser.block_on(page.find("checkbox", tick).click());
    }
    let query = "tasks=20&timeout=1&t=0.2&hide=lanes&lock=sleep&predict=0";
    page.wait_until("all ticked options in the link", |page| {
        text(page, "link").as_str().is_some_and(|link| link.ends_with(query))
    });
    for name in ["frame", "element"] {
        let html = text(&page, name);
        assert!(html.as_str().is_some_and(|html| html.contains(&query.replace('&', "&amp;"))), "{name}: {html}");
    }
    page.press("Copy the link");
    page.wait_until("the status of the copy", |page| {
        let status = page.evaluate("return document.querySelector('.course-paste [role=status]').textContent");
        status.as_str().is_some_and(|status| status.starts_with("Copied") || status.starts_with("Selected"))
    });
    page.press("Show a preview");
    page.wait_until("the preview", |page| page.count("course-preview") == 1);
    let frame = page
        .evaluate("return [...document.querySelectorAll('iframe')].indexOf(document.querySelector('.course-preview iframe'))");
    page.enter_frame_and_wait(u16::try_from(frame.as_u64().expect("an index")).expect("a small index"));
    assert!(!page.is_shown(".lanes-panel") && page.is_shown(".masthead"));
    assert!(page.evaluate("return document.querySelector('#sleep-name').parentElement.querySelector('input').disabled") == true);
    page.leave_frame();
    assert_eq!(page.policy_violations(), json!([]));
}
