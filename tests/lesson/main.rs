//! The lesson: its numbers, its links and the structure of its text.
//!
//! | module | what it proves |
//! |---|---|
//! | [`figures`] | every number in the text is that of the model or of the measured runs |
//! | [`claims`] | every link to a run shows what its text says |
//! | [`teachers`] | the tables of link parameters agree with the code, and every link on that page is valid |
//! | [`truth`] | the page about accuracy claims no more than the comparison in `data/report.json` |
//! | [`text`] | sections are short, begin with their point, name their sources and have no dead links |

mod claims;
mod figures;
mod teachers;
mod text;
mod truth;

use lockstep_site::{Figures, Section, read};
use std::path::{Path, PathBuf};

/// The folder of the lesson's source files.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("lesson")
}

fn sections() -> Vec<Section> {
    Section::read_all(&folder()).expect("the lesson can be read")
}

fn for_teachers() -> Section {
    Section::for_teachers(&folder()).expect("the page for teachers can be read")
}

/// The numbers in `lesson/figures.txt`.
fn kept_figures() -> Figures {
    Figures::parse(&read(&folder().join("figures.txt")).expect("figures.txt can be read"))
}
