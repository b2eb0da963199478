//! Numbers that the text names and does not say: `{{rows: machine=linux-vm}}` stands for the rows that the model lets in.
//!
//! What they come to is kept in `figures.txt`, one to a line: `rows: machine=linux-vm = 836 to 930`.

use std::collections::BTreeMap;

/// What each named number comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures(BTreeMap<String, String>);

impl Figures {
    /// Reads what [`Figures::write`] wrote; lines without ` = ` say nothing.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.rsplit_once(" = "));
        Self(lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
    }

    /// The number called `name`, which is what stands between the braces.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Keeps a number.
    pub fn set(&mut self, name: String, value: String) {
        self.0.insert(name, value);
    }

    /// All names and numbers, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A line for each number.
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
