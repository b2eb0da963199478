//! The program of a scenario for a real run: what the page shows, with a clock in place of its prints. It prints one JSON line, whose fields
//! are those of `calibrate/real_run.py`.
//!
//! Its lines are those that [`Source`] writes, each under the same conditions; the Python around them is in `head.py` and
//! `tail.py`. Only what the prints stood for is noted, so that noting costs no more than a list's append.

use super::Step;
use super::source::{Frame, Line, Source};
use crate::scenario::{Domain, Field, Scenario, query};

const HEAD: &str = include_str!("head.py");
const TAIL: &str = include_str!("tail.py");
/// The first line of the program that is not an import.
const BEGINS: &str = "signal.signal(";

/// The whole file.
#[must_use]
pub fn measuring(scenario: &Scenario) -> String {
    let source = Source::of(scenario);
    let mut text = HEAD.replace("@query@", &query::write(scenario)).replace("@settings@", &settings(scenario));
    for line in source.lines.iter().skip_while(|line| !line.text.starts_with(BEGINS)) {
        for written in measured(line, scenario) {
            text += &written;
            text.push('\n');
        }
    }
    text + TAIL
}

/// What of the scenario is printed with the outcome.
fn settings(scenario: &Scenario) -> String {
    let known = Field::ALL.iter().filter(|(field, _)| field.is_of_the_program());
    let lines: Vec<String> = known.map(|(field, name)| format!("    '{name}': {},", literal(*field, scenario))).collect();
    lines.join("\n")
}

/// A field's value as Python writes it.
fn literal(field: Field, scenario: &Scenario) -> String {
    let text = scenario.text(field);
    match field.domain() {
        Domain::Switch => if text == "1" { "True" } else { "False" }.to_owned(),
        Domain::Word(_) => format!("'{text}'"),
        Domain::Count(..) | Domain::Seconds(..) => text,
    }
}

/// What becomes of a line: itself, with notes around it; nothing of a print.
fn measured(line: &Line, scenario: &Scenario) -> Vec<String> {
    let bare = line.text.trim_start();
    let indent = &line.text[..line.text.len() - bare.len()];
    // The only connection of all is opened by the main coroutine, which has no number.
    let number = if line.step == Some(Step::Connect) && scenario.strategy.has_one_connection() { "0" } else { "number" };
    let note = |what: &&str| format!("{indent}record('{what}', {number})");
    if bare.starts_with("print(") {
        return Vec::new();
    }
    let whole = match line.frame {
        Some(Frame::RunUntilComplete) => {
            format!(
                "try:\n    {bare}\nexcept Exception as error:\n    if not is_locked(error):\n        unexpected_errors.append(error)"
            )
        }
        Some(Frame::InsertManyTimes) => format!("{indent}record('gather', 0)\n{}", line.text),
        _ => bare
            .strip_prefix("*[")
            .and_then(|rest| rest.split_once(" for "))
            .map_or_else(|| line.text.clone(), |(task, rest)| format!("{indent}*[record_failure(number, {task}) for {rest}")),
    };
    let (before, after) = notes(line.step);
    before.iter().map(note).chain([whole]).chain(after.iter().map(note)).collect()
}

/// What is noted before a step, and after it.
const fn notes(step: Option<Step>) -> (Option<&'static str>, Option<&'static str>) {
    match step {
        Some(Step::Connect) => (None, Some("connected")),
        Some(Step::Execute) => (Some("inserting"), Some("executed")),
        Some(Step::Commit) => (Some("committing"), Some("committed")),
        Some(Step::Rollback) => (Some("retried"), None),
        Some(Step::CloseAfterError) => (Some("failed"), None),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query::read;

    #[test]
    fn all_that_the_shown_program_awaits_is_awaited_here_in_the_same_order() {
        for text in
            ["", "strategy=shared-connection&sleep=1", "strategy=single-transaction", "retries=3&keep_going=1&journal=off"]
        {
            let scenario = read(text).scenario;
            let awaits = |program: &str| {
                let lines = program.lines().map(str::trim).filter(|line| line.starts_with("await "));
                lines.map(str::to_owned).collect::<Vec<_>>()
            };
            let ours = awaits(measuring(&scenario).split("by Ali Safapour").nth(1).expect("the program"));
            assert_eq!(ours, awaits(&Source::of(&scenario).text()), "{text}");
        }
    }

    #[test]
    fn nothing_is_printed_but_the_outcome() {
        let text = measuring(&read("tasks=7&timeout=0.5").scenario);
        assert_eq!(text.matches("print(").count(), 2, "one of them for what went wrong");
        assert!(text.contains("Settings: ?tasks=7&timeout=0.5\n") && text.contains("    'timeout': 0.5,\n"));
        assert!(!text.contains('@'), "everything is filled in");
    }
}
