//! What the model must get right whatever its costs are: the facts of SQLite, Python and asyncio,
//! checked on whole runs.

mod digests;
mod facts;
mod fields;
mod findings;
mod invariants;
mod machines;
#[path = "../random_scenario.rs"]
mod random_scenario;
mod refused;
mod variants;
