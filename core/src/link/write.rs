//! Writes a link. Everything on the screen is in it; defaults are left out.

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

    /// What the link has to say about a field of the second run: what differs, and of two equal
    /// runs the seed.
    fn second_text(&self, field: Field) -> Option<String> {
        let second = self.second.as_ref()?;
        let text = second.text(field);
        let runs_twice = *second == self.scenario;
        (text != self.scenario.text(field) || (field == Field::Seed && runs_twice)).then_some(text)
    }
}

/// The page's own names that are not at their default, with their values.
pub(super) fn page_pairs(link: &Link) -> impl Iterator<Item = (&'static str, String)> {
    PAGE_NAMES.iter().filter_map(move |name| Some((name.name, (name.write)(link)?)))
}

/// A query string in which commas are left as they are: they mean nothing to an address, and lists
/// can be read.
pub(super) fn readable(query: &str) -> String {
    query.replace("%2C", ",")
}
