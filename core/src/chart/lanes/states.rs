//! Draws the states of the lanes. Lanes may share a row of pixels. At each column, the row shows the
//! state that most of its lanes are in.

use super::Layout;
use crate::chart::scene::{Anchor, Role, Scene, Shape, TextSize};
use crate::trace::spans::Span;
use crate::trace::{LaneState, TraceIndex};

/// A stretch of one state shows the state's glyph if it is at least this wide and high, in CSS pixels.
const MIN_SIZE_FOR_GLYPH: f64 = 13.0;
/// It also shows the state's name if it is at least this wide, in CSS pixels.
const MIN_WIDTH_FOR_NAME: f64 = 140.0;

/// A change of one lane's state in a column of pixels.
#[derive(Clone, Copy)]
struct Change {
    column: usize,
    from: Option<LaneState>,
    to: LaneState,
}

/// Draws a row: at each column, the state that most of its lanes are in.
pub(super) fn states(layout: &Layout<'_>, index: &TraceIndex, row: usize, scene: &mut Scene) {
    let mut changes = Vec::new();
    for lane in layout.lanes(row) {
        lane_changes(layout, index.spans.of(layout.task(lane)), &mut changes);
    }
    changes.sort_by_key(|change| change.column);
    let mut lanes_in = [0_u32; LaneState::ALL.len()];
    let mut shown: Option<(LaneState, usize)> = None;
    for simultaneous in changes.chunk_by(|one, next| one.column == next.column) {
        for change in simultaneous {
            if let Some(from) = change.from {
                lanes_in[from as usize] -= 1;
            }
            lanes_in[change.to as usize] += 1;
        }
        let visible =
            LaneState::ALL.into_iter().filter(|state| layout.view.filter.shows(*state) && lanes_in[*state as usize] > 0);
        let most_common = visible.max_by_key(|state| lanes_in[*state as usize]);
        if let Some((state, since)) = shown.filter(|(state, _)| Some(*state) != most_common) {
            add_stretch(layout, row, state, (since, simultaneous[0].column), scene);
            shown = None;
        }
        shown = shown.or(most_common.map(|state| (state, simultaneous[0].column)));
    }
    if let Some((state, since)) = shown.filter(|(_, since)| *since < layout.columns) {
        add_stretch(layout, row, state, (since, layout.columns), scene);
    }
}

/// Draws a stretch of one state from one column to another, with the state's glyph and name if they
/// fit.
fn add_stretch(layout: &Layout<'_>, row: usize, state: LaneState, (from, to): (usize, usize), scene: &mut Scene) {
    let rect = layout.rect(row, from, to);
    if let Shape::Rect { x, y, width, height } = rect
        && height >= MIN_SIZE_FOR_GLYPH
        && width >= MIN_SIZE_FOR_GLYPH
    {
        let text =
            if width >= MIN_WIDTH_FOR_NAME { format!("{} {}", state.glyph(), state.word()) } else { state.glyph().to_string() };
        let label = Shape::Text { x: x + 3.0, y: y + height / 2.0, text, anchor: Anchor::Start, size: TextSize::Label };
        scene.add(Role::LaneText, label);
    }
    scene.add(Role::State(state), rect);
}

/// Adds the visible changes of one lane. If several of them are in one column, only the last is added.
fn lane_changes(layout: &Layout<'_>, spans: &[Span], changes: &mut Vec<Change>) {
    let first = spans.partition_point(|span| span.from <= layout.axis.from).saturating_sub(1);
    let mut before = None;
    let mut visible = spans[first..].iter().take_while(|span| span.from <= layout.axis.to).peekable();
    while let Some(span) = visible.next() {
        let column = layout.column(span.from);
        if visible.peek().is_some_and(|next| layout.column(next.from) == column) {
            continue;
        }
        changes.push(Change { column, from: before, to: span.state });
        before = Some(span.state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::lanes::{LanesView, Order, StateFilter};
    use crate::chart::viewport::Size;
    use crate::chart::window::Window;
    use crate::trace::testing::{micros, three_tasks};
    use proptest::prelude::*;
    use std::rc::Rc;

    proptest! {
        #[test]
        fn the_states_of_a_row_never_overlap(height in 23.0_f64..60.0, from in 0_u64..4_000, length in 1_u64..9_000) {
            let view = LanesView {
                window: Window { from: micros(from), to: micros(from + length), first: 0, lanes: 3 },
                order: Rc::new(Order::by_number(3)),
                filter: StateFilter::default(),
                size: Size::new(500.0, height, 1.0),
                has_axes: true,
            };
            let trace = three_tasks();
            let (layout, mut scene) = (view.layout(), Scene::default());
            states(&layout, &TraceIndex::of(&trace), 0, &mut scene);
            let mut stretches: Vec<(f64, f64)> = Vec::new();
            for shape in scene.layers.iter().flat_map(|layer| &layer.shapes) {
                if let Shape::Rect { x, width, .. } = shape { stretches.push((*x, x + width)); }
            }
            stretches.sort_by(|one, other| one.0.total_cmp(&other.0));
            prop_assert!(stretches.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9));
        }
    }
}
