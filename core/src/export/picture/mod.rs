//! A picture of the page as an SVG file of its own: what it shows in its title, the picture, a legend in words, the run's values.
//!
//! ```text
//! Poll clock at 3.20 s
//! ( the picture, as the page draws it )
//! [] a waiter's next poll  [] holds the lock ...
//! Lockstep: tasks=1000, timeout=5, ...
//! ```
//!
//! `drawing` writes shapes as SVG, `legend` the words below.

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

/// Room around everything, in CSS pixels.
const MARGIN: f64 = 16.0;
/// Height of the title with the room below it.
const TITLE: f64 = 32.0;
/// The picture of a run at a moment, as the text of an SVG file.
#[must_use]
pub fn svg(trace: &Trace, index: &TraceIndex, at: SimTime, picture: Picture, frame: &Frame) -> String {
    let now = Snapshot::at(trace, index, at);
    let palette = Palette::of(frame.theme);
    let width = f64::from(frame.width);
    let legend = legend::Legend::lay_out(&legend::entries(picture, index), width - 2.0 * MARGIN);
    let below = (float(legend.lines()) + 1.5) * LINE;
    let room = f64::from(frame.height) - 2.0 * MARGIN - TITLE - below;
    let size = Size::new(width - 2.0 * MARGIN, room, 1.0);
    let mut drawing = Drawing::new(&palette);
    let (title, words) = (title(trace, picture, at), words(trace, index, &now, picture));
    drawing.words(Role::Text, (MARGIN, MARGIN + 8.0), &title, Anchor::Start, 16.0);
    drawing.moved(MARGIN, MARGIN + TITLE, |drawing| draw(drawing, trace, index, &now, picture, size));
    let legend_at = MARGIN + TITLE + size.height + LINE / 2.0;
    drawing.moved(MARGIN, legend_at, |drawing| legend.draw(drawing));
    let run_at = f64::from(frame.height) - MARGIN - 6.0;
    drawing.words(Role::QuietText, (MARGIN, run_at), &run_in_words(&trace.scenario), Anchor::Start, 12.0);
    drawing.file(frame, &title, &words)
}

fn title(trace: &Trace, picture: Picture, at: SimTime) -> String {
    let name = picture.name();
    let veiled = picture == Picture::Lanes && at < Playback::new(trace).end;
    format!("{name} at {:.2} s{}", at.seconds(), if veiled { " (paler: later)" } else { "" })
}

/// The values of the main controls, and those that differ from the default.
fn run_in_words(scenario: &Scenario) -> String {
    let usual = Scenario::default();
    let told = |field: Field| field.row().group == Group::Main || scenario.text(field) != usual.text(field);
    let fields = Field::ALL.iter().filter(|(field, _)| told(*field));
    let words: Vec<String> = fields.map(|(field, name)| format!("{name}={}", scenario.text(*field))).collect();
    format!("Lockstep: {}", words.join(", "))
}

/// What the picture shows, in a sentence.
fn words(trace: &Trace, index: &TraceIndex, now: &Snapshot, picture: Picture) -> String {
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
            drawing.scene(&over_lanes(&view, now.at));
        }
        Picture::Rows => {
            let chart = RowsChart::new(trace, index, SimTime::ZERO, end, size);
            rows::draw(drawing, &chart, &chart.at(now), size);
        }
    }
}

/// The veil over what has not happened yet; none where everything has.
fn over_lanes(view: &LanesView, at: SimTime) -> Scene {
    if at < view.window.to { lanes::overlay(view, at, &lanes::Pointer::default()) } else { Scene::default() }
}
