//! Random numbers from the scenario's seed. They are integers only, so that x86-64 and wasm32 give
//! the same bits (fact 13.10).

use crate::time::SimDuration;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// The run's only source of random numbers.
#[derive(Debug)]
pub(super) struct Rng(Xoshiro256PlusPlus);

/// A distribution by its quantiles: percent of the median at the probabilities 0, 1/n, 2/n, ... 1.
/// Values between are interpolated linearly.
pub(super) type Quantiles = [u32];

impl Rng {
    pub(super) fn new(seed: u32) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed.into()))
    }

    /// A uniform number from 0 to `bound` - 1; 0 if `bound` is 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        let product = u64::from(self.0.next_u32()) * u64::from(bound);
        u32::try_from(product >> 32).unwrap_or(0)
    }

    /// A uniform number from `min` to `max`, both included.
    pub(super) fn between(&mut self, min: u32, max: u32) -> u32 {
        min + self.below(max - min + 1)
    }

    /// A uniform duration from 0.5 to 1.5 times `mean`, like `random.uniform(0.5, 1.5) * mean`.
    pub(super) fn jittered(&mut self, mean: SimDuration) -> SimDuration {
        let span = u32::try_from(mean.micros()).unwrap_or(u32::MAX - 1);
        SimDuration::from_micros(mean.micros() / 2 + u64::from(self.below(span + 1)))
    }

    /// A percentage from the distribution with these quantiles.
    pub(super) fn percent(&mut self, quantiles: &Quantiles) -> u32 {
        const STEPS: u32 = 1 << 10;
        let intervals = u32::try_from(quantiles.len().saturating_sub(1)).unwrap_or(0);
        let position = self.below(intervals * STEPS);
        let (interval, offset) = (usize::try_from(position / STEPS).unwrap_or(0), position % STEPS);
        let (low, high) = (quantiles[interval], quantiles[interval + 1]);
        low + (high - low) * offset / STEPS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_numbers_and_different_seeds_give_different_ones() {
        let draw = |seed| {
            let mut rng = Rng::new(seed);
            [(); 8].map(|()| rng.below(1_000_000))
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn a_jittered_pause_is_uniform_from_half_to_one_and_a_half_times_its_mean() {
        let mut rng = Rng::new(1);
        let mut drawn: Vec<u64> = (0..10_000).map(|_| rng.jittered(SimDuration::from_millis(50)).micros()).collect();
        drawn.sort_unstable();
        assert!(drawn[0] >= 25_000 && drawn[0] < 25_100 && drawn[9_999] > 74_900 && drawn[9_999] <= 75_000);
        assert!((49_000..=51_000).contains(&drawn[5_000]), "median {}", drawn[5_000]);
        assert_eq!(rng.jittered(SimDuration::ZERO), SimDuration::ZERO);
    }

    #[test]
    fn drawn_percentages_have_the_given_quantiles() {
        let mut rng = Rng::new(1);
        let mut drawn: Vec<u32> = (0..10_000).map(|_| rng.percent(&[50, 100, 900])).collect();
        drawn.sort_unstable();
        assert!(drawn[0] >= 50 && drawn[9_999] <= 900);
        assert!((95..=110).contains(&drawn[5_000]), "median {}", drawn[5_000]);
    }
}
