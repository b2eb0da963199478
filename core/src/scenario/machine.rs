//! The computers that a run can simulate, and the measured profile of the user's own computer.
//!
//! `calibrate/machine_profile.py` prints a profile. `model::machine` derives the costs in the model
//! from it.

use super::choice::choice;
use super::choice::{Journal, Synchronous};
use crate::scenario::json::{FieldError, JsonError, Object};
use thiserror::Error;

choice! {
    /// A named computer.
    MachineChoice {
        /// The asker's Windows laptop: a 15.625 ms timer tick and a slow disk (fact 13.11). A
        /// hypothesis.
        WindowsLaptop = "windows-laptop",
        /// The answerer's laptop: a coarse timer slack (fact 13.12). A hypothesis.
        MacLaptop = "mac-laptop",
        /// The Linux machine on which the project's runs were measured.
        LinuxVm = "linux-vm",
        /// The user's own computer, described by its profile.
        Custom = "custom",
    }
}

/// Measured costs of the program's steps on one machine. Times are in nanoseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineProfile {
    /// Number of processors that the program can use.
    pub cores: u32,
    /// An INSERT without BEGIN and COMMIT, by journal and synchronous mode.
    pub insert_ns: Costs,
    /// A COMMIT, by journal and synchronous mode.
    pub commit_ns: Costs,
    /// Starting a thread and opening a connection in it.
    pub connect_ns: u64,
    /// Reading the schema, at the first statement of a new connection.
    pub schema_ns: u64,
    /// One callback of an idle event loop.
    pub loop_callback_ns: u64,
    /// From the coroutine through the queue to the worker thread and back with
    /// `call_soon_threadsafe`.
    pub thread_round_trip_ns: u64,
    /// How late a sleep of 1, 10 and 100 ms returns.
    pub sleep_overshoot_ns: [u64; 3],
}

/// Costs in nanoseconds, one for each of `REQUIRED_MODES`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs([u64; REQUIRED_MODES.len()]);

