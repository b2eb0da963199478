//! The measured machine: the medians of `data/machine_profile.jsonl`, as a table, so that the page
//! need not carry a JSON reader for it. A test holds the two together.

use super::machine::{Costs, MachineProfile, REQUIRED_MODES};

/// INSERT and COMMIT, in nanoseconds, in the order of [`REQUIRED_MODES`].
#[rustfmt::skip]
const COSTS: [(u64, u64); REQUIRED_MODES.len()] = [
    (32_200, 691_200), // delete/full
    (32_500, 577_950), // delete/normal
    (15_950, 9_900), // delete/off
    (25_350, 697_950), // truncate/full
    (22_800, 520_000), // truncate/normal
    (12_500, 8_900), // truncate/off
    (22_700, 737_700), // persist/full
    (22_750, 669_550), // persist/normal
    (12_650, 5_350), // persist/off
    (10_050, 210_200), // memory/full
    (10_050, 205_750), // memory/normal
    (5_250, 4_350), // memory/off
    (7_850, 202_200), // wal/full
    (3_350, 7_350), // wal/normal
    (3_400, 7_250), // wal/off
];

impl MachineProfile {
    /// The profile of `linux-vm`.
    #[must_use]
    pub fn linux_vm() -> Self {
        Self {
            cores: 2,
            insert_ns: Costs::of(COSTS.map(|(insert, _)| insert)),
            commit_ns: Costs::of(COSTS.map(|(_, commit)| commit)),
            connect_ns: 182_050,
            schema_ns: 60_450,
            loop_callback_ns: 1_665,
            thread_round_trip_ns: 95_900,
            sleep_overshoot_ns: [94_100, 102_250, 195_800],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Journal, Synchronous};

    #[test]
    fn the_table_holds_the_medians_of_the_kept_profiles() {
        let kept = MachineProfile::parse(include_str!("../../../data/machine_profile.jsonl")).expect("the kept profiles");
        assert_eq!(MachineProfile::linux_vm(), kept);
    }

    #[test]
    fn the_cost_of_a_mode_is_the_one_that_stands_at_its_name() {
        for (mode, cost) in REQUIRED_MODES.iter().zip(MachineProfile::linux_vm().commit_ns.all()) {
            let (journal, synchronous) = mode.split_once('/').expect("a pair");
            let (journal, synchronous) = (Journal::from_word(journal), Synchronous::from_word(synchronous));
            let (journal, synchronous) = (journal.expect("a mode"), synchronous.expect("a mode"));
            assert_eq!(MachineProfile::linux_vm().commit_ns.in_mode(journal, synchronous), *cost, "{mode}");
        }
    }
}
