//! The lesson as static HTML, and the page's style sheets as one.
//!
//! [`section`] reads the Markdown files, [`figures`] knows the numbers that their text names, [`markdown`] makes HTML of them,
//! [`page`] the pages around it; [`truth`] and [`report`] write the page that says how true all of it is; [`styles`] joins the style
//! sheets. Nothing here knows the model:
//! the numbers are kept in a file, and a test of the project holds that file against the model and the measured runs.

pub mod figures;
pub mod markdown;
pub mod page;
pub mod report;
pub mod section;
pub mod styles;
pub mod truth;

pub use figures::Figures;
pub use section::Section;

use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why the lesson cannot be rendered.
#[derive(Debug, Error)]
pub enum LessonError {
    /// A file cannot be read or written.
    #[error("{}: {problem}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        problem: std::io::Error,
    },
    /// A section has no front matter, or a name is missing in it.
    #[error("{section}: the front matter must have a line `{missing}: ...`")]
    FrontMatter {
        /// The section's name.
        section: String,
        /// What is missing.
        missing: &'static str,
    },
    /// A number that is named in the text is not among those that are kept.
    #[error("{section}: {{{{{figure}}}}} is not in figures.txt; run: BLESS=1 cargo test --test lesson")]
    Figure {
        /// The section's name.
        section: String,
        /// What stands between the braces.
        figure: String,
    },
    /// A part that is named in the text and that no source has.
    #[error("{section}: there is no {part}")]
    Part {
        /// The section's name.
        section: String,
        /// What stands between the braces.
        part: String,
    },
    /// The kept comparison with measured runs cannot be read.
    #[error("data/report.json: {problem}")]
    Report {
        /// What is wrong with it.
        problem: String,
    },
    /// A mark was opened and not closed.
    #[error("{section}: `{open}` without its end")]
    Open {
        /// The section's name.
        section: String,
        /// The mark.
        open: &'static str,
    },
}

/// A file of this project as text.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> Result<String, LessonError> {
    std::fs::read_to_string(path).map_err(|problem| LessonError::File { path: path.to_owned(), problem })
}
