//! The stage: lanes that zoom and select tasks, panels that follow the playhead, the loop, and the
//! measured dial.

use crate::page::Page;
use fantoccini::key::Key;
use lockstep_core::model;
use lockstep_core::scenario::{Scenario, query};
use lockstep_core::trace::Outcome;
use serde_json::json;

/// The mouse wheel with Ctrl held; browsers report a pinch on a touchpad as the same event.
const CTRL_WHEEL: &str = "ctrl-wheel";

/// Dispatches a pointer or wheel event on the lanes; `x` and `y` are fractions of their size.
fn dispatch_on_lanes(page: &Page, kind: &str, x: f64, y: f64) {
    let body = "const [kind, x, y] = arguments; const lanes = document.querySelector('[data-testid=lanes]');
                const box = lanes.getBoundingClientRect();
                const options = { bubbles: true, cancelable: true, pointerId: 1, button: 0, deltaY: -100, ctrlKey: kind === 'ctrl-wheel',
                             clientX: box.left + x * box.width, clientY: box.top + y * box.height };
                lanes.setPointerCapture = lanes.hasPointerCapture = () => true;
                lanes.dispatchEvent(kind.endsWith('wheel') ? new WheelEvent('wheel', options) : new PointerEvent(kind, options))";
    page.browser.evaluate(body, vec![json!(kind), json!(x), json!(y)]);
    page.wait_two_frames();
}

#[test]
fn the_wheel_zooms_the_lanes_only_with_ctrl_and_show_all_resets_the_zoom() {
    let page = Page::open("");
    let visible_tasks = |page: &Page| page.evaluate("return document.querySelector('.lanes-panel .aside').textContent");
    let all = visible_tasks(&page);
    dispatch_on_lanes(&page, "wheel", 0.5, 0.5);
    assert_eq!(visible_tasks(&page), all, "without Ctrl the wheel scrolls the page");
    dispatch_on_lanes(&page, CTRL_WHEEL, 0.5, 0.5);
    page.wait_until("fewer visible tasks", |page| {
        visible_tasks(page).as_str().is_some_and(|text| text.contains(" of 1000 tasks"))
    });
    page.press("Show all");
    page.wait_until("all tasks", |page| visible_tasks(page) == all);
    page.press("Zoom in");
    page.wait_until("half of the tasks", |page| visible_tasks(page).as_str().is_some_and(|text| text.starts_with("500 of 1000")));
}

#[test]
fn a_click_on_a_lane_selects_its_task_and_does_not_move_the_playhead() {
    let page = Page::open("tasks=10&timeout=1&t=0.2");
    let before = page.playhead();
    for kind in ["pointerdown", "pointerup"] {
        dispatch_on_lanes(&page, kind, 0.5, 0.05);
    }
    page.wait_until("task 1", |page| page.value_of("spinbutton", "Selected task") == "1");
    assert!((page.playhead() - before).abs() < 1e-5);
    for kind in ["pointerdown", "pointerup"] {
        dispatch_on_lanes(&page, kind, 0.5, 0.8);
    }
    page.wait_until("another task", |page| page.value_of("spinbutton", "Selected task") != "1");
}

#[test]
fn dragging_unzoomed_lanes_moves_the_playhead() {
    let page = Page::open("tasks=50&t=0.2");
    let before = page.playhead();
    dispatch_on_lanes(&page, "pointerdown", 0.3, 0.5);
    dispatch_on_lanes(&page, "pointermove", 0.7, 0.5);
    page.wait_until("the playhead to move", |page| page.playhead() > before + 0.5);
    dispatch_on_lanes(&page, "pointerup", 0.7, 0.5);
}

#[test]
fn arrow_keys_select_tasks_and_move_the_playhead_only_while_the_lanes_have_the_focus() {
    let page = Page::open("tasks=20&t=1");
    page.type_into("Selected task", "5");
    page.evaluate("document.querySelector('[role=application]').focus()");
    page.send_keys(&char::from(Key::Down).to_string());
    page.wait_until("the next task", |page| page.value_of("spinbutton", "Selected task") == "6");
    let before = page.playhead();
    page.send_keys(&char::from(Key::Right).to_string());
    page.wait_until("the playhead to move", |page| page.playhead() > before);
    let moved = page.playhead();
    page.evaluate("document.activeElement.blur()");
    page.send_keys(&char::from(Key::Right).to_string());
    page.wait_two_frames();
    assert!((page.playhead() - moved).abs() < 1e-9, "the key has no effect elsewhere");
}

