//! The poll clock: a dial on which one turn is one long sleep of the waiters' back-off. It shows
//! why so few rows are committed.
//!
//! A waiter is a dot at the phase of its next poll. Each waiter has its own ring; the oldest wait
//! is innermost. A long sleep is exactly one turn, so a dot keeps its angle from turn to turn, and
//! waiters that poll together form a spoke (fact 13.1). Bars around the dots show how many waiters
//! poll at each angle, and a mark below the bars is a bunch. The present hold of the lock is an
//! arc; the holds of the last turn stay as fainter arcs. The hand shows the present time.
//!
//! ```text
//!   0      0.36 .... 0.74   0.78 ... 0.90   0.95   1   fraction of the radius
//!   | rows |     dots     | mark  bars    | lock | rim
//! ```

mod dial;
mod text;
mod waiters;

pub use text::{caption, summary};

use super::number::float;
use super::scene::{Anchor, Role, Scene, Shape, TextSize};
use super::viewport::Size;
use crate::text::noun_for;
use crate::time::{SimDuration, SimTime};
use crate::trace::{LaneState, Snapshot, TaskId, Trace, TraceIndex};
use dial::Dial;
use waiters::MIN_DOT_RADIUS;

/// Space around the dial for its labels, in CSS pixels.
const MARGIN: f64 = 26.0;
/// How to draw the dial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DialView {
    /// The size of the picture.
    pub size: Size,
    /// The task to mark.
    pub selected: Option<TaskId>,
    /// The phase at the top of the dial, less than a turn.
    pub top: SimDuration,
}

/// Draws the dial at the time of `now`.
#[must_use]
pub fn poll_clock(trace: &Trace, index: &TraceIndex, now: &Snapshot, view: &DialView) -> Scene {
    let mut scene = Scene::default();
    let size = view.size;
    let radius = size.width.min(size.height) / 2.0 - MARGIN;
    if radius <= 0.0 {
        return scene;
    }
    let centre = (size.width / 2.0, size.height / 2.0);
    let dial = Dial { centre, radius, turn: trace.turn, top: view.top, tasks: trace.scenario.coroutines() };
    face(&dial, &mut scene);
    waiters::bars(&dial, now, &mut scene);
    past_holds(&dial, index, now.at, &mut scene);
    hand(&dial, now.at, &mut scene);
    waiters::dots(&dial, now, &mut scene);
    waiters::bunch_marks(&dial, now, &mut scene);
    holder(&dial, now, &mut scene);
    if let Some(waiter) = now.waiters.iter().find(|waiter| Some(waiter.task) == view.selected) {
        let centre = waiters::position(&dial, waiter);
        scene.add(Role::Selection, Shape::Arc { centre, radius: 6.0, from: 0.0, to: 1.0, width: 2.0 });
    }
    centre_text(&dial, now, &mut scene);
    scene
}

/// Draws the rim, and a line and a label every 25 ms of the turn.
fn face(dial: &Dial, scene: &mut Scene) {
    let rim = Shape::Arc { centre: dial.centre, radius: dial.radius, from: 0.0, to: 1.0, width: 1.0 };
    scene.add(Role::Hairline, rim);
    for millis in (0..dial.turn.millis()).step_by(25) {
        let turns = dial.turns(SimDuration::from_millis(millis));
        // The last label would overlap the first.
        if turns > 0.95 {
            break;
        }
        let line = Shape::Line { from: dial.point(turns, MIN_DOT_RADIUS), to: dial.point(turns, 1.0), width: 1.0 };
        scene.add(Role::Hairline, line);
        let outside = dial.point(turns, 1.0 + 14.0 / dial.radius);
        // Only the label at the bottom has space for the unit.
        let text = if millis == 50 { "50 ms".to_owned() } else { millis.to_string() };
        let anchor = match turns {
            t if (0.05..0.45).contains(&t) => Anchor::Start,
            t if (0.55..0.95).contains(&t) => Anchor::End,
            _ => Anchor::Middle,
        };
        // A label at the side is anchored at the end that is closer to the dial.
        let x = match anchor {
            Anchor::Middle => outside.0,
            Anchor::Start => outside.0 - 8.0,
            Anchor::End => outside.0 + 8.0,
        };
        scene.add(Role::QuietText, Shape::Text { x, y: outside.1, text, anchor, size: TextSize::Label });
    }
}

/// Draws the holds that ended during the last turn, clipped to it.
fn past_holds(dial: &Dial, index: &TraceIndex, now: SimTime, scene: &mut Scene) {
    let start = SimTime::from_micros(now.since(SimTime::ZERO + dial.turn).micros());
    let end = index.holds.partition_point(|hold| hold.from <= now);
    let ended = index.holds[..end].iter().rev().filter_map(|hold| hold.to.filter(|end| *end <= now).map(|end| (hold.from, end)));
    for (from, end) in ended.take_while(|(_, end)| *end > start) {
        let from = from.max(start);
        scene.add(Role::PastHold, dial.arc(from, end.since(from), 5.0));
    }
}

/// Draws the hand at the present time.
fn hand(dial: &Dial, now: SimTime, scene: &mut Scene) {
    let turns = dial.angle(now);
    scene.add(
        Role::Playhead,
        Shape::Line { from: dial.point(turns, MIN_DOT_RADIUS - 0.04), to: dial.point(turns, 1.0), width: 1.5 },
    );
}

