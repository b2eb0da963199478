//! Renders the recorded comparison with measured runs (`data/report.json`) as tables.

use crate::LessonError;
use lockstep_core::text::escape_markup;
use serde_json::Value;
use std::fmt::Write;

/// The comparison that `calibrate/report.py` wrote.
#[derive(Clone, Debug)]
pub struct Report(Value);

/// The compared quantities: name in the file, and label.
const FIGURES: [(&str, &str); 4] = [
    ("rows", "rows that get in"),
    ("curve", "rows over time"),
    ("time", "time to the end"),
    ("spread", "spread of the rows from run to run"),
];
/// Width and height of a strip chart.
const STRIP_SIZE: (f64, f64) = (200.0, 14.0);

impl Report {
    /// Reads the file's text.
    ///
    /// # Errors
    /// If it is not JSON.
    pub fn parse(text: &str) -> Result<Self, LessonError> {
        serde_json::from_str(text).map(Self).map_err(|problem| LessonError::Report { problem: problem.to_string() })
    }

    /// The part with this name, as a mark uses it.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<String> {
        match name {
            "means" => Some(self.means()),
            "settings" => Some(self.settings()),
            "settings count" => Some(list(&self.0["settings"]).len().to_string()),
            "elsewhere" => Some(self.elsewhere()),
            _ => None,
        }
    }

    fn means(&self) -> String {
        let (mean, ratio) = (&self.0["mean"], &self.0["ratio"]);
        let rows = FIGURES.iter().map(|(name, words)| {
            let own = percent(&mean[[name, " self"].concat()]);
            format!(
                "<tr><th scope=\"row\">{words}</th><td>{}</td><td>{own}</td><td>{}</td></tr>",
                percent(&mean[*name]),
                number(&ratio[*name])
            )
        });
        table(&["Mean over the settings", "Model", "Real runs compared with each other", "Ratio"], rows)
    }

    fn settings(&self) -> String {
        let rows = list(&self.0["settings"]).iter().map(|setting| {
            let scenario = text(&setting["scenario"]);
            let (min, median, max) = model(setting);
            format!(
                "<tr><th scope=\"row\"><a class=\"show-me\" href=\"?{}\">{}</a>{}</th><td>{}</td><td>{}</td></tr>",
                escape_markup(&format!("{scenario}&machine=linux-vm")),
                words(scenario),
                strip(setting),
                measured(setting),
                if min < max { format!("{median} ({min}\u{a0}to\u{a0}{max})") } else { median.to_string() },
            )
        });
        table(&["Setting", "Real rows", "Model"], rows)
    }

    fn elsewhere(&self) -> String {
        let rows = list(&self.0["others"]).iter().map(|other| {
            let (mean, ratio) = (&other["mean"], &other["ratio"]);
            let both = |name: &str| format!("{} /\u{a0}{}", percent(&mean[name]), percent(&mean[[name, " self"].concat()]));
            format!(
                "<tr><th scope=\"row\">{} ({} settings)</th><td>{}</td><td>{}</td><td>{}, {}</td></tr>",
                text(&other["words"]),
                list(&other["settings"]).len(),
                both("rows"),
                both("curve"),
                number(&ratio["rows"]),
                number(&ratio["curve"]),
            )
        });
        table(&["Runs of", "Rows", "Rows over time", "Ratios"], rows)
    }
}

/// A table that scrolls on a narrow screen.
fn table(head: &[&str], rows: impl Iterator<Item = String>) -> String {
    let head: String = head.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    let rows: String = rows.collect();
    format!("<div class=\"table\"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>")
}

/// The settings in words, without those of the question's program: "1000 tasks, 5 s timeout, 0.1 s
/// sleep, WAL".
#[must_use]
pub fn words(scenario: &str) -> String {
    let words = scenario.split('&').filter_map(|pair| pair.split_once('=')).filter_map(|(name, value)| match (name, value) {
        ("tasks", _) => Some(format!("{value} tasks")),
        ("timeout", _) => Some(format!("{value} s timeout")),
        ("sleep" | "keep_going", "0") | ("journal", "delete") | ("synchronous", "full") => None,
        ("sleep", _) => Some(format!("{value} s sleep")),
        ("journal", _) => Some(value.to_uppercase()),
        ("keep_going", _) => Some("keeps going".to_owned()),
        _ => Some(format!("{name} {value}")),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A strip chart of real and modelled runs. The axis goes from no rows to one row per task.
fn strip(setting: &Value) -> String {
    let tasks = setting["tasks"].as_f64().unwrap_or(1.0);
    let (length, height) = STRIP_SIZE;
    let x = |rows: f64| 4.0 + rows / tasks * (length - 8.0);
    let (min, median, max) = model(setting);
    let mut out = format!("<svg class=\"strip\" width=\"100%\" viewBox=\"0 0 {length} {height}\" aria-hidden=\"true\">");
    // Writing to a string cannot fail.
    let _ = write!(out, "<line stroke=\"var(--hairline)\" x1=\"4\" x2=\"{}\" y1=\"7\" y2=\"7\"/>", length - 4.0);
    let _ = write!(
        out,
        "<rect fill=\"var(--state-polling)\" fill-opacity=\"0.25\" x=\"{:.1}\" y=\"4\" width=\"{:.1}\" height=\"6\"/>",
        x(min),
        x(max) - x(min)
    );
    let _ = write!(out, "<circle fill=\"var(--state-polling)\" cx=\"{:.1}\" cy=\"7\" r=\"3.5\"/>", x(median));
    for rows in list(&setting["real"]).iter().filter_map(Value::as_f64) {
        let at = x(rows);
        let _ = write!(out, "<line stroke=\"var(--ink)\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"1\" y2=\"13\"/>");
    }
    out + "</svg>"
}

fn model(setting: &Value) -> (f64, f64, f64) {
    let rows = |name: &str| setting["model"][name].as_f64().unwrap_or(0.0);
    (rows("p10"), rows("median"), rows("p90"))
}

/// Minimum and maximum of the rows, or a single number if they are equal; then the rows of runs
/// that stalled.
fn measured(setting: &Value) -> String {
    let rows: Vec<u64> = list(&setting["real"]).iter().filter_map(Value::as_u64).collect();
    let (min, max) = (rows.iter().min().copied().unwrap_or(0), rows.iter().max().copied().unwrap_or(0));
    let range = if min == max { min.to_string() } else { format!("{min}\u{a0}to\u{a0}{max}") };
    let stalled: String = list(&setting["stalled"]).iter().filter_map(Value::as_u64).map(|rows| format!(" ({rows})")).collect();
    range + &stalled
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn percent(share: &Value) -> String {
    share.as_f64().map_or(String::new(), |share| format!("{:.1}\u{a0}%", 100.0 * share))
}

fn number(value: &Value) -> String {
    value.as_f64().map_or(String::new(), |number| format!("{number:.2}"))
}
