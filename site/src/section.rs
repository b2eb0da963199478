//! One section: a Markdown file with its title and a scenario in front.

use crate::{LessonError, read};
use std::path::Path;

/// A section as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The file's name without its number: what links to the section say.
    pub name: String,
    /// The heading.
    pub title: String,
    /// The query string of the run that the section is about.
    pub scenario: String,
    /// Markdown, without the front matter.
    pub text: String,
}

impl Section {
    /// Reads a section from the text of a file called `NN-name.md`.
    ///
    /// # Errors
    /// If there is no front matter with a title and a scenario.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, LessonError> {
        let stem = file_name.trim_end_matches(".md");
        let name = stem.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-').to_owned();
        let (front, text) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", text));
        let value = |missing: &'static str| {
            let line = front.lines().find_map(|line| line.strip_prefix(missing)?.strip_prefix(':'));
            let value = line.map(|value| value.trim().trim_matches('"').to_owned());
            value.ok_or_else(|| LessonError::FrontMatter { section: name.clone(), missing })
        };
        Ok(Self { title: value("title")?, scenario: value("scenario")?, text: text.to_owned(), name: name.clone() })
    }

    /// All sections in `folder`, in the order of their files' names; a file without a number is a page of its own.
    ///
    /// # Errors
    /// If a file cannot be read or is no section.
    pub fn read_all(folder: &Path) -> Result<Vec<Self>, LessonError> {
        let problem = |problem| LessonError::File { path: folder.to_owned(), problem };
        let entries = std::fs::read_dir(folder).map_err(problem)?;
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(problem)?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") && name.starts_with(|letter: char| letter.is_ascii_digit()) {
                names.push(name);
            }
        }
        names.sort_unstable();
        names.iter().map(|name| Self::parse(name, &read(&folder.join(name))?)).collect()
    }

    /// What teachers need: a page of its own, and no section of the lesson.
    ///
    /// # Errors
    /// If it cannot be read or has no title.
    pub fn for_teachers(folder: &Path) -> Result<Self, LessonError> {
        const FILE: &str = "teachers.md";
        Self::parse(FILE, &read(&folder.join(FILE))?)
    }

    /// The first paragraph, which carries the point, and the rest.
    #[must_use]
    pub fn point_and_rest(&self) -> (&str, &str) {
        self.text.trim().split_once("\n\n").unwrap_or((self.text.trim(), ""))
    }
}
