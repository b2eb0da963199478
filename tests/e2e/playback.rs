//! Play, pause, steps and jumps move the playhead.

use crate::page::Page;

/// Whether two positions are the same; the page writes them to the microsecond or finer.
fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-5
}

#[test]
fn the_page_opens_paused() {
    let page = Page::open("");
    let start = page.playhead();
    assert!(page.has("button", "Play") && !page.has("button", "Pause"));
    page.wait_two_frames();
    assert!(is_same(page.playhead(), start));
}

#[test]
fn play_changes_to_pause_and_pause_stops_the_playhead() {
    let page = Page::open("");
    let start = page.playhead();
    page.press("Play");
    page.wait_until("the playhead to move", |page| page.playhead() > start);
    page.press("Pause");
    page.wait_until("Pause to change to Play", |page| page.has("button", "Play"));
    let paused = page.playhead();
    page.wait_two_frames();
    assert!(is_same(page.playhead(), paused));
}

#[test]
fn steps_back_retrace_the_steps_forward() {
    let page = Page::open("tasks=10&t=0");
    let mut stops = vec![page.playhead()];
    for _ in 0..5 {
        page.press("Step forward");
        let before = stops[stops.len() - 1];
        page.wait_until("a step forward", |page| page.playhead() > before);
        stops.push(page.playhead());
    }
    while let [.., earlier, _] = stops[..] {
        page.press("Step back");
        page.wait_until("a step back", |page| is_same(page.playhead(), earlier));
        stops.pop();
    }
}

#[test]
fn to_first_error_moves_the_playhead_to_the_first_error() {
    let page = Page::open("");
    let error = page.result().first_error_s.expect("an error");
    page.press("To first error");
    page.wait_until("the playhead at the error", |page| is_same(page.playhead(), error));
}

#[test]
fn a_link_sets_the_playhead() {
    let page = Page::open("t=3.2");
    page.wait_until("the playhead at 3.2 s", |page| is_same(page.playhead(), 3.2));
}

#[test]
fn the_console_shows_only_what_has_happened_before_the_playhead() {
    let page = Page::open("t=5");
    assert!(!page.text("console").contains("database is locked"), "{}", page.text("console"));
    page.play_to_end();
    page.wait_until("the traceback", |page| page.text("console").contains("database is locked"));
}
