//! Checks the rules of the Trace Event Format that exported files must follow.
//!
//! They are taken from the format's specification and from Perfetto's guide: which fields each
//! phase has, that slices of a thread nest, and that Perfetto identifies a thread by its number
//! alone.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The violations of the rules in a file, one message each.
pub(crate) fn violations(text: &str) -> Vec<String> {
    let Ok(file) = serde_json::from_str::<Value>(text) else { return vec!["not JSON".to_owned()] };
    let Some(events) = file["traceEvents"].as_array() else { return vec!["traceEvents: not an array".to_owned()] };
    let mut checker = Checker::default();
    if !matches!(file["displayTimeUnit"].as_str(), Some("ms" | "ns")) {
        checker.violations.push("displayTimeUnit: not ms or ns".to_owned());
    }
    events.iter().for_each(|event| checker.check_event(event));
    checker.check_names();
    checker.violations
}

#[derive(Default)]
struct Checker {
    violations: Vec<String>,
    /// The timestamp of the previous event.
    last: u64,
    /// The ends of the open slices of each thread.
    open: BTreeMap<(u64, u64), Vec<u64>>,
    process_of: BTreeMap<u64, u64>,
    used: BTreeSet<(u64, u64)>,
    processes_named: BTreeSet<u64>,
    threads_named: BTreeSet<(u64, u64)>,
}

impl Checker {
    fn require(&mut self, holds: bool, rule: &str, event: &Value) {
        if !holds {
            self.violations.push(format!("{rule}: {event}"));
        }
    }

    fn check_event(&mut self, event: &Value) {
        let (Some(pid), Some(tid)) = (event["pid"].as_u64(), event["tid"].as_u64()) else {
            return self.require(false, "pid and tid are whole numbers", event);
        };
        self.require(event["name"].as_str().is_some_and(|name| !name.is_empty()), "an event has a name", event);
        self.require(event["args"].is_object(), "args is an object", event);
        let process = *self.process_of.entry(tid).or_insert(pid);
        self.require(process == pid, "a thread's number belongs to one process", event);
        if event["ph"] == "M" {
            return self.check_metadata(event, (pid, tid));
        }
        self.used.insert((pid, tid));
        let Some(ts) = event["ts"].as_u64() else { return self.require(false, "ts is whole microseconds", event) };
        self.require(ts >= self.last, "events are in order of time", event);
        self.last = ts;
        match event["ph"].as_str() {
            Some("X") => self.check_slice(event, (pid, tid), ts),
            Some("i") => self.require(matches!(event["s"].as_str(), Some("g" | "p" | "t")), "an instant has a scope", event),
            Some("C") => {
                let numbers =
                    event["args"].as_object().is_some_and(|args| !args.is_empty() && args.values().all(Value::is_number));
                self.require(numbers, "the args of a counter are numbers", event);
            }
            _ => self.require(false, "the phase is M, X, i or C", event),
        }
    }

    fn check_slice(&mut self, event: &Value, track: (u64, u64), ts: u64) {
        let Some(dur) = event["dur"].as_u64() else { return self.require(false, "a slice has a duration", event) };
        let open = self.open.entry(track).or_default();
        while open.last().is_some_and(|end| *end <= ts) {
            open.pop();
        }
        let nests = open.last().is_none_or(|end| ts + dur <= *end);
        open.push(ts + dur);
        self.require(nests, "slices of a thread nest", event);
    }

    fn check_metadata(&mut self, event: &Value, (pid, tid): (u64, u64)) {
        let args = &event["args"];
        let fits = match event["name"].as_str() {
            Some("process_name") => self.processes_named.insert(pid) && args["name"].is_string(),
            Some("thread_name") => self.threads_named.insert((pid, tid)) && args["name"].is_string(),
            Some("process_sort_index" | "thread_sort_index") => args["sort_index"].is_i64(),
            _ => false,
        };
        self.require(fits, "metadata is valid and unique", event);
    }

    /// Checks that all used processes and threads have names.
    fn check_names(&mut self) {
        for (pid, tid) in &self.used {
            if !self.processes_named.contains(pid) || !self.threads_named.contains(&(*pid, *tid)) {
                self.violations.push(format!("process {pid}, thread {tid}: no name"));
            }
        }
    }
}

#[test]
fn the_checker_finds_each_violation() {
    let name = r#"{"ph":"M","pid":1,"tid":1,"name":"process_name","args":{"name":"p"}},{"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{"name":"t"}}"#;
    let violations = |events: &str| violations(&format!(r#"{{"displayTimeUnit":"ms","traceEvents":[{name},{events}]}}"#));
    let slice = |ts: u32, dur: u32| format!(r#"{{"ph":"X","pid":1,"tid":1,"name":"s","ts":{ts},"dur":{dur},"args":{{}}}}"#);
    assert_eq!(violations(&[slice(0, 10), slice(2, 3), slice(5, 5), slice(10, 1)].join(",")), Vec::<String>::new());
    for (events, rule) in [
        ([slice(0, 10), slice(5, 10)].join(","), "slices of a thread nest"),
        ([slice(5, 1), slice(0, 1)].join(","), "events are in order of time"),
        (slice(0, 1).replace("\"dur\":1,", ""), "a slice has a duration"),
        (slice(0, 1).replace("\"tid\":1", "\"tid\":2"), "process 1, thread 2: no name"),
        (slice(0, 1).replace("\"pid\":1", "\"pid\":2"), "a thread's number belongs to one process"),
        (slice(0, 1).replace("\"X\"", "\"i\""), "an instant has a scope"),
        (slice(0, 1).replace("\"X\"", "\"C\""), "the args of a counter are numbers"),
        (slice(0, 1).replace("\"X\"", "\"Q\""), "the phase is M, X, i or C"),
    ] {
        assert!(violations(&events).iter().any(|found| found.starts_with(rule)), "{rule}: {:?}", violations(&events));
    }
}
