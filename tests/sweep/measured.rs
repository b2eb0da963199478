//! `data/measured_rows.txt` is a summary of the measured runs in `data/`.

use lockstep_core::scenario::{Field, MachineProfile, Scenario, profile_code, query};
use lockstep_core::sweep::{Sample, measured};
use lockstep_core::time::SimDuration;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

const SUMMARY: &str = "data/measured_rows.txt";
/// Files of measured runs, each with the profile of its machine; `None` is linux-vm.
const FILES: [(&str, Option<&str>); 4] = [
    ("real_runs.jsonl", None),
    ("machines/one-core.jsonl", Some("machines/one-core.profile.json")),
    ("machines/ram-disk.jsonl", Some("machines/ram-disk.profile.json")),
    ("machines/variants.jsonl", Some("machines/variants.profile.json")),
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The machine as parameters of a link.
fn machine(profile: Option<&str>) -> String {
    let code = |name| profile_code::encode(&MachineProfile::parse(&read(&format!("data/{name}"))).expect("a kept profile"));
    profile.map_or_else(|| "machine=linux-vm".to_owned(), |name| format!("machine=custom&profile={}", code(name)))
}

/// The scenario of a measured run, as a query string.
fn setting(run: &Map<String, Value>) -> String {
    let mut scenario = Scenario::default();
    for (field, name) in Field::ALL {
        let text = match run.get(*name) {
            Some(Value::Bool(on)) => u8::from(*on).to_string(),
            Some(Value::String(word)) => word.clone(),
            Some(number) => number.to_string(),
            None => continue,
        };
        scenario.set(*field, &text).expect("a measured setting");
    }
    query::write(&scenario)
}

fn sample(run: &Map<String, Value>) -> Sample {
    let rows = run["inserted"].as_u64().and_then(|rows| u32::try_from(rows).ok()).expect("rows");
    let elapsed = SimDuration::parse(&run["elapsed"].to_string()).expect("seconds");
    Sample { rows, elapsed: lockstep_core::time::SimTime::ZERO + elapsed }
}

/// The settings in a file, in their order there, each with its runs.
fn settings(name: &str) -> Vec<(String, Vec<Sample>)> {
    let mut settings: Vec<(String, Vec<Sample>)> = Vec::new();
    for line in read(&format!("data/{name}")).lines() {
        let run: Map<String, Value> = serde_json::from_str(line).expect("a measured run");
        let key = setting(&run);
        match settings.iter_mut().find(|(known, _)| *known == key) {
            Some((_, samples)) => samples.push(sample(&run)),
            None => settings.push((key, vec![sample(&run)])),
        }
    }
    settings
}

/// The summary of all files.
fn summary() -> String {
    let part = |(name, profile): (&str, Option<&str>)| {
        let lines = settings(name).into_iter().map(|(setting, samples)| measured::line(&setting, &samples));
        std::iter::once(measured::machine_line(&machine(profile))).chain(lines).collect::<String>()
    };
    FILES.into_iter().map(part).collect()
}

#[test]
fn the_summary_agrees_with_the_data_files() {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path(SUMMARY), summary()).expect("the file can be written");
    }
    assert!(read(SUMMARY) == summary(), "{SUMMARY} is out of date: run BLESS=1 cargo test -p lockstep-core --test sweep");
}

#[test]
fn the_summary_has_every_measured_setting_with_all_its_runs() {
    let settings = measured::settings();
    assert_eq!(settings.len(), 30 + 12 + 12 + 25);
    assert_eq!(settings.iter().map(|setting| setting.samples.len()).sum::<usize>(), 5 * 30 + 3 * (12 + 12 + 25));
    assert_eq!(settings.iter().filter(|setting| setting.scenario.profile.is_some()).count(), 12 + 12 + 25);
}
