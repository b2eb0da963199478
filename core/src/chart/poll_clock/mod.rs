//! The poll clock: one turn of the waiters' back-off as a dial, on which one sees why so few rows get in.
//!
//! A waiter is a dot at the phase of its next poll, on a ring of its own, the oldest wait innermost. Because the long sleeps are
//! one turn each, a dot stands still from turn to turn, and waiters that poll together stand as a spoke (fact 13.1). Bars around the
//! dots count them; a mark below the bars is a bunch. The lock's holder is an arc as long as its hold so far; the arcs of the
//! last turn stay, fainter. The hand is the present moment.
//!
//! ```text
//!   0      0.36 .... 0.74   0.78 ... 0.90   0.95   1   of the radius
//!   | rows |     dots     | mark  bars    | lock | rim
//! ```

mod dial;
mod waiters;
mod words;

pub use words::{caption, summary};

use super::number::float;
use super::scene::{Anchor, Role, Scene, Shape, TextSize};
use super::viewport::Size;
use crate::text::noun_for;
use crate::time::{SimDuration, SimTime};
use crate::trace::{LaneState, Snapshot, TaskId, Trace, TraceIndex};
use dial::Dial;
use waiters::INNERMOST;

/// Room around the dial for its labels, in CSS pixels.
const MARGIN: f64 = 26.0;
/// How the dial is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DialView {
    /// How large the picture is.
    pub size: Size,
    /// The task to mark.
    pub selected: Option<TaskId>,
    /// The phase that stands at the top.
    pub top: SimDuration,
}

/// The dial at the moment of `now`.
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
        let centre = waiters::place(&dial, waiter);
        scene.add(Role::Selection, Shape::Arc { centre, radius: 6.0, from: 0.0, to: 1.0, width: 2.0 });
    }
    figure(&dial, now, &mut scene);
    scene
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
    scene.add(Role::Playhead, Shape::Line { from: dial.point(turns, INNERMOST - 0.04), to: dial.point(turns, 1.0), width: 1.5 });
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
    let lock = now.holder.map_or_else(|| "lock free".to_owned(), |holder| format!("lock: task {}", holder.hold.task));
    let has_room = float(lock.len()) * 6.5 < 2.0 * INNERMOST * dial.radius;
    let up = if has_room { 16.0 } else { 8.0 };
    add(Role::Text, y - up, now.rows.to_string(), TextSize::Figure);
    add(Role::QuietText, y - up + 24.0, [&noun_for(now.rows, "row"), " in"].concat(), TextSize::Label);
    if has_room {
        add(Role::QuietText, y - up + 40.0, lock, TextSize::Label);
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
    fn while_a_commit_is_written_the_waiters_stand_at_their_next_polls() {
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
                "chart-text-quiet text 128 144 rows in",
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
        assert_eq!(caption(1_000), "2 waiters, no bunch; 0 rows/s");
        assert_eq!(caption(6_000), "1 waiter, no bunch; 2 rows/s");
    }

    proptest! {
        #[test]
        fn every_waiter_has_one_dot_inside_the_dial_and_shares_it_only_where_dots_are_pixels(time in 0_u64..10_000, width in any::<f64>(), height in 0.0_f64..2000.0) {
            let size = Size::new(width, height, 1.0);
            let (now, scene) = at(time, size);
            let dots = [Role::Waiter, Role::State(LaneState::Polling)].map(|role| scene.count(role)).iter().sum::<usize>();
            let radius = size.width.min(size.height) / 2.0 - MARGIN;
            // On a dial of few pixels dots are pixels, and two waiters may share one.
            let fewest = if radius <= 0.0 { 0 } else if radius < 5.0 { now.waiters.len().min(1) } else { now.waiters.len() };
            let most = if radius <= 0.0 { 0 } else { now.waiters.len() };
            prop_assert!((fewest..=most).contains(&dots), "{} dots for {} waiters", dots, now.waiters.len());
            for shape in scene.layers.iter().flat_map(|layer| &layer.shapes) {
                if let Shape::Dot { x, y, .. } = shape {
                    let distance = crate::chart::geometry::distance((*x, *y), (size.width / 2.0, size.height / 2.0));
                    prop_assert!(distance <= size.width.min(size.height) / 2.0 - MARGIN);
                }
            }
        }
    }
}
