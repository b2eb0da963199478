//! Random scenarios, for tests of the model and for its comparison with SQLite.

use lockstep_core::scenario::{self, Begin, Journal, MachineChoice, Scenario, Synchronous};
use lockstep_core::time::SimDuration;
use proptest::prelude::*;

/// A random scenario of up to 150 tasks.
pub(crate) fn any_scenario() -> impl Strategy<Value = Scenario> {
    let machine = prop_oneof![Just(MachineChoice::WindowsLaptop), Just(MachineChoice::LinuxVm)];
    let journal = proptest::sample::select(Journal::ALL).prop_map(|(journal, _)| journal);
    let synchronous = proptest::sample::select(Synchronous::ALL).prop_map(|(synchronous, _)| synchronous);
    let sleep = prop_oneof![Just(0), 0..500_000_u64];
    let plain = (1..150_u32, 0..3000_u64, sleep, journal, synchronous, any::<bool>(), machine, any::<u32>());
    (plain, any_variant()).prop_map(|((tasks, timeout, sleep, journal, synchronous, keep_going, machine, seed), variant)| {
        Scenario {
            tasks,
            timeout: SimDuration::from_millis(timeout),
            sleep: SimDuration::from_micros(sleep),
            journal,
            synchronous,
            keep_going,
            machine,
            seed,
            ..variant
        }
    })
}

/// The strategy, the kind of BEGIN and the retries, in combinations that are allowed.
fn any_variant() -> impl Strategy<Value = Scenario> {
    let strategy = proptest::sample::select(scenario::Strategy::ALL).prop_map(|(strategy, _)| strategy);
    let begin = proptest::sample::select(Begin::ALL).prop_map(|(begin, _)| begin);
    (strategy, 1..200_u32, begin, any::<bool>(), prop_oneof![Just(0), 0..5_u32], 0..100_000_u64).prop_map(
        |(strategy, limit, begin, read_first, retries, pause)| Scenario {
            strategy,
            limit,
            begin,
            read_first: read_first && !strategy.has_one_connection(),
            retries,
            retry_pause: SimDuration::from_micros(pause),
            ..Scenario::default()
        },
    )
}
