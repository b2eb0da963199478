//! The structure of the text: the length of sections, their first paragraphs, sources and links.

use crate::{folder, kept_figures, sections};
use lockstep_site::{Figures, Section, markdown, page, read};
use std::collections::BTreeSet;

/// Three minutes at 180 words a minute, for people who read English as a second language.
const MAX_WORDS: usize = 540;

fn lesson_html() -> String {
    page::lesson(&sections(), &kept_figures(), "").expect("the lesson can be rendered")
}

fn facts_html() -> String {
    page::facts(&read(&folder().join("../docs/facts.md")).expect("the facts"), "")
}

/// The text between each `before` and the next `"`.
fn values<'a>(html: &'a str, before: &'a str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_section_can_be_read_in_three_minutes() {
    // The glossary is for looking up words, not for reading from beginning to end.
    for section in sections().iter().filter(|section| section.name != "glossary") {
        let words = section.text.split_whitespace().count();
        assert!((150..=MAX_WORDS).contains(&words), "{}: {words} words", section.name);
    }
}

#[test]
fn every_section_begins_with_its_point_in_at_most_two_sentences_without_a_link() {
    for section in sections() {
        let (point, rest) = section.point_and_rest();
        let sentences = point.matches(". ").count() + point.matches(".\n").count() + usize::from(point.ends_with('.'));
        assert!((1..=2).contains(&sentences) && !rest.is_empty(), "{}: {sentences} sentences: {point}", section.name);
        assert!(!point.contains("]("), "{}: {point}", section.name);
    }
}

#[test]
fn every_section_but_the_glossary_names_its_sources_and_corrects_a_wrong_idea() {
    for section in sections().iter().filter(|section| section.name != "glossary") {
        assert!(section.text.contains("*Sources.*"), "{}", section.name);
        let wrong_ideas = section.text.matches("> **You may think**").count();
        assert!(wrong_ideas > 0 && wrong_ideas == section.text.matches("> **In fact**").count(), "{}", section.name);
    }
}

#[test]
fn every_measured_number_comes_from_the_data_or_cites_a_fact() {
    for section in sections() {
        for paragraph in section.text.split("\n\n").filter(|paragraph| paragraph.contains("(measured")) {
            let has_source = paragraph.contains("{{measured") || paragraph.contains("[[");
            assert!(has_source || paragraph.starts_with("*Sources.*"), "{}: {paragraph}", section.name);
        }
    }
}

#[test]
fn the_lesson_has_no_dead_links() {
    let (lesson, facts) = (lesson_html(), facts_html());
    let ids: BTreeSet<_> = values(&lesson, "id=\"").into_iter().collect();
    for name in values(&lesson, "href=\"lesson/index.html#") {
        assert!(ids.contains(name), "no section is called {name}");
    }
    let facts: BTreeSet<_> = values(&facts, "id=\"f").into_iter().collect();
    assert!(facts.len() > 100, "{} facts", facts.len());
    for number in values(&lesson, "href=\"lesson/facts.html#f") {
        assert!(facts.contains(number), "there is no fact {number}");
    }
}

#[test]
fn ids_are_unique_and_there_are_no_inline_styles_or_scripts() {
    for html in [lesson_html(), facts_html()] {
        let ids = values(&html, " id=\"");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
        assert!(!html.contains(" style=") && !html.contains("<script"));
    }
}

#[test]
fn every_section_that_quotes_stack_overflow_names_it_and_its_licence() {
    for section in sections() {
        let has_quote = section.text.contains("write_to_db(number)") || section.text.contains("the answer says");
        let has_attribution = ["Stack Overflow", "CC BY-SA 4.0"].iter().all(|word| section.text.contains(word));
        assert!(!has_quote || has_attribution, "{}", section.name);
    }
}

#[test]
fn errors_about_unknown_numbers_and_unclosed_marks_name_the_section() {
    let section = Section::parse("07-here.md", "---\ntitle: T\nscenario: t=1\n---\nText.").expect("a section");
    assert_eq!((section.name.as_str(), section.title.as_str(), section.text.as_str()), ("here", "T", "Text."));
    for (text, part) in [("{{rows: tasks=5}}", "rows: tasks=5"), ("{{rows", "{{"), ("[[7.2", "[[")] {
        let message = markdown::render(&section, text, &Figures::default()).expect_err("an error").to_string();
        assert!(message.contains("here") && message.contains(part), "{message}");
    }
    let message = Section::parse("07-here.md", "---\ntitle: T\n---\n").expect_err("no scenario").to_string();
    assert!(message.contains("scenario"), "{message}");
}
