//! Encodes a machine profile for a link: `profile=AQLI-wGgqBV...`.
//!
//! The numbers are nanoseconds in the order of `Code`, encoded by postcard (LEB128) and then by
//! URL-safe base64 without padding. Nothing is rounded, so decoding returns an equal profile.

use super::machine::{CORES, Costs, MAX_MICROSECONDS, MachineProfile, ProfileError, REQUIRED_MODES, REQUIRED_SLEEPS_MS};
use crate::scenario::json::FieldError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

const VERSION: u8 = 1;
const MAX_NANOSECONDS: u64 = MAX_MICROSECONDS as u64 * 1000;
/// Longer than any code, which has the version and 38 numbers of at most six bytes.
const MAX_LETTERS: usize = 320;

/// The numbers of a profile in the order in which they are encoded. Never change this order. All
/// except `version` and `cores` are in nanoseconds.
#[derive(Serialize, Deserialize)]
struct Code {
    version: u8,
    cores: u32,
    /// INSERT and COMMIT in each mode, in the order of [`REQUIRED_MODES`].
    insert_and_commit: [(u64, u64); REQUIRED_MODES.len()],
    connect: u64,
    schema: u64,
    loop_callback: u64,
    thread_round_trip: u64,
    sleep_overshoot: [u64; REQUIRED_SLEEPS_MS.len()],
}

