//! The help text for the fields of a scenario, generated from the table of fields in the core.

use lockstep_core::scenario::{Field, Scenario};
use std::fmt::Write;

/// Two lines for each field: its name, allowed values and default; then its meaning.
pub(crate) fn text() -> String {
    let default = Scenario::default();
    let width = Field::ALL.iter().map(|(_, name)| name.len()).max().unwrap_or_default();
    let mut text = "Fields of a scenario:\n".to_owned();
    for (field, name) in Field::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name:width$}  {} [default: {}]", field.domain(), default.text(*field));
        let _ = writeln!(text, "  {:width$}  {}", "", field.row().help.replace('`', ""));
    }
    text.push_str("Times are in seconds. Names that only the page uses, such as zoom and theme, are accepted and ignored.");
    text
}