#[test]
fn the_task_panel_says_that_the_lock_holder_is_asleep() {
    let page = Page::open("sleep=2&t=3.2");
    let reason = page.text("why");
    assert!(reason.contains("RESERVED is held by task") && reason.contains("asleep in asyncio.sleep for another"), "{reason}");
    let lock = page.text("lock-state-panel");
    assert!(lock.contains("RESERVEDtask"), "{lock}");
}

#[test]
fn in_wal_mode_the_lock_panel_shows_the_write_lock_and_the_readers() {
    let page = Page::open("tasks=50&journal=wal");
    let lock = page.text("lock-state-panel");
    assert!(lock.contains("WRITE") && lock.contains("READ") && !lock.contains("EXCLUSIVE"), "{lock}");
}

#[test]
fn the_loop_panel_shows_ntodo_of_the_current_iteration() {
    let page = Page::open("t=0.05");
    let text = page.text("loop-panel");
    assert!(text.contains("ntodo: 1000"), "the first iteration runs the first step of every task: {text}");
}

#[test]
fn a_state_in_the_legend_can_be_pressed_and_released() {
    let page = Page::open("");
    let pressed = "return [...document.querySelectorAll('.legend [aria-pressed=true]')].map(button => button.textContent).join()";
    page.evaluate(
        "[...document.querySelectorAll('.legend button')].find(button => button.textContent.includes('committing')).click()",
    );
    page.wait_until("the state to be pressed", |page| {
        page.evaluate(pressed).as_str().is_some_and(|text| text.contains("committing"))
    });
    page.evaluate("document.querySelector('.legend [aria-pressed=true]').click()");
    page.wait_until("no state to be pressed", |page| page.evaluate(pressed) == "");
}

#[test]
fn playback_repeats_a_section_until_the_loop_is_removed() {
    let page = Page::open("tasks=20&t=0.1&speed=1");
    page.press("Start loop here");
    page.press("Next change of the lock");
    page.wait_until("a later moment", |page| page.playhead() > 0.1);
    let end = page.playhead();
    page.press("End loop here");
    page.press("Step back");
    page.press("Play");
    for _ in 0..20 {
        page.wait_two_frames();
        assert!((0.1..=end).contains(&page.playhead()), "the playhead is at {}, the loop ends at {end}", page.playhead());
    }
    assert!(page.has("button", "Pause"), "the loop does not stop by itself");
    page.press("Remove loop");
    page.wait_until("the playhead to leave the section", |page| page.playhead() > end);
}

#[test]
fn after_the_stop_extends_the_timeline() {
    let page = Page::open("tasks=3000&timeout=1");
    page.press("To end");
    page.wait_until("the end", |page| {
        page.evaluate("return document.querySelector('[aria-label=\"To end\"]').ariaDisabled") == "true"
    });
    let end = page.playhead();
    page.press("Show after the stop");
    page.press("To end");
    page.wait_until("a later end", |page| page.playhead() > end);
}

#[test]
fn to_first_lock_moves_the_playhead_to_the_first_change_of_the_lock() {
    let page = Page::open("tasks=20&t=1");
    page.press("To first lock");
    page.wait_until("the first lock", |page| page.playhead() < 1.0);
    let first = page.playhead();
    page.press("Previous change of the lock");
    page.wait_until("the start of the run", |page| page.playhead() < first);
    page.press("Next change of the lock");
    page.wait_until("the first lock again", |page| (page.playhead() - first).abs() < 1e-9);
}

#[test]
fn the_measured_run_is_fetched_on_demand_and_shows_its_bunches() {
    let page = Page::open("machine=linux-vm&t=1");
    let fetch_count = "return performance.getEntriesByType('resource').filter(entry => entry.name.includes('real_polls')).length";
    assert_eq!(page.evaluate(fetch_count), 0);
    page.press("Show a measured run");
    page.wait_until("the measured dial", |page| page.count("measured-clock") == 1);
    let caption = page.evaluate("return document.querySelector('[data-testid=measured-clock]').parentElement.innerText");
    assert!(caption.as_str().is_some_and(|text| text.contains("751 waiters in 16 bunches; 496 rows/s")), "{caption}");
    assert_eq!(page.policy_violations(), json!([]));
}

