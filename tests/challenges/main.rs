//! Each challenge is reached by its stated solutions and not by its start. The numbers in the texts
//! of the challenges are those of the model.

use lockstep_core::challenges::{CHALLENGES, Challenge, Condition, Solution, is_reached, result_text};
use lockstep_core::link;
use lockstep_core::model::run;
use lockstep_core::scenario::{Field, Scenario};
use lockstep_core::trace::{Outcome, Trace, TraceIndex};

fn scenario(text: &str) -> Scenario {
    link::read_strictly(text, None).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

/// Runs `scenario`, and checks the conditions of `challenge` on it.
fn attempt(challenge: &Challenge, scenario: &Scenario) -> (Trace, Vec<Condition>) {
    let trace = run(scenario).expect("the run is within the limits");
    let rival = challenge.comparison(scenario).map(|rival| Outcome::of(&run(&rival).expect("the run is within the limits")));
    let conditions = challenge.conditions(&trace, &TraceIndex::of(&trace), rival.as_ref());
    (trace, conditions)
}

/// All stated solutions, each with its challenge.
fn solutions() -> impl Iterator<Item = (&'static Challenge, &'static Solution)> {
    CHALLENGES.into_iter().flat_map(|challenge| challenge.solutions.iter().map(move |solution| (challenge, solution)))
}

#[test]
fn every_stated_solution_reaches_the_goal_with_the_stated_result() {
    for (challenge, solution) in solutions() {
        let (trace, conditions) = attempt(challenge, &scenario(solution.query));
        assert!(is_reached(&conditions), "{}: {}: {conditions:?}", challenge.name, solution.change);
        assert_eq!(result_text(&trace, &Outcome::of(&trace)), solution.result, "{}: {}", challenge.name, solution.change);
    }
}

#[test]
fn every_stated_solution_reaches_the_goal_with_other_seeds_too() {
    for (challenge, solution) in solutions() {
        for seed in 2..6 {
            let (_, conditions) = attempt(challenge, &Scenario { seed, ..scenario(solution.query) });
            assert!(is_reached(&conditions), "{}: {}: seed {seed}: {conditions:?}", challenge.name, solution.change);
        }
    }
}

#[test]
fn neither_the_default_run_nor_the_start_of_a_challenge_reaches_its_goal() {
    for challenge in CHALLENGES {
        for text in ["", challenge.start] {
            let (_, conditions) = attempt(challenge, &scenario(text));
            assert!(!is_reached(&conditions), "{}: ?{text}: {conditions:?}", challenge.name);
        }
    }
}

#[test]
fn changing_a_field_that_must_be_kept_fails_its_condition() {
    for (challenge, solution) in solutions() {
        let conditions = |scenario: &Scenario| attempt(challenge, scenario).1;
        for (index, (field, _)) in challenge.fixed_fields.iter().enumerate() {
            let mut changed = scenario(solution.query);
            let other_value = match field {
                Field::Tasks => "20",
                Field::Machine => "mac-laptop",
                Field::Journal => "off",
                Field::Strategy => "semaphore",
                Field::ReadFirst => "0",
                _ => "0.5",
            };
            changed.set(*field, other_value).expect("a valid value");
            let met: Vec<bool> = conditions(&changed).iter().map(|condition| condition.met).collect();
            assert!(!met[index], "{}: {field:?} may change", challenge.name);
        }
    }
}

#[test]
fn every_challenge_has_a_unique_name_a_hint_and_at_least_two_solutions_with_costs() {
    let mut names: Vec<_> = CHALLENGES.iter().map(|challenge| challenge.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CHALLENGES.len());
    for challenge in CHALLENGES {
        assert!(challenge.solutions.len() >= 2 && !challenge.hint.is_empty(), "{}", challenge.name);
        for solution in challenge.solutions {
            assert!(!solution.cost.is_empty() && !solution.why.is_empty(), "{}", challenge.name);
            let line = format!("\n{} ", solution.fact);
            assert!(include_str!("../../docs/facts.md").contains(&line), "there is no fact {}", solution.fact);
        }
    }
}

#[test]
fn the_wal_challenge_says_by_how_much_wal_wins_by_default() {
    let wal = CHALLENGES.into_iter().find(|challenge| challenge.name == "wal-loses").expect("the challenge");
    let (_, conditions) = attempt(wal, &scenario("journal=wal"));
    let text = &conditions.last().expect("a condition").text;
    assert!(text.contains("167 against 335"), "{text}");
}

#[test]
fn the_other_numbers_in_the_texts_are_those_of_the_model() {
    let outcome = |text: &str| Outcome::of(&run(&scenario(text)).expect("the run is within the limits"));
    assert_eq!(outcome("sleep=2").inserted(), 2, "fewest-rows: rows with a sleep of two seconds");
    assert!(outcome("retries=5&tasks=2000").inserted() < 2000, "everybody-in: five retries are too few for 2000 tasks");
    let seconds = outcome("strategy=semaphore&limit=1").elapsed.seconds();
    assert!((23.0..26.0).contains(&seconds), "quick: 1000 COMMITs of 23 ms take {seconds} s");
    assert_eq!(
        outcome("tasks=50&read_first=1&strategy=semaphore&limit=2").inserted(),
        0,
        "reads-first: a limit of two is too high"
    );
    let left_open = 1000 - outcome("").inserted();
    assert!((800..900).contains(&left_open), "goes-home: {left_open} connections are left open");
    let refused = outcome("timeout=0&retries=100&retry_pause=0.5").retried;
    assert!((29_500..31_500).contains(&refused), "breaks-the-lock-step: {refused} refused attempts");
}
