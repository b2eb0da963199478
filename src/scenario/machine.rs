//! The computers that a run can be placed on, and the measured profile that describes one of the reader's own.
//!
//! A profile is what `calibrate/machine_profile.py` prints. What the model makes of it is in `model::machine`.

use super::choice::choice;
use super::{Journal, Synchronous};
use serde::Deserialize;
use std::collections::BTreeMap;
use thiserror::Error;

choice! {
    /// A named computer.
    MachineChoice {
        /// The asker's Windows laptop: a 15.625 ms timer tick and a slow disk (fact 13.11). A hypothesis.
        WindowsLaptop = "windows-laptop",
        /// The answerer's laptop: a coarse timer slack (fact 13.12). A hypothesis.
        MacLaptop = "mac-laptop",
        /// The Linux machine on which the project's runs were measured.
        LinuxVm = "linux-vm",
        /// The reader's own, by its profile.
        Custom = "custom",
    }
}

/// What a machine charges for each step of the program, measured on it; times in nanoseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineProfile {
    /// Processors that the program may use.
    pub cores: u32,
    /// The INSERT alone, by journal and synchronous mode.
    pub insert_ns: Costs,
    /// The COMMIT alone.
    pub commit_ns: Costs,
    /// Starting a thread and opening a connection in it.
    pub connect_ns: u64,
    /// The first statement of a fresh connection: it reads the schema.
    pub schema_ns: u64,
    /// One callback of an idle event loop.
    pub loop_callback_ns: u64,
    /// Queue, worker thread, `call_soon_threadsafe`, coroutine.
    pub thread_round_trip_ns: u64,
    /// How much later than asked a sleep of so many milliseconds returns.
    pub sleep_overshoot_ns: BTreeMap<u32, u64>,
}

/// Nanoseconds by `journal/synchronous`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs(BTreeMap<String, u64>);

/// A profile that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// The text is not what the profiler prints.
    #[error("machine profile: {0}")]
    NotAProfile(String),
    /// The text is empty.
    #[error("machine profile: nothing in it; expected is what machine_profile.py prints")]
    Empty,
    /// A number is missing, negative, or absurdly large.
    #[error("machine profile: {field}: {problem}")]
    Field {
        /// Which one.
        field: String,
        /// What is wrong.
        problem: &'static str,
    },
}

/// The profile as JSON has it, in microseconds.
#[derive(Deserialize)]
struct Raw {
    cores: u32,
    insert_us: BTreeMap<String, f64>,
    commit_us: BTreeMap<String, f64>,
    connect_us: f64,
    schema_us: f64,
    loop_callback_us: f64,
    thread_round_trip_us: f64,
    sleep_overshoot_us: BTreeMap<u32, f64>,
}

/// The modes that a profile must hold; the others follow from them (fact 4.1).
const REQUIRED_MODES: [&str; 15] = [
    "delete/full", "delete/normal", "delete/off", "truncate/full", "truncate/normal", "truncate/off", "persist/full",
    "persist/normal", "persist/off", "memory/full", "memory/normal", "memory/off", "wal/full", "wal/normal", "wal/off",
];
const REQUIRED_SLEEPS_MS: [u32; 3] = [1, 10, 100];
const MOST_CORES: u32 = 1024;
/// No step takes a minute; a number beyond it is a mistake of units.
const MOST_MICROSECONDS: f64 = 60e6;

