//! The playhead: where in a trace one is, whether it moves, and how fast.
//!
//! Plain data and pure functions of it. Real time comes in as a measured length ([`Playback::advance`]), never by counting ticks,
//! because browsers delay and drop them.

use crate::time::{SimDuration, SimTime};
use crate::trace::{EventKind, Trace};
use std::time::Duration;

/// How long the playback bar goes on after the loop has stopped.
pub const AFTER_THE_STOP: SimDuration = SimDuration::from_millis(500);

/// Simulated seconds that pass in a real second, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(u32);

impl Speed {
    /// A real second shows a simulated millisecond.
    pub const SLOWEST: Self = Self(1);
    /// As it happened.
    pub const REAL_TIME: Self = Self(1000);
    /// Twenty seconds in one.
    pub const FASTEST: Self = Self(20_000);
    /// The speeds on offer, slowest first.
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

    /// The speed of so many thousandths, no slower and no faster than allowed.
    #[must_use]
    pub fn from_thousandths(thousandths: u32) -> Self {
        Self(thousandths).clamp(Self::SLOWEST, Self::FASTEST)
    }

    /// Simulated milliseconds in a real second.
    #[must_use]
    pub const fn thousandths(self) -> u32 {
        self.0
    }

    /// The next faster speed on offer.
    #[must_use]
    pub fn faster(self) -> Self {
        Self::STEPS.into_iter().find(|step| *step > self).unwrap_or(Self::FASTEST)
    }

    /// The next slower speed on offer.
    #[must_use]
    pub fn slower(self) -> Self {
        Self::STEPS.into_iter().rev().find(|step| *step < self).unwrap_or(Self::SLOWEST)
    }
}

impl Default for Speed {
    /// A tenth: a turn of the poll clock takes a second.
    fn default() -> Self {
        Self(100)
    }
}

/// A part of the run to play over and over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// None.
    #[default]
    None,
    /// It begins here; its end is still to be marked.
    From(SimTime),
    /// From the first moment to the second, which comes later.
    Between(SimTime, SimTime),
}

impl Section {
    /// What comes of marking `at`: first the beginning, then the end (of the two the later moment), then none again.
    #[must_use]
    pub fn marked(self, at: SimTime) -> Self {
        match self {
            Self::None => Self::From(at),
            Self::From(other) if other != at => Self::Between(at.min(other), at.max(other)),
            Self::From(_) | Self::Between(..) => Self::None,
        }
    }

    /// The section's two ends, if it has both.
    #[must_use]
    pub const fn ends(self) -> Option<(SimTime, SimTime)> {
        if let Self::Between(from, to) = self { Some((from, to)) } else { None }
    }
}

/// Where in a trace one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playback {
    /// The playhead; never after the end.
    pub position: SimTime,
    /// How fast it moves.
    pub speed: Speed,
    /// Whether it moves.
    pub running: bool,
    /// Where it stops by itself.
    pub end: SimTime,
    /// Whether that is the trace's very end, and not shortly after the loop's stop.
    pub whole: bool,
    /// What is played over and over.
    pub section: Section,
    /// What of a microsecond has passed beyond the position, in thousandths of a nanosecond; keeps slow playback exact.
    rest: u32,
}

impl Playback {
    /// At the start of `trace`, paused.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        let end = end_of(trace);
        Self {
            position: SimTime::ZERO,
            speed: Speed::default(),
            running: false,
            end,
            whole: false,
            section: Section::None,
            rest: 0,
        }
    }

    /// The same position and speed in another trace, as far as that goes.
    #[must_use]
    pub fn on(self, trace: &Trace) -> Self {
        self.with_after_the_stop(trace, self.whole)
    }

    /// The same with the bar reaching to the trace's very end, or only shortly beyond the loop's stop.
    #[must_use]
    pub fn with_after_the_stop(self, trace: &Trace, whole: bool) -> Self {
        let end = if whole { trace.end().max(end_of(trace)) } else { end_of(trace) };
        let section = if self.section.ends().is_some_and(|(_, to)| to > end) { Section::None } else { self.section };
        Self { end, whole, section, ..self }.seek(self.position)
    }

    /// The same with the present moment marked as an end of the section to loop.
    #[must_use]
    pub fn mark_section(self) -> Self {
        Self { section: self.section.marked(self.position), ..self }
    }

    /// After `elapsed` of real time; pauses at the end.
    #[must_use]
    pub fn advance(self, elapsed: Duration) -> Self {
        if !self.running {
            return self;
        }
        let thousandths_of_nanos = elapsed.as_nanos().saturating_mul(self.speed.0.into()) + u128::from(self.rest);
        let passed = u64::try_from(thousandths_of_nanos / 1_000_000).unwrap_or(u64::MAX);
        let rest = u32::try_from(thousandths_of_nanos % 1_000_000).unwrap_or(0);
        let position = SimTime::from_micros(self.position.micros().saturating_add(passed)).min(self.end);
        // Only who comes from inside the section is sent back: beside it one plays on.
        let position = match self.section.ends() {
            Some((from, to)) if self.position < to && position >= to => from,
            _ => position,
        };
        Self { position, rest, running: position < self.end, ..self }
    }

    /// Moves; from the end it begins again.
    #[must_use]
    pub fn play(self) -> Self {
        let position = if self.position < self.end { self.position } else { SimTime::ZERO };
        Self { running: true, ..self }.seek(position)
    }

    /// Stands still.
    #[must_use]
    pub const fn pause(self) -> Self {
        Self { running: false, ..self }
    }

    /// At `position`, or at the end if that comes before it; goes on moving if it did and there is anywhere to go.
    #[must_use]
    pub fn seek(self, position: SimTime) -> Self {
        let position = position.min(self.end);
        Self { position, rest: 0, running: self.running && position < self.end, ..self }
    }

    /// Paused at the next moment at which something happens.
    #[must_use]
    pub fn step_forward(self, trace: &Trace) -> Self {
        self.forward(trace, |_| true)
    }

    /// Paused at the last moment before this one at which something happens.
    #[must_use]
    pub fn step_back(self, trace: &Trace) -> Self {
        self.back(trace, |_| true)
    }

    /// Paused at the next change of a lock.
    #[must_use]
    pub fn to_next_lock_change(self, trace: &Trace) -> Self {
        self.forward(trace, is_lock_change)
    }

    /// Paused at the last change of a lock before this moment.
    #[must_use]
    pub fn to_previous_lock_change(self, trace: &Trace) -> Self {
        self.back(trace, is_lock_change)
    }

    /// Paused where somebody first got the lock.
    #[must_use]
    pub fn to_first_lock(self, trace: &Trace) -> Self {
        let first = trace.events.iter().find(|event| is_lock_change(event.kind));
        first.map_or(self, |event| self.pause().seek(event.at))
    }

    /// Paused where "database is locked" first reached a coroutine; where it is if it never does.
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

