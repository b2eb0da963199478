//! The program of a scenario for a real run: the program on the page, with recorded times instead
//! of prints. It prints one JSON line with the fields of `calibrate/real_run.py`.
//!
//! The lines are those of [`Source`], and the Python around them is in `head.py` and `tail.py`. A
//! record costs no more than an append to a list.

use super::Step;
use super::source::{Frame, Line, Source};
use crate::scenario::{Domain, Field, Scenario, query};

const HEAD: &str = include_str!("head.py");
const TAIL: &str = include_str!("tail.py");
/// Start of the first line of the program that is not an import.
const FIRST_LINE: &str = "signal.signal(";

/// The text of the whole file.
#[must_use]
pub fn measuring_program(scenario: &Scenario) -> String {
    let source = Source::of(scenario);
    let mut text = HEAD.replace("@query@", &query::write(scenario)).replace("@settings@", &settings(scenario));
    for line in source.lines.iter().skip_while(|line| !line.text.starts_with(FIRST_LINE)) {
        for written in measured_lines(line, scenario) {
            text += &written;
            text.push('\n');
        }
    }
    text + TAIL
}

/// The settings that are printed with the result.
fn settings(scenario: &Scenario) -> String {
    let fields = Field::ALL.iter().filter(|(field, _)| field.is_of_the_program());
    let lines: Vec<String> = fields.map(|(field, name)| format!("    '{name}': {},", literal(*field, scenario))).collect();
    lines.join("\n")
}

/// A field's value as a Python literal.
fn literal(field: Field, scenario: &Scenario) -> String {
    let text = scenario.text(field);
    match field.domain() {
        Domain::Switch => if text == "1" { "True" } else { "False" }.to_owned(),
        Domain::Word(_) => format!("'{text}'"),
        Domain::Count(..) | Domain::Seconds(..) => text,
    }
}

/// The line with the records around it; nothing for a `print`.
fn measured_lines(line: &Line, scenario: &Scenario) -> Vec<String> {
    let bare = line.text.trim_start();
    let indent = &line.text[..line.text.len() - bare.len()];
    // The main coroutine opens the shared connection, and it has no number.
    let number = if line.step == Some(Step::Connect) && scenario.strategy.has_one_connection() { "0" } else { "number" };
    let record = |event: &&str| format!("{indent}record('{event}', {number})");
    if bare.starts_with("print(") {
        return Vec::new();
    }
    let statement = match line.frame {
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
    let (before, after) = recorded_events(line.step);
    before.iter().map(record).chain([statement]).chain(after.iter().map(record)).collect()
}

/// The events that are recorded before and after a step.
const fn recorded_events(step: Option<Step>) -> (Option<&'static str>, Option<&'static str>) {
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
    fn it_awaits_the_same_calls_in_the_same_order_as_the_program_on_the_page() {
        for text in
            ["", "strategy=shared-connection&sleep=1", "strategy=single-transaction", "retries=3&keep_going=1&journal=off"]
        {
            let scenario = read(text).scenario;
            let awaits = |program: &str| {
                let lines = program.lines().map(str::trim).filter(|line| line.starts_with("await "));
                lines.map(str::to_owned).collect::<Vec<_>>()
            };
            let ours = awaits(measuring_program(&scenario).split("by Ali Safapour").nth(1).expect("the program"));
            assert_eq!(ours, awaits(&Source::of(&scenario).text()), "{text}");
        }
    }

    #[test]
    fn only_the_result_is_printed() {
        let text = measuring_program(&read("tasks=7&timeout=0.5").scenario);
        assert_eq!(text.matches("print(").count(), 2, "one of them for unexpected errors");
        assert!(text.contains("Settings: ?tasks=7&timeout=0.5\n") && text.contains("    'timeout': 0.5,\n"));
        assert!(!text.contains('@'), "everything is filled in");
    }
}
