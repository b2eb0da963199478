//! What is drawn on the lanes at a size that can be seen, however thin they are: polls, holds, errors; and the axes beside them.

use super::Layout;
use crate::chart::axis::time_ticks;
use crate::chart::scene::{Anchor, Role, Scene, Shape, TextSize};
use crate::chart::viewport::LEFT;
use crate::time::SimTime;
use crate::trace::waits::Hold;
use crate::trace::{EventKind, LaneState, Trace, TraceIndex};

/// Height below which a hold of the lock is not drawn, in CSS pixels.
const LEAST_HOLD: f64 = 3.0;
/// Distance from which two errors get a cross each.
const CROSSES_APART: f64 = 9.0;

/// A tick a poll of the row's first lane, unless they would run into each other.
pub(super) fn polls(layout: &Layout<'_>, trace: &Trace, index: &TraceIndex, row: usize, scene: &mut Scene) {
    let places = index.events.of(layout.task(layout.lanes(row).start));
    let at = |place: &u32| trace.events.get(*place as usize).map_or(SimTime::ZERO, |event| event.at);
    let first = places.partition_point(|place| at(place) < layout.axis.from);
    let end = places.partition_point(|place| at(place) <= layout.axis.to);
    let visible = &places[first.min(end)..end];
    // An attempt and a sleep are two events, and a tick needs two pixels beside it to be one.
    if visible.len() * 3 / 2 > layout.columns {
        return;
    }
    let role = Role::State(LaneState::Polling);
    let mut last = None;
    for place in visible {
        let Some(event) = trace.events.get(*place as usize) else { continue };
        let column = layout.column(event.at).min(layout.columns - 1);
        if matches!(event.kind, EventKind::Attempt { .. }) && last != Some(column) {
            last = Some(column);
            scene.add(role, layout.rect(row, column, column + 1));
        }
    }
}

/// Who held the lock, in front of everything and never too small to be seen.
pub(super) fn holds(layout: &Layout<'_>, index: &TraceIndex, scene: &mut Scene) {
    let axis = &layout.axis;
    let begun = index.holds.partition_point(|hold| hold.from <= axis.to);
    let visible = |hold: &&Hold| hold.to.is_none_or(|end| end >= axis.from);
    let mut last = None;
    for hold in index.holds[..begun].iter().filter(visible) {
        let Some((middle, lane)) = layout.lane_of(hold.task) else { continue };
        let height = lane.max(LEAST_HOLD);
        let end = hold.to.unwrap_or(axis.to);
        let place = (layout.column(hold.from), layout.column(end), hold.task);
        // Holds of one task within one column are one to the eye.
        if last == Some(place) {
            continue;
        }
        last = Some(place);
        let mut bar = |role, from: SimTime, to: SimTime| {
            let (x, right) = (axis.x(from), axis.x(to));
            scene.add(role, Shape::Rect { x, y: middle - height / 2.0, width: (right - x).max(1.0), height });
        };
        bar(Role::State(LaneState::Holding), hold.from, end);
        if let Some((from, to)) = hold.commit_from.zip(hold.commit_to.or(hold.to))
            && axis.x(to) - axis.x(from) >= 1.0
        {
            bar(Role::State(LaneState::Committing), from, to);
        }
    }
}

/// A cross where an error reached its coroutine; one for many that are close together.
pub(super) fn errors(layout: &Layout<'_>, index: &TraceIndex, scene: &mut Scene) {
    let mut drawn: Vec<(f64, f64)> = Vec::new();
    let visible = index.errors.iter().filter(|(at, _)| (layout.axis.from..=layout.axis.to).contains(at));
    for (at, task) in visible {
        let Some((y, _)) = layout.lane_of(*task) else { continue };
        let x = layout.axis.x(*at);
        let near = |(other_x, other_y): &(f64, f64)| (x - other_x).hypot(y - other_y) < CROSSES_APART;
        // The volley of time-outs comes within a moment (fact 9.7), so the last few drawn are the ones that can be near.
        if !drawn.iter().rev().take(64).any(near) {
            drawn.push((x, y));
            scene.add(Role::State(LaneState::Failed), Shape::Cross { x, y, radius: 4.0 });
        }
    }
}

/// Moments below, the first and the last task at the side.
pub(super) fn axes(layout: &Layout<'_>, scene: &mut Scene) {
    let bottom = layout.view.size.css(layout.height);
    let label = |x, y, text, anchor| Shape::Text { x, y, text, anchor, size: TextSize::Label };
    for tick in time_ticks(layout.axis.from, layout.axis.to, layout.axis.room_for_ticks()) {
        let x = layout.axis.x(tick.value);
        scene.add(Role::Hairline, Shape::Line { from: (x, bottom), to: (x, bottom + 4.0), width: 1.0 });
        scene.add(Role::QuietText, label(x, bottom + 13.0, tick.label, Anchor::Middle));
    }
    let (first, tasks) = (layout.view.first_task, layout.view.tasks);
    scene.add(Role::QuietText, label(LEFT - 6.0, 7.0, first.to_string(), Anchor::End));
    if bottom > 32.0 && tasks > 1 {
        scene.add(Role::QuietText, label(LEFT - 6.0, bottom - 7.0, first.saturating_add(tasks - 1).to_string(), Anchor::End));
    }
}
