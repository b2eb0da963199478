//! Writes a link. It contains the whole state of the page, except defaults.

use super::names::{Name, PAGE_NAMES};
use super::state::Link;
use crate::scenario::{Field, query};

impl Link {
    /// The query string, without `?`.
    #[must_use]
    pub fn write(&self) -> String {
        let mut link = form_urlencoded::Serializer::new(query::write(&self.scenario));
        for (field, _) in Field::ALL {
            if let Some(text) = self.second_text(*field) {
                link.append_pair(&Name::Second(*field).text(), &text);
            }
        }
        link.extend_pairs(page_pairs(self));
        readable(&link.finish())
    }

    /// The text of a field of the second run, if the link needs it: if it differs from the first
    /// run. If both runs are equal, the link needs the seed, to have a second run at all.
    fn second_text(&self, field: Field) -> Option<String> {
        let second = self.second.as_ref()?;
        let text = second.text(field);
        let is_equal = *second == self.scenario;
        (text != self.scenario.text(field) || (field == Field::Seed && is_equal)).then_some(text)
    }
}

/// The names and values of the page's own settings that are not at their defaults.
pub(super) fn page_pairs(link: &Link) -> impl Iterator<Item = (&'static str, String)> {
    PAGE_NAMES.iter().filter_map(move |name| Some((name.name, (name.write)(link)?)))
}

/// Unescapes the commas in a query string. They are legal in a URL, and lists are easier to read.
pub(super) fn readable(query: &str) -> String {
    query.replace("%2C", ",")
}