/// Encodes a profile as letters, digits, `-` and `_`.
///
/// # Panics
/// Never: numbers can always be serialized.
#[must_use]
pub fn encode(profile: &MachineProfile) -> String {
    let bytes = postcard::to_allocvec(&Code::of(profile)).expect("numbers can always be serialized");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes the output of [`encode`].
///
/// # Errors
/// If the text is not such a code, or a number is out of range. The message names the number.
pub fn decode(text: &str) -> Result<MachineProfile, ProfileError> {
    if text.len() > MAX_LETTERS {
        return Err(ProfileError::Code("is too long"));
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| ProfileError::Code("contains an invalid letter"))?;
    if bytes.first() != Some(&VERSION) {
        return Err(ProfileError::Code("is empty or has an unknown version"));
    }
    let (code, rest) = postcard::take_from_bytes::<Code>(&bytes).map_err(|error| match error {
        postcard::Error::DeserializeUnexpectedEnd => ProfileError::Code("ends too early"),
        _ => ProfileError::Code("has a number that is much too large"),
    })?;
    if rest.is_empty() { code.profile() } else { Err(ProfileError::Code("continues after its last number")) }
}

impl Code {
    fn of(profile: &MachineProfile) -> Self {
        let (inserts, commits) = (profile.insert_ns.all(), profile.commit_ns.all());
        Self {
            version: VERSION,
            cores: profile.cores,
            insert_and_commit: std::array::from_fn(|mode| (inserts[mode], commits[mode])),
            connect: profile.connect_ns,
            schema: profile.schema_ns,
            loop_callback: profile.loop_callback_ns,
            thread_round_trip: profile.thread_round_trip_ns,
            sleep_overshoot: profile.sleep_overshoot_ns,
        }
    }

    fn profile(self) -> Result<MachineProfile, ProfileError> {
        if !(CORES.0..=CORES.1).contains(&self.cores) {
            return Err(FieldError::new("", "cores", "not allowed; allowed: a whole number from 1 to 1024").into());
        }
        for (mode, (insert, commit)) in REQUIRED_MODES.iter().zip(self.insert_and_commit) {
            check("insert_us", mode, insert)?;
            check("commit_us", mode, commit)?;
        }
        check("", "connect_us", self.connect)?;
        check("", "schema_us", self.schema)?;
        check("", "loop_callback_us", self.loop_callback)?;
        check("", "thread_round_trip_us", self.thread_round_trip)?;
        for (asked, overshoot) in REQUIRED_SLEEPS_MS.iter().zip(self.sleep_overshoot) {
            check("sleep_overshoot_us", &asked.to_string(), overshoot)?;
        }
        Ok(MachineProfile {
            cores: self.cores,
            insert_ns: Costs::of(self.insert_and_commit.map(|(insert, _)| insert)),
            commit_ns: Costs::of(self.insert_and_commit.map(|(_, commit)| commit)),
            connect_ns: self.connect,
            schema_ns: self.schema,
            loop_callback_ns: self.loop_callback,
            thread_round_trip_ns: self.thread_round_trip,
            sleep_overshoot_ns: self.sleep_overshoot,
        })
    }
}

fn check(parent: &str, field: &str, nanoseconds: u64) -> Result<(), FieldError> {
    if nanoseconds <= MAX_NANOSECONDS {
        return Ok(());
    }
    Err(FieldError::new(parent, field, "not allowed; allowed: microseconds from 0 to 60000000 (one minute)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn any_profile() -> impl Strategy<Value = MachineProfile> {
        (CORES.0..=CORES.1, vec(0..=MAX_NANOSECONDS, 37)).prop_map(|(cores, costs)| {
            let modes = |from: usize| Costs::of(std::array::from_fn(|index| costs[from + index]));
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

    /// A code of the current version with these bytes.
    fn of_bytes(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode([&[VERSION], bytes].concat())
    }

    fn message(text: &str) -> String {
        decode(text).expect_err("an error").to_string()
    }

    #[test]
    fn a_measured_profile_is_short_enough_for_a_link() {
        let code = encode(&MachineProfile::linux_vm());
        assert!(code.len() < 160, "{} letters", code.len());
        assert!(
            code.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter)),
            "nothing needs to be escaped in a link"
        );
    }

    /// Existing links must stay valid.
    #[test]
    fn codes_in_old_links_are_still_decoded_and_encoded_the_same() {
        let lines = include_str!("../../../data/machine_profile.jsonl").lines();
        let parsed = lines.map(|line| MachineProfile::parse(line).expect("a measured profile"));
        let (costs, max) = (|ns| Costs::of([ns; REQUIRED_MODES.len()]), MAX_NANOSECONDS);
        let longest = MachineProfile {
            cores: 1024,
            insert_ns: costs(max),
            commit_ns: costs(max),
            connect_ns: max,
            schema_ns: max,
            loop_callback_ns: max,
            thread_round_trip_ns: max,
            sleep_overshoot_ns: [max; 3],
        };
        let profiles = std::iter::once(MachineProfile::linux_vm()).chain(parsed.take(2)).chain([longest]);
        let longest_code = format!("AYAI{}", "gLCdwt8B".repeat(37));
        let codes = [
            "AQLI-wGAmCr0_QGeoyPOfKxNhsYB3swqkLIBwN4f1GHERayxAaSDLd6xAe7uKOpi5inCTpjqDMJOtscMgin-Iao92KsMlhq2Ocga0jiijgui2AOBDZztBZTfBeqeBtj5Cw",
            "AQK43wH8gCeM9gHoiCHscpBOjPMCoMos-IEDmJUgqF_gRLy0AYidLdizAaTpJJhcpCacSrD-C4BLyKgMwCWgH5A1zJkLgBmsNIAZgDK0iAukzATwC6y-BeCWB6SRB7iSCg",
            "AQLI3wKM0ibA0QKE2R-oeKxNyOIBkOcy5MgB0Mkn1GGoRqyxAbz7LIDIAeD7KJxjmCrEXtjdDMRehJUMtCmwIoBL0O4KyBrcPcga6Dno5grg1AOkDdDkBaDbBZSqBrDoCg",
            &longest_code,
        ];
        for (profile, code) in profiles.zip(codes) {
            assert_eq!((encode(&profile).as_str(), decode(code)), (code, Ok(profile)));
        }
    }

    #[test]
    fn an_invalid_code_has_a_message_that_says_why() {
        let good = encode(&MachineProfile::linux_vm());
        for (code, expected) in [
            ("", "version"),
            ("A", "letter"),
            ("Zm9v", "version"),
            (&good[..40], "ends too early"),
            (&format!("{good}AAAA"), "continues after"),
            (&good.replace('A', "="), "letter"),
            (&"A".repeat(100_000), "too long"),
            (&of_bytes(&[0; 38]), "cores: not allowed; allowed: a whole number from 1 to 1024"),
            (&of_bytes(&[0xff; 12]), "much too large"),
            (
                &of_bytes(&[&[2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02][..], &[0; 36]].concat()),
                "insert_us: delete/full: not allowed; allowed: microseconds from 0",
            ),
            (
                &of_bytes(&[&[2][..], &[0; 36], &[0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]].concat()),
                "sleep_overshoot_us: 100: not allowed",
            ),
        ] {
            assert!(message(code).contains(expected), "{code:.50}: {}", message(code));
        }
    }

    proptest! {
        #[test]
        fn every_profile_round_trips(profile in any_profile()) {
            prop_assert_eq!(decode(&encode(&profile)), Ok(profile));
        }

        #[test]
        fn arbitrary_text_and_bytes_do_not_panic(text in ".{0,200}", bytes in vec(any::<u8>(), 0..200)) {
            let _ = decode(&text);
            let _ = decode(&of_bytes(&bytes));
        }
    }
}
