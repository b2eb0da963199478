//! A machine's profile as a word that fits into a link: `profile=AQLI-wGgqBV...`.
//!
//! The first byte is the version. Then come the numbers of the profile in one fixed order, in nanoseconds, each as seven bits a byte, the
//! lowest first, with the eighth bit set where more follow (LEB128). The bytes are written as base64 of RFC 4648, section 5
//! (`-` and `_`), without padding. Nothing is rounded: the profile that is read back is the one that was written.

use super::machine::{CORES, Costs, MOST_MICROSECONDS, MachineProfile, ProfileError, REQUIRED_MODES, REQUIRED_SLEEPS_MS};
use crate::scenario::json::FieldError;

const VERSION: u8 = 1;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const MOST_NANOSECONDS: u64 = MOST_MICROSECONDS as u64 * 1000;
/// More than any profile needs: the version and 38 numbers of at most six bytes.
const MOST_LETTERS: usize = 320;

/// The profile as letters, digits, `-` and `_`.
#[must_use]
pub fn encode(profile: &MachineProfile) -> String {
    let mut bytes = vec![VERSION];
    for number in numbers(profile) {
        push(&mut bytes, number);
    }
    letters(&bytes)
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// If the text is not that, or a number in it is impossible; the message names which.
pub fn decode(text: &str) -> Result<MachineProfile, ProfileError> {
    if text.len() > MOST_LETTERS {
        return Err(ProfileError::Code("is too long"));
    }
    let bytes = bytes(text).ok_or(ProfileError::Code("has a letter that no such code has"))?;
    let Some((&VERSION, rest)) = bytes.split_first() else {
        return Err(ProfileError::Code("is empty or of a version that this page does not know"));
    };
    let mut numbers = Numbers { rest };
    let profile = profile(&mut numbers)?;
    if numbers.rest.is_empty() { Ok(profile) } else { Err(ProfileError::Code("goes on after its last number")) }
}

/// Every number of a profile, in the order of the code.
fn numbers(profile: &MachineProfile) -> impl Iterator<Item = u64> {
    let costs = profile.insert_ns.all().iter().zip(profile.commit_ns.all());
    std::iter::once(profile.cores.into())
        .chain(costs.flat_map(|(insert, commit)| [*insert, *commit]))
        .chain([profile.connect_ns, profile.schema_ns, profile.loop_callback_ns, profile.thread_round_trip_ns])
        .chain(profile.sleep_overshoot_ns)
}

fn profile(numbers: &mut Numbers) -> Result<MachineProfile, ProfileError> {
    let cores = u32::try_from(numbers.next()?).ok().filter(|cores| (CORES.0..=CORES.1).contains(cores));
    let cores = cores.ok_or_else(|| FieldError::new("", "cores", "not allowed; allowed: a whole number from 1 to 1024"))?;
    let (mut inserts, mut commits) = ([0; REQUIRED_MODES.len()], [0; REQUIRED_MODES.len()]);
    for (place, mode) in REQUIRED_MODES.iter().enumerate() {
        inserts[place] = numbers.nanoseconds("insert_us", mode)?;
        commits[place] = numbers.nanoseconds("commit_us", mode)?;
    }
    Ok(MachineProfile {
        cores,
        insert_ns: Costs::of(inserts),
        commit_ns: Costs::of(commits),
        connect_ns: numbers.nanoseconds("", "connect_us")?,
        schema_ns: numbers.nanoseconds("", "schema_us")?,
        loop_callback_ns: numbers.nanoseconds("", "loop_callback_us")?,
        thread_round_trip_ns: numbers.nanoseconds("", "thread_round_trip_us")?,
        sleep_overshoot_ns: [numbers.sleep(0)?, numbers.sleep(1)?, numbers.sleep(2)?],
    })
}

/// What is still to be read.
struct Numbers<'a> {
    rest: &'a [u8],
}

