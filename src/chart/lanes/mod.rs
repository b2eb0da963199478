//! A lane a task, coloured by what the task does; a bright tick a poll, the lock's holder in front of all.
//!
//! Lanes thinner than a device pixel share one: it shows what most of them do at each moment, and the polls of one of them. Holds and
//! errors, the rare things that matter, are drawn on top at a size that can be seen. What is drawn depends on how many pixels
//! and spans there are, not on how many events.

mod marks;
mod states;

use super::number::whole;
use super::scene::{Role, Scene, Shape};
use super::viewport::{BELOW, LEFT, Size, TimeAxis};
use crate::time::SimTime;
use crate::trace::{LaneState, TaskId, Trace, TraceIndex};

/// Which tasks are to be seen from when to when, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LanesView {
    /// The moment at the left end.
    pub from: SimTime,
    /// The moment at the right end.
    pub to: SimTime,
    /// The first task in sight, counted from 1.
    pub first_task: u32,
    /// How many tasks are in sight.
    pub tasks: u32,
    /// Of the whole picture.
    pub size: Size,
}

/// The picture's measures in pixels.
struct Layout<'a> {
    view: &'a LanesView,
    axis: TimeAxis,
    /// Device pixels across the axis and down the lanes.
    columns: usize,
    height: usize,
    /// Rows of device pixels, or lanes if there are fewer.
    rows: usize,
}

impl LanesView {
    /// The axis that this view shares with the rows chart.
    #[must_use]
    pub fn axis(&self) -> TimeAxis {
        TimeAxis::new(self.from, self.to, self.size.width)
    }

    /// The task and the moment at a point, in CSS pixels; none beside the lanes.
    #[must_use]
    pub fn hit_test(&self, x: f64, y: f64) -> Option<(TaskId, SimTime)> {
        let (axis, height) = (self.axis(), self.size.height - BELOW);
        let inside = (axis.left..=axis.right).contains(&x) && (0.0..height).contains(&y) && self.tasks > 0;
        let lane = whole(y / height * f64::from(self.tasks), self.tasks.saturating_sub(1) as usize);
        inside.then(|| (TaskId::new(self.first_task.saturating_add(u32::try_from(lane).unwrap_or(0))), axis.time(x)))
    }

    fn layout(&self) -> Layout<'_> {
        let axis = self.axis();
        let height = self.size.device(self.size.height - BELOW);
        let rows = height.min(self.tasks as usize);
        Layout { view: self, axis, columns: self.size.device(axis.width()), height, rows }
    }
}

impl Layout<'_> {
    /// Upper side and height of a row, on whole device pixels; tall lanes leave a pixel between them.
    fn row(&self, row: usize) -> (f64, f64) {
        let edge = |row: usize| row * self.height / self.rows.max(1);
        let (above, below) = (edge(row), edge(row + 1));
        let gap = usize::from(below - above >= 4);
        (self.view.size.css(above), self.view.size.css(below - above - gap))
    }

    /// The lanes that share a row, counted from 0 at the first one in sight.
    fn lanes(&self, row: usize) -> std::ops::Range<usize> {
        let tasks = self.view.tasks as usize;
        row * tasks / self.rows.max(1)..(row + 1) * tasks / self.rows.max(1)
    }

    fn task(&self, lane: usize) -> TaskId {
        TaskId::new(self.view.first_task.saturating_add(u32::try_from(lane).unwrap_or(u32::MAX)))
    }

    /// Middle of a task's lane, and its height, in CSS pixels; none if it is out of sight.
    fn lane_of(&self, task: TaskId) -> Option<(f64, f64)> {
        let lane = task.number().checked_sub(self.view.first_task).filter(|lane| *lane < self.view.tasks)?;
        let height = self.view.size.css(self.height) / f64::from(self.view.tasks);
        Some(((f64::from(lane) + 0.5) * height, height))
    }

    fn column(&self, time: SimTime) -> usize {
        whole((self.axis.x(time) - self.axis.left) * self.view.size.pixel_ratio, self.columns)
    }

    fn rect(&self, row: usize, from: usize, to: usize) -> Shape {
        let (y, height) = self.row(row);
        let size = &self.view.size;
        Shape::Rect { x: self.axis.left + size.css(from), y, width: size.css(to - from), height }
    }
}

/// Everything that does not depend on the playhead.
#[must_use]
pub fn lanes(trace: &Trace, index: &TraceIndex, view: &LanesView) -> Scene {
    let mut scene = Scene::default();
    let layout = view.layout();
    if layout.columns == 0 || layout.rows == 0 {
        return scene;
    }
    // What is rare and matters is painted last.
    let in_front = [LaneState::Polling, LaneState::Holding, LaneState::Committing, LaneState::Failed];
    let behind = LaneState::ALL.into_iter().filter(|state| !in_front.contains(state));
    for state in behind.chain(in_front) {
        scene.layer(Role::State(state));
    }
    for row in 0..layout.rows {
        states::states(&layout, index, row, &mut scene);
    }
    for row in 0..layout.rows {
        marks::polls(&layout, trace, index, row, &mut scene);
    }
    marks::holds(&layout, index, &mut scene);
    marks::errors(&layout, index, &mut scene);
    marks::axes(&layout, &mut scene);
    scene
}

