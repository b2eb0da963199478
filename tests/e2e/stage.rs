//! The stage: lanes that zoom and select, panels that follow the playhead, a section that loops, the measured dial.

use crate::page::Page;
use fantoccini::key::Key;
use lockstep_core::model;
use lockstep_core::scenario::{Scenario, query};
use lockstep_core::trace::Outcome;
use serde_json::json;

/// The wheel with Ctrl, or a pinch on a touchpad.
const ZOOM: &str = "ctrl-wheel";

/// Sends a pointer to a place of the lanes, in parts of their width and height.
fn point(page: &Page, kind: &str, x: f64, y: f64) {
    let body = "const [kind, x, y] = arguments; const lanes = document.querySelector('[data-testid=lanes]');
                const box = lanes.getBoundingClientRect();
                const at = { bubbles: true, cancelable: true, pointerId: 1, button: 0, deltaY: -100, ctrlKey: kind === 'ctrl-wheel',
                             clientX: box.left + x * box.width, clientY: box.top + y * box.height };
                lanes.setPointerCapture = lanes.hasPointerCapture = () => true;
                lanes.dispatchEvent(kind.endsWith('wheel') ? new WheelEvent('wheel', at) : new PointerEvent(kind, at))";
    page.browser.script(body, vec![json!(kind), json!(x), json!(y)]);
    page.wait_two_frames();
}

#[test]
fn the_wheel_with_ctrl_zooms_the_lanes_and_all_shows_them_again() {
    let page = Page::open("");
    let in_sight = |page: &Page| page.script("return document.querySelector('.lanes-panel .aside').textContent");
    let all = in_sight(&page);
    point(&page, "wheel", 0.5, 0.5);
    assert_eq!(in_sight(&page), all, "whoever scrolls down the page passes the lanes by");
    point(&page, ZOOM, 0.5, 0.5);
    page.wait_until("fewer tasks in sight", |page| in_sight(page).as_str().is_some_and(|text| text.contains(" of 1000 tasks")));
    page.press("Show all");
    page.wait_until("all tasks again", |page| in_sight(page) == all);
    page.press("Zoom in");
    page.wait_until("half of the tasks", |page| in_sight(page).as_str().is_some_and(|text| text.starts_with("500 of 1000")));
}

#[test]
fn a_click_on_a_lane_selects_its_task_and_moves_no_playhead() {
    let page = Page::open("tasks=10&timeout=1&t=0.2");
    let before = page.playhead();
    for kind in ["pointerdown", "pointerup"] {
        point(&page, kind, 0.5, 0.05);
    }
    page.wait_until("task 1", |page| page.value_of("spinbutton", "Selected task") == "1");
    assert!((page.playhead() - before).abs() < 1e-5);
    for kind in ["pointerdown", "pointerup"] {
        point(&page, kind, 0.5, 0.8);
    }
    page.wait_until("another task", |page| page.value_of("spinbutton", "Selected task") != "1");
}

#[test]
fn dragging_the_lanes_scrubs_what_is_not_zoomed() {
    let page = Page::open("tasks=50&t=0.2");
    let before = page.playhead();
    point(&page, "pointerdown", 0.3, 0.5);
    point(&page, "pointermove", 0.7, 0.5);
    page.wait_until("the playhead to follow", |page| page.playhead() > before + 0.5);
    point(&page, "pointerup", 0.7, 0.5);
}

#[test]
fn the_keyboard_chooses_tasks_and_moves_the_playhead_on_the_lanes_alone() {
    let page = Page::open("tasks=20&t=1");
    page.type_into("Selected task", "5");
    page.script("document.querySelector('[role=application]').focus()");
    page.keys(&char::from(Key::Down).to_string());
    page.wait_until("the next task", |page| page.value_of("spinbutton", "Selected task") == "6");
    let before = page.playhead();
    page.keys(&char::from(Key::Right).to_string());
    page.wait_until("the playhead to move", |page| page.playhead() > before);
    let there = page.playhead();
    page.script("document.activeElement.blur()");
    page.keys(&char::from(Key::Right).to_string());
    page.wait_two_frames();
    assert!((page.playhead() - there).abs() < 1e-9, "keys mean nothing elsewhere");
}

