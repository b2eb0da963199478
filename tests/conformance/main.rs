//! The model against the real SQLite: the same scripts on both, result by result.

mod cases;
mod random_scripts;
mod reachable;
mod sqlite;