/// What lies over the lanes at the playhead: what has not happened yet is veiled, and the selected lane is marked.
#[must_use]
pub fn overlay(view: &LanesView, playhead: SimTime, selected: Option<TaskId>) -> Scene {
    let mut scene = Scene::default();
    let layout = view.layout();
    if layout.columns == 0 || layout.rows == 0 {
        return scene;
    }
    let (x, right, height) = (layout.axis.x(playhead), layout.axis.right, view.size.css(layout.height));
    scene.add(Role::Future, Shape::Rect { x, y: 0.0, width: right - x, height });
    scene.add(Role::Playhead, Shape::Line { from: (x, 0.0), to: (x, height), width: 1.5 });
    if let Some((y, lane)) = selected.and_then(|task| layout.lane_of(task)) {
        let half = (lane / 2.0).max(2.0);
        for y in [y - half, y + half] {
            scene.add(Role::Selection, Shape::Line { from: (LEFT, y), to: (right, y), width: 1.0 });
        }
    }
    scene
}

/// What the lanes show, in a sentence for those who do not see them.
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
    let states = if words.is_empty() { "none has begun".to_owned() } else { words.join(", ") };
    format!("Lanes of {} tasks at {:.2} s: {states}.", trace.scenario.tasks, at.seconds())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::testing::{hand_over, micros};
    use proptest::prelude::*;

    fn view(width: f64, height: f64) -> LanesView {
        let size = Size::new(width, height, 1.0);
        LanesView { from: SimTime::ZERO, to: micros(8_000), first_task: 1, tasks: 3, size }
    }

    fn drawn(view: &LanesView) -> Scene {
        let trace = hand_over();
        lanes(&trace, &TraceIndex::of(&trace), view)
    }

    #[test]
    fn a_lane_a_task_shows_its_states_its_polls_and_the_hold_in_front() {
        // A pixel is ten microseconds, a lane ten pixels.
        let text = drawn(&view(860.0, 52.0)).to_string();
        let of_two: Vec<_> = text.lines().filter(|line| line.starts_with("state-") && line.contains(" 10 ")).collect();
        assert_eq!(
            of_two,
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
    fn lanes_thinner_than_a_pixel_show_what_most_of_them_do() {
        // One row of pixels for three tasks, two of which wait until one of the two has given up.
        let text = drawn(&view(860.0, 23.0)).to_string();
        let states: Vec<_> = text.lines().filter(|line| line.starts_with("state-asleep")).collect();
        assert_eq!(states, ["state-asleep rect 86 0 468x1"]);
    }

    #[test]
    fn what_lies_beyond_the_playhead_is_veiled_and_the_selected_lane_framed() {
        let scene = overlay(&view(860.0, 52.0), micros(4_000), Some(TaskId::new(3)));
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
    fn a_task_out_of_sight_is_not_framed() {
        assert_eq!(overlay(&view(860.0, 52.0), micros(0), Some(TaskId::new(9))).count(Role::Selection), 0);
    }

    #[test]
    fn the_summary_counts_the_tasks_in_each_state() {
        let trace = hand_over();
        let text = summary(&trace, &TraceIndex::of(&trace), micros(1_200));
        assert_eq!(text, "Lanes of 3 tasks at 0.00 s: 2 asleep in back-off, 1 committing.");
    }

    proptest! {
        #[test]
        fn a_point_on_a_lane_hits_that_task_and_moment(task in 1_u32..=3, at in 0_u64..8_000, height in 23.0_f64..900.0) {
            let view = view(860.0, height);
            let (y, _) = view.layout().lane_of(TaskId::new(task)).expect("all three are in sight");
            let (hit, time) = view.hit_test(view.axis().x(micros(at)), y.max(0.0)).expect("it is on the lanes");
            // Below a pixel a lane the middle of a lane may lie in no pixel of its own.
            prop_assert!(hit == TaskId::new(task) || height < 26.0);
            prop_assert!(time.micros().abs_diff(at) <= 1);
        }

        #[test]
        fn no_size_and_no_point_is_too_strange(
            width in any::<f64>(), height in any::<f64>(), ratio in any::<f64>(), x in any::<f64>(), y in any::<f64>(),
            tasks in 0_u32..2000, first_task in any::<u32>(), from in 0_u64..9_000, to in 0_u64..9_000,
        ) {
            // A screen is no larger than this; what is no number stays in.
            let small = |value: f64| if value.is_finite() { value % 3000.0 } else { value };
            let size = Size::new(small(width), small(height), small(ratio) % 4.0);
            let view = LanesView { from: micros(from), to: micros(to), first_task, tasks, size };
            let scene = drawn(&view);
            for (x, y) in [(x, y), (small(x), small(y))] {
                prop_assert!(view.hit_test(x, y).is_none_or(|(_, time)| time <= micros(from.max(to))));
            }
            let _ = overlay(&view, micros(to), Some(TaskId::new(2)));
            let finite = |shape: &Shape| match shape {
                Shape::Rect { x, y, width, height } => [x, y, width, height].iter().all(|length| length.is_finite()) && *width >= 0.0,
                _ => true,
            };
            prop_assert!(scene.layers.iter().flat_map(|layer| &layer.shapes).all(finite));
        }
    }
}
