//! A machine's profile as a word that fits into a link: `profile=AQLI-wGgqBV...`.
//!
//! The numbers are in nanoseconds, in the order of [`Code`], as postcard writes them (LEB128). The
//! bytes are base64 with `-` and `_` and without padding. Nothing is rounded: the profile that is
//! read back is the one that was written.

use super::machine::{CORES, Costs, MOST_MICROSECONDS, MachineProfile, ProfileError, REQUIRED_MODES, REQUIRED_SLEEPS_MS};
use crate::scenario::json::FieldError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

const VERSION: u8 = 1;
const MOST_NANOSECONDS: u64 = MOST_MICROSECONDS as u64 * 1000;
/// More than any profile needs: the version and 38 numbers of at most six bytes.
const MOST_LETTERS: usize = 320;

/// A profile in the order in which a code has its numbers, which may never change. All but
/// `version` and `cores` are in nanoseconds.
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

/// The profile as letters, digits, `-` and `_`.
///
/// # Panics
/// Never: numbers always have bytes.
#[must_use]
pub fn encode(profile: &MachineProfile) -> String {
    let bytes = postcard::to_allocvec(&Code::of(profile)).expect("numbers always have bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// If the text is not that, or a number in it is impossible; the message names which.
pub fn decode(text: &str) -> Result<MachineProfile, ProfileError> {
    if text.len() > MOST_LETTERS {
        return Err(ProfileError::Code("is too long"));
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| ProfileError::Code("has a letter that no such code has"))?;
    if bytes.first() != Some(&VERSION) {
        return Err(ProfileError::Code("is empty or of a version that this page does not know"));
    }
    let (code, rest) = postcard::take_from_bytes::<Code>(&bytes).map_err(|error| match error {
        postcard::Error::DeserializeUnexpectedEnd => ProfileError::Code("ends too early"),
        _ => ProfileError::Code("has a number that is far too large"),
    })?;
    if rest.is_empty() { code.profile() } else { Err(ProfileError::Code("goes on after its last number")) }
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

fn check(table: &str, field: &str, nanoseconds: u64) -> Result<(), FieldError> {
    if nanoseconds <= MOST_NANOSECONDS {
        return Ok(());
    }
    Err(FieldError::new(table, field, "not allowed; allowed: microseconds from 0 to 60000000, a minute"))
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

    /// A code of the known version with these bytes.
    fn of_bytes(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode([&[VERSION], bytes].concat())
    }

    fn message(text: &str) -> String {
        decode(text).expect_err("it is wrong").to_string()
    }

    #[test]
    fn a_measured_profile_is_short_enough_for_a_link() {
        let code = encode(&MachineProfile::linux_vm());
        assert!(code.len() < 160, "{} letters", code.len());
        assert!(
            code.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter)),
            "nothing that a link would have to escape"
        );
    }

    /// Links that people have kept must stay valid.
    #[test]
    fn codes_in_old_links_are_read_and_written_as_they_were() {
        let kept = include_str!("../../../data/machine_profile.jsonl").lines();
        let parsed = kept.map(|line| MachineProfile::parse(line).expect("a kept profile"));
        let (costs, most) = (|ns| Costs::of([ns; REQUIRED_MODES.len()]), MOST_NANOSECONDS);
        let longest = MachineProfile {
            cores: 1024,
            insert_ns: costs(most),
            commit_ns: costs(most),
            connect_ns: most,
            schema_ns: most,
            loop_callback_ns: most,
            thread_round_trip_ns: most,
            sleep_overshoot_ns: [most; 3],
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
            (&of_bytes(&[0; 38]), "cores: not allowed; allowed: a whole number from 1 to 1024"),
            (&of_bytes(&[0xff; 12]), "far too large"),
            (
                &of_bytes(&[&[2, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02][..], &[0; 36]].concat()),
                "insert_us: delete/full: not allowed; allowed: microseconds from 0",
            ),
            (
                &of_bytes(&[&[2][..], &[0; 36], &[0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]].concat()),
                "sleep_overshoot_us: 100: not allowed",
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
            let _ = decode(&of_bytes(&bytes));
        }
    }
}
