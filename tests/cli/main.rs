//! The command line's interface: the examples as programs.

mod lock_script;
mod program;
mod simulate;
