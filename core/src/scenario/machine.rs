//! The computers that a run can be placed on, and the measured profile that describes one of the
//! reader's own.
//!
//! A profile is what `calibrate/machine_profile.py` prints. What the model makes of it is in
//! `model::machine`.

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
    /// How much later than asked a sleep of 1, 10 and 100 ms returns.
    pub sleep_overshoot_ns: [u64; 3],
}

/// Nanoseconds by `journal/synchronous`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs([u64; REQUIRED_MODES.len()]);

/// A profile that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProfileError {
    /// The text is not what the profiler prints.
    #[error("machine profile: {0}")]
    NotAProfile(#[from] JsonError),
    /// The profile of a link is not what `profile_code` writes.
    #[error("profile: the code {0}; copy the whole link")]
    Code(&'static str),
    /// A number is missing, negative, or absurdly large.
    #[error("machine profile: {0}")]
    Field(#[from] FieldError),
}

/// The modes that a profile must hold; the others follow from them (fact 4.1).
pub(super) const REQUIRED_MODES: [&str; 15] = [
    "delete/full", "delete/normal", "delete/off", "truncate/full", "truncate/normal", "truncate/off", "persist/full",
    "persist/normal", "persist/off", "memory/full", "memory/normal", "memory/off", "wal/full", "wal/normal", "wal/off",
];
pub(super) const REQUIRED_SLEEPS_MS: [u32; 3] = [1, 10, 100];
/// Processors that a machine may have.
pub(super) const CORES: (u32, u32) = (1, 1024);
/// No step takes a minute; a number beyond it is a mistake of units.
pub(super) const MOST_MICROSECONDS: u32 = 60_000_000;

impl MachineProfile {
    /// Reads what `machine_profile.py` printed: one JSON object, or several with any white space
    /// between, of which the medians are taken number by number.
    ///
    /// # Errors
    /// If the text is not that, or a number is missing or impossible.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        let profiles = Object::all(text)?.iter().map(Self::read).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::median(&profiles))
    }

    /// Reads one object.
    ///
    /// # Errors
    /// If a number is missing or impossible.
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

    /// Every number's median over all `profiles`, of which there is at least one.
    fn median(profiles: &[Self]) -> Self {
        let of = |get: &dyn Fn(&Self) -> u64| median(profiles.iter().map(get).collect());
        let modes = |get: fn(&Self) -> &Costs| Costs::of(std::array::from_fn(|place| of(&|one| get(one).all()[place])));
        Self {
            cores: u32::try_from(of(&|one| one.cores.into())).unwrap_or(CORES.1),
            insert_ns: modes(|one| &one.insert_ns),
            commit_ns: modes(|one| &one.commit_ns),
            connect_ns: of(&|one| one.connect_ns),
            schema_ns: of(&|one| one.schema_ns),
            loop_callback_ns: of(&|one| one.loop_callback_ns),
            thread_round_trip_ns: of(&|one| one.thread_round_trip_ns),
            sleep_overshoot_ns: std::array::from_fn(|place| of(&|one| one.sleep_overshoot_ns[place])),
        }
    }

    /// How much later than asked the machine's 100 ms sleep returns, in nanoseconds.
    #[must_use]
    pub const fn long_sleep_overshoot_ns(&self) -> u64 {
        self.sleep_overshoot_ns[2]
    }
}

impl Costs {
    /// A table of costs, in the order of [`REQUIRED_MODES`].
    pub(super) const fn of(costs: [u64; REQUIRED_MODES.len()]) -> Self {
        Self(costs)
    }

    /// The costs in that order.
    pub(super) const fn all(&self) -> &[u64; REQUIRED_MODES.len()] {
        &self.0
    }

    /// The cost in nanoseconds in a mode. `off/x` costs what `memory/x` costs; `x/extra` what
    /// `x/full` costs, for `delete` plus one sync of the folder, a quarter of what the four syncs
    /// of `delete/full` cost (fact 4.1).
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

/// The number of each name, in the order of the names.
fn in_order<T: Copy, const N: usize>(names: [T; N], read: impl Fn(T) -> Result<u64, FieldError>) -> Result<[u64; N], FieldError> {
    let mut numbers = [0; N];
    for (number, name) in numbers.iter_mut().zip(names) {
        *number = read(name)?;
    }
    Ok(numbers)
}

/// The middle one, or half-way between the middle two; rounded half up.
fn median(mut values: Vec<u64>) -> u64 {
    values.sort_unstable();
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]).div_ceil(2) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
fn nanoseconds(object: &Object, field: &str) -> Result<u64, FieldError> {
    Ok((object.number(field, 0.0, MOST_MICROSECONDS.into())? * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: &str = include_str!("../../../data/machine_profile.jsonl");

    fn message(text: &str) -> String {
        MachineProfile::parse(text).expect_err("it cannot be used").to_string()
    }

    #[test]
    fn several_profiles_are_their_medians_number_by_number() {
        let first = KEPT.lines().next().expect("a profile");
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
    fn a_profile_that_cannot_be_used_is_answered_with_the_field_and_what_it_may_be() {
        for (from, to, said) in [
            ("\"cores\": 2", "\"cores\": 0", "cores: 0 is not allowed; allowed: a whole number from 1 to 1024"),
            ("\"schema_us\": ", "\"schema_us\": -", "schema_us: -"),
            ("\"schema_us\": ", "\"schema_us\": 1e300, \"was\": ", "a number from 0 to 60000000"),
            ("\"schema_us\": ", "\"schema_us\": \"fast\", \"was\": ", "schema_us: 'fast' is not allowed"),
            ("\"wal/off\": ", "\"wal/of\": ", "insert_us: wal/off: is missing"),
            ("\"100\": ", "\"99\": ", "sleep_overshoot_us: 100: is missing"),
            ("\"commit_us\": {", "\"commit_us\": 5, \"was\": {", "commit_us: must be a table, not 5"),
            ("{", "[", "not JSON"),
        ] {
            let (text, changed) = (KEPT, KEPT.replacen(from, to, 1));
            assert_ne!(text, changed, "{from} is in the profile");
            assert!(message(&changed).contains(said), "{to}: {}", message(&changed));
        }
        assert!(message("").contains("nothing in it") && message("[1, 2]").contains("not an object"));
        assert!(message("{\"inserted\": 5}").contains("cores: is missing"));
    }
}
