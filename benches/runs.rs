//! How long runs take: `cargo bench -p lockstep-core --bench runs`. On a busy machine, read the
//! fastest sample.

use divan::Bencher;
use lockstep_core::model;
use lockstep_core::scenario::{MachineChoice, Scenario, query};
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{Outcome, Trace, TraceIndex};

/// The asker's machine, whose timer ticks, and a measured machine, whose timer has slack.
const MACHINES: [&str; 2] = ["windows-laptop", "linux-vm"];

/// The runs of a sweep: the number of timeouts, and the number of seeds of each.
const SWEEP: (u64, u32) = (10, 20);

fn main() {
    divan::main();
}

fn scenario(machine: &str, tasks: u32) -> Scenario {
    let machine = MachineChoice::from_word(machine).expect("a machine");
    Scenario { machine, tasks, ..Scenario::default() }
}

fn run(scenario: &Scenario) -> Trace {
    model::run(scenario).expect("a run that fits")
}

#[divan::bench(args = MACHINES)]
fn default_run(bencher: Bencher<'_, '_>, machine: &str) {
    let scenario = scenario(machine, 1000);
    bencher.bench(|| run(&scenario));
}

#[divan::bench(args = MACHINES)]
fn ten_thousand_tasks(bencher: Bencher<'_, '_>, machine: &str) {
    let scenario = scenario(machine, 10_000);
    bencher.bench(|| run(&scenario));
}

/// Rows by timeout, from 0.5 to 5 s. It keeps only the number of rows of each run, which is all
/// that the chart of a sweep needs.
#[divan::bench(args = MACHINES, sample_count = 5, sample_size = 1)]
fn sweep_of_200_runs(bencher: Bencher<'_, '_>, machine: &str) {
    let base = scenario(machine, 1000);
    bencher.bench(|| sweep(&base));
}

fn sweep(base: &Scenario) -> Vec<u32> {
    let (timeouts, seeds) = SWEEP;
    let timeouts = (1..=timeouts).map(|half_seconds| SimDuration::from_millis(500 * half_seconds));
    let scenarios = timeouts.flat_map(|timeout| (1..=seeds).map(move |seed| Scenario { timeout, seed, ..base.clone() }));
    scenarios.map(|scenario| Outcome::of(&run(&scenario)).inserted()).collect()
}

/// Computes the result line from a trace.
#[divan::bench(args = [1000, 10_000])]
fn outcome(bencher: Bencher<'_, '_>, tasks: u32) {
    let trace = run(&scenario(MACHINES[0], tasks));
    bencher.bench(|| Outcome::of(&trace));
}

#[divan::bench(args = [1000, 10_000])]
fn digest(bencher: Bencher<'_, '_>, tasks: u32) {
    let trace = run(&scenario(MACHINES[0], tasks));
    bencher.bench(|| trace.digest());
}

/// Computes the look-up tables of the pictures from a trace.
#[divan::bench(args = [1000, 10_000])]
fn trace_index(bencher: Bencher<'_, '_>, tasks: u32) {
    let trace = run(&scenario(MACHINES[0], tasks));
    bencher.bench(|| TraceIndex::of(&trace));
}

/// Reading the page's URL, for comparison: it is negligible next to a run.
#[divan::bench]
fn read_link() -> Scenario {
    query::read(divan::black_box("tasks=120&timeout=1.5&sleep=0.05&machine=linux-vm&seed=42")).scenario
}
