//! Compares the model with the real SQLite: the same scripts and runs on both must give the same
//! results.

mod cases;
mod random_scripts;
mod reachable_states;
mod whole_runs;
