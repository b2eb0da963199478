//! Lists of words in a link: `hide=clock,lock-state`, always in the order of the table they come
//! from.

use enumset::{EnumSet, EnumSetType};

/// Hands each word of `text` to `take`, which says whether it knows the word. True if all words
/// were known.
pub(super) fn read(text: &str, mut take: impl FnMut(&str) -> bool) -> bool {
    let mut all = true;
    for word in text.split(',').filter(|word| !word.is_empty()) {
        all &= take(word);
    }
    all
}

/// Reads `text` into a set of the values in `table`; false if there was an unknown word, which is
/// left out.
pub(super) fn read_set<T: EnumSetType>(set: &mut EnumSet<T>, text: &str, table: &[(T, &str)]) -> bool {
    set.clear();
    read(text, |word| table.iter().find(|(_, known)| *known == word).map(|(value, _)| set.insert(*value)).is_some())
}

/// The words of a set, in the order of `table`.
pub(super) fn words_of<'a, T: EnumSetType>(set: EnumSet<T>, table: &[(T, &'a str)]) -> Vec<&'a str> {
    table.iter().filter(|(value, _)| set.contains(*value)).map(|(_, word)| *word).collect()
}

/// Words of the page as one word of a link: "First attempt" is `first-attempt`.
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
        fn what_is_written_is_read_back(bits in 0_u64..1 << Part::ALL.len()) {
            let (parts, mut read) = (EnumSet::<Part>::from_u64_truncated(bits), EnumSet::new());
            prop_assert!(read_set(&mut read, &words_of(parts, Part::ALL).join(","), Part::ALL));
            prop_assert_eq!(read, parts);
        }

        #[test]
        fn any_text_is_read(text in ".*") {
            let _ = read_set(&mut EnumSet::<Part>::new(), &text, Part::ALL);
        }
    }

    #[test]
    fn an_unknown_word_is_noticed_and_the_others_are_taken() {
        let mut parts = EnumSet::new();
        assert!(!read_set(&mut parts, "lock-state,clocks,clock", Part::ALL));
        assert_eq!(parts, Part::Clock | Part::LockState);
        assert!(read_set(&mut parts, "", Part::ALL) && parts.is_empty());
    }
}
