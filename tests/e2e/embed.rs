//! The page in a frame of others: small, framed as its link says, on speaking terms with the page around it.

use crate::page::Page;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// What each part is known by when it is there: an element's selector.
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
    fn is_shown(&self, selector: &str) -> bool {
        let body = "return document.querySelector(arguments[0])?.checkVisibility() ?? false";
        self.browser.script(body, vec![json!(selector)]) == json!(true)
    }

    fn hears(&self, role: &str, name: &str) -> Option<bool> {
        let heard = self.browser.heard();
        heard.into_iter().find(|(its_role, its_name, _)| its_role == role && its_name == name).map(|(.., disabled)| disabled)
    }

    /// Role and name of everything that Tab comes to, once around.
    fn reached(&self) -> Vec<(String, String)> {
        let mut reached: Vec<(String, String)> = Vec::new();
        for _ in 0..120 {
            self.browser.press_tab();
            let now = self.focused();
            if reached.contains(&now) && now == reached[0] {
                break;
            }
            reached.push(now);
        }
        reached
    }

    /// The messages of a kind that a page of others has heard.
    fn told(&self, kind: &str) -> Vec<Value> {
        let body = "return heard.filter(message => message.type === arguments[0] || message.subject === arguments[0])";
        self.browser.script(body, vec![json!(kind)]).as_array().cloned().unwrap_or_default()
    }

    /// In a frame: until its run is there.
    fn wait_in_frame(&self, number: u16) {
        self.enter_frame(number);
        self.wait_until("a result in the frame", Self::finished);
    }

    fn open_host() -> Self {
        let page = Self::open("tasks=5&timeout=1");
        page.visit_host("two.html");
        page
    }
}

#[test]
fn at_320_by_480_the_result_the_dial_and_play_are_there_and_nothing_scrolls_sideways() {
    let page = Page::open_at(320, 480, "embed=1");
    let in_sight = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
                    return box.top >= 0 && box.bottom <= innerHeight && box.width > 0";
    for part in ["[data-testid=result]", "[data-testid=poll-clock]", "[aria-label=Play]"] {
        assert_eq!(page.browser.script(in_sight, vec![json!(part)]), json!(true), "{part}");
    }
    page.open_details("More");
    page.press("To first error");
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(page.script(overflow), 0);
    assert!(!page.is_shown(".masthead") && !page.is_shown(".lesson") && !page.is_shown("#workshop"));
    assert_eq!(page.violations(), json!([]));
}

#[test]
fn each_part_can_be_hidden_and_the_others_stay() {
    let page = Page::open("");
    for (part, selector) in PARTS {
        page.visit(&format!("predict=0&tasks=20&hide={part}"));
        page.read_story();
        for (other, its_selector) in PARTS {
            assert_eq!(page.is_shown(its_selector), part != other, "hide={part}: {other} ({selector})");
        }
    }
}

#[test]
fn what_is_hidden_is_neither_heard_nor_reached_by_keyboard() {
    let page = Page::open("tasks=20&hide=controls,playback,lanes,task");
    let hidden = [
        ("slider", "Tasks"),
        ("button", "Play"),
        ("button", "Zoom in"),
        ("spinbutton", "Selected task"),
        ("application", "Lanes"),
    ];
    let reached = page.reached();
    assert!(reached.len() > 3, "{reached:?}");
    for (role, name) in hidden {
        assert_eq!(page.hears(role, name), None, "{role} {name}");
        assert!(!reached.contains(&(role.into(), name.into())), "{role} {name}: {reached:?}");
    }
    assert!(page.hears("heading", "The lock").is_some());
}

#[test]
fn what_is_locked_is_heard_and_cannot_be_used() {
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
    page.read_story();
    assert_eq!(page.hears("link", "Show me"), None, "no way to another moment");
    let reached = page.reached();
    for (role, name) in locked {
        assert_eq!(page.hears(role, name), Some(true), "{role} {name} is heard, and disabled");
        assert!(!reached.contains(&(role.into(), name.into())), "{role} {name}: {reached:?}");
    }
    assert!(!reached.contains(&("application".into(), "Lanes".into())), "{reached:?}");
    page.keys(" ");
    page.script("document.querySelector('#stage').dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }))");
    page.wait_two_frames();
    assert!((page.playhead() - playhead).abs() < 1e-9 && page.query() == query);
}

#[test]
fn a_link_that_would_change_what_is_locked_is_not_followed_and_says_so() {
    let page = Page::open("tasks=20&timeout=1&lock=sleep");
    let digest = page.result().digest;
    page.read_story();
    page.click(".compare a[href='?b.sleep=2']");
    page.wait_until("the note", |page| page.text("notes").contains("sleep: locked"));
    assert_eq!(page.result().digest, digest);
    assert!(page.has("slider", "Tasks"));
    page.type_into("Tasks", "22");
    page.wait_until("another run", |page| page.query().contains("tasks=22") && page.finished());
}

#[test]
fn two_playgrounds_on_one_page_are_as_high_as_they_need_and_do_not_meddle() {
    let page = Page::open_host();
    for number in [0, 1] {
        page.script(&format!("document.querySelectorAll('lockstep-playground')[{number}].scrollIntoView()"));
        page.wait_in_frame(number);
        let high = "return Math.ceil(document.body.getBoundingClientRect().height)";
        page.wait_until("a frame as high as its page", |page| {
            page.script("return innerHeight") == page.script(high) && page.script("return innerHeight").as_u64() > Some(300)
        });
        page.leave_frame();
    }
    let ids: Vec<_> = page.told("height").iter().map(|message| message["id"].clone()).collect();
    assert!(ids.contains(&json!("lockstep-1")) && ids.contains(&json!("lockstep-2")), "{ids:?}");
    assert_eq!(page.told("lti.frameResize").len(), ids.len());
    page.enter_frame(0);
    page.press("Step forward");
    let moved = page.playhead();
    page.leave_frame();
    page.enter_frame(1);
    assert!(page.finished() && (page.playhead() - moved).abs() > 1e-9);
    assert_eq!(page.value_of("spinbutton", "Sleep before commit"), "2");
}

