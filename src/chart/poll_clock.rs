//! The poll clock: one turn of the waiters' back-off as a dial, on which one sees why so few rows get in.
//!
//! A waiter is a dot at the phase of its next poll, on a ring of its own, the oldest wait innermost. Because the long sleeps are
//! one turn each, a dot stands still from turn to turn, and waiters that poll together stand as a spoke (fact 13.1). The lock's holder
//! is an arc as long as its hold so far; the arcs of the last turn stay, fainter. The hand is the present moment.

use super::number::float;
use super::scene::{Anchor, Role, Scene, Shape, TextSize};
use super::viewport::Size;
use crate::time::{SimDuration, SimTime};
use crate::trace::bunches::phase;
use crate::trace::snapshot::Waiter;
use crate::trace::{LaneState, Snapshot, TaskId, Trace, TraceIndex, bunches};
use std::f64::consts::TAU;

/// Room around the dial for its labels, in CSS pixels.
const MARGIN: f64 = 28.0;
/// Where the rings of the waiters begin and end, and where the arcs of the lock lie, in parts of the dial's radius.
const INNERMOST: f64 = 0.40;
const OUTERMOST: f64 = 0.86;
const LOCK: f64 = 0.94;
/// A poll glows for so long a part of the turn after it was made.
const GLOW: u64 = 50;
/// More dots than these are drawn as squares, which are many times faster to paint and as small.
const MOST_ROUND: usize = 1500;

struct Dial {
    centre: (f64, f64),
    radius: f64,
    turn: SimDuration,
}

impl Dial {
    /// Turns from the top to where this moment lies.
    fn angle(&self, time: SimTime) -> f64 {
        self.part(phase(time, self.turn))
    }

    fn part(&self, length: SimDuration) -> f64 {
        if self.turn.is_zero() { 0.0 } else { length.seconds() / self.turn.seconds() }
    }

    /// The point at an angle, so many parts of the radius from the middle.
    fn point(&self, turns: f64, part: f64) -> (f64, f64) {
        let (sin, cos) = (turns * TAU).sin_cos();
        (self.centre.0 + sin * part * self.radius, self.centre.1 - cos * part * self.radius)
    }

    fn arc(&self, from: SimTime, length: SimDuration, width: f64) -> Shape {
        let begin = self.angle(from);
        let end = begin + self.part(length).min(1.0);
        Shape::Arc { centre: self.centre, radius: LOCK * self.radius, from: begin, to: end, width }
    }
}

/// The dial at the moment of `now`.
#[must_use]
pub fn poll_clock(trace: &Trace, index: &TraceIndex, now: &Snapshot, selected: Option<TaskId>, size: Size) -> Scene {
    let mut scene = Scene::default();
    let radius = size.width.min(size.height) / 2.0 - MARGIN;
    if radius <= 0.0 {
        return scene;
    }
    let dial = Dial { centre: (size.width / 2.0, size.height / 2.0), radius, turn: trace.turn };
    face(&dial, &mut scene);
    past_holds(&dial, index, now.at, &mut scene);
    hand(&dial, now.at, &mut scene);
    waiters(&dial, now, index.wait_count, &mut scene);
    holder(&dial, now, &mut scene);
    if let Some(waiter) = now.waiters.iter().find(|waiter| Some(waiter.task) == selected) {
        let centre = place(&dial, waiter, index.wait_count);
        scene.add(Role::Selection, Shape::Arc { centre, radius: 6.0, from: 0.0, to: 1.0, width: 2.0 });
    }
    figure(&dial, now, &mut scene);
    scene
}

/// Under the dial: "751 waiters in 16 bunches; 496 rows/s".
#[must_use]
pub fn caption(now: &Snapshot, turn: SimDuration) -> String {
    let found = bunches(now.waiters.iter().map(|waiter| waiter.next_poll), turn).len();
    let waiters = plural(now.waiters.len(), "waiter", "waiters");
    let bunches = plural(found, "bunch", "bunches");
    format!("{waiters} in {bunches}; {}", plural(now.rate as usize, "row/s", "rows/s"))
}

