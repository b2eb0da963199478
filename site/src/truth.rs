//! The page "How true is this?": sections like those of the lesson, with parts of the model's
//! description, the recorded comparison with measured runs, and its charts.
//!
//! | written | becomes |
//! |---|---|
//! | `{{report: means}}` | a table of the comparison ([`Report::part`]) |
//! | `{{figure: curves}}` | the chart `docs/report/curves.svg`, in the colours of the page |
//! | `{{model: What is left out}}` | that section of `docs/model.md` |

use crate::markdown::{FACTS_PAGE, fill, to_html};
use crate::page::{article, contents, page};
use crate::report::Report;
use crate::{LessonError, Section, read};
use std::path::{Path, PathBuf};

/// URL of this page, relative to the interactive page.
pub const TRUTH_PAGE: &str = "lesson/truth.html";

/// The colours of the charts, and the style variables that replace them.
const COLOURS: [(&str, &str); 6] = [
    ("#fbfaf7", "var(--paper)"),
    ("#20242a", "var(--ink)"),
    ("#5a616c", "var(--ink-quiet)"),
    ("#e2dfd7", "var(--hairline)"),
    ("#868b93", "var(--edge)"),
    ("#1d6fc4", "var(--state-polling)"),
];

/// The sources of the parts that sections include.
#[derive(Clone, Debug)]
pub struct Sources {
    docs: PathBuf,
    model: String,
    report: Report,
}

impl Sources {
    /// Reads the sources from the folder of the project.
    ///
    /// # Errors
    /// If a source cannot be read.
    pub fn read(project: &Path) -> Result<Self, LessonError> {
        let docs = project.join("docs");
        let report = Report::parse(&read(&project.join("data/report.json"))?)?;
        Ok(Self { model: read(&docs.join("model.md"))?, docs, report })
    }

    /// The HTML that replaces a mark.
    fn part(&self, section: &Section, mark: &str) -> Result<String, LessonError> {
        let unknown = || LessonError::Part { section: section.name.clone(), part: mark.to_owned() };
        let (kind, name) = mark.split_once(": ").ok_or_else(unknown)?;
        match kind {
            "report" => self.report.part(name).ok_or_else(unknown),
            "model" => self.model_section(name).ok_or_else(unknown),
            "figure" => figure(&read(&self.docs.join("report").join(name).with_extension("svg"))?).ok_or_else(unknown),
            _ => Err(unknown()),
        }
    }

    /// The text below a heading of `docs/model.md`, with links to the facts.
    fn model_section(&self, heading: &str) -> Option<String> {
        let (_, after) = self.model.split_once(&format!("\n## {heading}\n"))?;
        let text = after.split("\n## ").next().unwrap_or(after).trim();
        Some(link_facts(&text.replace("[The report](report.md) has every figure.", "")))
    }
}

/// The page. The interactive page shows its `main` element too.
///
/// # Errors
/// If a section has an unknown mark.
pub fn truth(sections: &[Section], sources: &Sources, head: &str) -> Result<String, LessonError> {
    let html = |section: &Section, text: &str| {
        let text = fill(section, text, "{{", "}}", |mark| sources.part(section, mark))?;
        let text = fill(section, &text, "[[", "]]", |number| Ok(fact(number)))?;
        Ok(to_html(&text))
    };
    let articles = sections.iter().map(|section| article(section, |text| html(section, text))).collect::<Result<String, _>>()?;
    let contents = contents("How true is this?", TRUTH_PAGE, sections);
    Ok(page("How true is this?", "lesson truth", &format!("{contents}<div>\n{articles}</div>"), head))
}

fn fact(number: &str) -> String {
    format!("<a class=\"fact\" href=\"{FACTS_PAGE}#f{number}\">fact {number}</a>")
}

/// Turns every "fact 3.4" into a link.
fn link_facts(text: &str) -> String {
    let mut parts = text.split("fact ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number: String = part.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect();
        let number = number.trim_end_matches('.');
        if number.contains('.') {
            out += &fact(number);
            out += &part[number.len()..];
        } else {
            out += "fact ";
            out += part;
        }
    }
    out
}

/// A chart of the report as part of a page: full width, without its background, in the page's
/// colours and fonts. `None` if `svg` is not such a chart.
fn figure(svg: &str) -> Option<String> {
    let (tag, inside) = svg.split_once('>')?;
    let attribute = |name: &str| tag.split_once(&format!(" {name}=\""))?.1.split('"').next();
    let (size, label) = (attribute("viewBox")?, attribute("aria-label")?);
    let background = inside.find("<rect")?;
    let after_background = background + inside[background..].find("/>")? + 2;
    let mut inside = [&inside[..background], &inside[after_background..]].concat();
    for (original, replacement) in COLOURS {
        inside = inside.replace(original, replacement);
    }
    let inside = inside.trim().replace("\n\n", "\n");
    Some(format!(
        "<figure class=\"table\" tabindex=\"0\" aria-label=\"{label}\"><svg width=\"100%\" viewBox=\"{size}\" role=\"img\" aria-label=\"{label}\">{inside}</figure>"
    ))
}
