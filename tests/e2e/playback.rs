//! Play, pause, steps and jumps move the one playhead.

use crate::page::Page;

/// The page writes the playhead in whole microseconds or finer.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-5
}

#[test]
fn the_page_opens_paused() {
    let page = Page::open("");
    let opened = page.playhead();
    assert!(page.has("button", "Play") && !page.has("button", "Pause"));
    page.wait_two_frames();
    assert!(same(page.playhead(), opened));
}

#[test]
fn play_becomes_pause_and_pause_holds_the_playhead() {
    let page = Page::open("");
    let opened = page.playhead();
    page.press("Play");
    page.wait_until("the playhead to move", |page| page.playhead() > opened);
    page.press("Pause");
    page.wait_until("the button to say Play again", |page| page.has("button", "Play"));
    let held = page.playhead();
    page.wait_two_frames();
    assert!(same(page.playhead(), held));
}

#[test]
fn steps_go_from_event_to_event_and_back_again() {
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
        page.wait_until("a step back", |page| same(page.playhead(), earlier));
        stops.pop();
    }
}

#[test]
fn to_first_error_moves_the_playhead_to_the_first_error() {
    let page = Page::open("");
    let error = page.result().first_error_s.expect("an error");
    page.press("To first error");
    page.wait_until("the playhead at the error", |page| same(page.playhead(), error));
}

#[test]
fn a_link_sets_the_playhead() {
    let page = Page::open("t=3.2");
    page.wait_until("the playhead at 3.2 s", |page| same(page.playhead(), 3.2));
}

#[test]
fn the_console_says_nothing_of_what_has_not_happened_yet() {
    let page = Page::open("t=5");
    assert!(!page.text("console").contains("database is locked"), "{}", page.text("console"));
    page.play_to_the_end();
    page.wait_until("the traceback", |page| page.text("console").contains("database is locked"));
}
