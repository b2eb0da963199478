//! What the model must get right whatever its costs: the facts of SQLite, Python and asyncio, read off whole runs.

mod digests;
mod facts;
mod fields;
mod findings;
mod invariants;
mod machines;
mod refused;
mod variants;
