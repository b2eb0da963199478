//! Findings are true of the trace, and each is reported exactly when it happened.

use lockstep_core::findings::{Finding, findings};
use lockstep_core::link;
use lockstep_core::model::run;
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{Call, EventKind, Snapshot, Statement, Trace, TraceIndex};
use std::collections::BTreeSet;

/// A run and its findings.
struct Run {
    query: &'static str,
    trace: Trace,
    index: TraceIndex,
    findings: Vec<Finding>,
}

fn run_with_findings(query: &'static str) -> Run {
    let trace = run(&link::read_strictly(query, None).expect("a scenario")).expect("a run that fits");
    let index = TraceIndex::of(&trace);
    let findings = findings(&trace, &index);
    Run { query, trace, index, findings }
}

impl Run {
    fn names(&self) -> BTreeSet<&'static str> {
        self.findings.iter().map(|finding| finding.name).collect()
    }
}

/// Scenarios with different findings.
const SCENARIOS: [&str; 24] = [
    "",
    "machine=linux-vm",
    "machine=linux-vm&tasks=200",
    "machine=linux-vm&tasks=20",
    "machine=linux-vm&tasks=1",
    "machine=linux-vm&tasks=2&timeout=1",
    "sleep=2",
    "sleep=2&machine=linux-vm&journal=wal",
    "sleep=0.1&tasks=300&machine=linux-vm",
    "machine=linux-vm&timeout=0",
    "machine=linux-vm&tasks=300&timeout=1&keep_going=1",
    "machine=linux-vm&tasks=300&timeout=60",
    "machine=linux-vm&tasks=300&journal=wal&timeout=0.3",
    "tasks=100&timeout=1",
    "tasks=50&timeout=2&synchronous=off",
    "machine=linux-vm&tasks=2000&seed=7",
    "machine=linux-vm&tasks=20&read_first=1",
    "machine=linux-vm&tasks=20&read_first=1&begin=immediate",
    "machine=linux-vm&tasks=20&read_first=1&journal=wal&retries=3",
    "machine=linux-vm&tasks=100&read_first=1&keep_going=1&timeout=1",
    "strategy=shared-connection",
    "machine=linux-vm&strategy=single-transaction&sleep=1",
    "strategy=semaphore&limit=3&tasks=200&sleep=0.1",
    "machine=mac-laptop&tasks=300&retries=2&timeout=1",
];

#[test]
fn each_scenario_has_the_expected_findings_and_not_the_excluded_ones() {
    let cases: [(&str, &[&str], &[&str]); 15] = [
        (
            "",
            &["all-connect-first", "held-in-a-pass", "lock-lay-free", "bunches", "wall-time", "volley", "hangs"],
            &["holder-asleep", "refused-at-once"],
        ),
        (
            "machine=linux-vm&timeout=2",
            &["all-connect-first", "held-in-a-pass", "overtaken", "hangs"],
            &["holder-asleep", "wal-did-not-help"],
        ),
        (
            "sleep=2",
            &["holder-asleep", "lock-left-held", "hangs", "wall-time"],
            &["lock-lay-free", "last-of-its-budget", "bunches"],
        ),
        ("sleep=2&journal=wal", &["holder-asleep", "wal-did-not-help"], &["commit-bounced"]),
        (
            "machine=linux-vm&tasks=300&timeout=60",
            &["overtaken"],
            &["hangs", "volley", "wall-time", "lock-left-held", "wal-did-not-help"],
        ),
        ("machine=linux-vm&tasks=300&timeout=1&keep_going=1", &["volley"], &["hangs", "lock-left-held", "wall-time"]),
        ("machine=linux-vm&tasks=300&timeout=60&journal=wal", &[], &["wal-did-not-help", "hangs"]),
        ("machine=linux-vm&timeout=0", &["hangs"], &["volley", "wall-time", "refused-at-once", "bunches"]),
        ("machine=linux-vm&tasks=20&read_first=1", &["refused-at-once"], &["wall-time", "one-commit"]),
        ("machine=linux-vm&tasks=20&read_first=1&journal=wal", &["refused-at-once"], &["wal-did-not-help", "commit-bounced"]),
        ("machine=linux-vm&tasks=20&read_first=1&begin=immediate&seed=3", &[], &["refused-at-once", "commit-bounced"]),
        (
            "machine=linux-vm&tasks=100&read_first=1&keep_going=1&timeout=1",
            &["refused-at-once", "commit-bounced"],
            &["hangs", "volley", "wall-time"],
        ),
        ("strategy=shared-connection", &["one-commit"], &["bunches", "overtaken", "lock-lay-free", "hangs"]),
        ("strategy=single-transaction", &["one-commit"], &["all-connect-first", "overtaken", "volley"]),
        ("machine=linux-vm&tasks=1", &[], &["all-connect-first", "lock-lay-free", "overtaken", "one-commit", "hangs"]),
    ];
    for (query, expected, excluded) in cases {
        let names = run_with_findings(query).names();
        for name in expected {
            assert!(names.contains(name), "?{query}: {name} is missing; found {names:?}");
        }
        for name in excluded {
            assert!(!names.contains(name), "?{query}: {name} did not happen; found {names:?}");
        }
    }
}

