//! Playback of a trace: the playhead's position and speed, and whether it is moving.
//!
//! This is plain data with pure functions. The caller passes measured real time to
//! [`Playback::advance`]. Counting timer ticks would not work, because browsers delay and drop
//! them.

use crate::time::{SimDuration, SimTime};
use crate::trace::{EventKind, Trace};
use std::time::Duration;

/// How far the playback bar extends beyond the stop of the event loop.
pub const TIME_AFTER_STOP: SimDuration = SimDuration::from_millis(500);

/// The playback speed: simulated milliseconds per real second, 1 to 20 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(u32);

impl Speed {
    /// 1 simulated millisecond per real second.
    pub const SLOWEST: Self = Self(1);
    /// 1 simulated second per real second.
    pub const REAL_TIME: Self = Self(1000);
    /// 20 simulated seconds per real second.
    pub const FASTEST: Self = Self(20_000);
    /// The speeds that the user can choose, slowest first.
    pub const STEPS: [Self; 14] = [
        Self(1),
        Self(2),
        Self(5),
        Self(10),
        Self(20),
        Self(50),
        Self(100),
        Self(200),
        Self(500),
        Self(1000),
        Self(2000),
        Self(5000),
        Self(10_000),
        Self(20_000),
    ];

    /// The speed in simulated milliseconds per real second, clamped to the slowest and the fastest.
    #[must_use]
    pub fn from_thousandths(thousandths: u32) -> Self {
        Self(thousandths).clamp(Self::SLOWEST, Self::FASTEST)
    }

    /// Simulated milliseconds per real second.
    #[must_use]
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// The next faster speed in [`Self::STEPS`].
    #[must_use]
    pub fn faster(self) -> Self {
        Self::STEPS.into_iter().find(|step| *step > self).unwrap_or(Self::FASTEST)
    }

    /// The next slower speed in [`Self::STEPS`].
    #[must_use]
    pub fn slower(self) -> Self {
        Self::STEPS.into_iter().rev().find(|step| *step < self).unwrap_or(Self::SLOWEST)
    }
}

impl Default for Speed {
    /// A tenth of real time, so that a turn of the poll clock takes about a second.
    fn default() -> Self {
        Self(100)
    }
}

/// The section of the run that playback loops over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoopSection {
    /// No loop.
    #[default]
    None,
    /// One end is marked, the other is not yet.
    From(SimTime),
    /// The start and the end of the section; the start is earlier.
    Between(SimTime, SimTime),
}

impl LoopSection {
    /// Marks `at`: the first call sets one end, the second the other, and the third removes the
    /// section. The earlier end becomes the start.
    #[must_use]
    pub fn marked(self, at: SimTime) -> Self {
        match self {
            Self::None => Self::From(at),
            Self::From(other) if other != at => Self::Between(at.min(other), at.max(other)),
            Self::From(_) | Self::Between(..) => Self::None,
        }
    }

    /// The start and the end, if both are marked.
    #[must_use]
    pub const fn ends(self) -> Option<(SimTime, SimTime)> {
        if let Self::Between(from, to) = self { Some((from, to)) } else { None }
    }
}

/// The state of playback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playback {
    /// The position of the playhead, at most `end`.
    pub position: SimTime,
    /// The speed of the playhead.
    pub speed: Speed,
    /// Whether the playhead is moving.
    pub running: bool,
    /// The position at which playback pauses.
    pub end: SimTime,
    /// Whether `end` is the end of the trace. Otherwise it is [`TIME_AFTER_STOP`] after the stop of
    /// the event loop.
    pub to_trace_end: bool,
    /// The section to loop over.
    pub section: LoopSection,
    /// The part of a microsecond that has passed since `position`, in picoseconds. It keeps slow
    /// playback exact.
    rest_picos: u32,
}