/// What the dial shows, in a sentence for those who do not see it.
#[must_use]
pub fn summary(now: &Snapshot, turn: SimDuration) -> String {
    let lock = now.holder.map_or_else(
        || "the lock is free".to_owned(),
        |holder| format!("task {} holds {}", holder.hold.task, holder.lock.name()),
    );
    format!(
        "Poll clock at {:.2} s: {}; {lock}; {} in.",
        now.at.seconds(),
        caption(now, turn),
        plural(now.rows as usize, "row", "rows")
    )
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Rim, cross-hairs, and a label each 25 ms of the turn.
fn face(dial: &Dial, scene: &mut Scene) {
    let rim = Shape::Arc { centre: dial.centre, radius: dial.radius, from: 0.0, to: 1.0, width: 1.0 };
    scene.add(Role::Hairline, rim);
    for millis in (0..dial.turn.millis()).step_by(25) {
        let turns = dial.part(SimDuration::from_millis(millis));
        // The last label would stand on the first.
        if turns > 0.95 {
            break;
        }
        let line = Shape::Line { from: dial.point(turns, INNERMOST), to: dial.point(turns, 1.0), width: 1.0 };
        scene.add(Role::Hairline, line);
        let outside = dial.point(turns, 1.0 + 14.0 / dial.radius);
        // The unit stands where there is room for it, at the bottom.
        let text = if millis == 50 { "50 ms".to_owned() } else { millis.to_string() };
        let anchor = match turns {
            t if (0.05..0.45).contains(&t) => Anchor::Start,
            t if (0.55..0.95).contains(&t) => Anchor::End,
            _ => Anchor::Middle,
        };
        // Beside the dial the text's near end, not its middle, keeps its distance.
        let x = match anchor {
            Anchor::Middle => outside.0,
            Anchor::Start => outside.0 - 8.0,
            Anchor::End => outside.0 + 8.0,
        };
        scene.add(Role::QuietText, Shape::Text { x, y: outside.1, text, anchor, size: TextSize::Label });
    }
}

/// The holds that ended during the last turn, as far as they lie in it.
fn past_holds(dial: &Dial, index: &TraceIndex, now: SimTime, scene: &mut Scene) {
    let begin = SimTime::from_micros(now.since(SimTime::ZERO + dial.turn).micros());
    let begun = index.holds.partition_point(|hold| hold.from <= now);
    let ended =
        index.holds[..begun].iter().rev().filter_map(|hold| hold.to.filter(|end| *end <= now).map(|end| (hold.from, end)));
    for (from, end) in ended.take_while(|(_, end)| *end > begin) {
        let from = from.max(begin);
        scene.add(Role::PastHold, dial.arc(from, end.since(from), 5.0));
    }
}

fn hand(dial: &Dial, now: SimTime, scene: &mut Scene) {
    let turns = dial.angle(now);
    scene.add(Role::Playhead, Shape::Line { from: dial.point(turns, INNERMOST - 0.06), to: dial.point(turns, 1.0), width: 1.5 });
}

fn place(dial: &Dial, waiter: &Waiter, wait_count: u32) -> (f64, f64) {
    let youngest = f64::from(wait_count.saturating_sub(1).max(1));
    let ring = f64::from(waiter.rank) / youngest;
    dial.point(dial.angle(waiter.next_poll), INNERMOST + ring.min(1.0) * (OUTERMOST - INNERMOST))
}

fn waiters(dial: &Dial, now: &Snapshot, wait_count: u32, scene: &mut Scene) {
    let radius = (dial.radius * 0.013).clamp(1.3, 3.0);
    let round = now.waiters.len() <= MOST_ROUND;
    let mut asleep = Vec::with_capacity(now.waiters.len());
    let mut polled = Vec::new();
    for waiter in &now.waiters {
        let (x, y) = place(dial, waiter, wait_count);
        let has_just_polled = now.at.since(waiter.last_poll).micros() <= dial.turn.micros() / GLOW;
        let radius = if has_just_polled { radius * 1.4 } else { radius };
        let shape = if round {
            Shape::Dot { x, y, radius }
        } else {
            Shape::Rect { x: x - radius, y: y - radius, width: 2.0 * radius, height: 2.0 * radius }
        };
        if has_just_polled { polled.push(shape) } else { asleep.push(shape) }
    }
    scene.layer(Role::Waiter).append(&mut asleep);
    scene.layer(Role::State(LaneState::Polling)).append(&mut polled);
}

/// The hold that lasts, with COMMIT's part of it.
fn holder(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let Some(holder) = now.holder else { return };
    let hold = holder.hold;
    scene.add(Role::State(LaneState::Holding), dial.arc(hold.from, now.at.since(hold.from), 9.0));
    if let Some(from) = hold.commit_from.filter(|from| *from <= now.at) {
        let to = hold.commit_to.unwrap_or(now.at).min(now.at);
        scene.add(Role::State(LaneState::Committing), dial.arc(from, to.since(from), 9.0));
    }
}

/// Rows so far in the middle, and who has the lock.
fn figure(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let (x, y) = dial.centre;
    let mut add = |role, y, text, size| scene.add(role, Shape::Text { x, y, text, anchor: Anchor::Middle, size });
    if dial.radius < 60.0 {
        return;
    }
    add(Role::Text, y - 14.0, now.rows.to_string(), TextSize::Figure);
    add(Role::QuietText, y + 10.0, if now.rows == 1 { "row in" } else { "rows in" }.to_owned(), TextSize::Label);
    let lock = now.holder.map_or_else(|| "lock free".to_owned(), |holder| format!("lock: task {}", holder.hold.task));
    if float(lock.len()) * 6.5 < 2.0 * INNERMOST * dial.radius {
        add(Role::QuietText, y + 28.0, lock, TextSize::Label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{hand_over, micros};
    use proptest::prelude::*;

    fn at(time: u64, size: Size) -> (Snapshot, Scene) {
        let trace = hand_over();
        let index = TraceIndex::of(&trace);
        let now = Snapshot::at(&trace, &index, micros(time));
        let scene = poll_clock(&trace, &index, &now, Some(TaskId::new(2)), size);
        (now, scene)
    }

    #[test]
    fn while_a_commit_is_written_the_waiters_stand_at_their_next_polls() {
        let (_, scene) = at(1_250, Size::new(256.0, 256.0, 1.0));
        let text: Vec<_> = scene.to_string().lines().map(str::to_owned).collect();
        assert_eq!(
            text,
            [
                "chart-hairline arc r100 0.000 to 1.000",
                "chart-hairline line 128 88 to 128 28",
                "chart-hairline line 168 128 to 228 128",
                "chart-hairline line 128 168 to 128 228",
                "chart-hairline line 88 128 to 28 128",
                "chart-text-quiet text 128 14 0",
                "chart-text-quiet text 234 128 25",
                "chart-text-quiet text 128 242 50 ms",
                "chart-text-quiet text 22 128 75",
                "chart-text-quiet text 128 138 rows in",
                "chart-text-quiet text 128 156 lock: task 1",
                "chart-playhead line 131 94 to 136 28",
                "state-polling dot 132 88 r1.8",
                "state-polling dot 136 42 r1.8",
                "state-holding arc r94 0.004 to 0.012",
                "state-committing arc r94 0.010 to 0.013",
                "chart-selection arc r6 0.000 to 1.000",
                "chart-text text 128 114 0",
            ]
        );
    }

    #[test]
    fn a_hold_that_is_over_stays_for_a_turn_and_no_longer() {
        let past = |time| at(time, Size::new(200.0, 200.0, 1.0)).1.count(Role::PastHold);
        assert_eq!((past(1_999), past(2_000), past(101_999), past(102_000)), (0, 1, 1, 0));
    }

    #[test]
    fn a_hold_longer_than_a_turn_goes_once_around() {
        let (_, scene) = at(400_000, Size::new(200.0, 200.0, 1.0));
        let holding =
            scene.layers.iter().find(|layer| layer.role == Role::State(LaneState::Holding)).expect("task 2 holds the lock");
        let Shape::Arc { from, to, .. } = holding.shapes[0] else { panic!("a hold is an arc") };
        assert!((to - from - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_caption_counts_waiters_bunches_and_rows_a_second() {
        let caption = |time| caption(&at(time, Size::new(0.0, 0.0, 1.0)).0, SimDuration::from_millis(100));
        assert_eq!(caption(1_000), "2 waiters in 0 bunches; 0 rows/s");
        assert_eq!(caption(6_000), "1 waiter in 0 bunches; 2 rows/s");
    }

    proptest! {
        #[test]
        fn every_waiter_has_one_dot_inside_the_dial_whatever_its_size(time in 0_u64..10_000, width in any::<f64>(), height in 0.0_f64..2000.0) {
            let size = Size::new(width, height, 1.0);
            let (now, scene) = at(time, size);
            let dots = [Role::Waiter, Role::State(LaneState::Polling)].map(|role| scene.count(role)).iter().sum::<usize>();
            let is_drawn = size.width.min(size.height) / 2.0 > MARGIN;
            prop_assert_eq!(dots, if is_drawn { now.waiters.len() } else { 0 });
            for shape in scene.layers.iter().flat_map(|layer| &layer.shapes) {
                if let Shape::Dot { x, y, .. } = shape {
                    let distance = (x - size.width / 2.0).hypot(y - size.height / 2.0);
                    prop_assert!(distance <= size.width.min(size.height) / 2.0 - MARGIN);
                }
            }
        }
    }
}
