//! How the reader has set the pictures and panels: what of the lanes is in sight, in which order, what is folded.

use crate::chart::Window;
use crate::chart::lanes::{Picked, Sort};
use crate::link::frame::some_of;
use crate::link::{Names, slug};
use crate::time::SimTime;
use crate::trace::LaneState;

/// No run has more lanes.
const MOST_LANES: u32 = 10_000;

/// The panels that can be folded, by the names that links have for them.
pub const PANELS: [&str; 5] = ["loop", "lock-state", "task", "program", "console"];

/// What can be switched on beside the dial: the bunches stand still, the dial of a measured run.
const DIAL: [&str; 2] = ["follow", "measured"];
/// The place of each in a list of [`View::dial`].
pub const FOLLOW: u32 = 0;
/// See [`FOLLOW`].
pub const MEASURED: u32 = 1;

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// What of time and lanes is in sight; none is everything, also when the run changes and has more of it.
    pub near: Option<Window>,
    /// The order of the lanes.
    pub sort: Sort,
    /// The states that the lanes show.
    pub only: Picked,
    /// The panels that are folded.
    pub fold: Names,
    /// What is switched on beside the dial.
    pub dial: Names,
}

impl View {
    /// Reads `value` into the name `name`; none if it is not one of these names.
    ///
    /// # Errors
    /// What is allowed, if the value is not or not all of it.
    pub fn set(&mut self, name: &str, value: &str) -> Option<Result<(), String>> {
        Some(match name {
            "zoom" => {
                let read = window(value).map(|near| self.near = Some(near));
                read.ok_or_else(|| "from, to, first lane and number of lanes, like 1,1.5,1,100".to_owned())
            }
            "sort" => {
                let found = Sort::ALL.iter().find(|(_, word)| slug(word) == value);
                found.map(|(sort, _)| self.sort = *sort).ok_or_else(|| Sort::ALL.map(|(_, word)| slug(word)).join(", "))
            }
            "only" => {
                let mut states = Names::default();
                let read = some_of(&mut states, value, &LaneState::ALL.map(LaneState::word));
                self.only = Picked::from_bits(u16::try_from(states.bits()).unwrap_or(0));
                read
            }
            "fold" => some_of(&mut self.fold, value, &PANELS),
            "dial" => some_of(&mut self.dial, value, &DIAL),
            _ => return None,
        })
    }

    /// Every name that is not as it is without saying, with its value.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self { near, sort, only, fold, dial } = self;
        let sort = Sort::ALL.iter().skip(1).find(|(one, _)| one == sort);
        let mut pairs = vec![
            ("zoom", near.map(window_text).unwrap_or_default()),
            ("sort", sort.map(|(_, word)| slug(word)).unwrap_or_default()),
            ("only", Names::from_bits(only.bits().into()).write(&LaneState::ALL.map(LaneState::word))),
            ("fold", fold.write(&PANELS)),
            ("dial", dial.write(&DIAL)),
        ];
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }
}

/// Lanes are counted from 1 where people read them.
fn window_text(window: Window) -> String {
    let Window { from, to, first, lanes } = window;
    format!("{from},{to},{},{lanes}", first + 1)
}

fn window(text: &str) -> Option<Window> {
    let mut parts = text.split(',');
    let mut time = || super::values::seconds(parts.next()?);
    let (from, to): (SimTime, SimTime) = (time()?, time()?);
    let mut count = || parts.next()?.parse().ok().filter(|count| (1..=MOST_LANES).contains(count));
    let (first, lanes): (u32, u32) = (count()?, count()?);
    (from < to && parts.next().is_none()).then_some(Window { from, to, first: first - 1, lanes })
}
