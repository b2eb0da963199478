//! Formats untrusted text for messages, counts for sentences, and text for markup.

/// Maximum number of characters of untrusted text in a message.
const MAX_CHARACTERS: usize = 60;

/// Untrusted text for a message: in quotes, without control characters, and at most 60 characters
/// long.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("'{}'", shortened(text))
}

/// Untrusted text without control characters, and at most 60 characters long.
#[must_use]
pub fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(MAX_CHARACTERS).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}

/// A count and its noun: `0 rows`, `1 row`, `165 rows`, `2 bunches`, `3 rows/s`.
#[must_use]
pub fn counted(count: impl TryInto<u64>, noun: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    format!("{count} {}", noun_for(count, noun))
}

/// A number with its digits in groups of three: `56 920`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        // A narrow space, at which no line breaks.
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// Like [`counted`], but 1 is a word: `one COMMIT`, `16 COMMITs`.
#[must_use]
pub fn counted_in_words(count: impl TryInto<u64>, noun: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => ["one ", noun].concat(),
        count => counted(count, noun),
    }
}

/// The noun for a count: `row` for 1, otherwise `rows`. The unit after a slash stays as it is.
#[must_use]
pub fn noun_for(count: impl TryInto<u64>, noun: &str) -> String {
    if count.try_into().is_ok_and(|count| count == 1) {
        return noun.to_owned();
    }
    let (noun, unit) = noun.find('/').map_or((noun, ""), |slash| noun.split_at(slash));
    let ending = if noun.ends_with("ch") { "es" } else { "s" };
    [noun, ending, unit].concat()
}

/// Text for HTML, XML and SVG, between tags or in a quoted attribute.
#[must_use]
pub fn escape_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untrusted_text_has_at_most_60_characters_and_no_control_characters() {
        assert_eq!(quoted("a\nb"), "'a\u{fffd}b'");
        assert_eq!(quoted(&"ä".repeat(60)), format!("'{}'", "ä".repeat(60)));
        assert_eq!(quoted(&"ä".repeat(61)), format!("'{}…'", "ä".repeat(60)));
    }

    #[test]
    fn one_is_singular_and_every_other_count_plural() {
        let words = |count: u32| ["row", "bunch", "row/s"].map(|noun| counted(count, noun));
        assert_eq!(words(0), ["0 rows", "0 bunches", "0 rows/s"]);
        assert_eq!(words(1), ["1 row", "1 bunch", "1 row/s"]);
        assert_eq!([1_u32, 16].map(|count| counted_in_words(count, "COMMIT")), ["one COMMIT", "16 COMMITs"]);
        assert_eq!(words(165), ["165 rows", "165 bunches", "165 rows/s"]);
    }

    #[test]
    fn every_special_character_of_markup_is_escaped() {
        assert_eq!(escape_markup("<a b=\"1\">&"), "&lt;a b=&quot;1&quot;&gt;&amp;");
    }
}
