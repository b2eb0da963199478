//! The rules of the Trace Event Format, as far as the files here use it.
//!
//! From the format's own document and from Perfetto's guide to it: which fields each phase has, that slices of a thread nest, and
//! that a thread's number is what Perfetto knows it by.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What breaks a rule, a sentence each.
pub(crate) fn broken(text: &str) -> Vec<String> {
    let Ok(file) = serde_json::from_str::<Value>(text) else { return vec!["no JSON".to_owned()] };
    let Some(events) = file["traceEvents"].as_array() else { return vec!["traceEvents: not an array".to_owned()] };
    let mut rules = Rules::default();
    if !matches!(file["displayTimeUnit"].as_str(), Some("ms" | "ns")) {
        rules.broken.push("displayTimeUnit: not ms or ns".to_owned());
    }
    events.iter().for_each(|event| rules.event(event));
    rules.named();
    rules.broken
}

#[derive(Default)]
struct Rules {
    broken: Vec<String>,
    last: u64,
    /// Ends of the slices that are open on each thread.
    open: BTreeMap<(u64, u64), Vec<u64>>,
    process_of: BTreeMap<u64, u64>,
    used: BTreeSet<(u64, u64)>,
    processes_named: BTreeSet<u64>,
    threads_named: BTreeSet<(u64, u64)>,
}

impl Rules {
    fn must(&mut self, holds: bool, rule: &str, event: &Value) {
        if !holds {
            self.broken.push(format!("{rule}: {event}"));
        }
    }

    fn event(&mut self, event: &Value) {
        let (Some(pid), Some(tid)) = (event["pid"].as_u64(), event["tid"].as_u64()) else {
            return self.must(false, "pid and tid are whole numbers", event);
        };
        self.must(event["name"].as_str().is_some_and(|name| !name.is_empty()), "a name", event);
        self.must(event["args"].is_object(), "args are an object", event);
        let process = *self.process_of.entry(tid).or_insert(pid);
        self.must(process == pid, "a thread's number belongs to one process", event);
        if event["ph"] == "M" {
            return self.metadata(event, (pid, tid));
        }
        self.used.insert((pid, tid));
        let Some(ts) = event["ts"].as_u64() else { return self.must(false, "ts is whole microseconds", event) };
        self.must(ts >= self.last, "in order of time", event);
        self.last = ts;
        match event["ph"].as_str() {
            Some("X") => self.slice(event, (pid, tid), ts),
            Some("i") => self.must(matches!(event["s"].as_str(), Some("g" | "p" | "t")), "an instant has a scope", event),
            Some("C") => {
                let numbers =
                    event["args"].as_object().is_some_and(|args| !args.is_empty() && args.values().all(Value::is_number));
                self.must(numbers, "a counter has numbers", event);
            }
            _ => self.must(false, "a phase that is used here", event),
        }
    }

    fn slice(&mut self, event: &Value, track: (u64, u64), ts: u64) {
        let Some(dur) = event["dur"].as_u64() else { return self.must(false, "a slice has a length", event) };
        let open = self.open.entry(track).or_default();
        while open.last().is_some_and(|end| *end <= ts) {
            open.pop();
        }
        let nests = open.last().is_none_or(|end| ts + dur <= *end);
        open.push(ts + dur);
        self.must(nests, "slices of a thread nest", event);
    }

    fn metadata(&mut self, event: &Value, (pid, tid): (u64, u64)) {
        let args = &event["args"];
        let fits = match event["name"].as_str() {
            Some("process_name") => self.processes_named.insert(pid) && args["name"].is_string(),
            Some("thread_name") => self.threads_named.insert((pid, tid)) && args["name"].is_string(),
            Some("process_sort_index" | "thread_sort_index") => args["sort_index"].is_i64(),
            _ => false,
        };
        self.must(fits, "metadata that is known", event);
    }

    fn named(&mut self) {
        for (pid, tid) in &self.used {
            if !self.processes_named.contains(pid) || !self.threads_named.contains(&(*pid, *tid)) {
                self.broken.push(format!("process {pid}, thread {tid}: no name"));
            }
        }
    }
}

#[test]
fn the_rules_are_broken_by_what_breaks_them() {
    let name = r#"{"ph":"M","pid":1,"tid":1,"name":"process_name","args":{"name":"p"}},{"ph":"M","pid":1,"tid":1,"name":"thread_name","args":{"name":"t"}}"#;
    let file = |events: &str| broken(&format!(r#"{{"displayTimeUnit":"ms","traceEvents":[{name},{events}]}}"#));
    let slice = |ts: u32, dur: u32| format!(r#"{{"ph":"X","pid":1,"tid":1,"name":"s","ts":{ts},"dur":{dur},"args":{{}}}}"#);
    assert_eq!(file(&[slice(0, 10), slice(2, 3), slice(5, 5), slice(10, 1)].join(",")), Vec::<String>::new());
    for (events, rule) in [
        ([slice(0, 10), slice(5, 10)].join(","), "slices of a thread nest"),
        ([slice(5, 1), slice(0, 1)].join(","), "in order of time"),
        (slice(0, 1).replace("\"dur\":1,", ""), "a slice has a length"),
        (slice(0, 1).replace("\"tid\":1", "\"tid\":2"), "process 1, thread 2: no name"),
        (slice(0, 1).replace("\"pid\":1", "\"pid\":2"), "a thread's number belongs to one process"),
        (slice(0, 1).replace("\"X\"", "\"i\""), "an instant has a scope"),
        (slice(0, 1).replace("\"X\"", "\"C\""), "a counter has numbers"),
        (slice(0, 1).replace("\"X\"", "\"Q\""), "a phase that is used here"),
    ] {
        assert!(file(&events).iter().any(|broken| broken.starts_with(rule)), "{rule}: {:?}", file(&events));
    }
}
