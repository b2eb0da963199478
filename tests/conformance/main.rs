//! The model against the real SQLite: the same scripts on both, result by result.

mod random_scripts;

mod sqlite;