fn end_of(trace: &Trace) -> SimTime {
    if trace.events.is_empty() { SimTime::ZERO } else { trace.stopped_at() + AFTER_THE_STOP }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};
    use proptest::prelude::*;

    #[test]
    fn it_ends_half_a_second_after_the_loop_has_stopped_unless_more_is_asked_for() {
        let playback = Playback::new(&three_tasks());
        assert_eq!(playback.end, micros(505_500));
        let mut long = three_tasks();
        long.events.push(crate::trace::Event {
            at: micros(9_000_000),
            task: crate::trace::TaskId::new(2),
            kind: EventKind::ThreadEnded,
        });
        let playback = Playback::new(&long);
        assert_eq!(playback.with_after_the_stop(&long, true).end, micros(9_000_000));
        let far = playback.with_after_the_stop(&long, true).seek(micros(9_000_000));
        assert_eq!(far.with_after_the_stop(&long, false).position, micros(505_500));
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
    fn it_pauses_at_the_end_and_plays_from_the_start_again() {
        let ended = Playback::new(&three_tasks()).play().advance(Duration::from_secs(600));
        assert_eq!((ended.position, ended.running), (ended.end, false));
        assert_eq!((ended.play().position, ended.play().running), (SimTime::ZERO, true));
    }

    #[test]
    fn steps_visit_every_moment_at_which_something_happens_and_back_again() {
        let trace = three_tasks();
        let mut moments: Vec<_> = trace.events.iter().map(|event| event.at).collect();
        moments.dedup();
        let mut playback = Playback::new(&trace);
        for moment in &moments[1..] {
            playback = playback.step_forward(&trace);
            assert_eq!(playback.position, *moment);
        }
        assert_eq!(playback.step_forward(&trace).position, *moments.last().expect("moments"));
        for moment in moments[..moments.len() - 1].iter().rev() {
            playback = playback.step_back(&trace);
            assert_eq!(playback.position, *moment);
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
    fn a_section_is_marked_at_both_ends_played_over_and_over_and_let_go() {
        let trace = three_tasks();
        let marked = Playback::new(&trace).seek(micros(4_000)).mark_section().seek(micros(1_000)).mark_section();
        assert_eq!(marked.section, Section::Between(micros(1_000), micros(4_000)));
        let played = Playback { speed: Speed::REAL_TIME, ..marked }.play().advance(Duration::from_micros(3_500));
        assert_eq!((played.position, played.running), (micros(1_000), true));
        assert_eq!(marked.seek(micros(5_000)).play().advance(Duration::from_micros(1)).section, marked.section);
        assert_eq!(marked.mark_section().section, Section::None);
    }

    #[test]
    fn a_step_is_the_same_at_every_speed() {
        let trace = three_tasks();
        let steps = Speed::STEPS.map(|speed| Playback { speed, ..Playback::new(&trace) }.step_forward(&trace).position);
        assert!(steps.iter().all(|step| *step == steps[0]));
    }

    proptest! {
        #[test]
        fn whatever_is_done_the_playhead_stays_between_start_and_end(
            acts in prop::collection::vec((0_u8..10, any::<u64>()), 0..40), empty in any::<bool>(),
        ) {
            let trace = if empty { Trace { events: Vec::new(), ..three_tasks() } } else { three_tasks() };
            let mut playback = Playback::new(&trace);
            for (act, number) in acts {
                playback = match act {
                    0 => playback.play(),
                    1 => playback.advance(Duration::from_micros(number)),
                    2 => playback.seek(SimTime::from_micros(number)),
                    3 => playback.step_forward(&trace),
                    4 => playback.step_back(&trace),
                    5 => playback.to_next_lock_change(&trace),
                    6 => playback.to_previous_lock_change(&trace),
                    7 => playback.with_after_the_stop(&trace, number % 2 == 0),
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
