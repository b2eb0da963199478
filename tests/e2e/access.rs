//! Labels and roles, keyboard alone, a narrow screen.

use crate::page::Page;
use fantoccini::key::Key;

#[test]
fn every_control_has_its_label_and_role() {
    let page = Page::open("");
    for name in ["Tasks", "Busy timeout", "Sleep before commit"] {
        assert!(page.has("slider", name), "slider {name}");
        assert!(page.has("spinbutton", name), "number field {name}");
    }
    assert!(page.has("combobox", "Machine"));
    assert!(page.has("spinbutton", "Seed"));
    for name in ["Play", "Step forward", "Step back", "To first error"] {
        assert!(page.has("button", name), "button {name}");
    }
    for part in ["result", "playhead", "lanes", "poll-clock", "rows-chart", "console", "program"] {
        assert_eq!(page.count(part), 1, "{part}");
    }
}

#[test]
fn a_slider_and_its_number_field_move_together() {
    let page = Page::open("");
    let before = page.value_of("slider", "Tasks");
    page.type_into("Tasks", "250");
    page.wait_until("the slider to follow", |page| page.value_of("slider", "Tasks") != before);
    let slider = page.find("slider", "Busy timeout");
    page.browser.ask(slider.send_keys(&char::from(Key::Left).to_string()));
    page.wait_until("the field to follow", |page| page.value_of("spinbutton", "Busy timeout") != "5");
}

#[test]
fn the_keyboard_alone_reaches_play_and_the_controls() {
    let page = Page::open("");
    let opened = page.playhead();
    let mut met = Vec::new();
    for _ in 0..80 {
        page.keys(&char::from(Key::Tab).to_string());
        met.push(page.focused());
        if met.last().is_some_and(|last| *last == ("button".into(), "Play".into())) {
            break;
        }
    }
    assert!(met.contains(&("button".into(), "Play".into())), "{met:?}");
    page.keys(" ");
    page.wait_until("the playhead to move", |page| page.playhead() > opened);
    page.keys(" ");
    page.wait_until("Pause to have become Play", |page| page.has("button", "Play"));
}

#[test]
fn a_phone_never_scrolls_sideways() {
    let page = Page::open_at(390, 844, "");
    page.press("To first error");
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(page.script(overflow), 0);
}

#[test]
fn question_controls_result_dial_and_playback_are_on_the_first_screen() {
    for (width, height) in [(1280, 800), (390, 844)] {
        let page = Page::open_at(width, height, "");
        let play = page.find("button", "Play");
        let (_, top, _, size) = page.browser.ask(play.rectangle());
        assert!(top + size <= f64::from(height), "Play ends at {} of {height}", top + size);
        for part in ["result", "poll-clock"] {
            let top = page.script(&format!("return document.querySelector('[data-testid={part}]').getBoundingClientRect().top"));
            assert!(top.as_f64().is_some_and(|top| top < f64::from(height) - 40.0), "{part} begins at {top} of {height}");
        }
    }
}

#[test]
fn the_legend_and_the_whole_dial_are_above_the_playback_bar_for_a_lecture_hall_too() {
    for query in ["", "tasks=2000", "theme=projector"] {
        let page = Page::open(query);
        for part in [".legend", "[data-testid=poll-clock]", ".dial-tools", "[data-testid=lanes]"] {
            page.wait_until(part, |page| page.is_in_sight(part));
        }
        let slider = page.script(
            "return Math.min(...[...document.querySelectorAll('.controls input[type=range]')].map(one => one.clientWidth))",
        );
        assert!(slider.as_f64().is_some_and(|width| width >= 90.0), "?{query}: a slider of {slider} pixels");
    }
}

#[test]
fn a_phone_shows_the_whole_playback_bar() {
    for (width, height) in [(390, 844), (320, 640)] {
        let page = Page::open_at(width, height, "");
        let hidden = "return [...document.querySelectorAll('.playback :is(button, select)')].filter(one => {
                          const box = one.getBoundingClientRect();
                          return box.left < 0 || box.right > innerWidth || box.bottom > innerHeight }).map(one => one.textContent)";
        assert_eq!(page.script(hidden), serde_json::json!([]), "{width}");
    }
}

#[test]
fn the_focus_stays_where_something_is_left_to_do() {
    let page = Page::open("");
    page.load("tasks=20");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    let guess = page.find("spinbutton", "Your guess: how many of the 20 rows get in?");
    page.browser.ask(guess.send_keys(&format!("7{}", char::from(Key::Enter))));
    page.wait_until("the focus on Play", |page| page.focused() == ("button".into(), "Play".into()));
    for button in ["To end", "To start", "Show all"] {
        page.press(button);
        page.wait_two_frames();
        assert_eq!(page.focused(), ("button".into(), button.into()));
    }
}

#[test]
fn the_head_leads_to_the_lesson_and_to_the_link_and_changes_the_theme() {
    let page = Page::open("");
    page.press("Theme: auto");
    page.wait_until("a light page", |page| page.query().contains("theme=light") && page.has("button", "Theme: light"));
    page.press("Theme: light");
    let ground = "return getComputedStyle(document.documentElement).backgroundColor";
    page.wait_until("a dark page", |page| page.script(ground) == "rgb(22, 25, 30)");
    page.click(".ways a[href='#workshop-course']");
    page.wait_until("the link to copy", |page| {
        page.script("return document.getElementById('course-link')?.value ?? ''")
            .as_str()
            .is_some_and(|link| link.starts_with("http"))
    });
    page.click(".ways a[href='#lesson-name']");
    page.wait_until("the lesson", |page| {
        let top = page.script("return document.getElementById('lesson-name').getBoundingClientRect().top");
        top.as_f64().is_some_and(|top| (-1.0..800.0).contains(&top))
    });
}
