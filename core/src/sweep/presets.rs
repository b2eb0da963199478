//! Preset sweeps. Each shows one effect from the question or its answers.

use super::{Axis, Measure, Sweep};
use crate::scenario::{Field, query};

/// A preset sweep.
#[derive(Debug)]
pub struct Preset {
    /// The identifier for links and tests.
    pub word: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// What the user should look for.
    pub about: &'static str,
    /// The quantity on the vertical axis.
    pub measure: Measure,
    base: &'static str,
    field: Field,
    from: u64,
    to: u64,
    count: u32,
    seeds: u32,
}

/// Every preset.
pub const PRESETS: [Preset; 4] = [
    Preset {
        word: "dip",
        name: "The dip",
        about: "A hundred tasks do worse than twenty, and worse than five hundred.",
        measure: Measure::Share,
        base: "machine=linux-vm&timeout=2",
        field: Field::Tasks,
        from: 20,
        to: 2000,
        count: 13,
        seeds: 20,
    },
    Preset {
        word: "plateau",
        name: "The plateau at 165",
        about: "On a coarse timer the rows hardly depend on how long a COMMIT takes.",
        measure: Measure::Rows,
        base: "",
        field: Field::CommitTime,
        from: 2000,
        to: 40_000,
        count: 20,
        seeds: 10,
    },
    Preset {
        word: "late-rate",
        name: "The late rate",
        about: "Why 400 rows became only 450 with twice the timeout.",
        measure: Measure::Rows,
        base: "machine=mac-laptop",
        field: Field::Timeout,
        from: 1_000_000,
        to: 12_000_000,
        count: 12,
        seeds: 10,
    },
    Preset {
        word: "measured",
        name: "Beside measured runs",
        about: "Where the real program does better or worse than the model.",
        measure: Measure::Share,
        base: "machine=linux-vm",
        field: Field::Tasks,
        from: 20,
        to: 2000,
        count: 7,
        seeds: 20,
    },
];

impl Preset {
    /// The plan of the sweep.
    #[must_use]
    pub fn sweep(&self) -> Option<Sweep> {
        let axis = Axis::of(self.field)?;
        let values = axis.values(self.from, self.to, self.count);
        Some(Sweep { base: query::read(self.base).scenario, axis, values, seeds: self.seeds })
    }
}
