//! The page's state as a query string, and back. Pure; `address_bar` puts it where the browser shows it.
//!
//! Defaults are left out. Names that this page does not act on yet are kept as they came, so that a link loses nothing on its
//! way through, and a note says so.

use crate::playback::Speed;
use crate::scenario::{MachineChoice, Scenario, ScenarioError, query};
use crate::time::{SimDuration, SimTime};
use std::collections::BTreeSet;

/// The link format that this page reads and writes.
const VERSION: &str = "1";

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The run.
    pub scenario: Scenario,
    /// Where the playhead stands, if the link says so.
    pub at: Option<SimTime>,
    /// How fast it plays.
    pub speed: Speed,
    /// Whether the reader is asked for a guess first.
    pub predict: bool,
    /// Names for which the page has no use yet.
    pub kept: query::PageFields,
    /// What could not be read, one sentence each.
    pub notes: Vec<String>,
}

impl Link {
    /// Reads a query string, with or without `?`. Any text is read; what is wrong with it is in the notes.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let query::Reading { mut scenario, page, errors } = query::read(text);
        let mut notes: Vec<String> = errors.iter().map(ToString::to_string).collect();
        if scenario.machine == MachineChoice::Custom && scenario.profile.is_none() {
            notes.push(ScenarioError::NoProfile.to_string());
            scenario.machine = Scenario::default().machine;
        }
        let mut link = Self { scenario, at: None, speed: Speed::default(), predict: true, kept: Vec::new(), notes };
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in page {
            if seen.contains(&name) {
                link.notes.push(format!("{name}: given more than once; the first value was taken"));
            } else {
                link.read_page_field(&name, value);
                seen.push(name);
            }
        }
        shorten(&mut link.notes);
        link
    }

    fn read_page_field(&mut self, name: &str, value: String) {
        let allowed = match name {
            "t" => seconds(&value).map(|at| self.at = Some(at)).ok_or_else(|| "seconds from 0 on".to_owned()),
            "speed" => speed(&value).map(|speed| self.speed = speed).ok_or_else(|| "a number from 0.001 to 20".to_owned()),
            "predict" => switch(&value).map(|on| self.predict = on).ok_or_else(|| "0 or 1".to_owned()),
            "v" => Some(()).filter(|()| value == VERSION).ok_or_else(|| VERSION.to_owned()),
            _ => {
                self.notes.push(format!("{name}: this page cannot do that yet; it stays in the link"));
                self.kept.push((name.to_owned(), value));
                return;
            }
        };
        if let Err(allowed) = allowed {
            self.notes.push(format!("{name}: {} is not allowed; allowed: {allowed}", shown(&value)));
        }
    }

    /// The query string, without `?`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut page = form_urlencoded::Serializer::new(query::write(&self.scenario));
        if let Some(at) = self.at {
            page.append_pair("t", &at.to_string());
        }
        if self.speed != Speed::default() {
            page.append_pair("speed", &speed_text(self.speed));
        }
        if !self.predict {
            page.append_pair("predict", "0");
        }
        page.extend_pairs(&self.kept);
        page.finish()
    }
}

/// A speed as a link has it: simulated seconds in a real second.
#[must_use]
pub fn speed_text(speed: Speed) -> String {
    SimDuration::from_millis(speed.thousandths().into()).to_string()
}

/// The speed that `text` means, in the range on offer.
#[must_use]
pub fn speed(text: &str) -> Option<Speed> {
    let thousandths = u32::try_from(SimDuration::from_seconds(number(text)?).millis()).ok()?;
    Some(Speed::from_thousandths(thousandths)).filter(|speed| speed.thousandths() == thousandths)
}

/// A moment in seconds; none for what is no number, below zero, or longer than a day.
fn seconds(text: &str) -> Option<SimTime> {
    number(text).map(SimTime::from_seconds)
}

/// A plain number that is not below zero and not absurdly large.
fn number(text: &str) -> Option<f64> {
    const A_DAY: f64 = 86_400.0;
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse().ok().filter(|number| plain && (0.0..=A_DAY).contains(number))
}

/// A link of a thousand wrong names needs no thousand notes, and none of them twice.
fn shorten(notes: &mut Vec<String>) {
    const MOST: usize = 8;
    let mut seen = BTreeSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    let left_out = notes.len().saturating_sub(MOST);
    if left_out > 0 {
        notes.truncate(MOST);
        notes.push(format!("and {left_out} more like these"));
    }
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

/// Foreign text in a sentence: short, and in quotes.
fn shown(text: &str) -> String {
    let short: String = text.chars().filter(|letter| !letter.is_control()).take(40).collect();
    format!("\u{2018}{short}\u{2019}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_query_is_the_default_and_writes_nothing() {
        let link = Link::read("");
        assert_eq!(link.scenario, Scenario::default());
        assert!(link.predict && link.notes.is_empty());
        assert_eq!(link.write(), "");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["tasks=20&sleep=2&t=0.3", "t=0", "machine=linux-vm&speed=0.5&predict=0", "hide=controls"] {
            assert_eq!(Link::read(text).write(), text);
        }
    }

    #[test]
    fn every_wrong_value_has_a_note_that_names_it_and_the_rest_is_kept() {
        let link = Link::read("tasks=0&t=soon&speed=0&predict=maybe&v=9&nonsense=1&sleep=2");
        assert_eq!(link.scenario.sleep.millis(), 2000);
        for name in ["tasks", "t", "speed", "predict", "v", "nonsense"] {
            assert!(link.notes.iter().any(|note| note.contains(name)), "{name} has no note");
        }
        assert_eq!(link.notes.len(), 6);
    }

    #[test]
    fn the_same_mistake_is_noted_once_and_many_mistakes_are_counted() {
        assert_eq!(Link::read(&"tasks=5&".repeat(100)).notes.len(), 1);
        let many: String = (0..100).map(|number| format!("n{number}=1&")).collect();
        assert_eq!(Link::read(&many).notes.last().map(String::as_str), Some("and 92 more like these"));
    }

    #[test]
    fn no_text_is_too_long_or_too_strange_to_read() {
        for text in
            ["?&&&=", "t=1e999", "t=-1", "t=NaN", "%ff%00=%zz", &"t=9".repeat(5000), &"a=1&".repeat(5000), "machine=custom"]
        {
            let link = Link::read(text);
            assert!(link.notes.len() <= 9 && link.notes.iter().all(|note| note.len() < 500), "{text}");
        }
    }
}
