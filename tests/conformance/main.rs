//! Compares the model with the real SQLite: the same scripts and runs on both must give the same
//! results.

mod cases;
mod lesson;
#[path = "../random_scenario.rs"]
mod random_scenario;
mod random_scripts;
mod reachable_states;
mod whole_runs;
