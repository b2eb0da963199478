//! How many rows another seed gives, for `web/seeds.js`, which has a worker with the page's program ask for it.

use lockstep_core::link::Link;
use lockstep_core::model;
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::Outcome;

/// The rows that get in where the seed of the run that `link` shows is so much higher; none if the run is too large.
#[must_use]
pub fn rows_with_seed(link: &str, number: u32) -> Option<u32> {
    let Link { scenario, second, .. } = Link::read(link);
    let scenario = second.unwrap_or(scenario);
    let scenario = Scenario { seed: scenario.seed.wrapping_add(number), ..scenario };
    model::run(&scenario).ok().map(|trace| Outcome::of(&trace).inserted())
}

#[cfg(test)]
mod tests {
    use super::rows_with_seed;

    #[test]
    fn the_first_is_the_run_of_the_link_itself_and_of_two_the_second() {
        assert_eq!(rows_with_seed("tasks=5&t=1", 0), Some(5));
        assert_eq!(rows_with_seed("tasks=5&b.tasks=4", 3), Some(4));
    }
}
