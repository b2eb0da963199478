//! Exported files follow the rules of their formats.
//!
//! | module | what it proves |
//! |---|---|
//! | [`trace_event`] | the Trace Event file of any run is valid and contains the run's holds and attempts |
//! | [`pictures`] | every picture is well-formed SVG of the requested size, with a title and a description |

mod pictures;
mod rules;
mod trace_event;

use lockstep_core::link;
use lockstep_core::trace::{Trace, TraceIndex};

/// Small runs of every strategy, with different journals and ways to begin.
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
