//! Measures how much memory a run needs: `cargo bench -p lockstep-core --bench memory`. The column
//! "max alloc" is the peak of allocated memory. The sizes of the traces alone are printed first.

use divan::{AllocProfiler, Bencher};
use lockstep_core::model;
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::{Event, Trace, TraceIndex};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const TASKS: [u32; 2] = [1000, 10_000];

fn main() {
    for tasks in TASKS {
        let trace = run(tasks);
        let events = trace.events.len();
        println!("{tasks} tasks: {events} events of {} bytes, {} kB", size_of::<Event>(), events * size_of::<Event>() / 1000);
    }
    divan::main();
}

fn run(tasks: u32) -> Trace {
    model::run(&Scenario { tasks, ..Scenario::default() }).expect("the run is not too large")
}

#[divan::bench(args = TASKS, sample_count = 5)]
fn default_run(tasks: u32) -> Trace {
    run(tasks)
}

#[divan::bench(args = TASKS, sample_count = 5)]
fn trace_index(bencher: Bencher<'_, '_>, tasks: u32) {
    let trace = run(tasks);
    bencher.bench(|| TraceIndex::of(&trace));
}
