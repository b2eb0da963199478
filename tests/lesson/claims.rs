//! Each link to a run claims what the run shows at that moment. Each claim is checked on the trace.

use crate::sections;
use lockstep_core::model;
use lockstep_core::scenario::query;
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{Call, EventKind, LaneState, Lock, Snapshot, TaskId, Trace, TraceIndex, bunches};
use lockstep_site::Section;
use lockstep_site::markdown::{ScenarioLink, scenario_links};

/// A run and a moment in it.
struct Moment {
    trace: Trace,
    index: TraceIndex,
    now: Snapshot,
}

impl Moment {
    fn of(text: &str) -> Self {
        let reading = query::read(text);
        assert!(reading.errors.is_empty(), "?{text}: {:?}", reading.errors);
        let names: Vec<_> = reading.others.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["t"], "?{text}: a link in the lesson sets the playhead and nothing else of the page");
        let seconds = reading.others[0].1.parse().unwrap_or_else(|_| panic!("?{text}: t is not a number of seconds"));
        let trace = model::run(&reading.scenario).expect("a run within the limits");
        let index = TraceIndex::of(&trace);
        let at = lockstep_core::time::SimTime::from_seconds(seconds);
        assert!(at <= trace.stopped_at() + SimDuration::from_millis(500), "?{text}: the time is after the end of the run");
        let now = Snapshot::at(&trace, &index, at);
        Self { trace, index, now }
    }

    fn tasks(&self) -> usize {
        self.trace.scenario.tasks as usize
    }

    fn state(&self, task: TaskId) -> Option<LaneState> {
        self.index.state_at(&self.trace, task, self.now.at)
    }

    /// The number of matching events until now.
    fn count_until_now(&self, matches: impl Fn(EventKind) -> bool) -> usize {
        let past = &self.trace.events[..self.trace.events_until(self.now.at)];
        past.iter().filter(|event| matches(event.kind)).count()
    }

    /// The number of waiters that are in a bunch.
    fn bunched_waiters(&self) -> usize {
        let found = bunches(self.now.waiters.iter().map(|waiter| waiter.next_poll), self.trace.turn);
        found.iter().map(|bunch| bunch.members).sum()
    }

    /// The number of groups of next polls in the turn that are at least a millisecond apart.
    fn poll_groups(&self) -> usize {
        let turn = self.trace.turn.micros();
        let mut phases: Vec<u64> = self.now.waiters.iter().map(|waiter| waiter.next_poll.micros() % turn).collect();
        phases.sort_unstable();
        let gaps = phases.windows(2).filter(|pair| pair[1] - pair[0] >= 1000).count();
        let wraps = phases.first().zip(phases.last()).is_some_and(|(first, last)| first + turn - last < 1000);
        gaps + usize::from(!wraps)
    }

    fn is_holder_asleep(&self) -> bool {
        let Some(holder) = self.now.holder else { return false };
        let last = self.index.last_event(&self.trace, holder.hold.task, self.now.at);
        holder.lock == Lock::Reserved && last.is_some_and(|(_, event)| matches!(event.kind, EventKind::Sleep { .. }))
    }

    fn is_holder_waiting_for_loop(&self) -> bool {
        let Some(holder) = self.now.holder else { return false };
        let last = self.index.last_event(&self.trace, holder.hold.task, self.now.at);
        last.is_some_and(|(_, event)| event.kind == EventKind::CallReturned { call: Call::Execute, ok: true })
    }

    /// Whether a task still waits although it asked before one that has already had the lock.
    fn was_waiter_overtaken(&self) -> bool {
        let holds_so_far = self.index.holds.iter().filter(|hold| hold.from <= self.now.at);
        let first_asked = |task| self.index.waits.of(task).iter().map(|wait| wait.from).min();
        let latest = holds_so_far.filter_map(|hold| first_asked(hold.task)).max();
        latest.is_some_and(|latest| self.now.waiters.iter().any(|waiter| waiter.since < latest))
    }

    /// Whether an INSERT failed right after a refused attempt, without sleeping.
    fn was_insert_refused_at_once(&self) -> bool {
        (1..=self.trace.scenario.tasks).map(TaskId::new).any(|task| {
            let events = self.index.events.of(task).iter().map(|index| self.trace.events[*index as usize]);
            let kinds: Vec<_> = events.take_while(|event| event.at <= self.now.at).map(|event| event.kind).collect();
            kinds.windows(2).any(|pair| {
                matches!(
                    pair,
                    [EventKind::Attempt { granted: false, .. }, EventKind::CallReturned { call: Call::Execute, ok: false }]
                )
            })
        })
    }

    /// Whether `claim` is true now; `None` if there is no check for it.
    fn shows(&self, claim: &str) -> Option<bool> {
        let waiting = self.now.waiters.len();
        Some(match claim {
            "most tasks wait for the lock" => waiting * 2 > self.tasks(),
            "tasks still wait for the lock" => waiting > 0,
            "no coroutine has its INSERT back, and most connections are open" => {
                let open = self.count_until_now(|kind| kind == EventKind::CallReturned { call: Call::Connect, ok: true });
                self.index.outcome.first_executed_at.is_none_or(|at| at > self.now.at) && open * 2 > self.tasks()
            }
            "the lock is free, and tasks wait for it" => self.now.holder.is_none() && waiting > 0,
            "all waiters poll at seven instants of a turn" => waiting > 100 && self.poll_groups() == 7,
            "the waiters stand in bunches" => waiting > 12 && self.bunched_waiters() * 5 >= waiting * 4,
            "a task holds RESERVED while its coroutine sleeps" => self.is_holder_asleep() && waiting > 0,
            "a COMMIT has EXCLUSIVE" => self.now.holder.is_some_and(|holder| holder.lock == Lock::Exclusive),
            "a task has overtaken one that asked before it" => self.was_waiter_overtaken(),
            "every task has started" => self.count_until_now(|kind| kind == EventKind::TaskStarted) == self.tasks(),
            "the lock is held and its holder waits for the loop" => self.is_holder_waiting_for_loop() && waiting > 0,
            "the loop has stopped and the lock is still held" => self.now.stopped && self.now.holder.is_some(),
            "an error has reached its coroutine" => self.now.errors > 0,
            "rows come slower than twenty a second" => self.now.rate < 20 && waiting > 0 && !self.now.stopped,
            "nobody was ever refused" => {
                !self.trace.events.iter().any(|event| matches!(event.kind, EventKind::Attempt { granted: false, .. }))
            }
            "an INSERT was refused and did not wait" => self.was_insert_refused_at_once(),
            "every task is done, and some were refused on the way" => {
                (1..=self.trace.scenario.tasks).all(|task| self.state(TaskId::new(task)) == Some(LaneState::Done))
                    && self.count_until_now(|kind| matches!(kind, EventKind::Attempt { granted: false, .. })) > 0
            }
            _ => return None,
        })
    }
}

/// A message if the claim of `link` is not true or not known.
fn check(section: &Section, link: &ScenarioLink) -> Option<String> {
    let fault = match Moment::of(&link.query).shows(&link.claim) {
        Some(true) => return None,
        Some(false) => "is not true at that moment",
        None => "has no check in this test",
    };
    Some(format!("{}: ?{}: \u{201c}{}\u{201d} {fault}", section.name, link.query, link.claim))
}

#[test]
fn the_claim_of_every_link_is_true() {
    let mut faults = Vec::new();
    for section in sections() {
        let links = scenario_links(&section.text);
        assert!(!links.is_empty(), "{}: the section links to no run", section.name);
        faults.extend(links.iter().filter_map(|link| check(&section, link)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_scenario_of_every_section_can_be_opened() {
    for section in sections() {
        Moment::of(&section.scenario);
    }
}
