//! The command line: what `lockstep-cli` accepts, prints and refuses.

mod engine;
mod export;
mod help;
mod pipes;
mod polls;
mod program;
mod script;
mod simulate;
mod sweep;
