//! Draws the rows over time as SVG. The page draws the same geometry with its own elements.

use super::drawing::{Drawing, cross, number};
use crate::chart::rows::{RowsChart, RowsNow};
use crate::chart::{Anchor, Role, Shape, Size};
use crate::trace::LaneState;

const LABEL: f64 = 12.0;

pub(super) fn draw(drawing: &mut Drawing<'_>, chart: &RowsChart, now: &RowsNow, size: Size) {
    axes(drawing, chart);
    let errors: String = chart.errors.iter().map(|(x, y)| cross(*x, *y, 4.0)).collect();
    drawing.path(Role::WaitersLine, &chart.waiters, 1.5, false);
    drawing.path(Role::Rows, &chart.committed, 2.0, false);
    drawing.path(Role::State(LaneState::Failed), &errors, 2.0, false);
    let playhead = format!("M{} {}V{}", number(now.x), number(chart.top), number(chart.bottom));
    drawing.path(Role::Playhead, &playhead, 1.0, true);
    drawing.layer(Role::Rows, &[Shape::Dot { x: now.x, y: now.y, radius: 3.5 }]);
    let anchor = if now.label_ends { Anchor::End } else { Anchor::Start };
    drawing.label(Role::Text, (now.label_at.0.min(size.width), now.label_at.1), &now.label, anchor, LABEL);
}

fn axes(drawing: &mut Drawing<'_>, chart: &RowsChart) {
    let (left, right) = (number(chart.axis.left), number(chart.axis.right));
    for (y, tick) in &chart.counts {
        drawing.path(Role::Hairline, &format!("M{left} {}H{right}", number(*y)), 1.0, false);
        drawing.label(Role::QuietText, (chart.axis.left - 6.0, *y), &tick.label, Anchor::End, LABEL);
    }
    for (x, tick) in &chart.times {
        drawing.label(Role::QuietText, (*x, chart.bottom + 14.0), &tick.label, Anchor::Middle, LABEL);
    }
}