#[test]
fn every_finding_has_a_headline_two_or_three_sentences_a_fact_and_a_moment_in_the_run() {
    let facts = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/facts.md")).expect("the facts");
    for query in SCENARIOS {
        let run = run_with_findings(query);
        assert_eq!(run.names().len(), run.findings.len(), "?{query}: a finding is reported twice");
        for Finding { name, headline, text, fact, highlight } in &run.findings {
            let sentences = text.matches(". ").count() + usize::from(text.ends_with('.'));
            assert!((2..=3).contains(&sentences) && !headline.is_empty(), "{name}: {sentences} sentences: {text}");
            assert!(!headline.ends_with('.') && !text.contains("  ") && text.len() < 330, "{name}: {headline}: {text}");
            assert!(facts.lines().any(|line| line.starts_with(&format!("{fact} "))), "{name}: fact {fact}");
            assert!(
                (highlight.window.0..=highlight.window.1).contains(&highlight.at) && highlight.window.0 < highlight.window.1,
                "{name}: {highlight:?}"
            );
            assert!(highlight.at <= run.trace.end(), "?{query}: {name}: {highlight:?}");
            assert!(
                highlight.task.is_none_or(|task| (1..=run.trace.scenario.tasks).contains(&task.number())),
                "{name}: {highlight:?}"
            );
        }
    }
}

#[test]
fn every_finding_is_visible_in_the_trace_at_its_moment() {
    let mut seen = BTreeSet::new();
    for query in SCENARIOS {
        let run = run_with_findings(query);
        for finding in &run.findings {
            assert!(is_visible(&run, finding), "?{query}: {}: {} at {}", finding.name, finding.headline, finding.highlight.at);
            seen.insert(finding.name);
        }
    }
    assert!(seen.len() >= 11, "the scenarios should have nearly all findings: {seen:?}");
}

/// Whether the trace shows what `finding` says. It checks this in another way than the finding's
/// rule does.
fn is_visible(run: &Run, finding: &Finding) -> bool {
    let (at, task) = (finding.highlight.at, finding.highlight.task);
    let now = Snapshot::at(&run.trace, &run.index, at);
    let holder = now.holder.map(|holder| holder.hold.task);
    let past = &run.trace.events[..run.trace.events_until(at)];
    match finding.name {
        "all-connect-first" => {
            let queued = past.iter().filter(|event| event.kind == EventKind::CallQueued { call: Call::Execute });
            let connected = past.iter().filter(|event| event.kind == EventKind::CallReturned { call: Call::Connect, ok: true });
            queued.count() >= 1 && connected.count() * 2 >= run.trace.scenario.tasks as usize
        }
        "held-in-a-pass" => {
            holder == task && run.trace.events.iter().all(|event| Some(event.task) != task || !is_sleep_at(event, at))
        }
        "holder-asleep" => holder == task && !now.waiters.is_empty(),
        "lock-lay-free" => holder.is_none() && !now.waiters.is_empty(),
        "bunches" => now.waiters.len() >= 12,
        "overtaken" => {
            let first_attempt = run.index.waits.of(task.expect("a task")).iter().map(|wait| wait.from).min().unwrap_or(at);
            holder == task && now.waiters.iter().filter(|waiter| waiter.since < first_attempt).count() >= 3
        }
        "last-of-its-budget" => holder == task,
        "commit-bounced" => past.iter().any(|event| {
            Some(event.task) == task && event.kind == EventKind::Attempt { statement: Statement::Commit, granted: false }
        }),
        "refused-at-once" => run
            .trace
            .events
            .iter()
            .filter(|event| Some(event.task) == task)
            .any(|event| event.at == at && event.kind == EventKind::Attempt { statement: Statement::Insert, granted: false }),
        "wall-time" | "volley" => past.iter().any(|event| matches!(event.kind, EventKind::CallReturned { ok: false, .. })),
        "lock-left-held" => {
            now.stopped && holder == task && Snapshot::at(&run.trace, &run.index, run.trace.end()).holder.is_some()
        }
        "hangs" => now.stopped && run.index.outcome.would_hang,
        "wal-did-not-help" => now.errors > 0,
        "one-commit" => run.index.outcome.errors == 0,
        name => panic!("{name} needs a check here"),
    }
}

fn is_sleep_at(event: &lockstep_core::trace::Event, at: lockstep_core::time::SimTime) -> bool {
    matches!(event.kind, EventKind::Sleep { asked_us } if event.at <= at && at <= event.at + SimDuration::from_micros(asked_us.into()))
}

#[test]
fn the_default_run_has_5_to_12_findings() {
    let run = run_with_findings("");
    let texts: Vec<_> = run.findings.iter().map(|finding| format!("{}\n    {}\n", finding.headline, finding.text)).collect();
    println!("{}", texts.concat());
    assert!((5..=12).contains(&texts.len()), "{} findings: {}", texts.len(), run.query);
}
