//! Renders the lesson as static HTML, and joins the page's style sheets.
//!
//! [`section`] reads the Markdown files, [`figures`] the values of numbers in the text,
//! [`markdown`] renders HTML, and [`page`] builds the pages. [`truth`] and [`report`] build the
//! page "How true is this?", and [`styles`] joins the style sheets. This package does not run the
//! model: the values are in a file, and a test checks that file against the model and the measured
//! runs.

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
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        problem: std::io::Error,
    },
    /// A section has no front matter, or a line is missing in it.
    #[error("{section}: the front matter must have a line `{missing}: ...`")]
    FrontMatter {
        /// The section's name.
        section: String,
        /// The name of the missing line.
        missing: &'static str,
    },
    /// The text uses a number that is not in `figures.txt`.
    #[error("{section}: {{{{{figure}}}}} is not in figures.txt; run: BLESS=1 cargo test -p lockstep-core --test lesson")]
    Figure {
        /// The section's name.
        section: String,
        /// The text between the braces.
        figure: String,
    },
    /// The text uses a part that no source has.
    #[error("{section}: there is no {part}")]
    Part {
        /// The section's name.
        section: String,
        /// The text between the braces.
        part: String,
    },
    /// The recorded comparison with measured runs cannot be read.
    #[error("data/report.json: {problem}")]
    Report {
        /// The error.
        problem: String,
    },
    /// A mark is not closed.
    #[error("{section}: `{open}` without its end")]
    Open {
        /// The section's name.
        section: String,
        /// The opening characters of the mark.
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
