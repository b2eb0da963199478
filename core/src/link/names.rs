//! Some of a short list of names, as a link has them: separated by commas, in the list's order.

/// Which names of a list are meant, a bit each. Lists have at most 32 names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names(u32);

impl Names {
    /// The names at these places of the list.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// A bit for each name that is meant.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether the name at `place` is meant.
    #[must_use]
    pub const fn has(self, place: u32) -> bool {
        self.0 >> place & 1 == 1
    }

    /// The same with the name at `place`, or without it.
    #[must_use]
    pub const fn with(self, place: u32, on: bool) -> Self {
        Self(self.0 & !(1 << place) | (on as u32) << place)
    }

    /// Reads the names in `text`; what is in the list is taken, and the second value says whether everything was.
    #[must_use]
    pub fn read(text: &str, list: &[&str]) -> (Self, bool) {
        let mut read = (Self::default(), true);
        for word in text.split(',').filter(|word| !word.is_empty()) {
            match (0..).zip(list).find(|(_, name)| slug(name) == word) {
                Some((place, _)) => read.0 = read.0.with(place, true),
                None => read.1 = false,
            }
        }
        read
    }

    /// The names, separated by commas.
    #[must_use]
    pub fn write(self, list: &[&str]) -> String {
        let meant = (0..).zip(list).filter(|(place, _)| self.has(*place));
        meant.map(|(_, name)| slug(name)).collect::<Vec<_>>().join(",")
    }
}

/// Words of the page as one word of a link: "First attempt" is `first-attempt`.
#[must_use]
pub fn slug(name: &str) -> String {
    name.to_ascii_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIST: [&str; 4] = ["clock", "lock-state", "First attempt", "asleep in back-off"];

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bits in 0_u32..16) {
            let names = Names::from_bits(bits);
            prop_assert_eq!(Names::read(&names.write(&LIST), &LIST), (names, true));
        }

        #[test]
        fn any_text_is_read(text in ".*") {
            let (names, _) = Names::read(&text, &LIST);
            prop_assert!(names.bits() < 16);
        }
    }

    #[test]
    fn an_unknown_name_is_told_and_the_others_are_taken() {
        assert_eq!(Names::read("clock,clocks,first-attempt", &LIST), (Names::from_bits(0b101), false));
        assert_eq!(Names::read("", &LIST), (Names::default(), true));
    }
}
