//! The overlays of the lanes and of the overview. They change with the playhead and the pointer.
//! Also the text that describes the lanes to screen readers.

use super::{LanesView, Tooltip};
use crate::chart::scene::{Role, Scene, Shape};
use crate::chart::window::Window;
use crate::decimal::fixed;
use crate::text::counted;
use crate::time::SimTime;
use crate::trace::{LaneState, TaskId, Trace, TraceIndex};

/// What the overlay shows besides the playhead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pointer {
    /// The selected task.
    pub selected: Option<TaskId>,
    /// The task under the pointer, and its tooltip.
    pub tooltip: Option<(TaskId, Tooltip)>,
    /// Whether to hide everything after the playhead.
    pub hide_future: bool,
}

/// The role of the cover over the time after the playhead: opaque if the future is hidden,
/// otherwise translucent.
const fn future(hide_future: bool) -> Role {
    if hide_future { Role::Background } else { Role::Future }
}

/// Draws the overlay of the lanes: the playhead, the cover over the time after it, and frames
/// around the selected lane and the lane under the pointer.
#[must_use]
pub fn overlay(view: &LanesView, playhead: SimTime, pointer: &Pointer) -> Scene {
    let mut scene = Scene::default();
    let layout = view.layout();
    if layout.columns == 0 || layout.rows == 0 {
        return scene;
    }
    let (x, right, height) = (layout.axis.x(playhead), layout.axis.right, view.size.css(layout.height));
    // A hold has a minimum height, so in the last lane it may extend below the lanes.
    let cover_height = height + if pointer.hide_future { 2.0 } else { 0.0 };
    scene.add(future(pointer.hide_future), Shape::Rect { x, y: 0.0, width: right - x, height: cover_height });
    if (view.window.from..=view.window.to).contains(&playhead) {
        scene.add(Role::Playhead, Shape::Line { from: (x, 0.0), to: (x, height), width: 1.5 });
    }
    let mut frame = |role, task: TaskId| {
        let Some((y, lane)) = layout.lane_of(task) else { return };
        let half = (lane / 2.0).max(2.0);
        for y in [y - half, y + half] {
            scene.add(role, Shape::Line { from: (layout.axis.left, y), to: (right, y), width: 1.0 });
        }
    };
    if let Some(task) = pointer.selected {
        frame(Role::Selection, task);
    }
    if let Some((task, tooltip)) = &pointer.tooltip {
        frame(Role::QuietText, *task);
        tooltip.draw(view, &mut scene);
    }
    scene
}

/// Draws the overlay of the overview: the visible window and the playhead. If `hide_future` is set,
/// it also covers the time after the playhead.
#[must_use]
pub fn overview(all: &LanesView, window: &Window, playhead: SimTime, hide_future: bool) -> Scene {
    let mut scene = Scene::default();
    let (axis, height) = (all.axis(), all.height());
    let lanes = f64::from(all.window.lanes.max(1));
    let (left, right) = (axis.x(window.from), axis.x(window.to));
    let (above, below) = (f64::from(window.first) / lanes * height, f64::from(window.first + window.lanes) / lanes * height);
    if *window != all.window {
        for (x, y, width, height) in [
            (axis.left, 0.0, left - axis.left, height),
            (right, 0.0, axis.right - right, height),
            (left, 0.0, right - left, above),
            (left, below, right - left, height - below),
        ] {
            scene.add(Role::Future, Shape::Rect { x, y, width, height });
        }
        // The frame has a minimum size, so that it stays visible.
        let (right, below) = (right.max(left + 3.0), below.max(above + 3.0));
        for (from, to) in [
            ((left, above), (right, above)),
            ((left, below), (right, below)),
            ((left, above), (left, below)),
            ((right, above), (right, below)),
        ] {
            scene.add(Role::Selection, Shape::Line { from, to, width: 1.5 });
        }
    }
    let x = axis.x(playhead);
    if hide_future {
        scene.add(future(hide_future), Shape::Rect { x, y: 0.0, width: axis.right - x, height });
    }
    scene.add(Role::Playhead, Shape::Line { from: (x, 0.0), to: (x, height), width: 1.5 });
    scene
}

