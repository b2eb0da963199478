//! Tests of parsing and writing links.

use super::*;
use crate::scenario::presets::PRESETS;
use crate::scenario::{MachineProfile, Scenario, profile_code};
use crate::terminals::MAX_CHARACTERS;

#[test]
fn an_empty_query_is_the_default_and_writes_nothing() {
    assert_eq!(Link::read(""), Link::default());
    assert_eq!(Link::default().write(), "");
}

#[test]
fn links_round_trip() {
    for text in [
        "tasks=20&sleep=2&t=0.3",
        "t=0",
        "machine=linux-vm&speed=0.5&predict=0",
        "hide=controls,rows&lock=playback,sleep",
        "tasks=20&b.tasks=50&b.seed=2&t=1",
        "t=2&select=412&zoom=1.5,2,101,50&sort=first-attempt&only=polling,holding-the-lock&fold=loop,console&dial=measured",
        "script=A%3A+BEGIN%0AB%3A+.close%0A.wait+100ms",
        "embed=1&show=terminals",
        "lang=de",
    ] {
        assert_eq!((Link::read(text).write().as_str(), &Link::read(text).notes), (text, &Vec::new()));
    }
}

#[test]
fn a_scene_adds_its_pairs_and_the_link_overrides_them_in_any_order() {
    for text in ["scene=longer-timeout&tasks=20", "tasks=20&scene=longer-timeout"] {
        assert_eq!(Link::read(text).write(), "tasks=20&machine=linux-vm&b.timeout=10");
    }
    let other = Link::read("scene=longer-timeout&b.timeout=30");
    assert_eq!((other.write().as_str(), other.notes.len()), ("machine=linux-vm&b.timeout=30", 0));
    let unknown = Link::read("scene=moon&tasks=20");
    assert!(unknown.scenario.tasks == 20 && unknown.notes[0].contains("longer-timeout"), "{:?}", unknown.notes);
}

#[test]
fn every_preset_is_recognized_by_its_runs() {
    for preset in &PRESETS {
        let link = Link::read(preset.query);
        assert_eq!((link.write().as_str(), link.notes.len()), (preset.query, 0));
        assert_eq!(preset_of(&link.scenario, link.second.as_ref()), Some(preset));
    }
    assert_eq!(preset_of(&Scenario { tasks: 7, ..Scenario::default() }, None), None);
}

#[test]
fn the_hash_can_contain_pairs_and_an_anchor_is_ignored() {
    assert_eq!(query_in_address("?tasks=3", "#t=1"), "tasks=3&t=1");
    assert_eq!(query_in_address("", "#?tasks=3"), "tasks=3");
    assert_eq!(query_in_address("?tasks=3", "#lesson"), "tasks=3");
    assert_eq!(query_in_address("", ""), "");
}

#[test]
fn every_invalid_value_has_a_note_and_the_rest_is_kept() {
    let invalid = "tasks=0&t=soon&speed=0&predict=maybe&v=9&nonsense=1&select=0";
    let link = Link::read(&[invalid, "&sleep=2"].concat());
    assert_eq!(link.scenario.sleep.millis(), 2000);
    for name in ["tasks", "t", "speed", "predict", "v", "nonsense", "select"] {
        assert!(link.notes.iter().any(|note| note.contains(name)), "{name} has no note");
    }
    assert_eq!(link.notes.len(), 7);
    let view = Link::read("zoom=2,1,1,5&sort=size&only=polling,walking&fold=roof&dial=x&theme=red&hide=moon,clock");
    assert_eq!((view.notes.len(), view.write().as_str()), (7, "only=polling&hide=clock"));
}

#[test]
fn a_script_may_be_as_long_as_the_terminals_allow() {
    let link = |characters: usize| Link::read(&["script=", &"é".repeat(characters)].concat());
    assert_eq!(link(MAX_CHARACTERS).script.map(|script| script.chars().count()), Some(MAX_CHARACTERS));
    let long = link(MAX_CHARACTERS + 1);
    assert!(long.script.is_none() && long.notes[0].starts_with("script: "), "{:?}", long.notes);
}

#[test]
fn an_invalid_value_of_the_second_run_has_a_note_and_the_first_run_is_kept() {
    let link = Link::read("tasks=20&b.tasks=0");
    assert_eq!((link.scenario.tasks, link.second.map(|second| second.tasks)), (20, Some(20)));
    assert!(link.notes.len() == 1 && link.notes[0].starts_with("b.tasks:"), "{:?}", link.notes);
    let custom = Link::read("machine=linux-vm&b.machine=custom");
    assert_eq!(custom.second.map(|second| second.machine.word()), Some("linux-vm"));
    assert!(custom.notes.len() == 1 && custom.notes[0].starts_with("b.machine:"), "{:?}", custom.notes);
}

#[test]
fn the_profile_round_trips_and_a_broken_profile_loses_nothing_else() {
    let code = profile_code::encode(&MachineProfile::linux_vm());
    let text = format!("tasks=20&machine=custom&b.machine=linux-vm&profile={code}&t=1");
    let link = Link::read(&text);
    assert_eq!((link.write(), link.notes.len()), (text, 0));
    assert!(link.second.is_some_and(|second| second.profile.is_none()));
    let broken = Link::read(&format!("tasks=20&machine=custom&profile={}&t=1", &code[..40]));
    assert_eq!(broken.write(), "tasks=20&t=1");
    assert!(broken.notes.iter().any(|note| note.starts_with("profile: ")), "{:?}", broken.notes);
}

#[test]
fn duplicate_notes_are_removed_and_many_notes_are_truncated() {
    assert_eq!(Link::read(&"tasks=5&".repeat(100)).notes.len(), 1);
    let many: String = (0..100).map(|number| format!("n{number}=1&")).collect();
    assert_eq!(Link::read(&many).notes.last().map(String::as_str), Some("and 92 more like these"));
}
