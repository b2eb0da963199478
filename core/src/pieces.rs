//! Splits long work into pieces, so that a browser can handle input and paint between them.
//!
//! A function that works in pieces is `async`. A caller in the browser awaits a pause after each
//! piece. Other callers run the same function through [`at_once`] with a pause that does nothing.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Units of work between two pauses. A unit takes about 8 ns natively, so a piece takes 2 to 3 ms,
/// and less than 10 ms in a browser.
const PIECE: usize = 300_000;

/// Counts units of work, across functions, and pauses after each [`PIECE`] of them.
pub(crate) struct Pacer<'a> {
    pause: Box<dyn Pause + 'a>,
    /// Units left until the next pause.
    left: usize,
}

impl<'a> Pacer<'a> {
    pub(crate) fn new(pause: impl AsyncFnMut() + 'a) -> Self {
        Self { pause: Box::new(pause), left: PIECE }
    }

    /// Calls `read` with each value. One call costs `cost` units.
    pub(crate) async fn for_each<T>(&mut self, values: &[T], cost: usize, mut read: impl FnMut(&T)) {
        let mut rest = values;
        while !rest.is_empty() {
            let (piece, later) = rest.split_at(self.steps_until_pause(cost).min(rest.len()));
            piece.iter().for_each(&mut read);
            self.spend(piece.len() * cost).await;
            rest = later;
        }
    }

    /// A list with `length` copies of `value`. Filling a large list takes as long as many pieces.
    pub(crate) async fn filled<T: Copy>(&mut self, value: T, length: usize) -> Vec<T> {
        const COST: usize = 1;
        let mut values = Vec::with_capacity(length);
        while values.len() < length {
            let more = self.steps_until_pause(COST).min(length - values.len());
            values.resize(values.len() + more, value);
            self.spend(more * COST).await;
        }
        values
    }

    /// Number of steps of `cost` units before the next pause; at least one.
    fn steps_until_pause(&self, cost: usize) -> usize {
        (self.left / cost).max(1)
    }

    /// Counts finished work, and pauses if a piece is complete.
    pub(crate) async fn spend(&mut self, units: usize) {
        self.left = self.left.saturating_sub(units);
        if self.left == 0 {
            self.pause.pause().await;
            self.left = PIECE;
        }
    }
}

/// A pause of any caller. It is a trait object because a generic pacer would compile every function
/// in pieces once per caller, in the caller's package and with its `opt-level`.
trait Pause {
    fn pause(&mut self) -> Pin<Box<dyn Future<Output = ()> + '_>>;
}

impl<P: AsyncFnMut()> Pause for P {
    fn pause(&mut self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(self())
    }
}

/// The pause for [`at_once`].
pub(crate) async fn no_pause() {}

/// Runs a function that works in pieces, without pauses.
///
/// # Panics
/// If `work` is pending.
pub(crate) fn at_once<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => unreachable!("work without pauses waits for nothing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_is_read_once_with_a_pause_after_each_piece() {
        let values: Vec<usize> = (0..PIECE + 10).collect();
        let (mut read, mut pauses) = (Vec::new(), 0);
        at_once(async {
            let mut pacer = Pacer::new(async || pauses += 1);
            pacer.for_each(&values, 3, |value| read.push(*value)).await;
            assert_eq!(pacer.filled(7, PIECE).await, vec![7; PIECE]);
        });
        assert_eq!((read, pauses), (values, 4));
    }
}