#[test]
fn whoever_waits_is_told_who_sleeps_on_the_lock() {
    let page = Page::open("sleep=2&t=3.2");
    let why = page.text("why");
    assert!(why.contains("RESERVED is held by task") && why.contains("asleep in asyncio.sleep for another"), "{why}");
    let lock = page.text("lock-state-panel");
    assert!(lock.contains("RESERVEDtask"), "{lock}");
}

#[test]
fn in_wal_mode_the_lock_panel_has_the_write_lock_and_the_readers() {
    let page = Page::open("tasks=50&journal=wal");
    let lock = page.text("lock-state-panel");
    assert!(lock.contains("WRITE") && lock.contains("READ") && !lock.contains("EXCLUSIVE"), "{lock}");
}

#[test]
fn the_event_loop_tells_its_pass_and_ntodo() {
    let page = Page::open("t=0.05");
    let text = page.text("loop-panel");
    assert!(text.contains("ntodo: 1000"), "the first pass runs every task's first step: {text}");
}

#[test]
fn a_state_in_the_legend_is_pressed_and_let_go() {
    let page = Page::open("");
    let pressed = "return [...document.querySelectorAll('.legend [aria-pressed=true]')].map(one => one.textContent).join()";
    page.script("[...document.querySelectorAll('.legend button')].find(one => one.textContent.includes('committing')).click()");
    page.wait_until("one state to be pressed", |page| {
        page.script(pressed).as_str().is_some_and(|text| text.contains("committing"))
    });
    page.script("document.querySelector('.legend [aria-pressed=true]').click()");
    page.wait_until("none to be pressed", |page| page.script(pressed) == "");
}

#[test]
fn a_section_is_played_over_and_over() {
    let page = Page::open("tasks=20&t=0.1&speed=1");
    page.press("Loop from here");
    page.press("Next change of the lock");
    page.wait_until("a later moment", |page| page.playhead() > 0.1);
    let end = page.playhead();
    page.press("Loop to here");
    page.press("Step back");
    page.press("Play");
    for _ in 0..20 {
        page.wait_two_frames();
        assert!((0.1..=end).contains(&page.playhead()), "{} of {end}", page.playhead());
    }
    assert!(page.has("button", "Pause"), "it does not end");
    page.press("No loop");
    page.wait_until("the playhead to leave the section", |page| page.playhead() > end);
}

#[test]
fn after_the_stop_extends_the_bar() {
    let page = Page::open("tasks=3000&timeout=1");
    page.press("To end");
    page.wait_until("the end", |page| {
        page.script("return document.querySelector('[aria-label=\"To end\"]').ariaDisabled") == "true"
    });
    let end = page.playhead();
    page.press("After the stop");
    page.press("To end");
    page.wait_until("a later end", |page| page.playhead() > end);
}

#[test]
fn to_first_lock_stands_at_the_first_change_of_the_lock() {
    let page = Page::open("tasks=20&t=1");
    page.press("To first lock");
    page.wait_until("the first lock", |page| page.playhead() < 1.0);
    let first = page.playhead();
    page.press("Previous change of the lock");
    page.wait_until("the start, as there is none before", |page| page.playhead() < first);
    page.press("Next change of the lock");
    page.wait_until("the first again", |page| (page.playhead() - first).abs() < 1e-9);
}

#[test]
fn the_measured_run_is_fetched_when_it_is_asked_for_and_shows_its_bunches() {
    let page = Page::open("machine=linux-vm&t=1");
    let fetched = "return performance.getEntriesByType('resource').filter(entry => entry.name.includes('real_polls')).length";
    assert_eq!(page.script(fetched), 0);
    page.press("Show a measured run");
    page.wait_until("the measured dial", |page| page.count("measured-clock") == 1);
    let caption = page.script("return document.querySelector('[data-testid=measured-clock]').parentElement.innerText");
    assert!(caption.as_str().is_some_and(|text| text.contains("751 waiters in 16 bunches; 496 rows/s")), "{caption}");
    assert_eq!(page.violations(), json!([]));
}

