//! The data for the sections below the stage: the run and the link to it.

use super::workbench::{Prediction, Workbench};
use lockstep_core::link::Link;
use lockstep_core::run::Run;
use lockstep_core::scenario::Scenario;
use std::rc::Rc;

/// The state of the page, updated only while playback is paused and no run is pending.
#[derive(Clone, Debug, PartialEq)]
pub struct Present {
    /// The link to this state.
    pub link: Link,
    /// The scenario in the controls.
    pub scenario: Rc<Scenario>,
    /// The scenario of run A, if runs are being compared.
    pub first: Option<Rc<Scenario>>,
    /// The run of `scenario`; `None` before the first run and if the run was refused.
    pub run: Option<Rc<Run>>,
    /// Whether the user has not answered the prediction yet.
    pub is_guessing: bool,
}

impl Present {
    /// The present state of `workbench`.
    #[must_use]
    pub fn of(workbench: &Workbench) -> Self {
        let run = workbench.showing.as_ref().map(|showing| showing.run.clone());
        Self {
            link: workbench.link(),
            scenario: workbench.scenario.clone(),
            first: workbench.pinned.clone(),
            run: run.filter(|run| run.trace.scenario == *workbench.scenario),
            is_guessing: workbench.prediction == Prediction::Open,
        }
    }
}
