//! Files to take away, held against what their readers expect.
//!
//! | module | what it proves |
//! |---|---|
//! | [`trace_event`] | the Trace Event file of any run keeps the format's rules and says what the run did |
//! | [`pictures`] | every picture is well-formed, of the size asked for, and says what it shows |

mod pictures;
mod rules;
mod trace_event;

use lockstep_core::link;
use lockstep_core::trace::{Trace, TraceIndex};

/// Runs of every form, small enough for a test.
const QUERIES: [&str; 6] = [
    "tasks=60&timeout=0.5",
    "tasks=40&timeout=0.4&sleep=0.05&machine=linux-vm&keep_going=1",
    "tasks=30&timeout=0.3&journal=wal&strategy=semaphore&limit=5&retries=1",
    "tasks=30&timeout=0.3&read_first=1&begin=immediate&machine=mac-laptop",
    "tasks=20&strategy=shared-connection&sleep=0.01",
    "tasks=20&strategy=single-transaction",
];

fn run(text: &str) -> (Trace, TraceIndex) {
    let scenario = link::read_strictly(text, None).expect("a scenario");
    let trace = lockstep_core::model::run(&scenario).expect("a small run");
    let index = TraceIndex::of(&trace);
    (trace, index)
}
