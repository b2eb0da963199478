//! Compares the model with the real SQLite: the same scripts and runs on both must give the same
//! results.

mod busy_handler;
mod cases;
mod random_scripts;
mod reachable_states;
mod sqlite;
mod whole_runs;
