//! A section: a Markdown file whose front matter has a title and a scenario.

use crate::{LessonError, read};
use std::path::Path;

/// A section of the lesson, as Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The file name without its number; links to the section use it.
    pub name: String,
    /// The heading.
    pub title: String,
    /// The query string of the section's run.
    pub scenario: String,
    /// Markdown, without the front matter.
    pub text: String,
}

impl Section {
    /// Reads a section from the text of a file called `NN-name.md`.
    ///
    /// # Errors
    /// If the front matter has no title or no scenario.
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

    /// All sections in `folder`, in the order of their file names. Files without a number are not
    /// sections.
    ///
    /// # Errors
    /// If a file cannot be read or is not a section.
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

    /// The text of the page for teachers, which is not a section of the lesson.
    ///
    /// # Errors
    /// If it cannot be read or has no title or no scenario.
    pub fn for_teachers(folder: &Path) -> Result<Self, LessonError> {
        const FILE: &str = "teachers.md";
        Self::parse(FILE, &read(&folder.join(FILE))?)
    }

    /// The first paragraph, which states the main point, and the rest.
    #[must_use]
    pub fn point_and_rest(&self) -> (&str, &str) {
        self.text.trim().split_once("\n\n").unwrap_or((self.text.trim(), ""))
    }
}
