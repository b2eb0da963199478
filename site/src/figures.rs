//! Numbers in the text that come from runs: `{{rows: machine=linux-vm}}` stands for the rows of the
//! model.
//!
//! Their values are in `figures.txt`, one per line: `rows: machine=linux-vm = 836 to 930`.

use std::collections::BTreeMap;

/// The value of each named number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures(BTreeMap<String, String>);

impl Figures {
    /// Reads the text that [`Figures::write`] wrote. Lines without ` = ` are ignored.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.rsplit_once(" = "));
        Self(lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
    }

    /// The value of the number `name`, which is the text between the braces.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Sets the value of a number.
    pub fn set(&mut self, name: String, value: String) {
        self.0.insert(name, value);
    }

    /// All names and values, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Writes one line per number.
    #[must_use]
    pub fn write(&self) -> String {
        self.iter().map(|(name, value)| format!("{name} = {value}\n")).collect()
    }
}

/// The names of the numbers in `text`, in order.
#[must_use]
pub fn names(text: &str) -> Vec<String> {
    text.split("{{").skip(1).filter_map(|after| after.split_once("}}")).map(|(name, _)| name.trim().to_owned()).collect()
}
