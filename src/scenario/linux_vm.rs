//! The measured machine: the medians of `data/machine_profile.jsonl`, as a table, so that the page need not carry a JSON reader for
//! it. A test holds the two together.

use super::machine::{Costs, MachineProfile};

/// Mode, INSERT and COMMIT, in nanoseconds.
const MODES: [(&str, u64, u64); 15] = [
    ("delete/full", 32_200, 691_200),
    ("delete/normal", 32_500, 577_950),
    ("delete/off", 15_950, 9_900),
    ("truncate/full", 25_350, 697_950),
    ("truncate/normal", 22_800, 520_000),
    ("truncate/off", 12_500, 8_900),
    ("persist/full", 22_700, 737_700),
    ("persist/normal", 22_750, 669_550),
    ("persist/off", 12_650, 5_350),
    ("memory/full", 10_050, 210_200),
    ("memory/normal", 10_050, 205_750),
    ("memory/off", 5_250, 4_350),
    ("wal/full", 7_850, 202_200),
    ("wal/normal", 3_350, 7_350),
    ("wal/off", 3_400, 7_250),
];

impl MachineProfile {
    /// The profile of `linux-vm`.
    #[must_use]
    pub fn linux_vm() -> Self {
        Self {
            cores: 2,
            insert_ns: Costs::of(MODES.iter().map(|(mode, insert, _)| (*mode, *insert))),
            commit_ns: Costs::of(MODES.iter().map(|(mode, _, commit)| (*mode, *commit))),
            connect_ns: 182_050,
            schema_ns: 60_450,
            loop_callback_ns: 1_665,
            thread_round_trip_ns: 95_900,
            sleep_overshoot_ns: [(1, 94_100), (10, 102_250), (100, 195_800)].into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_the_medians_of_the_kept_profiles() {
        let kept = MachineProfile::parse(include_str!("../../data/machine_profile.jsonl")).expect("the kept profiles");
        assert_eq!(MachineProfile::linux_vm(), kept);
    }
}
