//! Sweeps: their points are single runs, and the texts about the curves are true.

mod curves;
mod measured;