/// Why a profile cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// The text is not the output of `machine_profile.py`.
    #[error("machine profile: {0}")]
    NotAProfile(#[from] JsonError),
    /// The profile in a link is not a code that `profile_code` writes.
    #[error("profile: the code {0}; copy the whole link")]
    Code(&'static str),
    /// A number is missing or out of range.
    #[error("machine profile: {0}")]
    Field(#[from] FieldError),
}

/// The modes that a profile must have. The costs of the other modes are derived (fact 4.1).
pub(super) const REQUIRED_MODES: [&str; 15] = [
    "delete/full", "delete/normal", "delete/off", "truncate/full", "truncate/normal", "truncate/off", "persist/full",
    "persist/normal", "persist/off", "memory/full", "memory/normal", "memory/off", "wal/full", "wal/normal", "wal/off",
];
pub(super) const REQUIRED_SLEEPS_MS: [u32; 3] = [1, 10, 100];
/// Minimum and maximum number of processors.
pub(super) const CORES: (u32, u32) = (1, 1024);
/// Maximum cost of a step: one minute. A larger number is in the wrong unit.
pub(super) const MAX_MICROSECONDS: u32 = 60_000_000;

impl MachineProfile {
    /// Parses the output of `machine_profile.py`: one JSON object, or several separated by white
    /// space. With several, each number is the median of that number.
    ///
    /// # Errors
    /// If the text is something else, or a number is missing or out of range.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let profiles = Object::all(text)?.iter().map(Self::read).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::median(&profiles))
    }

    /// Parses one object.
    ///
    /// # Errors
    /// If a number is missing or out of range.
    fn read(object: &Object) -> Result<Self, FieldError> {
        let cores = object.count("cores", CORES.0, CORES.1)?;
        let costs = |name: &str| {
            let table = object.table(name)?;
            in_order(REQUIRED_MODES, |mode| nanoseconds(&table, mode)).map(Costs)
        };
        let sleeps = object.table("sleep_overshoot_us")?;
        Ok(Self {
            cores,
            insert_ns: costs("insert_us")?,
            commit_ns: costs("commit_us")?,
            connect_ns: nanoseconds(object, "connect_us")?,
            schema_ns: nanoseconds(object, "schema_us")?,
            loop_callback_ns: nanoseconds(object, "loop_callback_us")?,
            thread_round_trip_ns: nanoseconds(object, "thread_round_trip_us")?,
            sleep_overshoot_ns: in_order(REQUIRED_SLEEPS_MS, |sleep| nanoseconds(&sleeps, &sleep.to_string()))?,
        })
    }

    /// The median of each number over all `profiles`. There must be at least one profile.
    fn median(profiles: &[Self]) -> Self {
        let of = |get: &dyn Fn(&Self) -> u64| median(profiles.iter().map(get).collect());
        let modes = |get: fn(&Self) -> &Costs| Costs::of(std::array::from_fn(|index| of(&|profile| get(profile).all()[index])));
        Self {
            cores: u32::try_from(of(&|profile| profile.cores.into())).unwrap_or(CORES.1),
            insert_ns: modes(|profile| &profile.insert_ns),
            commit_ns: modes(|profile| &profile.commit_ns),
            connect_ns: of(&|profile| profile.connect_ns),
            schema_ns: of(&|profile| profile.schema_ns),
            loop_callback_ns: of(&|profile| profile.loop_callback_ns),
            thread_round_trip_ns: of(&|profile| profile.thread_round_trip_ns),
            sleep_overshoot_ns: std::array::from_fn(|index| of(&|profile| profile.sleep_overshoot_ns[index])),
        }
    }

    /// How late a sleep of 100 ms returns, in nanoseconds.
    #[must_use]
    pub const fn long_sleep_overshoot_ns(&self) -> u64 {
        self.sleep_overshoot_ns[2]
    }
}

impl Costs {
    /// Costs in the order of [`REQUIRED_MODES`].
    pub(super) const fn of(costs: [u64; REQUIRED_MODES.len()]) -> Self {
        Self(costs)
    }

    /// The costs in the order of [`REQUIRED_MODES`].
    pub(super) const fn all(&self) -> &[u64; REQUIRED_MODES.len()] {
        &self.0
    }

    /// The cost in a mode, in nanoseconds. `off/x` costs the same as `memory/x`, and `x/extra` the
    /// same as `x/full`. Only `delete/extra` costs more: one sync of the folder, which is a quarter
    /// of the four syncs of `delete/full` (fact 4.1).
    #[must_use]
    pub const fn in_mode(&self, journal: Journal, synchronous: Synchronous) -> u64 {
        let row = match journal {
            Journal::Delete => 0,
            Journal::Truncate => 3,
            Journal::Persist => 6,
            Journal::Memory | Journal::Off => 9,
            Journal::Wal => 12,
        };
        match (journal, synchronous) {
            (Journal::Delete, Synchronous::Extra) => self.0[0] + self.0[0].saturating_sub(self.0[2]) / 4,
            (_, Synchronous::Full | Synchronous::Extra) => self.0[row],
            (_, Synchronous::Normal) => self.0[row + 1],
            (_, Synchronous::Off) => self.0[row + 2],
        }
    }
}

/// Reads the number with each of these names, in the same order.
fn in_order<T: Copy, const N: usize>(names: [T; N], read: impl Fn(T) -> Result<u64, FieldError>) -> Result<[u64; N], FieldError> {
    let mut numbers = [0; N];
    for (number, name) in numbers.iter_mut().zip(names) {
        *number = read(name)?;
    }
    Ok(numbers)
}

/// The median. The mean of the middle two is rounded half up.
fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]).div_ceil(2) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
fn nanoseconds(object: &Object, field: &str) -> Result<u64, FieldError> {
    Ok((object.number(field, 0.0, MAX_MICROSECONDS.into())? * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURED: &str = include_str!("../../../data/machine_profile.jsonl");

    fn message(text: &str) -> String {
        MachineProfile::parse(text).expect_err("it cannot be used").to_string()
    }

    #[test]
    fn several_profiles_are_merged_by_the_median_of_each_number() {
        let first = MEASURED.lines().next().expect("a profile");
        let with_connect = |us: &str| {
            let (before, after) = first.split_once("\"connect_us\": ").expect("the field");
            format!("{before}\"connect_us\": {us}{}", &after[after.find(',').expect("another field")..])
        };
        let of = |costs: &[&str]| {
            let text: String = costs.iter().map(|us| with_connect(us)).collect();
            MachineProfile::parse(&text).map(|profile| profile.connect_ns)
        };
        assert_eq!((of(&["5", "1", "9.0005"]), of(&["1", "4"]), of(&["0"])), (Ok(5_000), Ok(2_500), Ok(0)));
    }

    #[test]
    fn an_error_names_the_field_and_the_allowed_range() {
        for (from, to, expected) in [
            ("\"cores\": 2", "\"cores\": 0", "cores: 0 is not allowed; allowed: a whole number from 1 to 1024"),
            ("\"schema_us\": ", "\"schema_us\": -", "schema_us: -"),
            ("\"schema_us\": ", "\"schema_us\": 1e300, \"was\": ", "a number from 0 to 60000000"),
            ("\"schema_us\": ", "\"schema_us\": \"fast\", \"was\": ", "schema_us: 'fast' is not allowed"),
            ("\"wal/off\": ", "\"wal/of\": ", "insert_us: wal/off: is missing"),
            ("\"100\": ", "\"99\": ", "sleep_overshoot_us: 100: is missing"),
            ("\"commit_us\": {", "\"commit_us\": 5, \"was\": {", "commit_us: must be an object, not 5"),
            ("{", "[", "not JSON"),
        ] {
            let (text, changed) = (MEASURED, MEASURED.replacen(from, to, 1));
            assert_ne!(text, changed, "{from} is in the profile");
            assert!(message(&changed).contains(expected), "{to}: {}", message(&changed));
        }
        assert!(message("").contains("it is empty") && message("[1, 2]").contains("not an object"));
        assert!(message("{\"inserted\": 5}").contains("cores: is missing"));
    }
}
