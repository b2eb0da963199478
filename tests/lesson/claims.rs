//! A link's title says what is to be seen there. Each of these sentences is a check on the trace.

use crate::sections;
use lockstep_core::model;
use lockstep_core::scenario::query;
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{Call, EventKind, LaneState, Lock, Snapshot, TaskId, Trace, TraceIndex, bunches};
use lockstep_site::Section;
use lockstep_site::markdown::{ScenarioLink, scenario_links};

/// A moment of a run.
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
        assert_eq!(names, ["t"], "?{text}: a link of the lesson says when to look, and nothing else of the page");
        let seconds = reading.others[0].1.parse().unwrap_or_else(|_| panic!("?{text}: seconds"));
        let trace = model::run(&reading.scenario).expect("a run that fits");
        let index = TraceIndex::of(&trace);
        let at = lockstep_core::time::SimTime::from_seconds(seconds);
        assert!(at <= trace.stopped_at() + SimDuration::from_millis(500), "?{text}: the playhead cannot go there");
        let now = Snapshot::at(&trace, &index, at);
        Self { trace, index, now }
    }

    fn tasks(&self) -> usize {
        self.trace.scenario.tasks as usize
    }

    fn state(&self, task: TaskId) -> Option<LaneState> {
        self.index.state_at(&self.trace, task, self.now.at)
    }

    fn until_now(&self, is_it: impl Fn(EventKind) -> bool) -> usize {
        let past = &self.trace.events[..self.trace.events_until(self.now.at)];
        past.iter().filter(|event| is_it(event.kind)).count()
    }

    /// Waiters in bunches, and how many bunches.
    fn bunched(&self) -> (usize, usize) {
        let found = bunches(self.now.waiters.iter().map(|waiter| waiter.next_poll), self.trace.turn);
        (found.iter().map(|bunch| bunch.members).sum(), found.len())
    }

    /// Instants of the turn, a millisecond wide, at which waiters poll.
    fn instants(&self) -> usize {
        let turn = self.trace.turn.micros();
        let mut phases: Vec<u64> = self.now.waiters.iter().map(|waiter| waiter.next_poll.micros() % turn).collect();
        phases.sort_unstable();
        let gaps = phases.windows(2).filter(|pair| pair[1] - pair[0] >= 1000).count();
        let closed = phases.first().zip(phases.last()).is_some_and(|(first, last)| first + turn - last < 1000);
        gaps + usize::from(!closed)
    }

    fn holder_sleeps(&self) -> bool {
        let Some(holder) = self.now.holder else { return false };
        let last = self.index.last_event(&self.trace, holder.hold.task, self.now.at);
        holder.lock == Lock::Reserved && last.is_some_and(|(_, event)| matches!(event.kind, EventKind::Sleep { .. }))
    }

    fn holder_waits_for_the_loop(&self) -> bool {
        let Some(holder) = self.now.holder else { return false };
        let last = self.index.last_event(&self.trace, holder.hold.task, self.now.at);
        last.is_some_and(|(_, event)| event.kind == EventKind::CallReturned { call: Call::Execute, ok: true })
    }

    fn somebody_was_overtaken(&self) -> bool {
        let in_by_now = self.index.holds.iter().filter(|hold| hold.from <= self.now.at);
        let asked = |task| self.index.waits.of(task).iter().map(|wait| wait.from).min();
        let latest = in_by_now.filter_map(|hold| asked(hold.task)).max();
        latest.is_some_and(|latest| self.now.waiters.iter().any(|waiter| waiter.since < latest))
    }

    fn refused_without_waiting(&self) -> bool {
        (1..=self.trace.scenario.tasks).map(TaskId::new).any(|task| {
            let events = self.index.events.of(task).iter().map(|place| self.trace.events[*place as usize]);
            let kinds: Vec<_> = events.take_while(|event| event.at <= self.now.at).map(|event| event.kind).collect();
            kinds.windows(2).any(|pair| {
                matches!(
                    pair,
                    [EventKind::Attempt { granted: false, .. }, EventKind::CallReturned { call: Call::Execute, ok: false }]
                )
            })
        })
    }

    /// Whether `claim` is true now; none for a sentence that nobody can check.
    fn shows(&self, claim: &str) -> Option<bool> {
        let waiting = self.now.waiters.len();
        Some(match claim {
            "most tasks wait for the lock" => waiting * 2 > self.tasks(),
            "tasks still wait for the lock" => waiting > 0,
            "no coroutine has its INSERT back, and most connections are open" => {
                let open = self.until_now(|kind| kind == EventKind::CallReturned { call: Call::Connect, ok: true });
                self.index.outcome.first_executed_at.is_none_or(|at| at > self.now.at) && open * 2 > self.tasks()
            }
            "the lock is free, and tasks wait for it" => self.now.holder.is_none() && waiting > 0,
            "all waiters poll at seven instants of a turn" => waiting > 100 && self.instants() == 7,
            "the waiters stand in bunches" => waiting > 12 && self.bunched().0 * 5 >= waiting * 4,
            "a task holds RESERVED while its coroutine sleeps" => self.holder_sleeps() && waiting > 0,
            "a COMMIT has EXCLUSIVE" => self.now.holder.is_some_and(|holder| holder.lock == Lock::Exclusive),
            "a task has overtaken one that asked before it" => self.somebody_was_overtaken(),
            "every task has started" => self.until_now(|kind| kind == EventKind::TaskStarted) == self.tasks(),
            "the lock is held and its holder waits for the loop" => self.holder_waits_for_the_loop() && waiting > 0,
            "the loop has stopped and the lock is still held" => self.now.stopped && self.now.holder.is_some(),
            "an error has reached its coroutine" => self.now.errors > 0,
            "rows come slower than twenty a second" => self.now.rate < 20 && waiting > 0 && !self.now.stopped,
            "nobody was ever refused" => {
                !self.trace.events.iter().any(|event| matches!(event.kind, EventKind::Attempt { granted: false, .. }))
            }
            "an INSERT was refused and did not wait" => self.refused_without_waiting(),
            "every task is done, and some were refused on the way" => {
                (1..=self.trace.scenario.tasks).all(|task| self.state(TaskId::new(task)) == Some(LaneState::Done))
                    && self.until_now(|kind| matches!(kind, EventKind::Attempt { granted: false, .. })) > 0
            }
            _ => return None,
        })
    }
}

fn check(section: &Section, link: &ScenarioLink) -> Option<String> {
    let told = match Moment::of(&link.query).shows(&link.claim) {
        Some(true) => return None,
        Some(false) => "is not true there",
        None => "is not a sentence that this test knows",
    };
    Some(format!("{}: ?{}: \u{201c}{}\u{201d} {told}", section.name, link.query, link.claim))
}

#[test]
fn every_link_shows_what_its_text_says() {
    let mut wrong = Vec::new();
    for section in sections() {
        let links = scenario_links(&section.text);
        assert!(!links.is_empty(), "{}: a section shows at least one run", section.name);
        wrong.extend(links.iter().filter_map(|link| check(&section, link)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sections_own_scenario_can_be_opened() {
    for section in sections() {
        Moment::of(&section.scenario);
    }
}
