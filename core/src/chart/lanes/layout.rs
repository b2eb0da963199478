//! The position and size of each lane.

use super::order::{Order, StateFilter};
use crate::chart::number::whole;
use crate::chart::scene::Shape;
use crate::chart::viewport::{Size, TimeAxis};
use crate::chart::window::Window;
use crate::time::SimTime;
use crate::trace::TaskId;
use std::rc::Rc;

/// What the lanes picture shows: its visible window, order, states and size.
#[derive(Clone, Debug, PartialEq)]
pub struct LanesView {
    /// The visible window.
    pub window: Window,
    /// The order of the lanes.
    pub order: Rc<Order>,
    /// The states to show.
    pub filter: StateFilter,
    /// The size of the whole picture.
    pub size: Size,
    /// Whether to draw axes. The overview has none.
    pub has_axes: bool,
}

/// The layout of the picture in device pixels.
pub(super) struct Layout<'a> {
    pub(super) view: &'a LanesView,
    pub(super) axis: TimeAxis,
    /// The width of the time axis, in device pixels.
    pub(super) columns: usize,
    /// The height of all lanes together, in device pixels.
    pub(super) height: usize,
    /// The number of rows: one per lane, but at most one per device pixel.
    pub(super) rows: usize,
}

impl LanesView {
    /// The time axis, the same as that of the rows chart.
    #[must_use]
    pub fn axis(&self) -> TimeAxis {
        TimeAxis::new(self.window.from, self.window.to, self.size)
    }

    /// The height of all lanes together, in CSS pixels.
    #[must_use]
    pub fn height(&self) -> f64 {
        (self.size.height - if self.has_axes { self.size.bottom_margin() } else { 0.0 }).max(0.0)
    }

    /// The task and the time at a point in CSS pixels; none outside the lanes.
    #[must_use]
    pub fn hit_test(&self, x: f64, y: f64) -> Option<(TaskId, SimTime)> {
        let (axis, height, lanes) = (self.axis(), self.height(), self.window.lanes);
        let inside = (axis.left..=axis.right).contains(&x) && (0.0..height).contains(&y) && lanes > 0;
        let lane = whole(y / height * f64::from(lanes), lanes.saturating_sub(1) as usize);
        let task = self.order.task(self.window.first.saturating_add(u32::try_from(lane).unwrap_or(0)))?;
        inside.then(|| (task, axis.time(x)))
    }

    pub(super) fn layout(&self) -> Layout<'_> {
        let axis = self.axis();
        let height = self.size.device(self.height());
        let rows = height.min(self.window.lanes as usize);
        Layout { view: self, axis, columns: self.size.device(axis.width()), height, rows }
    }
}

impl Layout<'_> {
    /// The top and the height of a row, aligned to device pixels. Tall lanes have a gap of one
    /// pixel between them.
    pub(super) fn row(&self, row: usize) -> (f64, f64) {
        let edge = |row: usize| row * self.height / self.rows.max(1);
        let (top, bottom) = (edge(row), edge(row + 1));
        let gap = usize::from(bottom - top >= 4);
        (self.view.size.css(top), self.view.size.css(bottom - top - gap))
    }

    /// The lanes that share a row. Lane 0 is the first visible one.
    pub(super) fn lanes(&self, row: usize) -> std::ops::Range<usize> {
        let lanes = self.view.window.lanes as usize;
        row * lanes / self.rows.max(1)..(row + 1) * lanes / self.rows.max(1)
    }

    /// The task of a visible lane; `TaskId::LOOP` if there is no such lane.
    pub(super) fn task(&self, lane: usize) -> TaskId {
        let lane = u32::try_from(lane).unwrap_or(u32::MAX).saturating_add(self.view.window.first);
        self.view.order.task(lane).unwrap_or(TaskId::LOOP)
    }

    /// The vertical centre and the height of a task's lane, in CSS pixels; none if it is not
    /// visible.
    pub(super) fn lane_of(&self, task: TaskId) -> Option<(f64, f64)> {
        let window = &self.view.window;
        let lane = self.view.order.lane(task)?.checked_sub(window.first).filter(|lane| *lane < window.lanes)?;
        let height = self.view.size.css(self.height) / f64::from(window.lanes);
        Some(((f64::from(lane) + 0.5) * height, height))
    }

    /// The column of device pixels at `time`.
    pub(super) fn column(&self, time: SimTime) -> usize {
        whole((self.axis.x(time) - self.axis.left) * self.view.size.pixel_ratio, self.columns)
    }

    /// A rectangle in a row, from one column up to another.
    pub(super) fn rect(&self, row: usize, from: usize, to: usize) -> Shape {
        let (y, height) = self.row(row);
        let size = &self.view.size;
        Shape::Rect { x: self.axis.left + size.css(from), y, width: size.css(to - from), height }
    }
}
