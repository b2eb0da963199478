//! Long work in pieces, so that a browser can handle input and paint between two of them.
//!
//! A function in pieces is `async`. It has one implementation for both kinds of callers: one awaits a pause after each piece, the
//! other runs the function through [`at_once`] with a pause that does nothing.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Units of work between two pauses. A unit is about 8 ns natively, so a piece takes 2 to 3 ms, and less than 10 ms in a browser.
const PIECE: usize = 300_000;

/// Counts units of work, and pauses after each [`PIECE`] of them, in whichever functions they were done.
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
            let (piece, later) = rest.split_at(self.fitting(cost).min(rest.len()));
            piece.iter().for_each(&mut read);
            self.spend(piece.len() * cost).await;
            rest = later;
        }
    }

    /// A list of `length` times `value`. Filling a large list at once would take as long as many pieces.
    pub(crate) async fn filled<T: Copy>(&mut self, value: T, length: usize) -> Vec<T> {
        const COST: usize = 1;
        let mut values = Vec::with_capacity(length);
        while values.len() < length {
            let more = self.fitting(COST).min(length - values.len());
            values.resize(values.len() + more, value);
            self.spend(more * COST).await;
        }
        values
    }

    /// How many steps of `cost` units fit before the next pause; at least one.
    fn fitting(&self, cost: usize) -> usize {
        (self.left / cost).max(1)
    }

    /// Counts work that was done, and pauses if a piece is complete.
    pub(crate) async fn spend(&mut self, units: usize) {
        self.left = self.left.saturating_sub(units);
        if self.left == 0 {
            self.pause.pause().await;
            self.left = PIECE;
        }
    }
}

/// A pause of any caller. With a type for each caller, every function in pieces would be compiled once for each of them, in the
/// caller's package and so with its `opt-level`.
trait Pause {
    fn pause(&mut self) -> Pin<Box<dyn Future<Output = ()> + '_>>;
}

impl<P: AsyncFnMut()> Pause for P {
    fn pause(&mut self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(self())
    }
}

/// The pause of callers that want the result at once.
pub(crate) async fn no_pause() {}

/// Runs a function in pieces without pauses.
///
/// # Panics
/// If `work` waits for something.
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
    fn each_value_is_read_once_and_a_pause_follows_each_piece_of_work() {
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