impl Playback {
    /// Paused at the start of `trace`.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        let end = end_of(trace);
        Self {
            position: SimTime::ZERO,
            speed: Speed::default(),
            running: false,
            end,
            to_trace_end: false,
            section: LoopSection::None,
            rest_picos: 0,
        }
    }

    /// Moves to another trace and keeps the speed. The position is clamped to the new end.
    #[must_use]
    pub fn with_trace(self, trace: &Trace) -> Self {
        self.with_end(trace, self.to_trace_end)
    }

    /// Sets the end to the end of the trace, or to shortly after the stop of the event loop.
    #[must_use]
    pub fn with_end(self, trace: &Trace, to_trace_end: bool) -> Self {
        let end = if to_trace_end { trace.end().max(end_of(trace)) } else { end_of(trace) };
        let section = if self.section.ends().is_some_and(|(_, to)| to > end) { LoopSection::None } else { self.section };
        Self { end, to_trace_end, section, ..self }.seek(self.position)
    }

    /// Marks the current position as an end of the section to loop over.
    #[must_use]
    pub fn mark_section(self) -> Self {
        Self { section: self.section.marked(self.position), ..self }
    }

    /// Advances by `elapsed` of real time, and pauses at the end.
    #[must_use]
    pub fn advance(self, elapsed: Duration) -> Self {
        if !self.running {
            return self;
        }
        let picos = elapsed.as_nanos().saturating_mul(self.speed.0.into()) + u128::from(self.rest_picos);
        let passed = u64::try_from(picos / 1_000_000).unwrap_or(u64::MAX);
        let rest_picos = u32::try_from(picos % 1_000_000).unwrap_or(0);
        let position = SimTime::from_micros(self.position.micros().saturating_add(passed)).min(self.end);
        // Only a playhead that reaches the end of the section jumps back. After the section it
        // plays on.
        let position = match self.section.ends() {
            Some((from, to)) if self.position < to && position >= to => from,
            _ => position,
        };
        Self { position, rest_picos, running: position < self.end, ..self }
    }

    /// Starts playback. At the end it restarts from the beginning.
    #[must_use]
    pub fn play(self) -> Self {
        let position = if self.position < self.end { self.position } else { SimTime::ZERO };
        Self { running: true, ..self }.seek(position)
    }

    /// Pauses playback.
    #[must_use]
    pub const fn pause(self) -> Self {
        Self { running: false, ..self }
    }

    /// Moves the playhead to `position`, or to the end if that is earlier. At the end it pauses.
    #[must_use]
    pub fn seek(self, position: SimTime) -> Self {
        let position = position.min(self.end);
        Self { position, rest_picos: 0, running: self.running && position < self.end, ..self }
    }

    /// Pauses at the time of the next event.
    #[must_use]
    pub fn step_forward(self, trace: &Trace) -> Self {
        self.forward(trace, |_| true)
    }

    /// Pauses at the time of the previous event, or at the start.
    #[must_use]
    pub fn step_back(self, trace: &Trace) -> Self {
        self.back(trace, |_| true)
    }

    /// Pauses at the next change of a lock.
    #[must_use]
    pub fn to_next_lock_change(self, trace: &Trace) -> Self {
        self.forward(trace, is_lock_change)
    }

    /// Pauses at the previous change of a lock, or at the start.
    #[must_use]
    pub fn to_previous_lock_change(self, trace: &Trace) -> Self {
        self.back(trace, is_lock_change)
    }

    /// Pauses at the first change of a lock, if there is one.
    #[must_use]
    pub fn to_first_lock(self, trace: &Trace) -> Self {
        let first = trace.events.iter().find(|event| is_lock_change(event.kind));
        first.map_or(self, |event| self.pause().seek(event.at))
    }

    /// Pauses when "database is locked" first reaches a coroutine. Does nothing if it never does.
    #[must_use]
    pub fn to_first_error(self, trace: &Trace) -> Self {
        let first = trace.events.iter().find(|event| matches!(event.kind, EventKind::Failed { .. }));
        first.map_or(self, |event| self.pause().seek(event.at))
    }

    fn forward(self, trace: &Trace, wanted: impl Fn(EventKind) -> bool) -> Self {
        let later = &trace.events[trace.events_until(self.position)..];
        let next = later.iter().take_while(|event| event.at <= self.end).find(|event| wanted(event.kind));
        next.map_or(self.pause(), |event| self.pause().seek(event.at))
    }

    fn back(self, trace: &Trace, wanted: impl Fn(EventKind) -> bool) -> Self {
        let earlier = &trace.events[..trace.events.partition_point(|event| event.at < self.position)];
        let last = earlier.iter().rev().find(|event| wanted(event.kind));
        self.pause().seek(last.map_or(SimTime::ZERO, |event| event.at))
    }
}

fn is_lock_change(kind: EventKind) -> bool {
    matches!(kind, EventKind::Lock { .. })
}

