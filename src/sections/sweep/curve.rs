//! The curve: a line through the medians with a link to each median run, the band of quantiles, and
//! the measured runs.

use super::Measured;
use super::table::{description, href};
use crate::hooks::use_element_size;
use lockstep_core::chart::Size;
use lockstep_core::chart::sweep::{Curve as Drawn, SweepChart};
use lockstep_core::decimal::fixed;
use lockstep_core::scenario::Scenario;
use lockstep_core::sweep::results::Point;
use lockstep_core::sweep::{Measure, Sweep};
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Curve`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The sweep.
    pub(super) sweep: Rc<Sweep>,
    /// The results for each value.
    pub(super) points: Vec<Point>,
    /// Measured runs with the same settings.
    pub(super) measured: Vec<Measured>,
    /// The quantity on the vertical axis.
    pub(super) measure: Measure,
    /// The scenario of the page, whose point is marked as current.
    pub(super) present: Scenario,
}

/// See the module documentation.
#[component]
pub(super) fn Curve(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let chart = &chart(props, size);
    html! {
        <>
            <p class="sweep-axis">{ props.measure.name() }</p>
            <div ref={node} class="picture sweep-chart" data-testid="sweep-chart">
                <svg width={size.width.to_string()} height={size.height.to_string()} role="group" aria-label="Median runs">
                    { axes(chart) }
                    <path class="sweep-band" d={chart.band.clone()} />
                    <path class="sweep-line" d={chart.line.clone()} />
                    <path class="sweep-measured" d={chart.measured.clone()} />
                    for (point, at) in props.points.iter().zip(&chart.points) { { link(props, point, *at) } }
                </svg>
            </div>
            <p class="sweep-axis sweep-axis-level">{ props.sweep.axis.name }</p>
        </>
    }
}

fn chart(props: &Props, size: Size) -> SweepChart {
    let Props { sweep, points, measured, measure, .. } = props;
    let heights = |(value, samples): &Measured| {
        let (value, tasks) = (*value, sweep.scenario(*value, 0).tasks);
        samples.iter().map(|sample| (value, measure.of(*sample, tasks))).collect::<Vec<_>>()
    };
    let measured: Vec<(u64, u64)> = measured.iter().flat_map(heights).collect();
    let range = (sweep.values.first().copied().unwrap_or(0), sweep.values.last().copied().unwrap_or(0));
    SweepChart::new(&Drawn { axis: sweep.axis, range, measure: *measure, points, measured: &measured }, size)
}

/// The grid lines and the labels of the axes.
fn axes(chart: &SweepChart) -> Html {
    let (left, right) = (px(chart.left), px(chart.right));
    html! {
        <g aria-hidden="true">
            for (y, label) in &chart.y_labels {
                <line class="rows-grid" x1={left.clone()} x2={right.clone()} y1={px(*y)} y2={px(*y)} />
                <text class="rows-label rows-count" x={px(chart.left - 6.0)} y={px(*y)}>{ label }</text>
            }
            for (x, label) in &chart.x_labels {
                { level_label(chart, *x, label) }
            }
        </g>
    }
}

/// Aligns a label that would be clipped with the right edge.
fn level_label(chart: &SweepChart, x: f64, label: &str) -> Html {
    let (class, x) =
        if x + 4.0 > chart.right { ("rows-label rows-last", chart.right + 15.0) } else { ("rows-label rows-time", x) };
    html! { <text {class} x={px(x)} y={px(chart.bottom + 14.0)}>{ label.to_owned() }</text> }
}

fn link(props: &Props, point: &Point, (x, y): (f64, f64)) -> Html {
    let Props { sweep, measure, present, .. } = props;
    let is_current = sweep.scenario(point.value, point.seed) == *present;
    html! {
        <a href={href(sweep, point)} aria-label={description(sweep, point, *measure)} aria-current={is_current.then_some("true")}>
            <circle class="sweep-reach" cx={px(x)} cy={px(y)} r="12" />
            <circle class="sweep-point" cx={px(x)} cy={px(y)} r="4" />
        </a>
    }
}

/// A length in CSS pixels as an SVG attribute, with one decimal.
fn px(length: f64) -> String {
    fixed(length, 1).to_string()
}
