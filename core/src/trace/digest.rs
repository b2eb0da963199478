//! The digest of a trace. Equal traces have equal digests, on every machine.

use super::{Event, EventKind, Trace};
use crate::pieces::{Pacer, at_once, no_pause};
use xxhash_rust::xxh3::Xxh3;

/// Units of work to hash one event.
const UNITS_PER_EVENT: usize = 1;

impl Trace {
    /// A 64-bit hash (XXH3) of time, task, kind and arguments of each event, little-endian.
    #[must_use]
    pub fn digest(&self) -> u64 {
        at_once(self.digest_in_pieces(&mut Pacer::new(no_pause)))
    }

    pub(crate) async fn digest_in_pieces(&self, pacer: &mut Pacer<'_>) -> u64 {
        let mut hash = Xxh3::new();
        pacer.for_each(&self.events, UNITS_PER_EVENT, |event| hash.update(&canonical(event))).await;
        hash.digest()
    }
}

/// Time (8 bytes), task (4), kind (1), two arguments (8), three zero bytes.
fn canonical(event: &Event) -> [u8; 24] {
    let (kind, first, second) = numbers(event.kind);
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&event.at.micros().to_le_bytes());
    bytes[8..12].copy_from_slice(&event.task.number().to_le_bytes());
    bytes[12] = kind;
    bytes[13..17].copy_from_slice(&first.to_le_bytes());
    bytes[17..21].copy_from_slice(&second.to_le_bytes());
    bytes
}

/// The number of the kind, which must never change, and its two arguments.
fn numbers(kind: EventKind) -> (u8, u32, u32) {
    match kind {
        EventKind::TaskStarted => (0, 0, 0),
        EventKind::ThreadStarted => (1, 0, 0),
        EventKind::Connected => (2, 0, 0),
        EventKind::CallQueued { call } => (3, call as u32, 0),
        EventKind::CallReturned { call, ok } => (4, call as u32, ok.into()),
        EventKind::Attempt { statement, granted } => (5, statement as u32, granted.into()),
        EventKind::Backoff { asked_ms, sleeps_us } => (6, asked_ms, sleeps_us),
        EventKind::Lock { from, to } => (7, from as u32, to as u32),
        EventKind::CommitIoBegins => (8, 0, 0),
        EventKind::CommitIoEnds => (9, 0, 0),
        EventKind::Resumed { iteration } => (10, iteration, 0),
        EventKind::Sleep { asked_us } => (11, asked_us, 0),
        EventKind::Retry => (12, 0, 0),
        EventKind::Failed { statement } => (13, statement as u32, 0),
        EventKind::Done => (14, 0, 0),
        EventKind::LoopIteration { number, ntodo } => (15, number, ntodo),
        EventKind::LoopStopped => (16, 0, 0),
        EventKind::ThreadEnded => (17, 0, 0),
        EventKind::SemaphoreAwaited => (18, 0, 0),
        EventKind::CheckpointBegins => (19, 0, 0),
        EventKind::CheckpointEnds => (20, 0, 0),
    }
}
