//! The page for teachers describes link parameters as the code reads them.

use crate::{folder, for_teachers, kept_figures};
use lockstep_core::link::Link;
use lockstep_core::link::view::View;
use lockstep_core::link::{Frame, Part};
use lockstep_core::scenario::presets::PRESETS;
use lockstep_core::scenario::query::PAGE_NAMES;
use lockstep_core::scenario::{Field, Scenario};
use lockstep_site::markdown::scenario_links;
use lockstep_site::{Section, page};
use std::collections::BTreeSet;

/// The cells of the table's row that begins with `first`.
fn row(first: &str) -> Vec<String> {
    let text = for_teachers().text;
    let line = text.lines().find(|line| line.starts_with(&format!("| {first} |"))).unwrap_or_else(|| panic!("no row {first}"));
    line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn the_scenario_table_has_every_field_with_its_default_and_allowed_values() {
    for (field, name) in Field::ALL {
        let cells = row(&format!("`{name}`"));
        assert_eq!(cells[1], Scenario::default().text(*field), "{name}");
        assert_eq!(cells[2], field.domain().to_string(), "{name}");
    }
}

#[test]
fn the_page_table_has_every_parameter_with_its_allowed_values() {
    for name in PAGE_NAMES {
        let cells = row(&format!("`{name}`"));
        // An invalid value gives an error that lists the allowed ones. The table describes the
        // values of these three parameters in other words.
        let error =
            |read: Option<Result<(), String>>| read.and_then(Result::err).filter(|_| !["hide", "lock", "only"].contains(&name));
        for allowed in [error(Frame::default().set(name, "moon")), error(View::default().set(name, "moon"))].into_iter().flatten()
        {
            assert_eq!(cells[2], allowed, "{name}");
        }
    }
}

#[test]
fn the_page_lists_every_part_and_every_preset() {
    let text = for_teachers().text;
    let parts = text.lines().find_map(|line| line.strip_prefix("Parts: ")).expect("the line of the parts");
    let named: Vec<_> = parts.trim_end_matches('.').split(", ").map(|part| part.trim_matches('`')).collect();
    assert_eq!(named, Part::ALL.iter().map(|(_, word)| *word).collect::<Vec<_>>());
    for preset in PRESETS {
        assert_eq!(row(&format!("[`{0}`](?scene={0})", preset.name))[1], preset.words);
    }
}

#[test]
fn every_scenario_link_is_valid_and_every_linked_section_exists() {
    let teachers = for_teachers();
    let links = scenario_links(&teachers.text);
    assert!(links.len() > PRESETS.len());
    for link in links {
        assert_eq!(Link::read(&link.query).notes, Vec::<String>::new(), "?{}", link.query);
    }
    let names: BTreeSet<_> = Section::read_all(&folder()).expect("the lesson").into_iter().map(|section| section.name).collect();
    for name in teachers.text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(names.contains(name), "no section is called {name}");
    }
}

#[test]
fn the_page_has_its_tables_and_no_inline_styles_or_scripts() {
    let html = page::teachers(&for_teachers(), &kept_figures(), "").expect("the page can be rendered");
    assert!(html.contains("<h1><span class=\"brand\">Lockstep</span> For teachers</h1>"));
    assert!(html.matches("<table>").count() >= 7 && !html.contains(" style=") && !html.contains("<script"));
}