impl Numbers<'_> {
    fn next(&mut self) -> Result<u64, ProfileError> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS - 7).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or(ProfileError::Code("ends too early"))?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(ProfileError::Code("has a number that is far too large"))
    }

    /// How late the sleep at this place of [`REQUIRED_SLEEPS_MS`] returns.
    fn sleep(&mut self, place: usize) -> Result<u64, ProfileError> {
        self.nanoseconds("sleep_overshoot_us", &REQUIRED_SLEEPS_MS[place].to_string())
    }

    fn nanoseconds(&mut self, table: &str, key: &str) -> Result<u64, ProfileError> {
        let number = self.next()?;
        let too_long = || FieldError::new(table, key, "not allowed; allowed: microseconds from 0 to 60000000, a minute");
        if number <= MOST_NANOSECONDS { Ok(number) } else { Err(too_long().into()) }
    }
}

fn push(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    bytes.push(low_bits(number));
}

const fn low_bits(number: u64) -> u8 {
    (number & 0x7f) as u8
}

/// Three bytes are four letters; what is left over is filled with zero bits.
fn letters(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, place| bits << 8 | u32::from(group.get(place).copied().unwrap_or(0)));
        for place in 0..=group.len() {
            let letter = bits >> (18 - 6 * place) & 0x3f;
            text.push(char::from(ALPHABET[letter as usize]));
        }
    }
    text
}

/// The bytes that `text` stands for; none if it has another letter or a length that no bytes have.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for place in 0..4 {
            let value = match group.get(place) {
                Some(letter) => ALPHABET.iter().position(|other| other == letter)?,
                None => 0,
            };
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        let [_, whole @ ..] = bits.to_be_bytes();
        bytes.extend_from_slice(&whole[..group.len() - 1]);
    }
    (text.len() % 4 != 1).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn any_profile() -> impl Strategy<Value = MachineProfile> {
        (CORES.0..=CORES.1, vec(0..=MOST_NANOSECONDS, 37)).prop_map(|(cores, costs)| {
            let modes = |from: usize| Costs::of(std::array::from_fn(|place| costs[from + place]));
            MachineProfile {
                cores,
                insert_ns: modes(0),
                commit_ns: modes(15),
                connect_ns: costs[30],
                schema_ns: costs[31],
                loop_callback_ns: costs[32],
                thread_round_trip_ns: costs[33],
                sleep_overshoot_ns: [costs[34], costs[35], costs[36]],
            }
        })
    }

    fn message(text: &str) -> String {
        decode(text).expect_err("it is wrong").to_string()
    }

    #[test]
    fn a_measured_profile_is_short_enough_for_a_link() {
        let code = encode(&MachineProfile::linux_vm());
        assert!(code.len() < 160, "{} letters", code.len());
        assert!(code.bytes().all(|letter| ALPHABET.contains(&letter)), "nothing that a link would have to escape");
    }

    #[test]
    fn a_code_that_is_wrong_is_answered_with_what_is_wrong() {
        let good = encode(&MachineProfile::linux_vm());
        for (code, said) in [
            ("", "version"),
            ("A", "letter"),
            ("Zm9v", "version"),
            (&good[..40], "ends too early"),
            (&format!("{good}AAAA"), "goes on"),
            (&good.replace('A', "="), "letter"),
            (&"A".repeat(100_000), "too long"),
            (&letters(&[VERSION, 0]), "cores: not allowed; allowed: a whole number from 1 to 1024"),
            (&letters(&[&[VERSION][..], &[0xff; 12]].concat()), "far too large"),
            (
                &letters(&[VERSION, 2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02]),
                "insert_us: delete/full: not allowed; allowed: microseconds from 0",
            ),
        ] {
            assert!(message(code).contains(said), "{code:.50}: {}", message(code));
        }
    }

    proptest! {
        #[test]
        fn every_profile_is_read_back_as_it_was_written(profile in any_profile()) {
            prop_assert_eq!(decode(&encode(&profile)), Ok(profile));
        }

        #[test]
        fn no_text_is_too_strange_to_be_refused(text in ".{0,200}", bytes in vec(any::<u8>(), 0..200)) {
            let _ = decode(&text);
            let _ = decode(&letters(&[&[VERSION][..], &bytes].concat()));
            prop_assert_eq!(super::bytes(&letters(&bytes)), Some(bytes));
        }
    }
}