#[test]
fn no_frame_takes_the_focus_and_escape_gives_it_back() {
    let page = Page::open_host();
    page.wait_in_frame(0);
    page.leave_frame();
    assert_eq!(page.script("return document.activeElement.id"), "name");
    page.enter_frame(0);
    page.press("Play");
    page.wait_until("the frame to have the focus", |page| page.script("return document.hasFocus()") == true);
    page.keys(&char::from(Key::Escape).to_string());
    page.wait_until("the focus to be elsewhere", |page| page.script("return document.hasFocus()") == false);
    page.leave_frame();
    assert_eq!(page.script("return document.activeElement.tagName"), "BODY");
    assert_eq!(page.told("leave").len(), 1);
}

#[test]
fn the_page_around_changes_the_theme_while_it_is_open() {
    let page = Page::open_host();
    page.wait_in_frame(0);
    let colours = "const canvas = document.querySelector('.poll-clock canvas');
                   const [red] = canvas.getContext('2d').getImageData(2, 2, 1, 1).data;
                   return [getComputedStyle(document.documentElement).backgroundColor, red > 128]";
    page.wait_until("a light dial", |page| page.script(colours) == json!(["rgb(251, 250, 247)", true]));
    page.leave_frame();
    page.script("document.getElementById('one').setAttribute('theme', 'dark')");
    page.enter_frame(0);
    page.wait_until("a dark page with a dark dial", |page| page.script(colours) == json!(["rgb(22, 25, 30)", false]));
}

#[test]
fn a_frame_that_was_taken_away_comes_back_as_the_reader_left_it() {
    let page = Page::open_host();
    page.wait_in_frame(0);
    page.type_into("Tasks", "44");
    page.wait_until("the run of 44 tasks", |page| page.finished() && page.value_of("spinbutton", "Tasks") == "44");
    page.leave_frame();
    page.wait_until("the page around to know", |page| {
        page.told("link").iter().any(|message| message["query"].as_str().is_some_and(|query| query.contains("tasks=44")))
    });
    page.script("const one = document.getElementById('one'); one.remove(); document.body.append(one); one.scrollIntoView()");
    page.enter_frame(1);
    page.wait_until("the same run", |page| page.finished() && page.value_of("spinbutton", "Tasks") == "44");
}

#[test]
fn every_theme_can_be_asked_for_and_motion_switched_off() {
    let page = Page::open("tasks=20&theme=projector&motion=off&speed=1");
    let size = "return [getComputedStyle(document.documentElement).fontSize, getComputedStyle(document.documentElement).backgroundColor]";
    assert_eq!(page.script(size), json!(["20px", "rgb(255, 255, 255)"]));
    let before = page.playhead();
    page.press("Play");
    page.wait_until("the next picture", |page| page.playhead() > before);
    assert!(page.playhead() - before > 0.2, "a second of the reader's, not a frame: {}", page.playhead() - before);
    page.visit("predict=0&tasks=20&theme=dark");
    assert_eq!(page.script(size), json!(["16px", "rgb(22, 25, 30)"]));
}

#[test]
fn the_builder_writes_what_is_ticked_and_shows_it() {
    let page = Page::open("tasks=20&timeout=1&t=0.2");
    page.enter_workshop();
    let text = |page: &Page, name: &str| {
        page.browser.script("return document.getElementById(arguments[0])?.value ?? ''", vec![json!(format!("course-{name}"))])
    };
    page.wait_until("the texts", |page| text(page, "link").as_str().is_some_and(|link| link.contains("tasks=20")));
    for tick in ["the lanes", "compact, without head and lesson", "asks for a guess first", "sleep"] {
        page.browser.ask(page.find("checkbox", tick).click());
    }
    let query = "tasks=20&timeout=1&t=0.2&hide=lanes&lock=sleep&predict=0";
    page.wait_until("all ticks in the link", |page| text(page, "link").as_str().is_some_and(|link| link.ends_with(query)));
    for name in ["frame", "element"] {
        let html = text(&page, name);
        assert!(html.as_str().is_some_and(|html| html.contains(&query.replace('&', "&amp;"))), "{name}: {html}");
    }
    page.press("Copy the link");
    page.wait_until("an answer", |page| {
        let said = page.script("return document.querySelector('.course-paste [role=status]').textContent");
        said.as_str().is_some_and(|said| said.starts_with("Copied") || said.starts_with("Selected"))
    });
    page.press("Show a preview");
    page.wait_until("the preview", |page| page.count("course-preview") == 1);
    let number =
        page.script("return [...document.querySelectorAll('iframe')].indexOf(document.querySelector('.course-preview iframe'))");
    page.wait_in_frame(u16::try_from(number.as_u64().expect("a frame")).expect("a few frames"));
    assert!(!page.is_shown(".lanes-panel") && page.is_shown(".masthead"));
    assert!(page.script("return document.querySelector('#sleep-name').parentElement.querySelector('input').disabled") == true);
    page.leave_frame();
    assert_eq!(page.violations(), json!([]));
}
