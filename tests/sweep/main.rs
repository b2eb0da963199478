//! Sweeps: their points are single runs, and what they say of the curves is so.

mod curves;
mod measured;
