//! What is on the screen is in the link, and comes back from it.

use crate::page::Page;
use serde_json::{Value, json};

/// What the reader sees of the state: controls, playhead, selected task, zoom, order, panels, comparison.
fn on_the_screen(page: &Page) -> Value {
    page.script(
        "const text = selector => document.querySelector(selector)?.textContent ?? null;
         return { fields: [...document.querySelectorAll('.controls input, .controls select')].map(field => field.value),
                  playhead: document.querySelector('[data-testid=playhead]').dataset.t,
                  task: document.querySelector('[aria-label=\"Selected task\"]').value,
                  lanes: text('.lanes-panel .aside'), order: document.querySelector('.lanes-panel select').value,
                  legend: [...document.querySelectorAll('.legend [aria-pressed=true]')].map(one => one.textContent),
                  dial: [...document.querySelectorAll('.dial-tools [aria-pressed=true]')].map(one => one.textContent),
                  panels: [...document.querySelectorAll('.panel')].map(panel => panel.open),
                  speed: document.querySelector('.speed select').value,
                  digest: document.querySelector('[data-testid=result]').dataset.digest,
                  comparison: text('[data-testid=difference]') }",
    )
}

#[test]
fn a_state_comes_back_when_its_link_is_opened_elsewhere() {
    let page = Page::open("tasks=60&timeout=1&t=0.4");
    page.read_story();
    page.click("[data-testid=compare] a[data-stay]");
    page.wait_until("the kept run in the link", |page| page.query().contains("b.seed=1"));
    page.type_into("Sleep before commit", "0.1");
    page.wait_until("both in the link", |page| page.query().contains("b.sleep=0.1") && page.finished());
    page.press("Zoom in");
    page.type_into("Selected task", "31");
    page.script("document.querySelector('.loop-panel summary').click()");
    page.press("Follow the bunches");
    page.script("[...document.querySelectorAll('.legend button')].find(one => one.textContent.includes('polling')).click()");
    let before = page.playhead();
    page.press("Step forward");
    page.wait_until("a step forward", |page| page.playhead() > before);
    page.wait_until("all of it in the link", |page| {
        let (query, now) = (page.query(), page.script("return document.querySelector('[data-testid=playhead]').dataset.t"));
        let moment = format!("t={}", now.as_str().unwrap_or("missing"));
        ["select=31", "zoom=", "fold=loop", "dial=follow", "only=polling", &moment].iter().all(|part| query.contains(part))
    });
    let (before, query) = (on_the_screen(&page), page.query());
    page.visit(&query);
    page.read_story();
    page.wait_until("the same screen", |page| on_the_screen(page) == before);
    page.wait_two_frames();
    assert_eq!(page.query(), query, "and the link stays as it is");
}

#[test]
fn a_scene_is_a_whole_link_and_its_name_is_shown_among_the_presets() {
    let page = Page::open("scene=linux");
    assert_eq!(page.value_of("combobox", "Preset"), "linux");
    assert_eq!(page.value_of("combobox", "Machine"), "linux-vm");
    page.choose("Preset", "sleep");
    page.wait_until("the run with the sleep", |page| page.query().contains("sleep=2") && page.finished());
    assert_eq!(page.value_of("combobox", "Machine"), "windows-laptop");
    page.type_into("Tasks", "33");
    page.wait_until("no preset", |page| page.value_of("combobox", "Preset") == "your own");
}

#[test]
fn the_hash_may_hold_the_same_names() {
    let page = Page::open("");
    page.load("predict=0#tasks=21&seed=9");
    page.wait_until("a result", Page::finished);
    assert_eq!(page.value_of("spinbutton", "Tasks"), "21");
    assert_eq!(page.value_of("spinbutton", "Seed"), "9");
}

#[test]
fn a_machine_of_the_readers_own_comes_back_and_a_broken_one_is_named() {
    let profile = lockstep_core::scenario::profile_code::encode(&lockstep_core::scenario::MachineProfile::linux_vm());
    let page = Page::open(&format!("tasks=20&machine=custom&profile={profile}"));
    assert_eq!((page.value_of("combobox", "Machine"), page.text("notes")), ("custom".to_owned(), String::new()));
    page.type_into("Tasks", "21");
    page.wait_until("its profile in the link", |page| page.query().contains("tasks=21") && page.query().contains(&profile));
    page.visit(&format!("predict=0&tasks=20&machine=custom&profile={}", &profile[..30]));
    assert!(page.text("notes").contains("profile"), "{}", page.text("notes"));
    assert_eq!(page.value_of("spinbutton", "Tasks"), "20");
    assert_eq!(page.script("return window.violations"), json!([]));
}