#[test]
fn a_long_console_renders_at_most_200_lines_and_follows_the_playhead() {
    let page = Page::open("tasks=2000&t=4");
    let lines = "return document.querySelector('[data-testid=console]').textContent.split('\\n').length";
    assert!(page.evaluate(lines).as_u64().is_some_and(|lines| lines > 20 && lines <= 200));
    assert!(page.text("console-panel").contains("lines so far"));
    page.evaluate("document.querySelector('[data-testid=console]').scrollTop = -1e6");
    page.wait_until("the first line", |page| page.text("console").contains("croutine number 1 connected"));
    page.evaluate("document.querySelector('[data-testid=console]').scrollTop = 0");
    page.play_to_end();
    page.wait_until("the traceback", |page| page.text("console").contains("database is locked"));
}

#[test]
fn a_folded_panel_stays_folded() {
    let page = Page::open("");
    page.evaluate("document.querySelector('[data-testid=loop-panel] summary').click()");
    page.press("Step forward");
    page.wait_two_frames();
    assert_eq!(page.evaluate("return document.querySelector('[data-testid=loop-panel]').open"), false);
}

#[test]
fn five_panels_are_laid_out_as_three_and_two_and_four_as_three_and_one() {
    let page = Page::open("tasks=20");
    let row_lengths = "const tops = [...document.querySelectorAll('.panels > .panel')].filter(panel => panel.checkVisibility())
                    .map(panel => Math.round(panel.getBoundingClientRect().top));
                return [...new Set(tops)].map(top => tops.filter(other => other === top).length)";
    assert_eq!(page.evaluate(row_lengths), json!([3, 2]));
    page.visit("predict=0&tasks=20&hide=question");
    assert_eq!(page.evaluate(row_lengths), json!([3, 2]));
    page.visit("predict=0&tasks=20&hide=loop");
    assert_eq!(page.evaluate(row_lengths), json!([3, 1]));
}

#[test]
fn the_lanes_and_the_overview_are_covered_until_the_guess() {
    let page = Page::open("");
    page.load("tasks=200&t=1");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    // Opacity of the top canvas over the lanes and over the overview, at 90 % of its width. After
    // the guess only the lanes have a translucent cover, on the part after the playhead.
    let opacity = "return [...document.querySelectorAll('.lanes canvas:last-child, .overview canvas:last-child')].map(canvas => {
                       const pixel = [Math.floor(canvas.width * 0.9), Math.floor(canvas.height / 2), 1, 1];
                       return canvas.getContext('2d').getImageData(...pixel).data[3] })";
    page.wait_until("opaque covers", |page| page.evaluate(opacity) == json!([255, 255]));
    page.press("Skip");
    page.wait_until("a translucent cover over the lanes only", |page| {
        page.evaluate(opacity).as_array().is_some_and(|alpha| alpha[0].as_u64().is_some_and(|alpha| alpha < 255) && alpha[1] == 0)
    });
}

#[test]
fn the_range_over_other_seeds_is_shown_after_the_guess() {
    let page = Page::open("");
    let range_text = |page: &Page| page.evaluate("return document.getElementById('other-seeds')?.textContent ?? null");
    page.load("tasks=30&timeout=0.5&machine=linux-vm");
    page.wait_until("the question", |page| page.has("button", "Skip"));
    assert_eq!(range_text(&page), json!(null));
    page.press("Skip");
    page.wait_until("the range", |page| range_text(page).as_str().is_some_and(|text| text.starts_with("20 seeds: ")));
    let scenario = query::read("tasks=30&timeout=0.5&machine=linux-vm").scenario;
    let rows = |offset: u32| {
        let run = model::run(&Scenario { seed: scenario.seed + offset, ..scenario.clone() }).expect("a small run");
        Outcome::of(&run).inserted()
    };
    let (least, most) = ((0..20).map(rows).min().expect("runs"), (0..20).map(rows).max().expect("runs"));
    let range = if least == most { format!("always {least}") } else { format!("{least}\u{2013}{most}") };
    assert_eq!(range_text(&page), json!(format!("20 seeds: {range} rows")));
    page.type_into("Tasks", "3");
    page.wait_until("the range of the next run", |page| range_text(page) == json!("20 seeds: always 3 rows"));
    assert_eq!(page.policy_violations(), json!([]));
}