/// The end of the playback bar: shortly after the stop of the event loop.
fn end_of(trace: &Trace) -> SimTime {
    if trace.events.is_empty() { SimTime::ZERO } else { trace.stopped_at() + TIME_AFTER_STOP }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};
    use proptest::prelude::*;

    #[test]
    fn it_ends_half_a_second_after_the_stop_or_at_the_end_of_the_trace() {
        let playback = Playback::new(&three_tasks());
        assert_eq!(playback.end, micros(505_500));
        let mut long = three_tasks();
        long.events.push(crate::trace::Event {
            at: micros(9_000_000),
            task: crate::trace::TaskId::new(2),
            kind: EventKind::ThreadEnded,
        });
        let playback = Playback::new(&long);
        assert_eq!(playback.with_end(&long, true).end, micros(9_000_000));
        let at_end = playback.with_end(&long, true).seek(micros(9_000_000));
        assert_eq!(at_end.with_end(&long, false).position, micros(505_500));
    }

    #[test]
    fn slow_playback_loses_no_time_to_rounding() {
        let mut playback = Playback { running: true, speed: Speed::SLOWEST, ..Playback::new(&three_tasks()) };
        for _ in 0..6000 {
            playback = playback.advance(Duration::from_nanos(16_666_667));
        }
        assert_eq!(playback.position, micros(100_000));
    }

    #[test]
    fn it_pauses_at_the_end_and_plays_again_from_the_start() {
        let ended = Playback::new(&three_tasks()).play().advance(Duration::from_secs(600));
        assert_eq!((ended.position, ended.running), (ended.end, false));
        assert_eq!((ended.play().position, ended.play().running), (SimTime::ZERO, true));
    }

    #[test]
    fn steps_visit_the_time_of_every_event_in_both_directions() {
        let trace = three_tasks();
        let mut times: Vec<_> = trace.events.iter().map(|event| event.at).collect();
        times.dedup();
        let mut playback = Playback::new(&trace);
        for time in &times[1..] {
            playback = playback.step_forward(&trace);
            assert_eq!(playback.position, *time);
        }
        assert_eq!(playback.step_forward(&trace).position, *times.last().expect("times"));
        for time in times[..times.len() - 1].iter().rev() {
            playback = playback.step_back(&trace);
            assert_eq!(playback.position, *time);
        }
        assert_eq!(playback.step_back(&trace).position, SimTime::ZERO);
    }

    #[test]
    fn lock_changes_and_the_first_error_are_one_step_away() {
        let trace = three_tasks();
        let start = Playback::new(&trace);
        let first = start.to_next_lock_change(&trace);
        assert_eq!((first.position, first.to_next_lock_change(&trace).position), (micros(400), micros(1000)));
        assert_eq!(start.to_first_error(&trace).position, micros(5400));
        assert_eq!(start.to_first_error(&trace).to_previous_lock_change(&trace).position, micros(2000));
    }

    #[test]
    fn a_section_is_marked_looped_over_and_removed() {
        let trace = three_tasks();
        let marked = Playback::new(&trace).seek(micros(4_000)).mark_section().seek(micros(1_000)).mark_section();
        assert_eq!(marked.section, LoopSection::Between(micros(1_000), micros(4_000)));
        let played = Playback { speed: Speed::REAL_TIME, ..marked }.play().advance(Duration::from_micros(3_500));
        assert_eq!((played.position, played.running), (micros(1_000), true));
        assert_eq!(marked.seek(micros(5_000)).play().advance(Duration::from_micros(1)).section, marked.section);
        assert_eq!(marked.mark_section().section, LoopSection::None);
    }

    #[test]
    fn a_step_does_not_depend_on_the_speed() {
        let trace = three_tasks();
        let steps = Speed::STEPS.map(|speed| Playback { speed, ..Playback::new(&trace) }.step_forward(&trace).position);
        assert!(steps.iter().all(|step| *step == steps[0]));
    }

    proptest! {
        #[test]
        fn after_any_actions_the_playhead_is_between_the_start_and_the_end(
            actions in prop::collection::vec((0_u8..10, any::<u64>()), 0..40), empty in any::<bool>(),
        ) {
            let trace = if empty { Trace { events: Vec::new(), ..three_tasks() } } else { three_tasks() };
            let mut playback = Playback::new(&trace);
            for (action, number) in actions {
                playback = match action {
                    0 => playback.play(),
                    1 => playback.advance(Duration::from_micros(number)),
                    2 => playback.seek(SimTime::from_micros(number)),
                    3 => playback.step_forward(&trace),
                    4 => playback.step_back(&trace),
                    5 => playback.to_next_lock_change(&trace),
                    6 => playback.to_previous_lock_change(&trace),
                    7 => playback.with_end(&trace, number % 2 == 0),
                    8 => playback.mark_section(),
                    _ => Playback { speed: Speed::from_thousandths(u32::try_from(number % 100_000).unwrap_or(0)), ..playback },
                };
                prop_assert!(playback.position <= playback.end);
                prop_assert!(!playback.running || playback.position < playback.end);
                prop_assert!((Speed::SLOWEST..=Speed::FASTEST).contains(&playback.speed));
            }
        }
    }
}
