//! The lesson: its numbers, its links and what they promise, and that it can be read.
//!
//! | module | what it proves |
//! |---|---|
//! | [`figures`] | every number that the text names is what the model and the measured runs give |
//! | [`claims`] | every link shows what its text says is to be seen there |
//! | [`teachers`] | the tables of what a link can say are those of the code, and every link on that page can be read |
//! | [`truth`] | the page that says how true it is claims no more than the kept comparison |
//! | [`text`] | sections are short, begin with their point, name their sources, and no link in them is dead |

mod claims;
mod figures;
mod teachers;
mod text;
mod truth;

use lockstep_site::{Figures, Section, read};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("lesson")
}

fn sections() -> Vec<Section> {
    Section::read_all(&folder()).expect("the lesson can be read")
}

fn for_teachers() -> Section {
    Section::for_teachers(&folder()).expect("the page for teachers can be read")
}

fn kept_figures() -> Figures {
    Figures::parse(&read(&folder().join("figures.txt")).expect("the kept figures can be read"))
}
