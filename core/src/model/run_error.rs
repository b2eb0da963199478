//! Runs that are refused.

use super::database::BusyHandler;
use crate::decimal::fixed;
use crate::scenario::Scenario;
use crate::time::SimTime;
use thiserror::Error;

/// Most events that a run may have; counted while it runs.
pub const MOST_EVENTS: u64 = 20_000_000;

/// A run that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RunError {
    /// The run reached [`MOST_EVENTS`].
    #[error(
        "tasks, timeout{}: this run is too large; it was stopped after {} million events, {} s into it. \
         With this timeout{} {tasks} tasks would fit",
        if *retries { ", retries" } else { "" },
        MOST_EVENTS / 1_000_000,
        fixed(reached.seconds(), 1),
        if *retries { " and so many retries" } else { "" }
    )]
    TooLarge {
        /// How far the run had come.
        reached: SimTime,
        /// How many tasks would fit.
        tasks: u32,
        /// Whether tasks try again.
        retries: bool,
    },
}

impl RunError {
    pub(super) fn too_large(scenario: &Scenario, reached: SimTime) -> Self {
        Self::TooLarge { reached, tasks: tasks_that_fit(scenario), retries: scenario.retries > 0 }
    }
}

/// How many tasks are sure to fit. Each asks for the lock until its timeout, as often as it tries again; who reads first may have to
/// wait for that too.
fn tasks_that_fit(scenario: &Scenario) -> u32 {
    const EVENTS_AN_ATTEMPT: u64 = 3;
    const OTHER_EVENTS: u64 = 200;
    let mut handler = BusyHandler::new(scenario.timeout);
    let attempts = 1 + std::iter::from_fn(|| handler.next_sleep()).count() as u64;
    let waits = if scenario.read_first { 2 } else { 1 };
    let events = (EVENTS_AN_ATTEMPT * attempts * waits + OTHER_EVENTS) * u64::from(scenario.retries + 1);
    u32::try_from(MOST_EVENTS / events).unwrap_or(u32::MAX)
}
