//! Random numbers from the scenario's seed: the same bits on x86-64 and wasm32, integers only (fact 13.10).

use crate::time::SimDuration;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// The run's only source of chance.
#[derive(Debug)]
pub(super) struct Rng(Xoshiro256PlusPlus);

/// A distribution by its quantiles: percent of the median at 0, 1/n, 2/n, ... 1 of the probability, straight lines between.
pub(super) type Quantiles = [u32];

impl Rng {
    pub(super) fn new(seed: u32) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed.into()))
    }

    /// A number from 0 to `bound` - 1; 0 for a bound of 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(bound);
        u32::try_from(product >> 32).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// Half to one and a half times `middle`, as `random.uniform(0.5, 1.5) * middle` is.
    pub(super) fn around(&mut self, middle: SimDuration) -> SimDuration {
        let span = u32::try_from(middle.micros()).unwrap_or(u32::MAX - 1);
        SimDuration::from_micros(middle.micros() / 2 + u64::from(self.below(span + 1)))
    }

    /// A percentage drawn from a distribution given by its quantiles.
    pub(super) fn percent(&mut self, quantiles: &Quantiles) -> u32 {
        const STEPS: u32 = 1 << 10;
        let pieces = u32::try_from(quantiles.len().saturating_sub(1)).unwrap_or(0);
        let place = self.below(pieces * STEPS);
        let (piece, within) = (usize::try_from(place / STEPS).unwrap_or(0), place % STEPS);
        let (low, high) = (quantiles[piece], quantiles[piece + 1]);
        low + (high - low) * within / STEPS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_seed_others() {
        let draw = |seed| {
            let mut rng = Rng::new(seed);
            [(); 8].map(|()| rng.below(1_000_000))
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn a_pause_lies_anywhere_between_half_of_its_middle_and_one_and_a_half_times_it() {
        let mut rng = Rng::new(1);
        let mut drawn: Vec<u64> = (0..10_000).map(|_| rng.around(SimDuration::from_millis(50)).micros()).collect();
        drawn.sort_unstable();
        assert!(drawn[0] >= 25_000 && drawn[0] < 25_100 && drawn[9_999] > 74_900 && drawn[9_999] <= 75_000);
        assert!((49_000..=51_000).contains(&drawn[5_000]), "median {}", drawn[5_000]);
        assert_eq!(rng.around(SimDuration::ZERO), SimDuration::ZERO);
    }

    #[test]
    fn a_distribution_has_the_quantiles_that_were_asked_for() {
        let mut rng = Rng::new(1);
        let mut drawn: Vec<u32> = (0..10_000).map(|_| rng.percent(&[50, 100, 900])).collect();
        drawn.sort_unstable();
        assert!(drawn[0] >= 50 && drawn[9_999] <= 900);
        assert!((95..=110).contains(&drawn[5_000]), "median {}", drawn[5_000]);
    }
}