/// What the lanes show at one time, as a sentence for screen readers.
#[must_use]
pub fn summary(trace: &Trace, index: &TraceIndex, at: SimTime) -> String {
    let mut tasks_in = [0_u32; LaneState::ALL.len()];
    let states = (1..=index.spans.tasks()).filter_map(|task| {
        let spans = index.spans.of(TaskId::new(task));
        spans[..spans.partition_point(|span| span.from <= at)].last()
    });
    for span in states {
        tasks_in[span.state as usize] += 1;
    }
    let parts = LaneState::ALL.into_iter().filter(|state| tasks_in[*state as usize] > 0);
    let words: Vec<_> = parts.map(|state| format!("{} {}", tasks_in[state as usize], state.word())).collect();
    let states = if words.is_empty() { "none has started".to_owned() } else { words.join(", ") };
    let tasks = counted(trace.scenario.coroutines(), "task");
    format!("Lanes of {tasks} at {} s: {states}.", fixed(at.seconds(), 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::lanes::{Order, StateFilter};
    use crate::chart::viewport::Size;
    use crate::trace::testing::micros;
    use std::rc::Rc;

    fn view(height: f64) -> LanesView {
        let window = Window { from: SimTime::ZERO, to: micros(8_000), first: 0, lanes: 4 };
        LanesView {
            window,
            order: Rc::new(Order::by_number(4)),
            filter: StateFilter::default(),
            size: Size::new(860.0, height, 1.0),
            has_axes: false,
        }
    }

    #[test]
    fn the_tooltip_is_inside_the_picture_and_its_text_is_above_its_background() {
        for at in [(50.0, 5.0), (855.0, 5.0), (855.0, 95.0), (50.0, 95.0)] {
            let tooltip = Tooltip { at, lines: vec!["task 2 at 0.004 s".to_owned(), "asleep in back-off".to_owned()] };
            let pointer = Pointer { tooltip: Some((TaskId::new(2), tooltip)), ..Pointer::default() };
            let scene = overlay(&view(100.0), micros(4_000), &pointer);
            let layer = |role| scene.layers.iter().position(|layer| layer.role == role).expect("the layers of the tooltip");
            assert!(layer(Role::Text) > layer(Role::Background));
            let Shape::Rect { x, y, width, height } = scene.layers[layer(Role::Background)].shapes[0] else {
                panic!("the background is a rectangle")
            };
            assert!(x >= 0.0 && y >= 0.0 && x + width <= 860.0 && y + height <= 100.0, "{x} {y} {width}x{height}");
        }
    }

    #[test]
    fn a_hidden_future_has_an_opaque_cover() {
        let pointer = Pointer { hide_future: true, ..Pointer::default() };
        let lanes = overlay(&view(100.0), micros(4_000), &pointer);
        let overview = overview(&view(40.0), &view(40.0).window, micros(4_000), true);
        for scene in [lanes, overview] {
            assert_eq!((scene.count(Role::Future), scene.count(Role::Background)), (0, 1));
        }
    }

    #[test]
    fn the_overview_covers_what_is_outside_the_visible_window() {
        let all = view(40.0);
        assert_eq!(overview(&all, &all.window, SimTime::ZERO, false).count(Role::Future), 0);
        let window = Window { from: micros(2_000), to: micros(4_000), first: 1, lanes: 2 };
        let text: Vec<_> = overview(&all, &window, micros(4_000), false).to_string().lines().map(str::to_owned).collect();
        assert_eq!(
            text[4..],
            [
                "chart-selection line 244 10 to 444 10",
                "chart-selection line 244 30 to 444 30",
                "chart-selection line 244 10 to 244 30",
                "chart-selection line 444 10 to 444 30",
                "chart-playhead line 444 0 to 444 40",
            ]
        );
    }
}
