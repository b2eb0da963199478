//! Renders Markdown as HTML, with our own marks.
//!
//! | written | becomes |
//! |---|---|
//! | `[words](?tasks=100&t=3 "claim")` | a scenario link, which the page opens in place; the claim says what the user sees there |
//! | `[words](case:read-then-write "step 8: SQLITE_BUSY")` | a link to a script of the terminals; the claim is a code that SQLite gives |
//! | `{{rows: tasks=100}}` | the number, linked to its run; `{{measured ...}}` without a link |
//! | `[[7.2]]` | a link to that fact |
//! | `(#name)` | a link to that section |

use crate::{Figures, LessonError, Section};
use lockstep_core::terminals::Case;
use lockstep_core::text::escape_markup;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// URL of the lesson, relative to the interactive page.
pub const LESSON_PAGE: &str = "lesson/index.html";
/// URL of the facts, relative to the interactive page.
pub const FACTS_PAGE: &str = "lesson/facts.html";

/// A link to a run in the text of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioLink {
    /// The query string, without `?`.
    pub query: String,
    /// What the user sees there.
    pub claim: String,
}

/// A link to a script of the terminals in the text of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLink {
    /// The name of the case.
    pub case: String,
    /// Steps and the codes that SQLite gives: `step 8: SQLITE_BUSY`, several with commas.
    pub claim: String,
}

/// Marks a link to a case.
const CASE: &str = "case:";

/// Renders the text of `section` as HTML.
///
/// # Errors
/// If a number or a case is unknown, or a mark is not closed.
pub fn render(section: &Section, markdown: &str, figures: &Figures) -> Result<String, LessonError> {
    if let Some(link) = case_links(markdown).into_iter().find(|link| Case::named(&link.case).is_none()) {
        return Err(LessonError::Part { section: section.name.clone(), part: format!("case {:?}", link.case) });
    }
    let text = fill(section, markdown, "{{", "}}", |name| figure(section, name, figures))?;
    let text = fill(section, &text, "[[", "]]", |number| Ok(fact(number)))?;
    Ok(to_html(&text))
}

/// Every scenario link of `markdown`.
#[must_use]
pub fn scenario_links(markdown: &str) -> Vec<ScenarioLink> {
    links(markdown, "?").map(|(query, claim)| ScenarioLink { query, claim }).collect()
}

/// Every link to a case of `markdown`.
#[must_use]
pub fn case_links(markdown: &str) -> Vec<CaseLink> {
    links(markdown, CASE).map(|(case, claim)| CaseLink { case, claim }).collect()
}

/// The links whose target begins with `prefix`: the rest of the target, and the title.
fn links(markdown: &str, prefix: &str) -> impl Iterator<Item = (String, String)> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES).filter_map(move |event| match event {
        Event::Start(Tag::Link { dest_url, title, .. }) => Some((dest_url.strip_prefix(prefix)?.to_owned(), title.into_string())),
        _ => None,
    })
}

/// Renders Markdown without our own marks as HTML.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES).map(adapt);
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

/// Changes events of the parser: links get the classes of the page, tables scroll on a narrow
/// screen, and headings are below that of the section.
fn adapt(event: Event<'_>) -> Event<'_> {
    let raw = |text: String| Event::Html(CowStr::from(text));
    match event {
        Event::Start(Tag::Link { dest_url, title, .. }) => Event::InlineHtml(CowStr::from(link_start(&dest_url, &title))),
        Event::End(TagEnd::Link) => Event::InlineHtml(CowStr::from("</a>")),
        Event::Start(Tag::Table(columns)) => {
            debug_assert!(columns.iter().all(|column| *column == pulldown_cmark::Alignment::None), "alignment is a style");
            raw("<div class=\"table\"><table>".to_owned())
        }
        Event::End(TagEnd::Table) => raw("</tbody></table></div>\n".to_owned()),
        Event::Start(Tag::Heading { level: HeadingLevel::H3, .. }) => raw("<h4>".to_owned()),
        Event::End(TagEnd::Heading(HeadingLevel::H3)) => raw("</h4>\n".to_owned()),
        other => other,
    }
}

fn link_start(to: &str, title: &str) -> String {
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape_markup(title)) };
    if let Some(case) = to.strip_prefix(CASE).and_then(Case::named) {
        return format!("<a class=\"ask-sqlite\" href=\"?{}\"{title}>", escape_markup(&case.query()));
    }
    match to.as_bytes().first() {
        Some(b'?') => format!("<a class=\"show-me\" href=\"{}\"{title}>", escape_markup(to)),
        // The workshop is on the interactive page.
        Some(b'#') if !to.starts_with("#workshop") => format!("<a href=\"{LESSON_PAGE}{}\"{title}>", escape_markup(to)),
        _ => format!("<a href=\"{}\" rel=\"noreferrer\"{title}>", escape_markup(to)),
    }
}

fn fact(number: &str) -> String {
    format!("<a class=\"fact\" href=\"{FACTS_PAGE}#f{number}\">fact {number}</a>")
}

fn figure(section: &Section, name: &str, figures: &Figures) -> Result<String, LessonError> {
    let missing = || LessonError::Figure { section: section.name.clone(), figure: name.to_owned() };
    let value = figures.get(name).ok_or_else(missing)?;
    let query = name.split_once(':').map_or("", |(_, query)| query.trim());
    Ok(if name.starts_with("measured") {
        format!("<span class=\"figure-measured\">{value}</span>")
    } else {
        format!(
            "<a class=\"figure-model\" href=\"?{}\" title=\"Ten runs of the model; open the first one\">{value}</a>",
            escape_markup(query)
        )
    })
}

/// Replaces everything between `open` and `close` in `text` by its `value`.
pub(crate) fn fill(
    section: &Section,
    text: &str,
    open: &'static str,
    close: &str,
    value: impl Fn(&str) -> Result<String, LessonError>,
) -> Result<String, LessonError> {
    let mut parts = text.split(open);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(close).ok_or_else(|| LessonError::Open { section: section.name.clone(), open })?;
        out += &value(name.trim())?;
        out += rest;
    }
    Ok(out)
}
