//! Lists of words in a link: `hide=clock,lock-state`. They are written in the order of their table.

use enumset::{EnumSet, EnumSetType};

/// Calls `insert` with each word in `text`. `insert` returns whether it knows the word. Returns
/// whether all words were known.
pub(super) fn read(text: &str, mut insert: impl FnMut(&str) -> bool) -> bool {
    let mut all_known = true;
    for word in text.split(',').filter(|word| !word.is_empty()) {
        all_known &= insert(word);
    }
    all_known
}

/// Parses `text` into a set of the values in `table`. Unknown words are ignored. Returns whether
/// all words were known.
pub(super) fn read_set<T: EnumSetType>(set: &mut EnumSet<T>, text: &str, table: &[(T, &str)]) -> bool {
    set.clear();
    read(text, |word| table.iter().find(|(_, known)| *known == word).map(|(value, _)| set.insert(*value)).is_some())
}

/// The words of a set, in the order of `table`.
pub(super) fn words_of<'a, T: EnumSetType>(set: EnumSet<T>, table: &[(T, &'a str)]) -> Vec<&'a str> {
    table.iter().filter(|(value, _)| set.contains(*value)).map(|(_, word)| *word).collect()
}

/// A label of the page as one word in a link: "First attempt" becomes `first-attempt`.
#[must_use]
pub fn slug(name: &str) -> String {
    name.to_ascii_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Part;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lists_round_trip(bits in 0_u64..1 << Part::ALL.len()) {
            let (parts, mut read) = (EnumSet::<Part>::from_u64_truncated(bits), EnumSet::new());
            prop_assert!(read_set(&mut read, &words_of(parts, Part::ALL).join(","), Part::ALL));
            prop_assert_eq!(read, parts);
        }

        #[test]
        fn arbitrary_text_does_not_panic(text in ".*") {
            let _ = read_set(&mut EnumSet::<Part>::new(), &text, Part::ALL);
        }
    }

    #[test]
    fn an_unknown_word_is_reported_and_the_others_are_used() {
        let mut parts = EnumSet::new();
        assert!(!read_set(&mut parts, "lock-state,clocks,clock", Part::ALL));
        assert_eq!(parts, Part::Clock | Part::LockState);
        assert!(read_set(&mut parts, "", Part::ALL) && parts.is_empty());
    }
}
