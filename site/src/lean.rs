//! Scripts and style sheets of the built page without what only people read: comments and indentation, a fifth of what a browser would
//! load for nothing. Lines stay lines, so that an error still has a place.

use crate::{LessonError, names, read};
use std::path::{Path, PathBuf};

/// Writes every script and style sheet in `folder` and in the folders below anew.
///
/// # Errors
/// If one cannot be read or written.
pub fn folder(folder: &Path) -> Result<(), LessonError> {
    let file = |problem| LessonError::File { path: folder.to_owned(), problem };
    for entry in std::fs::read_dir(folder).map_err(file)? {
        let path = entry.map_err(file)?.path();
        let lean = match path.extension().and_then(|kind| kind.to_str()) {
            _ if path.is_dir() => {
                self::folder(&path)?;
                continue;
            }
            Some("css") => style(&read(&path)?),
            Some("js") => with_program(&path, script(&read(&path)?))?,
            _ => continue,
        };
        write(path, lean.as_bytes())?;
    }
    Ok(())
}

/// A script, and where it is that of a program, both with shorter names for each other.
fn with_program(path: &Path, script: String) -> Result<String, LessonError> {
    let program = path.with_file_name(format!("{}_bg.wasm", path.file_stem().unwrap_or_default().to_string_lossy()));
    if !program.is_file() {
        return Ok(script);
    }
    let names = names::shorter(&script);
    let content = std::fs::read(&program).map_err(|problem| LessonError::File { path: program.clone(), problem })?;
    write(program, &names::replaced(&content, &names))?;
    Ok(String::from_utf8_lossy(&names::replaced(script.as_bytes(), &names)).into_owned())
}

fn write(path: PathBuf, content: &[u8]) -> Result<(), LessonError> {
    std::fs::write(&path, content).map_err(|problem| LessonError::File { path, problem })
}

/// A style sheet without its comments.
#[must_use]
pub fn style(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    let bare = parts.fold(first, |out, part| out + part.split_once("*/").map_or("", |(_, rest)| rest));
    lines(bare.lines())
}

/// A script without comments that have lines of their own. No text of the page's scripts goes over several lines.
#[must_use]
pub fn script(js: &str) -> String {
    let mut inside = false;
    lines(js.lines().filter(|line| {
        let line = line.trim();
        let begins = line.starts_with("/**");
        let is_comment = inside || begins || line.starts_with("//");
        inside = (inside || begins) && !line.ends_with("*/");
        !is_comment
    }))
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_loses_its_comments_and_keeps_its_rules() {
        assert_eq!(style("/* a\n b */\np {\n  color: red; /* c */\n}\n\n/* d */"), "p {\ncolor: red;\n}\n");
    }

    #[test]
    fn a_script_loses_lines_of_comment_and_keeps_what_looks_like_one_in_a_line() {
        let script = script("// a\n/**\n * b\n */\nfetch('http://a/**/b'); // c\n  /** d */\n\n  go();\n");
        assert_eq!(script, "fetch('http://a/**/b'); // c\ngo();\n");
    }
}
