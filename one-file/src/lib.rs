//! The built page as one HTML file: it opens by double click, in a frame without an origin, and as an upload to a course.
//!
//! ```text
//! <head>   the page's own head, its icon and the style sheets of what it begins with inside
//! <body>   the page's own body
//!          a table of files and all of them packed: program, modules, lesson, data, style sheets of what the program draws
//!          the scripts of `inside/`, which unpack them and answer for them
//! ```
//!
//! A browser does not let such a page fetch or import anything, so the scripts inside answer `fetch` and load modules from
//! the pack. [`whole`] has one program stand for both, [`module`] makes functions of modules, [`pack`] packs, [`page`] puts it all
//! together.

pub mod letters;
mod module;
pub mod pack;
pub mod page;
mod whole;

use pack::Packed;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The name of the file, beside the page's `index.html`.
pub const NAME: &str = "lockstep.html";

/// What the page cannot need at work: itself, and what belongs to pages that embed it.
const LEFT_OUT: [&str; 3] = ["index.html", NAME, "lockstep-playground.js"];
/// Kinds of files that the page asks for while it works.
const KINDS: [&str; 4] = ["js", "wasm", "html", "json"];

/// Why the file cannot be made.
#[derive(Debug, Error)]
pub enum OneFileError {
    /// A file of the page cannot be read or written.
    #[error("{}: {problem}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        problem: std::io::Error,
    },
    /// A script is written in a way for which there is no function.
    #[error("{name}: this import or export is not known to the one file: {line}")]
    Module {
        /// The script.
        name: String,
        /// The line.
        line: String,
    },
    /// A style sheet or a script that cannot stand inside a page.
    #[error("{name}: {problem}")]
    CannotStandInside {
        /// The file.
        name: String,
        /// Why.
        problem: &'static str,
    },
    /// The page has no place for something.
    #[error("index.html: there is no {0}")]
    Missing(&'static str),
}

/// A file of the built page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFile {
    /// Its path below the page's folder, with `/`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The one file that does what the page in `folder` does. `program` is the folder of the program that is page and workshop in one.
///
/// # Errors
/// If a file cannot be read, or is not of a kind that can stand inside.
pub fn build(folder: &Path, program: &Path) -> Result<String, OneFileError> {
    let index = text(&read(&folder.join("index.html"))?);
    let mut files = Vec::new();
    read_all(folder, "", &mut files)?;
    let index = whole::in_place_of_both(&index, &mut files, program)?;
    files.retain(|file| !page::has_classic_script(&index, &file.name));
    let (mut styles, mut packed) = (Vec::new(), Vec::new());
    for file in files {
        match file.name.rsplit_once('.').map_or("", |(_, kind)| kind) {
            "css" => {
                packed.extend(page::is_packed_style(&file.name).then(|| file.clone()));
                styles.push(file);
            }
            "js" => packed.push(PageFile { bytes: module::to_function(&file.name, &text(&file.bytes))?.into_bytes(), ..file }),
            "html" => packed.push(PageFile { bytes: page::without_charts(&text(&file.bytes))?.into_bytes(), ..file }),
            _ => packed.push(file),
        }
    }
    page::page(&index, &styles, |name| read(&folder.join(name)), &Packed::of(&packed))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read(path: &Path) -> Result<Vec<u8>, OneFileError> {
    std::fs::read(path).map_err(|problem| OneFileError::File { path: path.to_owned(), problem })
}

/// Everything that the page may ask for, in the order of names, so that the same page always gives the same file.
fn read_all(folder: &Path, below: &str, files: &mut Vec<PageFile>) -> Result<(), OneFileError> {
    let at = folder.join(below);
    let problem = |problem| OneFileError::File { path: at.clone(), problem };
    let mut entries = std::fs::read_dir(&at).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(problem)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_all(folder, &format!("{name}/"), files)?;
        } else if is_needed(&name) {
            files.push(PageFile { bytes: read(&entry.path())?, name });
        }
    }
    Ok(())
}

fn is_needed(name: &str) -> bool {
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    !name.starts_with('.') && !LEFT_OUT.contains(&name) && (kind == "css" || KINDS.contains(&kind))
}
