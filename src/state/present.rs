//! What the sections below the stage show: the run, and the link that leads to it.

use super::run::Run;
use super::workbench::{Prediction, Workbench};
use lockstep_core::link::Link;
use lockstep_core::scenario::Scenario;
use std::rc::Rc;

/// The page as it was when it last stood still: it does not change while the playhead moves or a run is under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Present {
    /// The link to the state.
    pub link: Link,
    /// The scenario that is set.
    pub scenario: Rc<Scenario>,
    /// The run that was kept to compare others with, if one was.
    pub first: Option<Rc<Scenario>>,
    /// The run of `scenario`; `None` before the first run and where the run was refused.
    pub run: Option<Rc<Run>>,
    /// Whether the question how many rows will get in is still open.
    pub is_guessing: bool,
}

impl Present {
    /// What `workbench` shows.
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
