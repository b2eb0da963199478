//! Labels and roles, use by keyboard, and narrow screens.

use crate::page::Page;
use fantoccini::key::Key;

#[test]
fn every_control_has_a_label_and_a_role() {
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
    for test_id in ["result", "playhead", "lanes", "poll-clock", "rows-chart", "console", "program"] {
        assert_eq!(page.count(test_id), 1, "{test_id}");
    }
}

#[test]
fn a_slider_and_its_number_field_stay_in_sync() {
    let page = Page::open("");
    let old_value = page.value_of("slider", "Tasks");
    page.type_into("Tasks", "250");
    page.wait_until("the slider to change", |page| page.value_of("slider", "Tasks") != old_value);
    let slider = page.find("slider", "Busy timeout");
    page.browser.block_on(slider.send_keys(&char::from(Key::Left).to_string()));
    page.wait_until("the number field to change", |page| page.value_of("spinbutton", "Busy timeout") != "5");
}

#[test]
fn play_can_be_reached_and_pressed_with_the_keyboard() {
    let page = Page::open("");
    let start = page.playhead();
    let mut tab_stops = Vec::new();
    for _ in 0..80 {
        page.send_keys(&char::from(Key::Tab).to_string());
        tab_stops.push(page.focused_element());
        if tab_stops.last().is_some_and(|last| *last == ("button".into(), "Play".into())) {
            break;
        }
    }
    assert!(tab_stops.contains(&("button".into(), "Play".into())), "{tab_stops:?}");
    page.send_keys(" ");
    page.wait_until("the playhead to move", |page| page.playhead() > start);
    page.send_keys(" ");
    page.wait_until("Pause to change to Play", |page| page.has("button", "Play"));
}

#[test]
fn a_phone_does_not_scroll_sideways() {
    let page = Page::open_at(390, 844, "");
    page.press("To first error");
    let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(page.evaluate(overflow), 0);
}

#[test]
fn the_result_the_dial_and_play_are_visible_without_scrolling() {
    for (width, height) in [(1280, 800), (390, 844)] {
        let page = Page::open_at(width, height, "");
        let play = page.find("button", "Play");
        let (_, top, _, size) = page.browser.block_on(play.rectangle());
        assert!(top + size <= f64::from(height), "the bottom of Play is at {} of {height}", top + size);
        for test_id in ["result", "poll-clock"] {
            let top =
                page.evaluate(&format!("return document.querySelector('[data-testid={test_id}]').getBoundingClientRect().top"));
            assert!(
                top.as_f64().is_some_and(|top| top < f64::from(height) - 40.0),
                "the top of {test_id} is at {top} of {height}"
            );
        }
    }
}

#[test]
fn the_legend_the_dial_and_the_lanes_are_above_the_playback_bar_also_in_the_projector_theme() {
    for query in ["", "tasks=2000", "theme=projector"] {
        let page = Page::open(query);
        for selector in [".legend", "[data-testid=poll-clock]", ".dial-tools", "[data-testid=lanes]"] {
            page.wait_until(selector, |page| page.is_fully_visible(selector));
        }
        let narrowest = page.evaluate(
            "return Math.min(...[...document.querySelectorAll('.controls input[type=range]')].map(slider => slider.clientWidth))",
        );
        assert!(narrowest.as_f64().is_some_and(|width| width >= 90.0), "?{query}: a slider is {narrowest} pixels wide");
    }
}

#[test]
fn a_phone_shows_the_whole_playback_bar() {
    for (width, height) in [(390, 844), (320, 640)] {
        let page = Page::open_at(width, height, "");
        let hidden = "return [...document.querySelectorAll('.playback :is(button, select)')].filter(control => {
                          const box = control.getBoundingClientRect();
                          return box.left < 0 || box.right > innerWidth || box.bottom > innerHeight
                      }).map(control => control.textContent)";
        assert_eq!(page.evaluate(hidden), serde_json::json!([]), "{width}");
    }
}

#[test]
fn the_focus_moves_to_play_after_the_guess_and_stays_on_a_pressed_button() {
    let page = Page::open("");
    page.load("tasks=20");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    let guess = page.find("spinbutton", "Your guess: how many of the 20 rows get in?");
    page.browser.block_on(guess.send_keys(&format!("7{}", char::from(Key::Enter))));
    page.wait_until("the focus on Play", |page| page.focused_element() == ("button".into(), "Play".into()));
    for button in ["To end", "To start", "Show all"] {
        page.press(button);
        page.wait_two_frames();
        assert_eq!(page.focused_element(), ("button".into(), button.into()));
    }
}

#[test]
fn the_header_changes_the_theme_and_links_to_the_lesson_and_to_the_link_builder() {
    let page = Page::open("");
    page.press("Theme: auto");
    page.wait_until("a light page", |page| page.query().contains("theme=light") && page.has("button", "Theme: light"));
    page.press("Theme: light");
    let background = "return getComputedStyle(document.documentElement).backgroundColor";
    page.wait_until("a dark page", |page| page.evaluate(background) == "rgb(22, 25, 30)");
    page.click(".ways a[href='#workshop-course']");
    page.wait_until("the link to copy", |page| {
        page.evaluate("return document.getElementById('course-link')?.value ?? ''")
            .as_str()
            .is_some_and(|link| link.starts_with("http"))
    });
    page.click(".ways a[href='#lesson-name']");
    page.wait_until("the lesson", |page| {
        let top = page.evaluate("return document.getElementById('lesson-name').getBoundingClientRect().top");
        top.as_f64().is_some_and(|top| (-1.0..800.0).contains(&top))
    });
}
