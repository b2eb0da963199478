//! Builds the pages: the whole lesson, the facts, and the page for teachers. They need no script.

use crate::markdown::{LESSON_PAGE, render, to_html};
use crate::{Figures, LessonError, Section};
use lockstep_core::text::escape_markup;

/// The lesson as a separate page. The interactive page shows its `main` element too. `head` has the
/// tags of the style sheets.
///
/// # Errors
/// If a section uses an unknown number.
pub fn lesson(sections: &[Section], figures: &Figures, head: &str) -> Result<String, LessonError> {
    let html = |section: &Section, text: &str| render(section, text, figures);
    let articles = sections.iter().map(|section| article(section, |text| html(section, text))).collect::<Result<String, _>>()?;
    let contents = contents("Contents of the lesson", LESSON_PAGE, sections);
    Ok(page("The lesson", "lesson", &format!("{contents}<div>\n{articles}</div>"), head))
}

/// A list of links to the sections of the page at `address`.
pub(crate) fn contents(label: &str, address: &str, sections: &[Section]) -> String {
    let link =
        |Section { name, title, .. }: &Section| format!("<li><a href=\"{address}#{name}\">{}</a></li>\n", escape_markup(title));
    let links: String = sections.iter().map(link).collect();
    format!("<nav class=\"contents\" aria-label=\"{label}\"><ol>\n{links}</ol></nav>\n")
}

/// An article with a heading and the main point; the rest is in a `details` element. `html` renders
/// the section's text.
pub(crate) fn article(section: &Section, html: impl Fn(&str) -> Result<String, LessonError>) -> Result<String, LessonError> {
    let (point, rest) = section.point_and_rest();
    let (point, rest) = (html(point)?, html(rest)?);
    let Section { name, title, .. } = section;
    let title = escape_markup(title);
    Ok(format!(
        "<article>\n<h3>{title}</h3>\n{point}<details>\n<summary>Read on<span class=\"heard\">: {title}</span></summary>\n\
         <div id=\"{name}\">\n{rest}</div>\n</details>\n</article>\n"
    ))
}

/// The page of facts. Each fact has an anchor with its number. `text` is `docs/facts.md`.
#[must_use]
pub fn facts(text: &str, head: &str) -> String {
    page("The facts", "facts", &to_html(&add_anchors(text)), head)
}

/// The page for teachers.
///
/// # Errors
/// If the text uses an unknown number.
pub fn teachers(section: &Section, figures: &Figures, head: &str) -> Result<String, LessonError> {
    Ok(page(&section.title, "facts", &render(section, &section.text, figures)?, head))
}

/// Makes each fact a paragraph that begins with an anchor. The indented lines below a fact belong
/// to it.
fn add_anchors(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let number = line.split(' ').next().unwrap_or_default();
        let is_fact = number.split_once('.').is_some_and(|(part, fact)| is_number(part) && is_number(fact));
        let dedented = line.strip_prefix("    ").unwrap_or(line);
        if is_fact {
            out += &format!("\n<span id=\"f{number}\" class=\"fact\">{number}</span>{}\n", &line[number.len()..]);
        } else {
            out += dedented;
            out.push('\n');
        }
    }
    out
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A page in a folder below the interactive page. Its URLs are relative to the interactive page.
pub(crate) fn page(title: &str, class: &str, main: &str, head: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<base href=\"../\">\n<title>{title} \u{b7} Lockstep</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         {head}</head>\n<body>\n<div id=\"app\">\n<header class=\"masthead\">\n<h1><span class=\"brand\">Lockstep</span> {title}</h1>\n\
         <p><a href=\"./\">Play the run</a></p>\n</header>\n<main class=\"{class}\">\n{main}\n</main>\n</div>\n</body>\n</html>\n"
    )
}

/// The tags of the style sheets and the icon in the built page.
#[must_use]
pub fn head_of(html: &str) -> String {
    let tags = html.split('<').filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
    tags.filter(|tag| tag.starts_with("link ") && (tag.contains("stylesheet") || tag.contains("icon")))
        .map(|tag| format!("<{tag}>\n"))
        .collect()
}
