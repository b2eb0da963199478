//! Reads what the commands take: scenarios, numbers, files and standard input.

use crate::failure::Failure;
use crate::field_help;
use clap::Args;
use lockstep_core::link;
use lockstep_core::model;
use lockstep_core::scenario::{MachineProfile, Scenario, json};
use lockstep_core::text::quoted;
use lockstep_core::trace::Trace;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The scenario of a run, with the machine it runs on.
#[derive(Args)]
#[command(after_help = field_help::text())]
pub(crate) struct ScenarioArguments {
    /// Takes the costs of the machine from FILE, which calibrate/machine_profile.py wrote
    #[arg(long, value_name = "FILE", allow_hyphen_values = true)]
    machine_profile: Option<PathBuf>,

    /// Fields and their values, such as "tasks=1000&timeout=5"; a field that is left out has its
    /// default
    #[arg(value_name = "SCENARIO", default_value = "", hide_default_value = true)]
    query: String,
}

impl ScenarioArguments {
    /// The scenario.
    ///
    /// # Errors
    /// If the profile or a field cannot be used.
    pub(crate) fn scenario(&self) -> Result<Scenario, Failure> {
        let profile = self.machine_profile.as_deref().map(read_profile).transpose()?;
        link::read_strictly(&self.query, profile).map_err(|errors| {
            let messages: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Failure::bad_input(messages.join("\n"))
        })
    }

    /// The run of the scenario.
    ///
    /// # Errors
    /// If the profile or a field cannot be used, or the run is too large.
    pub(crate) fn trace(&self) -> Result<Trace, Failure> {
        model::run(&self.scenario()?).map_err(Failure::bad_input)
    }

    /// The scenario as it was given.
    pub(crate) fn query(&self) -> &str {
        &self.query
    }
}

fn read_profile(path: &Path) -> Result<MachineProfile, Failure> {
    let option = format!("--machine-profile {}", path.display());
    let file = File::open(path).map_err(|error| Failure::BadInput(format!("{option}: {error}")))?;
    let bytes = read_at_most(json::MOST_BYTES, &option, file)?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::BadInput(format!("{option}: it is not UTF-8 text")))?;
    MachineProfile::parse(&text).map_err(|error| Failure::BadInput(format!("{option}: {error}")))
}

/// All bytes of `source`, whose `name` is used in messages. `limit` is in bytes, a whole number of
/// megabytes.
///
/// # Errors
/// If it cannot be read or has more than `limit` bytes.
pub(crate) fn read_at_most(limit: usize, name: &str, source: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte more tells a source of exactly `limit` bytes from a longer one.
    let read = source.take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::BadInput(format!("{name}: {error}")))?;
    if bytes.len() > limit {
        return Err(Failure::BadInput(format!("{name}: it is too long; allowed: at most {} MB", limit / 1_000_000)));
    }
    Ok(bytes)
}

/// The whole number that is given for `option`.
///
/// # Errors
/// If it is not a whole number between `least` and `most`, both included.
pub(crate) fn count(option: &str, text: &str, least: u32, most: u32) -> Result<u32, Failure> {
    text.parse().ok().filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        let value = quoted(text);
        Failure::BadInput(format!("{option}: {value} is not allowed; allowed: a whole number from {least} to {most}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_may_have_as_many_bytes_as_the_limit_and_an_endless_one_is_refused() {
        let length = |source: &[u8]| read_at_most(1_000_000, "it", source).map(|bytes| bytes.len());
        assert!(matches!(length(&vec![b'1'; 1_000_000]), Ok(1_000_000)));
        for refusal in [length(&vec![b'1'; 1_000_001]), read_at_most(1_000_000, "it", std::io::repeat(0)).map(|_| 0)] {
            let Err(Failure::BadInput(message)) = refusal else { panic!("it is refused") };
            assert_eq!(message, "it: it is too long; allowed: at most 1 MB");
        }
    }
}
