//! Which engine decides who gets a lock: the model, or SQLite itself.

use crate::failure::Failure;
use clap::{Args, ValueEnum};
use lockstep_core::model::database::script::{Engine, Script};
use lockstep_core::model::{self, RunError};
use lockstep_core::scenario::Scenario;
use lockstep_core::trace::Trace;

/// The argument `--engine`.
#[derive(Args)]
pub(crate) struct EngineArgument {
    /// Who answers each request for a lock: the model, or SQLite itself
    #[arg(long, value_name = "ENGINE", default_value = "model")]
    engine: EngineName,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EngineName {
    Model,
    Sqlite,
}

impl EngineArgument {
    /// Runs `scenario`.
    ///
    /// # Errors
    /// If the run is too large, or this program was built without SQLite.
    pub(crate) fn run(&self, scenario: &Scenario) -> Result<Trace, Failure> {
        match self.engine {
            EngineName::Model => model::run(scenario).map_err(Failure::bad_input),
            EngineName::Sqlite => run_on_sqlite(scenario)?.map_err(Failure::bad_input),
        }
    }

    /// The engine for `script`.
    ///
    /// # Errors
    /// If this program was built without SQLite.
    pub(crate) fn open(&self, script: &Script) -> Result<Box<dyn Engine>, Failure> {
        match self.engine {
            EngineName::Model => Ok(script.model()),
            EngineName::Sqlite => open_sqlite(script),
        }
    }
}

#[cfg(feature = "sqlite")]
fn run_on_sqlite(scenario: &Scenario) -> Result<Result<Trace, RunError>, Failure> {
    Ok(model::run_on(scenario, &mut lockstep_sqlite::SqliteDatabase::new(scenario)))
}

#[cfg(feature = "sqlite")]
fn open_sqlite(script: &Script) -> Result<Box<dyn Engine>, Failure> {
    Ok(Box::new(lockstep_sqlite::SqliteEngine::new(script.wal)))
}

#[cfg(not(feature = "sqlite"))]
fn run_on_sqlite(_: &Scenario) -> Result<Result<Trace, RunError>, Failure> {
    Err(no_sqlite())
}

#[cfg(not(feature = "sqlite"))]
fn open_sqlite(_: &Script) -> Result<Box<dyn Engine>, Failure> {
    Err(no_sqlite())
}

#[cfg(not(feature = "sqlite"))]
fn no_sqlite() -> Failure {
    Failure::bad_input("--engine sqlite: this program was built without SQLite; build it with the feature \"sqlite\"")
}
