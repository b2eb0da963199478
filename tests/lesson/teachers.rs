//! The page for teachers: what it says of links is what the code reads.

use crate::{folder, for_teachers, kept_figures};
use lockstep_core::link::{Link, PAGE_NAMES, PageName, Part};
use lockstep_core::scenario::presets::PRESETS;
use lockstep_core::scenario::{Field, Scenario};
use lockstep_site::markdown::scenario_links;
use lockstep_site::{Section, page};
use std::collections::BTreeSet;

const FILE: &str = "lesson/teachers.md";

/// The lines under a heading that the tables of the code make, each with its line end.
fn generated() -> [(&'static str, String); 4] {
    let parts: Vec<_> = Part::ALL.iter().map(|(_, word)| format!("`{word}`")).collect();
    [
        ("### The run\n\n", table(Field::ALL.iter().map(|(field, _)| field_row(*field)))),
        ("### The page\n\n", table(page_rows())),
        ("### Parts\n\n", format!("{}.\n", parts.join(", "))),
        ("### Scenes\n\n", scenes()),
    ]
}

fn table(rows: impl Iterator<Item = [String; 4]>) -> String {
    let rows: String = rows.map(|row| format!("| {} |\n", row.join(" | "))).collect();
    format!("| name | default | allowed | means |\n|---|---|---|---|\n{rows}")
}

fn field_row(field: Field) -> [String; 4] {
    let default = Scenario::default().text(field);
    [format!("`{}`", field.word()), default, field.domain().to_string(), field.row().help.to_owned()]
}

/// The page's names, and behind the presets the names of the second run.
fn page_rows() -> impl Iterator<Item = [String; 4]> {
    let second = [
        "`b.` and a name of the run",
        "as the first run",
        "as the name allows",
        "the second run of a comparison, where it differs",
    ];
    let (scene, others) = PAGE_NAMES.split_first().expect("there are names");
    [page_row(scene), second.map(str::to_owned)].into_iter().chain(others.iter().map(page_row))
}

fn page_row(PageName { name, default, allowed, allowed_in_short, help, .. }: &PageName) -> [String; 4] {
    let allowed = if allowed_in_short.is_empty() { allowed() } else { (*allowed_in_short).to_owned() };
    [format!("`{name}`"), (*default).to_owned(), allowed, (*help).to_owned()]
}

fn scenes() -> String {
    let rows = PRESETS.map(|preset| format!("| [`{0}`](?scene={0}) | {1} |\n", preset.name, preset.words));
    ["| name | the run |\n|---|---|\n", &rows.concat()].concat()
}

/// `text` with `part` in place of what stands between `heading` and the next empty line.
fn replaced(text: &str, heading: &str, part: &str) -> String {
    let (before, rest) = text.split_once(heading).unwrap_or_else(|| panic!("{FILE} has no heading {heading}"));
    let (_, after) = rest.split_once("\n\n").unwrap_or_else(|| panic!("{FILE} ends after {heading}"));
    [before, heading, part, "\n", after].concat()
}

#[test]
fn the_tables_of_links_are_those_of_the_code() {
    let path = folder().join("teachers.md");
    let kept = std::fs::read_to_string(&path).expect("the page for teachers");
    let wanted = generated().iter().fold(kept.clone(), |text, (heading, part)| replaced(&text, heading, part));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("the file can be written");
        return;
    }
    for (kept, wanted) in kept.lines().zip(wanted.lines()) {
        assert_eq!(kept, wanted, "{FILE} is not what the code says; BLESS=1 cargo test -p lockstep-core --test lesson writes it");
    }
    assert_eq!(kept, wanted, "{FILE} is not what the code says; BLESS=1 cargo test -p lockstep-core --test lesson writes it");
}

#[test]
fn every_link_is_read_without_a_note_and_every_place_exists() {
    let teachers = for_teachers();
    let links = scenario_links(&teachers.text);
    assert!(links.len() > PRESETS.len());
    for link in links {
        assert_eq!(Link::read(&link.query).notes, Vec::<String>::new(), "?{}", link.query);
    }
    let names: BTreeSet<_> = Section::read_all(&folder()).expect("the lesson").into_iter().map(|section| section.name).collect();
    for place in teachers.text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(names.contains(place), "no section is called {place}");
    }
}

#[test]
fn the_page_has_its_tables_and_neither_style_nor_script() {
    let html = page::teachers(&for_teachers(), &kept_figures(), "").expect("it can be rendered");
    assert!(html.contains("<h1><span class=\"brand\">Lockstep</span> For teachers</h1>"));
    assert!(html.matches("<table>").count() >= 7 && !html.contains(" style=") && !html.contains("<script"));
}