impl MachineProfile {
    /// Reads what `machine_profile.py` printed: one JSON object, or several with any white space between, of which the medians
    /// are taken number by number.
    ///
    /// # Errors
    /// If the text is not that, or a number is missing or impossible.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let raws: Vec<Raw> = serde_json::Deserializer::from_str(text)
            .into_iter()
            .collect::<Result<_, _>>()
            .map_err(|error| ProfileError::NotAProfile(error.to_string()))?;
        if raws.is_empty() {
            return Err(ProfileError::Empty);
        }
        let cores = median(raws.iter().map(|raw| f64::from(raw.cores)));
        if !(1.0..=f64::from(MOST_CORES)).contains(&cores) {
            return Err(ProfileError::Field { field: "cores".into(), problem: "must be 1 to 1024" });
        }
        let one = |name: &str, get: fn(&Raw) -> f64| nanoseconds(name, median(raws.iter().map(get)));
        Ok(Self {
            cores: whole(cores),
            insert_ns: Costs::parse("insert_us", &raws, |raw| &raw.insert_us)?,
            commit_ns: Costs::parse("commit_us", &raws, |raw| &raw.commit_us)?,
            connect_ns: one("connect_us", |raw| raw.connect_us)?,
            schema_ns: one("schema_us", |raw| raw.schema_us)?,
            loop_callback_ns: one("loop_callback_us", |raw| raw.loop_callback_us)?,
            thread_round_trip_ns: one("thread_round_trip_us", |raw| raw.thread_round_trip_us)?,
            sleep_overshoot_ns: medians("sleep_overshoot_us", &REQUIRED_SLEEPS_MS, &raws, |raw| &raw.sleep_overshoot_us)?,
        })
    }

    /// How much later than asked the machine's 100 ms sleep returns, in nanoseconds.
    #[must_use]
    pub fn long_sleep_overshoot_ns(&self) -> u64 {
        self.sleep_overshoot_ns.get(&100).copied().unwrap_or(0)
    }
}

impl Costs {
    /// A table of modes and their costs.
    pub(super) fn of<'a>(modes: impl Iterator<Item = (&'a str, u64)>) -> Self {
        Self(modes.map(|(mode, cost)| (mode.to_string(), cost)).collect())
    }

    fn parse(name: &str, raws: &[Raw], get: fn(&Raw) -> &BTreeMap<String, f64>) -> Result<Self, ProfileError> {
        medians(name, &REQUIRED_MODES.map(String::from), raws, get).map(Self)
    }

    /// The cost in nanoseconds in a mode. `off/x` costs what `memory/x` costs; `x/extra` what `x/full` costs, for `delete` plus
    /// one sync of the folder, a quarter of what the four syncs of `delete/full` cost (fact 4.1).
    #[must_use]
    pub fn in_mode(&self, journal: Journal, synchronous: Synchronous) -> u64 {
        let of = |journal: &str, synchronous: &str| self.0.get(&format!("{journal}/{synchronous}")).copied().unwrap_or(0);
        let name = if journal == Journal::Off { "memory" } else { journal.word() };
        let folder_sync = of("delete", "full").saturating_sub(of("delete", "off")) / 4;
        match (journal, synchronous) {
            (Journal::Delete, Synchronous::Extra) => of(name, "full") + folder_sync,
            (_, Synchronous::Extra) => of(name, "full"),
            _ => of(name, synchronous.word()),
        }
    }
}

/// Medians over all profiles of a table that each of them has.
fn medians<K: Ord + Clone + ToString>(
    name: &str,
    required: &[K],
    raws: &[Raw],
    get: fn(&Raw) -> &BTreeMap<K, f64>,
) -> Result<BTreeMap<K, u64>, ProfileError> {
    let mut table = BTreeMap::new();
    for key in required {
        let field = format!("{name}: {}", key.to_string());
        let values: Option<Vec<f64>> = raws.iter().map(|raw| get(raw).get(key).copied()).collect();
        let values = values.ok_or_else(|| ProfileError::Field { field: field.clone(), problem: "is missing" })?;
        table.insert(key.clone(), nanoseconds(&field, median(values.into_iter()))?);
    }
    Ok(table)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

fn nanoseconds(field: &str, microseconds: f64) -> Result<u64, ProfileError> {
    if (0.0..=MOST_MICROSECONDS).contains(&microseconds) {
        Ok(whole_u64(microseconds * 1000.0))
    } else {
        Err(ProfileError::Field { field: field.into(), problem: "must be microseconds from 0 to a minute" })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the callers checked the range")]
fn whole(number: f64) -> u32 {
    number.round() as u32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the callers checked the range")]
fn whole_u64(number: f64) -> u64 {
    number.round() as u64
}
