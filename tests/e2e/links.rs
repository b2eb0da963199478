//! The link holds the state of the screen and restores it.

use crate::page::Page;
use serde_json::{Value, json};

/// The visible state: controls, playhead, selected task, zoom, order, panels, comparison.
fn visible_state(page: &Page) -> Value {
    page.evaluate(
        "const text = selector => document.querySelector(selector)?.textContent ?? null;
         return { fields: [...document.querySelectorAll('.controls input, .controls select')].map(field => field.value),
                  playhead: document.querySelector('[data-testid=playhead]').dataset.t,
                  task: document.querySelector('[aria-label=\"Selected task\"]').value,
                  lanes: text('.lanes-panel .aside'), order: document.querySelector('.lanes-panel select').value,
                  legend: [...document.querySelectorAll('.legend [aria-pressed=true]')].map(button => button.textContent),
                  dial: [...document.querySelectorAll('.dial-tools [aria-pressed=true]')].map(button => button.textContent),
                  panels: [...document.querySelectorAll('.panel')].map(panel => panel.open),
                  speed: document.querySelector('.speed select').value,
                  digest: document.querySelector('[data-testid=result]').dataset.digest,
                  comparison: text('[data-testid=difference]') }",
    )
}

#[test]
fn opening_a_link_restores_the_state_of_the_screen() {
    let page = Page::open("tasks=60&timeout=1&t=0.4");
    page.scroll_to_findings();
    page.click("[data-testid=compare] a[data-stay]");
    page.wait_until("the kept run in the link", |page| page.query().contains("b.seed=1"));
    page.type_into("Sleep before commit", "0.1");
    page.wait_until("both runs in the link", |page| page.query().contains("b.sleep=0.1") && page.is_finished());
    page.press("Zoom in");
    page.type_into("Selected task", "31");
    page.evaluate("document.querySelector('.loop-panel summary').click()");
    page.press("Follow the bunches");
    page.evaluate(
        "[...document.querySelectorAll('.legend button')].find(button => button.textContent.includes('polling')).click()",
    );
    let before = page.playhead();
    page.press("Step forward");
    page.wait_until("a step forward", |page| page.playhead() > before);
    page.wait_until("the whole state in the link", |page| {
        let (query, now) = (page.query(), page.evaluate("return document.querySelector('[data-testid=playhead]').dataset.t"));
        let playhead = format!("t={}", now.as_str().unwrap_or("missing"));
        ["select=31", "zoom=", "fold=loop", "dial=follow", "only=polling", &playhead].iter().all(|part| query.contains(part))
    });
    let (before, query) = (visible_state(&page), page.query());
    page.visit(&query);
    page.scroll_to_findings();
    page.wait_until("the same state", |page| visible_state(page) == before);
    page.wait_two_frames();
    assert_eq!(page.query(), query, "the link has not changed");
}

#[test]
fn a_scene_in_the_link_selects_a_preset_until_a_field_changes() {
    let page = Page::open("scene=linux");
    assert_eq!(page.value_of("combobox", "Preset"), "linux");
    assert_eq!(page.value_of("combobox", "Machine"), "linux-vm");
    page.select_option("Preset", "sleep");
    page.wait_until("the run with the sleep", |page| page.query().contains("sleep=2") && page.is_finished());
    assert_eq!(page.value_of("combobox", "Machine"), "windows-laptop");
    page.type_into("Tasks", "33");
    page.wait_until("no preset", |page| page.value_of("combobox", "Preset") == "your own");
}

#[test]
fn the_hash_may_hold_the_same_parameters_as_the_query() {
    let page = Page::open("");
    page.load("predict=0#tasks=21&seed=9");
    page.wait_until("a result", Page::is_finished);
    assert_eq!(page.value_of("spinbutton", "Tasks"), "21");
    assert_eq!(page.value_of("spinbutton", "Seed"), "9");
}

#[test]
fn a_profile_in_the_link_is_restored_and_a_truncated_one_gives_a_note() {
    let profile = lockstep_core::scenario::profile_code::encode(&lockstep_core::scenario::MachineProfile::linux_vm());
    let page = Page::open(&format!("tasks=20&machine=custom&profile={profile}"));
    assert_eq!((page.value_of("combobox", "Machine"), page.text("notes")), ("custom".to_owned(), String::new()));
    page.type_into("Tasks", "21");
    page.wait_until("the profile in the link", |page| page.query().contains("tasks=21") && page.query().contains(&profile));
    page.visit(&format!("predict=0&tasks=20&machine=custom&profile={}", &profile[..30]));
    assert!(page.text("notes").contains("profile"), "{}", page.text("notes"));
    assert_eq!(page.value_of("spinbutton", "Tasks"), "20");
    assert_eq!(page.evaluate("return window.violations"), json!([]));
}
