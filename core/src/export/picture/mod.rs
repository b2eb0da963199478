//! A picture of the page as a separate SVG file: a title, the picture, a legend, and the settings
//! of the run.
//!
//! ```text
//! Poll clock at 3.20 s
//! ( the picture, as the page draws it )
//! [] a waiter's next poll  [] holds the lock ...
//! Lockstep: tasks=1000, timeout=5, ...
//! ```
//!
//! `drawing` writes shapes as SVG, and `legend` lays out the legend.

mod drawing;
mod frame;
mod legend;
mod rows;

pub use crate::chart::palette::Theme;
pub use frame::{Frame, Picture};

use crate::chart::lanes::{self, LanesView, Order, StateFilter};
use crate::chart::palette::Palette;
use crate::chart::poll_clock::{self, DialView};
use crate::chart::rows::{RowsChart, summary as rows_summary};
use crate::chart::{Anchor, Role, Scene, Size, Window};
use crate::playback::Playback;
use crate::scenario::{Field, Group, Scenario};
use crate::time::{SimDuration, SimTime};
use crate::trace::{Snapshot, Trace, TraceIndex};
use drawing::Drawing;
use frame::{LINE, float};
use std::rc::Rc;

/// Margin on all sides, in CSS pixels.
const MARGIN: f64 = 16.0;
/// Height of the title and the space below it, in CSS pixels.
const TITLE: f64 = 32.0;

/// The picture of a run at one time, as the text of an SVG file.
#[must_use]
pub fn svg(trace: &Trace, index: &TraceIndex, at: SimTime, picture: Picture, frame: &Frame) -> String {
    let now = Snapshot::at(trace, index, at);
    let palette = Palette::of(frame.theme);
    let width = f64::from(frame.width);
    let legend = legend::Legend::lay_out(&legend::entries(picture, index), width - 2.0 * MARGIN);
    let legend_height = (float(legend.lines()) + 1.5) * LINE;
    let available = f64::from(frame.height) - 2.0 * MARGIN - TITLE - legend_height;
    let size = Size::new(width - 2.0 * MARGIN, available, 1.0);
    let mut drawing = Drawing::new(&palette);
    let (title, description) = (title(trace, picture, at), description(trace, index, &now, picture));
    drawing.label(Role::Text, (MARGIN, MARGIN + 8.0), &title, Anchor::Start, 16.0);
    drawing.translate(MARGIN, MARGIN + TITLE, |drawing| draw(drawing, trace, index, &now, picture, size));
    let legend_at = MARGIN + TITLE + size.height + LINE / 2.0;
    drawing.translate(MARGIN, legend_at, |drawing| legend.draw(drawing));
    let run_at = f64::from(frame.height) - MARGIN - 6.0;
    drawing.label(Role::QuietText, (MARGIN, run_at), &settings_text(&trace.scenario), Anchor::Start, 12.0);
    drawing.file(frame, &title, &description)
}

fn title(trace: &Trace, picture: Picture, at: SimTime) -> String {
    let name = picture.name();
    let has_future = picture == Picture::Lanes && at < Playback::new(trace).end;
    format!("{name} at {:.2} s{}", at.seconds(), if has_future { " (paler: later)" } else { "" })
}

/// The settings of the run: those of the main controls, and those that differ from their default.
fn settings_text(scenario: &Scenario) -> String {
    let default = Scenario::default();
    let is_shown = |field: Field| field.row().group == Group::Main || scenario.text(field) != default.text(field);
    let fields = Field::ALL.iter().filter(|(field, _)| is_shown(*field));
    let settings: Vec<String> = fields.map(|(field, name)| format!("{name}={}", scenario.text(*field))).collect();
    format!("Lockstep: {}", settings.join(", "))
}

/// A description of the picture in a sentence.
fn description(trace: &Trace, index: &TraceIndex, now: &Snapshot, picture: Picture) -> String {
    match picture {
        Picture::PollClock => poll_clock::summary(now, &poll_clock::caption(now, trace.turn)),
        Picture::Lanes => lanes::summary(trace, index, now.at),
        Picture::Rows => rows_summary(trace, now),
    }
}

fn draw(drawing: &mut Drawing<'_>, trace: &Trace, index: &TraceIndex, now: &Snapshot, picture: Picture, size: Size) {
    let end = Playback::new(trace).end;
    match picture {
        Picture::PollClock => {
            let view = DialView { size, selected: None, top: SimDuration::ZERO };
            drawing.scene(&poll_clock::poll_clock(trace, index, now, &view));
        }
        Picture::Lanes => {
            let tasks = trace.scenario.coroutines();
            let order = Rc::new(Order::by_number(tasks));
            let view =
                LanesView { window: Window::whole(end, tasks), order, filter: StateFilter::default(), size, has_axes: true };
            drawing.scene(&lanes::lanes(trace, index, &view));
            drawing.scene(&future_overlay(&view, now.at));
        }
        Picture::Rows => {
            let chart = RowsChart::new(trace, index, SimTime::ZERO, end, size);
            rows::draw(drawing, &chart, &chart.at(now), size);
        }
    }
}

/// The overlay that pales the time after `at`; empty at the end of the run.
fn future_overlay(view: &LanesView, at: SimTime) -> Scene {
    if at < view.window.to { lanes::overlay(view, at, &lanes::Pointer::default()) } else { Scene::default() }
}
