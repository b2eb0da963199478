//! What differs between two runs, in words. Plain text, so that it can be tested.

use crate::scenario::{Field, Scenario};
use crate::trace::Outcome;
use crate::words::{about, rows, value_name};

/// What the second run has that the first has not: "B has sleep=2 where A has 0."
#[must_use]
pub fn change(first: &Scenario, second: &Scenario) -> String {
    let differ = Field::ALL.iter().filter(|(field, _)| first.text(*field) != second.text(*field));
    let told: Vec<String> = differ.map(|(field, name)| told(*field, name, first, second)).collect();
    if told.is_empty() {
        return "A and B are the same run. Change one thing above, and B follows.".to_owned();
    }
    format!("B has {}.", told.join(", "))
}

/// What has a name on the page is called by it.
fn told(field: Field, name: &str, first: &Scenario, second: &Scenario) -> String {
    let (before, after) = (first.text(field), second.text(field));
    match (value_name(field, &before), value_name(field, &after)) {
        (Some(before), Some(after)) => format!("\u{201c}{after}\u{201d} where A has \u{201c}{before}\u{201d}"),
        _ => format!("{name}={after} where A has {before}"),
    }
}

/// What came of that.
#[must_use]
pub fn outcome(first: &Outcome, second: &Outcome) -> String {
    let (before, after) = (first.inserted(), second.inserted());
    let difference = rows(before.abs_diff(after));
    let comparison = match before.cmp(&after) {
        std::cmp::Ordering::Equal => "As many rows got in".to_owned(),
        std::cmp::Ordering::Less => [&difference, " more got in"].concat(),
        std::cmp::Ordering::Greater => [&difference, " fewer got in"].concat(),
    };
    let end = |run: &Outcome, name: &str| match run.first_error {
        Some(error) => [name, " met its first error at ", &about(error.at)].concat(),
        None => [name, " met no error and took ", &about(run.elapsed)].concat(),
    };
    [&comparison, "; ", &end(first, "A"), ", ", &end(second, "B"), "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SimTime;
    use crate::trace::testing::hand_over;

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
    fn the_outcome_says_who_got_in_more_and_how_each_ended() {
        let failed = Outcome::of(&hand_over());
        let well = Outcome { committed_at: vec![SimTime::ZERO; 4], first_error: None, ..failed.clone() };
        assert_eq!(outcome(&failed, &well), "3 rows more got in; A met its first error at 0.0 s, B met no error and took 0.0 s.");
        assert!(outcome(&well, &failed).starts_with("3 rows fewer got in"));
        assert!(outcome(&well, &well).starts_with("As many rows got in"));
    }
}
