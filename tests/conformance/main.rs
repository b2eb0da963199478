//! The model against the real SQLite: the same scripts and the same runs on both, result by result.

mod busy_handler;
mod cases;
mod random_scripts;
mod reachable;
mod sqlite;
mod whole_runs;
