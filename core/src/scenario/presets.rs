//! Runs with a name: what `scene=` in a link and the page's list of presets mean.
//!
//! A preset is a query string. Those with names of a second run (`b.`) are pairs that differ by one
//! thing, for the comparison.

/// A run, or a pair of runs, with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What `scene=` says. It keeps its meaning as long as there are links with it.
    pub name: &'static str,
    /// What a reader is shown.
    pub words: &'static str,
    /// The run as a query string.
    pub query: &'static str,
}

const fn preset(name: &'static str, words: &'static str, query: &'static str) -> Preset {
    Preset { name, words, query }
}

/// All presets: single runs first, then pairs. The first two are a pair one choice apart.
pub const PRESETS: [Preset; 16] = [
    preset("question", "The question, on Windows", ""),
    preset("linux", "The same on Linux", "machine=linux-vm"),
    preset("mac", "The same on the answerer\u{2019}s Mac", "machine=mac-laptop"),
    preset("sleep", "Sleep 2 s before commit", "sleep=2"),
    preset("wal", "WAL mode, on Linux", "journal=wal&machine=linux-vm"),
    preset("semaphore", "Ten connections at a time", "strategy=semaphore"),
    preset("one-transaction", "The answer: one transaction", "strategy=single-transaction"),
    preset("windows-linux", "The asker\u{2019}s machine, Linux", "b.machine=linux-vm"),
    preset("no-sleep", "No sleep, sleep 2 s", "b.sleep=2"),
    preset("longer-timeout", "Timeout 5 s, 10 s", "machine=linux-vm&b.timeout=10"),
    preset("more-tasks", "200 tasks, 1000", "tasks=200&machine=linux-vm&b.tasks=1000"),
    preset("shared-connection", "A connection each, one for all", "machine=linux-vm&b.strategy=shared-connection"),
    preset("delete-wal", "DELETE, WAL", "machine=linux-vm&b.journal=wal"),
    preset("keep-going", "Stop at the first error, keep going", "machine=linux-vm&b.keep_going=1"),
    preset("retries", "No retry, five", "b.retries=5"),
    preset("read-first", "Read first: DEFERRED, IMMEDIATE", "tasks=20&read_first=1&machine=linux-vm&b.begin=immediate"),
];

impl Preset {
    /// The preset that `scene=` calls so.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// Whether it is two runs, to be compared.
    #[must_use]
    pub fn is_pair(&self) -> bool {
        self.query.contains("b.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Field, Scenario, query};
    use std::collections::BTreeSet;

    #[test]
    fn no_two_presets_have_one_name_or_one_meaning() {
        let of = |part: fn(&Preset) -> &'static str| PRESETS.iter().map(part).collect::<BTreeSet<_>>().len();
        assert_eq!([of(|it| it.name), of(|it| it.words), of(|it| it.query)], [PRESETS.len(); 3]);
    }

    #[test]
    fn every_preset_is_written_as_a_link_writes_it_and_a_pair_differs_in_one_field() {
        for preset in PRESETS {
            let reading = query::read(preset.query);
            assert_eq!(reading.errors, [], "{}", preset.name);
            assert_eq!(reading.others.len(), usize::from(preset.is_pair()), "{}", preset.name);
            let mut second = reading.scenario.clone();
            for (name, value) in &reading.others {
                let field = Field::from_word(name.trim_start_matches("b.")).expect("a field of the second run");
                assert_eq!(second.set(field, value), Ok(()), "{}", preset.name);
                assert_ne!(second, reading.scenario, "{}", preset.name);
            }
            let first = preset.query.split('&').filter(|part| !part.starts_with("b.")).collect::<Vec<_>>().join("&");
            assert_eq!(query::write(&reading.scenario), query::write(&query::read(&first).scenario));
        }
    }

    #[test]
    fn the_first_two_are_the_question_and_the_same_on_linux() {
        assert_eq!(query::read(PRESETS[0].query).scenario, Scenario::default());
        assert_eq!(query::read(PRESETS[1].query).scenario.machine.word(), "linux-vm");
    }
}
