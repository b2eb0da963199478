//! Runs that are refused.

use super::database::BusyHandler;
use crate::decimal::fixed;
use crate::scenario::Scenario;
use crate::time::SimTime;
use thiserror::Error;

/// The maximum number of simulated events of a run.
pub const MAX_EVENTS: u64 = 20_000_000;

/// Why a run has no trace.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RunError {
    /// The run reached [`MAX_EVENTS`].
    #[error(
        "tasks, timeout{}: this run is too large. It was stopped after {} million events, at {} s of simulated time. \
         With this timeout{}, {tasks} tasks would fit",
        if *retries { ", retries" } else { "" },
        MAX_EVENTS / 1_000_000,
        fixed(reached.seconds(), 1),
        if *retries { " and this many retries" } else { "" }
    )]
    TooLarge {
        /// Simulated time at which the run was stopped.
        reached: SimTime,
        /// A number of tasks that would fit with the same timeout and retries.
        tasks: u32,
        /// Whether the scenario has retries.
        retries: bool,
    },
}

impl RunError {
    pub(super) fn too_large(scenario: &Scenario, reached: SimTime) -> Self {
        Self::TooLarge { reached, tasks: tasks_that_fit(scenario), retries: scenario.retries > 0 }
    }
}

/// A number of tasks that is certain to fit. Each task polls for the lock until its timeout, once
/// per try. A task that reads first may have to wait twice.
fn tasks_that_fit(scenario: &Scenario) -> u32 {
    const EVENTS_PER_ATTEMPT: u64 = 3;
    const OTHER_EVENTS_PER_TRY: u64 = 200;
    let mut handler = BusyHandler::new(scenario.timeout);
    let attempts = 1 + std::iter::from_fn(|| handler.next_sleep()).count() as u64;
    let waits = if scenario.read_first { 2 } else { 1 };
    let events = (EVENTS_PER_ATTEMPT * attempts * waits + OTHER_EVENTS_PER_TRY) * u64::from(scenario.retries + 1);
    u32::try_from(MAX_EVENTS / events).unwrap_or(u32::MAX)
}
