//! "How true is this?": sections like the lesson's, around the description of the model, the kept comparison with measured runs and
//! its charts.
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

/// Where this is, seen from the page.
pub const TRUTH_PAGE: &str = "lesson/truth.html";

/// The colours of the charts, and what they are on the page.
const COLOURS: [(&str, &str); 6] = [
    ("#fbfaf7", "var(--paper)"),
    ("#20242a", "var(--ink)"),
    ("#5a616c", "var(--ink-quiet)"),
    ("#e2dfd7", "var(--hairline)"),
    ("#868b93", "var(--edge)"),
    ("#1d6fc4", "var(--state-polling)"),
];

/// What the sections take their parts from.
#[derive(Clone, Debug)]
pub struct Sources {
    docs: PathBuf,
    model: String,
    report: Report,
}

impl Sources {
    /// Reads them in the folder of the project.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn read(project: &Path) -> Result<Self, LessonError> {
        let docs = project.join("docs");
        let report = Report::parse(&read(&project.join("data/report.json"))?)?;
        Ok(Self { model: read(&docs.join("model.md"))?, docs, report })
    }

    /// What a mark stands for.
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

    /// The text below a heading of `docs/model.md`, with its facts as links.
    fn model_section(&self, heading: &str) -> Option<String> {
        let (_, after) = self.model.split_once(&format!("\n## {heading}\n"))?;
        let text = after.split("\n## ").next().unwrap_or(after).trim();
        Some(link_facts(&text.replace("[The report](report.md) has every figure.", "")))
    }
}

/// The page; its `main` is what the interactive page shows too.
///
/// # Errors
/// If a section has a mark that stands for nothing.
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

/// Every "fact 3.4" as a link to it.
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

/// A chart of the report inside a page: as wide as there is room, without its own ground, in the page's colours and faces. None if it is not
/// such a chart.
fn figure(svg: &str) -> Option<String> {
    let (tag, inside) = svg.split_once('>')?;
    let attribute = |name: &str| tag.split_once(&format!(" {name}=\""))?.1.split('"').next();
    let (size, label) = (attribute("viewBox")?, attribute("aria-label")?);
    let ground = inside.find("<rect")?;
    let after_ground = ground + inside[ground..].find("/>")? + 2;
    let mut inside = [&inside[..ground], &inside[after_ground..]].concat();
    for (written, ours) in COLOURS {
        inside = inside.replace(written, ours);
    }
    let inside = inside.trim().replace("\n\n", "\n");
    Some(format!(
        "<figure class=\"table\" tabindex=\"0\" aria-label=\"{label}\"><svg width=\"100%\" viewBox=\"{size}\" role=\"img\" aria-label=\"{label}\">{inside}</figure>"
    ))
}
