//! The lesson links to scripts of the terminals. Each link says which codes SQLite gives.

use lockstep_core::terminals::{Case, View};
use lockstep_site::Section;
use lockstep_site::markdown::{CaseLink, case_links};
use lockstep_sqlite::Session;
use std::path::Path;

/// Sections whose claims SQLite itself shows.
const SECTIONS: [&str; 5] = ["locks", "back-off", "commit", "wal", "upgrade"];

fn shows(view: &View, claim: &str) -> bool {
    let (step, code) = claim.strip_prefix("step ").and_then(|rest| rest.split_once(": ")).expect("a step and a code");
    let step: usize = step.parse().expect("a number");
    view.steps[step - 1].answer.code() == code
}

fn check(link: &CaseLink) {
    let case = Case::named(&link.case).unwrap_or_else(|| panic!("there is no case {}", link.case));
    let view = Session::default().play(case.script).expect("a script");
    for claim in link.claim.split(", ") {
        assert!(shows(&view, claim), "{}: {claim} is not true", link.case);
    }
}

#[test]
fn every_script_that_the_lesson_links_to_gives_the_codes_that_the_link_names() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lesson");
    let sections = Section::read_all(&folder).expect("the lesson is complete");
    for name in SECTIONS {
        let section = sections.iter().find(|section| section.name == name).expect("a section");
        let links = case_links(&section.text);
        assert!(links.len() >= 3, "{name} has too few scripts");
        links.iter().for_each(check);
    }
}
