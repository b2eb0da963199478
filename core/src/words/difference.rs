//! Describes the difference between two runs in plain text.

use crate::scenario::{Field, Scenario};
use crate::trace::Outcome;
use crate::words::{about, noun_for, value_name};

/// The settings of B that differ from those of A: "B has sleep=2 where A has 0."
#[must_use]
pub fn change(first: &Scenario, second: &Scenario) -> String {
    let fields = Field::ALL.iter().filter(|(field, _)| first.text(*field) != second.text(*field));
    let differences: Vec<String> = fields.map(|(field, name)| field_difference(*field, name, first, second)).collect();
    if differences.is_empty() {
        return "A and B are the same run. Change a setting above: B uses the new settings.".to_owned();
    }
    format!("B has {}.", differences.join(", "))
}

/// One differing field. Machines and strategies have names on the page.
fn field_difference(field: Field, name: &str, first: &Scenario, second: &Scenario) -> String {
    let (before, after) = (first.text(field), second.text(field));
    match (value_name(field, &before), value_name(field, &after)) {
        (Some(before), Some(after)) => format!("\u{201c}{after}\u{201d} where A has \u{201c}{before}\u{201d}"),
        _ => format!("{name}={after} where A has {before}"),
    }
}

/// The difference between the results.
#[must_use]
pub fn outcome(first: &Outcome, second: &Outcome) -> String {
    let (before, after) = (first.inserted(), second.inserted());
    let difference = before.abs_diff(after);
    let comparison = match before.cmp(&after) {
        std::cmp::Ordering::Equal => "The same number of rows got in".to_owned(),
        std::cmp::Ordering::Less => format!("{difference} more {} got in", noun_for(difference, "row")),
        std::cmp::Ordering::Greater => format!("{difference} fewer {} got in", noun_for(difference, "row")),
    };
    let end = |run: &Outcome, name: &str| match run.first_error {
        Some(error) => [name, " had its first error at ", &about(error.at)].concat(),
        None => [name, " had no errors and took ", &about(run.elapsed)].concat(),
    };
    [&comparison, "; ", &end(first, "A"), ", ", &end(second, "B"), "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SimTime;
    use crate::trace::testing::three_tasks;

    #[test]
    fn the_change_names_every_field_that_differs_and_both_values() {
        let (first, second) = (Scenario::default(), Scenario { tasks: 20, seed: 2, ..Scenario::default() });
        assert_eq!(change(&first, &second), "B has tasks=20 where A has 1000, seed=2 where A has 1.");
        assert!(change(&first, &first).starts_with("A and B are the same run"));
        let linux = Scenario { machine: crate::scenario::MachineChoice::LinuxVm, ..Scenario::default() };
        assert_eq!(
            change(&first, &linux),
            "B has \u{201c}Linux machine\u{201d} where A has \u{201c}Windows laptop (asker)\u{201d}."
        );
    }

    #[test]
    fn the_outcome_compares_the_rows_and_says_how_each_run_ended() {
        let failed = Outcome::of(&three_tasks());
        let succeeded = Outcome { committed_at: vec![SimTime::ZERO; 4], first_error: None, ..failed.clone() };
        assert_eq!(
            outcome(&failed, &succeeded),
            "3 more rows got in; A had its first error at 0.0 s, B had no errors and took 0.0 s."
        );
        assert!(outcome(&succeeded, &failed).starts_with("3 fewer rows got in"));
        assert!(outcome(&succeeded, &succeeded).starts_with("The same number of rows got in"));
    }
}
