//! The events as comma-separated values: one line per event, always with the same columns. A cell
//! is empty if the event has no such value.

use super::line::Line;
use crate::trace::Trace;
use serde_json::Value;

/// The columns in order. Names never change, and new columns are added at the end.
pub const COLUMNS: [&str; 14] = [
    "time_us", "task", "event", "call", "ok", "statement", "granted", "asked_ms", "sleeps_us", "asked_us", "from", "to", "pass",
    "ntodo",
];

/// The lines of the table, after a line with the names of the columns.
pub fn lines(trace: &Trace) -> impl Iterator<Item = String> {
    std::iter::once(COLUMNS.join(",") + "\n").chain(trace.events.iter().map(|event| row(&Line::of(event))))
}

fn row(line: &Line) -> String {
    let first = format!("{},{},{}", line.time_us, line.task, line.event);
    let rest = COLUMNS[3..].iter().map(|column| cell(line.values.get(*column)));
    rest.fold(first, |row, cell| row + "," + &cell) + "\n"
}

/// The text of a cell. Values are numbers and single words, so none needs quotes.
fn cell(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(word)) => word.clone(),
        Some(value) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::three_tasks;

    #[test]
    fn each_event_is_a_line_with_its_values_in_their_columns() {
        let table: String = lines(&three_tasks()).collect();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 1 + three_tasks().events.len());
        assert!(lines.contains(&"0,0,loop_pass,,,,,,,,,,1,3"), "{table}");
        assert!(lines.contains(&"410,2,attempt,,,insert,false,,,,,,,"), "{table}");
        assert!(lines.contains(&"1500,3,backoff,,,,,2,3500,,,,,"), "{table}");
        assert!(lines.contains(&"400,1,lock,,,,,,,,UNLOCKED,RESERVED,,"), "{table}");
    }

    #[test]
    fn every_value_of_an_event_has_a_column() {
        let scenario = crate::scenario::query::read(
            "tasks=30&timeout=0.2&sleep=0.01&strategy=semaphore&retries=1&journal=wal&machine=linux-vm",
        );
        let trace = crate::model::run(&scenario.scenario).expect("a small run");
        for event in &trace.events {
            let line = Line::of(event);
            for (name, value) in &line.values {
                assert!(COLUMNS.contains(&name.as_str()), "{name} of {}", line.event);
                let text = cell(Some(value));
                assert!(!text.contains([',', '"', '\n']), "{text}");
            }
        }
    }
}
