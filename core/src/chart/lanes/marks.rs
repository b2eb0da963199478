//! The marks on the lanes, which have a minimum size even on very thin lanes: polls, holds and
//! errors. Also the axes.

use super::Layout;
use crate::chart::axis::time_ticks;
use crate::chart::geometry::distance;
use crate::chart::scene::{Anchor, Role, Scene, Shape, TextSize};
use crate::time::SimTime;
use crate::trace::waits::Hold;
use crate::trace::{EventKind, LaneState, Trace, TraceIndex};

/// The minimum height of a hold of the lock, in CSS pixels.
const MIN_HOLD_HEIGHT: f64 = 3.0;
/// The width of a cell in which dense polls are counted, in device pixels.
const CELL_WIDTH: usize = 4;
/// Errors closer than this share a cross; in CSS pixels.
const MIN_CROSS_DISTANCE: f64 = 9.0;

/// Draws a tick for each poll of the row's first lane, or their density where ticks would overlap.
pub(super) fn polls(layout: &Layout<'_>, trace: &Trace, index: &TraceIndex, row: usize, scene: &mut Scene) {
    let indexes = index.events.of(layout.task(layout.lanes(row).start));
    let at = |index: &u32| trace.events.get(*index as usize).map_or(SimTime::ZERO, |event| event.at);
    let first = indexes.partition_point(|index| at(index) < layout.axis.from);
    let end = indexes.partition_point(|index| at(index) <= layout.axis.to);
    let visible = &indexes[first.min(end)..end];
    // A poll is two events, the attempt and the sleep, and a tick needs two free pixels beside it.
    if visible.len() * 3 / 2 > layout.columns {
        return density(layout, visible, at, row, scene);
    }
    let role = Role::State(LaneState::Polling);
    let mut last = None;
    for index in visible {
        let Some(event) = trace.events.get(*index as usize) else { continue };
        let column = layout.column(event.at).min(layout.columns - 1);
        if matches!(event.kind, EventKind::Attempt { .. }) && last != Some(column) {
            last = Some(column);
            scene.add(role, layout.rect(row, column, column + 1));
        }
    }
}

/// Fills as many pixels of each cell as it has polls, but always leaves one free. A binary search
/// finds the polls of a cell, so the cost depends on the pixels and not on the number of polls.
fn density(layout: &Layout<'_>, indexes: &[u32], at: impl Fn(&u32) -> SimTime, row: usize, scene: &mut Scene) {
    let mut start = 0;
    for cell in (0..layout.columns.saturating_sub(CELL_WIDTH)).step_by(CELL_WIDTH) {
        let end = layout.axis.time(layout.axis.left + layout.view.size.css(cell + CELL_WIDTH));
        let next = start + indexes[start..].partition_point(|index| at(index) < end);
        let polls = (next - start).div_ceil(2).min(CELL_WIDTH - 1);
        if polls > 0 {
            scene.add(Role::State(LaneState::Polling), layout.rect(row, cell, cell + polls));
        }
        start = next;
    }
}

/// Draws each hold of the lock, above everything else and at least 1 CSS pixel wide and high.
pub(super) fn holds(layout: &Layout<'_>, index: &TraceIndex, scene: &mut Scene) {
    let axis = &layout.axis;
    let end = index.holds.partition_point(|hold| hold.from <= axis.to);
    let visible = |hold: &&Hold| hold.to.is_none_or(|end| end >= axis.from);
    let mut last = None;
    for hold in index.holds[..end].iter().filter(visible) {
        let Some((middle, lane)) = layout.lane_of(hold.task) else { continue };
        // In the overview, holds of that height would cover everything else.
        let height = lane.max(if layout.view.has_axes { MIN_HOLD_HEIGHT } else { 1.0 });
        let end = hold.to.unwrap_or(axis.to);
        let position = (layout.column(hold.from), layout.column(end), hold.task);
        // Holds of one task in the same columns look like one.
        if last == Some(position) {
            continue;
        }
        last = Some(position);
        let mut bar = |role, from: SimTime, to: SimTime| {
            let (x, right) = (axis.x(from), axis.x(to));
            scene.add(role, Shape::Rect { x, y: middle - height / 2.0, width: (right - x).max(1.0), height });
        };
        let filter = layout.view.filter;
        if filter.shows(LaneState::Holding) {
            bar(Role::State(LaneState::Holding), hold.from, end);
        }
        if let Some((from, to)) = hold.commit_from.zip(hold.commit_to.or(hold.to))
            && filter.shows(LaneState::Committing)
            && axis.x(to) - axis.x(from) >= 1.0
        {
            bar(Role::State(LaneState::Committing), from, to);
        }
    }
}

/// Draws a cross where an error reached its coroutine. Errors that are close together share one.
pub(super) fn errors(layout: &Layout<'_>, index: &TraceIndex, scene: &mut Scene) {
    if !layout.view.filter.shows(LaneState::Failed) {
        return;
    }
    let mut drawn: Vec<(f64, f64)> = Vec::new();
    let visible = index.errors.iter().filter(|(at, _)| (layout.axis.from..=layout.axis.to).contains(at));
    for (at, task) in visible {
        let Some((y, _)) = layout.lane_of(*task) else { continue };
        let x = layout.axis.x(*at);
        let is_close = |(other_x, other_y): &(f64, f64)| distance((x, y), (*other_x, *other_y)) < MIN_CROSS_DISTANCE;
        // Many timeouts expire within a few milliseconds (fact 9.7), so only the last few crosses
        // can be close.
        if !drawn.iter().rev().take(64).any(is_close) {
            drawn.push((x, y));
            scene.add(Role::State(LaneState::Failed), Shape::Cross { x, y, radius: 4.0 });
        }
    }
}

/// Draws the time axis below the lanes, and the numbers of the first and the last task on the left.
pub(super) fn axes(layout: &Layout<'_>, scene: &mut Scene) {
    let bottom = layout.view.size.css(layout.height);
    let label = |x, y, text, anchor| Shape::Text { x, y, text, anchor, size: TextSize::Label };
    for tick in time_ticks(layout.axis.from, layout.axis.to, layout.axis.max_ticks()) {
        let x = layout.axis.x(tick.value);
        scene.add(Role::Hairline, Shape::Line { from: (x, bottom), to: (x, bottom + 4.0), width: 1.0 });
        scene.add(Role::QuietText, label(x, bottom + 13.0 * layout.view.size.text, tick.label, Anchor::Middle));
    }
    let task_label = |lane: usize, y| label(layout.axis.left - 6.0, y, layout.task(lane).to_string(), Anchor::End);
    scene.add(Role::QuietText, task_label(0, 7.0 * layout.view.size.text));
    let lanes = layout.view.window.lanes as usize;
    if bottom > 32.0 && lanes > 1 {
        scene.add(Role::QuietText, task_label(lanes - 1, bottom - 7.0 * layout.view.size.text));
    }
}
