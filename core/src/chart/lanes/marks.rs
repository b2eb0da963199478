//! What is drawn on the lanes at a size that can be seen, however thin they are: polls, holds, errors; and the axes beside them.

use super::Layout;
use crate::chart::axis::time_ticks;
use crate::chart::geometry::distance;
use crate::chart::scene::{Anchor, Role, Scene, Shape, TextSize};
use crate::time::SimTime;
use crate::trace::waits::Hold;
use crate::trace::{EventKind, LaneState, Trace, TraceIndex};

/// Height below which a hold of the lock is not drawn, in CSS pixels.
const LEAST_HOLD: f64 = 3.0;
/// Device pixels in which crowded polls are counted.
const CELL: usize = 4;
/// Distance from which two errors get a cross each.
const CROSSES_APART: f64 = 9.0;

/// A tick a poll of the row's first lane; where they would run into each other, the more ink the more polls there are.
pub(super) fn polls(layout: &Layout<'_>, trace: &Trace, index: &TraceIndex, row: usize, scene: &mut Scene) {
    let places = index.events.of(layout.task(layout.lanes(row).start));
    let at = |place: &u32| trace.events.get(*place as usize).map_or(SimTime::ZERO, |event| event.at);
    let first = places.partition_point(|place| at(place) < layout.axis.from);
    let end = places.partition_point(|place| at(place) <= layout.axis.to);
    let visible = &places[first.min(end)..end];
    // An attempt and a sleep are two events, and a tick needs two pixels beside it to be one.
    if visible.len() * 3 / 2 > layout.columns {
        return density(layout, visible, at, row, scene);
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

/// Of each cell so many pixels as there are polls in it, and one of them always free: found by halving, so that it costs what the
/// pixels cost.
fn density(layout: &Layout<'_>, places: &[u32], at: impl Fn(&u32) -> SimTime, row: usize, scene: &mut Scene) {
    let mut begun = 0;
    for cell in (0..layout.columns.saturating_sub(CELL)).step_by(CELL) {
        let end = layout.axis.time(layout.axis.left + layout.view.size.css(cell + CELL));
        let until = begun + places[begun..].partition_point(|place| at(place) < end);
        let polls = (until - begun).div_ceil(2).min(CELL - 1);
        if polls > 0 {
            scene.add(Role::State(LaneState::Polling), layout.rect(row, cell, cell + polls));
        }
        begun = until;
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
        // On the strip that shows everything they would cover all else.
        let height = lane.max(if layout.view.has_axes { LEAST_HOLD } else { 1.0 });
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
        let picked = layout.view.picked;
        if picked.has(LaneState::Holding) {
            bar(Role::State(LaneState::Holding), hold.from, end);
        }
        if let Some((from, to)) = hold.commit_from.zip(hold.commit_to.or(hold.to))
            && picked.has(LaneState::Committing)
            && axis.x(to) - axis.x(from) >= 1.0
        {
            bar(Role::State(LaneState::Committing), from, to);
        }
    }
}

/// A cross where an error reached its coroutine; one for many that are close together.
pub(super) fn errors(layout: &Layout<'_>, index: &TraceIndex, scene: &mut Scene) {
    if !layout.view.picked.has(LaneState::Failed) {
        return;
    }
    let mut drawn: Vec<(f64, f64)> = Vec::new();
    let visible = index.errors.iter().filter(|(at, _)| (layout.axis.from..=layout.axis.to).contains(at));
    for (at, task) in visible {
        let Some((y, _)) = layout.lane_of(*task) else { continue };
        let x = layout.axis.x(*at);
        let near = |(other_x, other_y): &(f64, f64)| distance((x, y), (*other_x, *other_y)) < CROSSES_APART;
        // The volley of time-outs comes within a moment (fact 9.7), so the last few drawn are the ones that can be near.
        if !drawn.iter().rev().take(64).any(near) {
            drawn.push((x, y));
            scene.add(Role::State(LaneState::Failed), Shape::Cross { x, y, radius: 4.0 });
        }
    }
}

/// Moments below, the uppermost and the lowest task at the side.
pub(super) fn axes(layout: &Layout<'_>, scene: &mut Scene) {
    let bottom = layout.view.size.css(layout.height);
    let label = |x, y, text, anchor| Shape::Text { x, y, text, anchor, size: TextSize::Label };
    for tick in time_ticks(layout.axis.from, layout.axis.to, layout.axis.room_for_ticks()) {
        let x = layout.axis.x(tick.value);
        scene.add(Role::Hairline, Shape::Line { from: (x, bottom), to: (x, bottom + 4.0), width: 1.0 });
        scene.add(Role::QuietText, label(x, bottom + 13.0 * layout.view.size.text, tick.label, Anchor::Middle));
    }
    let side = |lane: usize, y| label(layout.axis.left - 6.0, y, layout.task(lane).to_string(), Anchor::End);
    scene.add(Role::QuietText, side(0, 7.0 * layout.view.size.text));
    let lanes = layout.view.window.lanes as usize;
    if bottom > 32.0 && lanes > 1 {
        scene.add(Role::QuietText, side(lanes - 1, bottom - 7.0 * layout.view.size.text));
    }
}