#[test]
fn a_long_console_keeps_few_lines_in_the_page_and_follows_the_playhead() {
    let page = Page::open("tasks=2000&t=4");
    let lines = "return document.querySelector('[data-testid=console]').textContent.split('\\n').length";
    assert!(page.script(lines).as_u64().is_some_and(|lines| lines > 20 && lines <= 200));
    assert!(page.text("console-panel").contains("lines so far"));
    page.script("document.querySelector('[data-testid=console]').scrollTop = -1e6");
    page.wait_until("the first line", |page| page.text("console").contains("croutine number 1 connected"));
    page.script("document.querySelector('[data-testid=console]').scrollTop = 0");
    page.play_to_the_end();
    page.wait_until("the traceback", |page| page.text("console").contains("database is locked"));
}

#[test]
fn panels_can_be_folded() {
    let page = Page::open("");
    page.script("document.querySelector('[data-testid=loop-panel] summary').click()");
    page.press("Step forward");
    page.wait_two_frames();
    assert_eq!(page.script("return document.querySelector('[data-testid=loop-panel]').open"), false);
}

#[test]
fn panels_stand_three_above_two_unless_one_of_them_is_hidden() {
    let page = Page::open("tasks=20");
    let rows = "const tops = [...document.querySelectorAll('.panels > .panel')].filter(panel => panel.checkVisibility())
                    .map(panel => Math.round(panel.getBoundingClientRect().top));
                return [...new Set(tops)].map(top => tops.filter(other => other === top).length)";
    assert_eq!(page.script(rows), json!([3, 2]));
    page.visit("predict=0&tasks=20&hide=question");
    assert_eq!(page.script(rows), json!([3, 2]));
    page.visit("predict=0&tasks=20&hide=loop");
    assert_eq!(page.script(rows), json!([3, 1]));
}

#[test]
fn nothing_of_what_comes_is_painted_before_the_guess() {
    let page = Page::open("");
    page.load("tasks=200&t=1");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    // Colours of what lies over the lanes and the strip at nine tenths of their width: the veil lets the lanes through.
    let colours = "return [...document.querySelectorAll('.lanes canvas:last-child, .overview canvas:last-child')].map(canvas => {
                       const at = [Math.floor(canvas.width * 0.9), Math.floor(canvas.height / 2), 1, 1];
                       return canvas.getContext('2d').getImageData(...at).data[3] })";
    page.wait_until("curtains", |page| page.script(colours) == json!([255, 255]));
    page.press("Skip");
    page.wait_until("the veil over the lanes alone", |page| {
        page.script(colours).as_array().is_some_and(|alpha| alpha[0].as_u64().is_some_and(|alpha| alpha < 255) && alpha[1] == 0)
    });
}

#[test]
fn other_seeds_are_told_beside_the_result_and_not_before_the_guess() {
    let page = Page::open("");
    let seeds = |page: &Page| page.script("return document.getElementById('other-seeds')?.textContent ?? null");
    page.load("tasks=30&timeout=0.5&machine=linux-vm");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    assert_eq!(seeds(&page), json!(null));
    page.press("Skip");
    page.wait_until("the range", |page| seeds(page).as_str().is_some_and(|text| text.starts_with("20 seeds: ")));
    let scenario = query::read("tasks=30&timeout=0.5&machine=linux-vm").scenario;
    let rows = |number: u32| {
        let run = model::run(&Scenario { seed: scenario.seed + number, ..scenario.clone() }).expect("a small run");
        Outcome::of(&run).inserted()
    };
    let (least, most) = ((0..20).map(rows).min().expect("runs"), (0..20).map(rows).max().expect("runs"));
    let range = if least == most { format!("always {least}") } else { format!("{least}\u{2013}{most}") };
    assert_eq!(seeds(&page), json!(format!("20 seeds: {range} rows")));
    page.type_into("Tasks", "3");
    page.wait_until("those of the next run", |page| seeds(page) == json!("20 seeds: always 3 rows"));
    assert_eq!(page.violations(), json!([]));
}
