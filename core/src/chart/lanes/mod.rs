//! The lanes: one row per task, coloured by the task's state. A bright tick is a poll, and the
//! lock's holder is drawn on top.
//!
//! If a lane is thinner than a device pixel, several lanes share a row of pixels. The row shows the
//! state that most of them are in, and the polls of its first lane. Holds and errors are rare but
//! important, so they are drawn on top with a minimum size. The cost depends on the number of
//! pixels and spans, not on the number of events.

mod layout;
mod marks;
mod order;
mod overlay;
mod states;
mod tooltip;

pub use layout::LanesView;
pub use order::{Order, Sort, StateFilter};
pub use overlay::{Pointer, overlay, overview, summary};
pub use tooltip::Tooltip;

use super::scene::{Role, Scene};
use crate::trace::{LaneState, Trace, TraceIndex};
use layout::Layout;

/// Draws everything that does not depend on the playhead.
#[must_use]
pub fn lanes(trace: &Trace, index: &TraceIndex, view: &LanesView) -> Scene {
    let mut scene = Scene::default();
    let layout = view.layout();
    if layout.columns == 0 || layout.rows == 0 {
        return scene;
    }
    // Rare but important states are painted last, on top of the others.
    let on_top = [LaneState::Polling, LaneState::Holding, LaneState::Committing, LaneState::Failed];
    let others = LaneState::ALL.into_iter().filter(|state| !on_top.contains(state));
    for state in others.chain(on_top) {
        scene.layer(Role::State(state));
    }
    for row in 0..layout.rows {
        states::states(&layout, index, row, &mut scene);
    }
    if view.has_axes && view.filter.shows(LaneState::Polling) {
        for row in 0..layout.rows {
            marks::polls(&layout, trace, index, row, &mut scene);
        }
    }
    marks::holds(&layout, index, &mut scene);
    marks::errors(&layout, index, &mut scene);
    if view.has_axes {
        marks::axes(&layout, &mut scene);
    }
    scene
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Shape, Size, Window};
    use crate::time::SimTime;
    use crate::trace::TaskId;
    use crate::trace::testing::{micros, three_tasks};
    use proptest::prelude::*;
    use std::rc::Rc;

    fn view(width: f64, height: f64) -> LanesView {
        let size = Size::new(width, height, 1.0);
        let window = Window { from: SimTime::ZERO, to: micros(8_000), first: 0, lanes: 3 };
        LanesView { window, order: Rc::new(Order::by_number(3)), filter: StateFilter::default(), size, has_axes: true }
    }

    fn selecting(task: u32) -> Pointer {
        Pointer { selected: Some(TaskId::new(task)), ..Pointer::default() }
    }

    fn drawn(view: &LanesView) -> Scene {
        let trace = three_tasks();
        lanes(&trace, &TraceIndex::of(&trace), view)
    }

    #[test]
    fn a_lane_shows_states_and_polls_with_the_hold_on_top() {
        // A pixel is 10 µs wide, and a lane is 10 pixels high.
        let text = drawn(&view(860.0, 52.0)).to_string();
        let second_lane: Vec<_> = text.lines().filter(|line| line.starts_with("state-") && line.contains(" 10 ")).collect();
        assert_eq!(
            second_lane,
            [
                "state-starting rect 45 10 10x9",
                "state-connecting rect 55 10 10x9",
                "state-queued rect 65 10 10x9",
                "state-gil rect 75 10 10x9",
                "state-asleep rect 85 10 509x9",
                "state-abandoned rect 594 10 150x9",
                "state-polling rect 85 10 1x9",
                "state-polling rect 194 10 1x9",
                "state-polling rect 744 10 1x9",
                "state-holding rect 744 10 100x9",
                "state-holding rect 744 10 100x10",
            ]
        );
        assert!(text.contains("state-failed cross 584 25"), "{text}");
    }

    #[test]
    fn lanes_thinner_than_a_pixel_show_the_state_of_most_of_them() {
        // Three tasks share one row of pixels. Two of them are asleep until one of the two gives up.
        let text = drawn(&view(860.0, 23.0)).to_string();
        let states: Vec<_> = text.lines().filter(|line| line.starts_with("state-asleep")).collect();
        assert_eq!(states, ["state-asleep rect 86 0 468x1"]);
    }

    #[test]
    fn the_overlay_covers_the_future_and_frames_the_selected_lane() {
        let scene = overlay(&view(860.0, 52.0), micros(4_000), &selecting(3));
        let text: Vec<_> = scene.to_string().lines().map(str::to_owned).collect();
        assert_eq!(
            text,
            [
                "chart-future rect 444 0 400x30",
                "chart-playhead line 444 0 to 444 30",
                "chart-selection line 44 20 to 844 20",
                "chart-selection line 44 30 to 844 30",
            ]
        );
    }

    #[test]
    fn a_selected_task_outside_the_window_has_no_frame() {
        assert_eq!(overlay(&view(860.0, 52.0), micros(0), &selecting(9)).count(Role::Selection), 0);
    }

    #[test]
    fn the_summary_counts_the_tasks_in_each_state() {
        let trace = three_tasks();
        let text = summary(&trace, &TraceIndex::of(&trace), micros(1_200));
        assert_eq!(text, "Lanes of 3 tasks at 0.00 s: 2 asleep in back-off, 1 committing.");
    }

    proptest! {
        #[test]
        fn hit_test_finds_the_task_and_the_time_of_a_point(task in 1_u32..=3, at in 0_u64..8_000, height in 23.0_f64..900.0) {
            let view = view(860.0, height);
            let (y, _) = view.layout().lane_of(TaskId::new(task)).expect("all three lanes are visible");
            let (hit, time) = view.hit_test(view.axis().x(micros(at)), y.max(0.0)).expect("a point on the lanes");
            // If lanes are thinner than a pixel, the centre of a lane may be in another lane's pixel.
            prop_assert!(hit == TaskId::new(task) || height < 26.0);
            prop_assert!(time.micros().abs_diff(at) <= 1);
        }

        #[test]
        fn any_size_and_any_point_are_handled(
            width in any::<f64>(), height in any::<f64>(), ratio in any::<f64>(), x in any::<f64>(), y in any::<f64>(),
            tasks in 0_u32..2000, first_task in any::<u32>(), from in 0_u64..9_000, to in 0_u64..9_000,
        ) {
            // Limits finite sizes to those of real screens. NaN and infinity stay, because they are tested too.
            let small = |value: f64| if value.is_finite() { value % 3000.0 } else { value };
            let size = Size::new(small(width), small(height), small(ratio) % 4.0);
            let window = Window { from: micros(from), to: micros(to), first: first_task, lanes: tasks };
            let view = LanesView { window, size, ..view(0.0, 0.0) };
            let scene = drawn(&view);
            for (x, y) in [(x, y), (small(x), small(y))] {
                prop_assert!(view.hit_test(x, y).is_none_or(|(_, time)| time <= micros(from.max(to))));
            }
            let _ = overlay(&view, micros(to), &Pointer::default());
            let finite = |shape: &Shape| match shape {
                Shape::Rect { x, y, width, height } => [x, y, width, height].iter().all(|length| length.is_finite()) && *width >= 0.0,
                _ => true,
            };
            prop_assert!(scene.layers.iter().flat_map(|layer| &layer.shapes).all(finite));
        }
    }
}
