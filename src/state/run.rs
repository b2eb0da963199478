//! The run that the page shows, computed by the core in pieces.

pub use lockstep_core::run::{PIECE, Progress, Run};

/// Runs `scenario` synchronously, for tests.
#[cfg(test)]
pub(super) fn at_once(scenario: &lockstep_core::scenario::Scenario) -> Result<std::rc::Rc<Run>, lockstep_core::model::RunError> {
    Run::at_once(scenario).map(std::rc::Rc::new)
}