/// Draws the present hold and the part of it that is the COMMIT.
fn holder(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let Some(holder) = now.holder else { return };
    let hold = holder.hold;
    scene.add(Role::State(LaneState::Holding), dial.arc(hold.from, now.at.since(hold.from), 9.0));
    if let Some(from) = hold.commit_from.filter(|from| *from <= now.at) {
        let to = hold.commit_to.unwrap_or(now.at).min(now.at);
        scene.add(Role::State(LaneState::Committing), dial.arc(from, to.since(from), 9.0));
    }
}

/// Writes the rows so far and the lock's holder in the centre.
fn centre_text(dial: &Dial, now: &Snapshot, scene: &mut Scene) {
    let (x, y) = dial.centre;
    let mut add = |role, y, text, size| scene.add(role, Shape::Text { x, y, text, anchor: Anchor::Middle, size });
    if dial.radius < 60.0 {
        return;
    }
    let lock = now.holder.map_or_else(|| "lock free".to_owned(), |holder| format!("lock: task {}", holder.hold.task));
    let lock_fits = float(lock.len()) * 6.5 < 2.0 * MIN_DOT_RADIUS * dial.radius;
    let offset = if lock_fits { 16.0 } else { 8.0 };
    add(Role::Text, y - offset, now.rows.to_string(), TextSize::Figure);
    add(Role::QuietText, y - offset + 24.0, noun_for(now.rows, "row"), TextSize::Label);
    if lock_fits {
        add(Role::QuietText, y - offset + 40.0, lock, TextSize::Label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{micros, three_tasks};
    use proptest::prelude::*;

    fn at(time: u64, size: Size) -> (Snapshot, Scene) {
        let trace = three_tasks();
        let index = TraceIndex::of(&trace);
        let now = Snapshot::at(&trace, &index, micros(time));
        let scene = poll_clock(&trace, &index, &now, &DialView { size, selected: Some(TaskId::new(2)), top: SimDuration::ZERO });
        (now, scene)
    }

    #[test]
    fn during_a_commit_the_dots_are_at_the_next_polls() {
        let (_, scene) = at(1_250, Size::new(256.0, 256.0, 1.0));
        let text: Vec<_> = scene.to_string().lines().map(str::to_owned).collect();
        assert_eq!(
            text,
            [
                "chart-hairline arc r102 0.000 to 1.000",
                "chart-hairline line 128 91 to 128 26",
                "chart-hairline line 165 128 to 230 128",
                "chart-hairline line 128 165 to 128 230",
                "chart-hairline line 91 128 to 26 128",
                "chart-text-quiet text 128 12 0",
                "chart-text-quiet text 236 128 25",
                "chart-text-quiet text 128 244 50 ms",
                "chart-text-quiet text 20 128 75",
                "chart-text-quiet text 128 144 rows",
                "chart-waiters line 135 49 to 137 37",
                "chart-playhead line 131 95 to 136 26",
                "state-polling dot 131 91 r4.2",
                "state-polling dot 133 72 r4.2",
                "state-holding arc r97 0.004 to 0.012",
                "state-committing arc r97 0.010 to 0.013",
                "chart-selection arc r6 0.000 to 1.000",
                "chart-text text 128 120 0",
            ]
        );
    }

    #[test]
    fn a_past_hold_is_shown_for_one_turn() {
        let past = |time| at(time, Size::new(200.0, 200.0, 1.0)).1.count(Role::PastHold);
        assert_eq!((past(1_999), past(2_000), past(101_999), past(102_000)), (0, 1, 1, 0));
    }

    #[test]
    fn a_hold_longer_than_a_turn_is_a_full_circle() {
        let (_, scene) = at(400_000, Size::new(200.0, 200.0, 1.0));
        let holding =
            scene.layers.iter().find(|layer| layer.role == Role::State(LaneState::Holding)).expect("task 2 holds the lock");
        let Shape::Arc { from, to, .. } = holding.shapes[0] else { panic!("a hold is an arc") };
        assert!((to - from - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_caption_has_waiters_bunches_and_the_rate() {
        let caption = |time| caption(&at(time, Size::new(0.0, 0.0, 1.0)).0, SimDuration::from_millis(100));
        assert_eq!(caption(1_000), "2 waiters, no bunch; 0 rows/s");
        assert_eq!(caption(6_000), "1 waiter, no bunch; 2 rows/s");
    }

    proptest! {
        #[test]
        fn every_waiter_has_a_dot_inside_the_dial(time in 0_u64..10_000, width in any::<f64>(), height in 0.0_f64..2000.0) {
            let size = Size::new(width, height, 1.0);
            let (now, scene) = at(time, size);
            let dots = [Role::Waiter, Role::State(LaneState::Polling)].map(|role| scene.count(role)).iter().sum::<usize>();
            let radius = size.width.min(size.height) / 2.0 - MARGIN;
            // On a tiny dial the dots are single pixels, and two waiters may share one.
            let min_dots = if radius <= 0.0 { 0 } else if radius < 5.0 { now.waiters.len().min(1) } else { now.waiters.len() };
            let max_dots = if radius <= 0.0 { 0 } else { now.waiters.len() };
            prop_assert!((min_dots..=max_dots).contains(&dots), "{} dots for {} waiters", dots, now.waiters.len());
            for shape in scene.layers.iter().flat_map(|layer| &layer.shapes) {
                if let Shape::Dot { x, y, .. } = shape {
                    let distance = crate::chart::geometry::distance((*x, *y), (size.width / 2.0, size.height / 2.0));
                    prop_assert!(distance <= size.width.min(size.height) / 2.0 - MARGIN);
                }
            }
        }
    }
}
