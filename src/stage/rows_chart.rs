//! The chart of rows over time: rows inserted, waiters, errors, and the current rate as a slope.

use crate::hooks::{use_drag, use_element_size};
use crate::state::moment::Moment;
use lockstep_core::chart::Window;
use lockstep_core::chart::rows::{RowsChart as Chart, RowsNow, summary};
use lockstep_core::decimal::fixed;
use lockstep_core::own_machine::MeasuredRun;
use lockstep_core::own_machine::comparison::curve;
use lockstep_core::time::SimTime;
use lockstep_core::trace::Trace;
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`RowsChart`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run at its playhead.
    pub moment: Moment,
    /// Measured runs; those with the same settings are drawn over the modelled run.
    pub measured: Rc<Vec<MeasuredRun>>,
    /// The visible window, shared with the lanes; only its time range is used.
    pub window: Window,
    /// Called with the new time of the playhead.
    pub on_seek: Callback<SimTime>,
}

/// See the module documentation.
#[component]
pub fn RowsChart(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Props { moment: Moment { trace, index, now }, window: Window { from, to, .. }, on_seek, .. } = props;
    let chart = use_memo((trace.clone(), index.clone(), *from, *to, size), |(trace, index, from, to, size)| {
        Chart::new(trace, index, *from, *to, *size)
    });
    let drag = {
        let (on_seek, axis) = (on_seek.clone(), chart.axis);
        use_drag(&node, move |x, _, _| on_seek.emit(axis.time(x)))
    };
    let present = chart.at(now);
    html! {
        <div
            ref={node}
            class="picture rows-chart"
            data-testid="rows-chart"
            role="img"
            aria-label={summary(trace, now)}
            onpointerdown={drag.on_down}
            onpointermove={drag.on_move}
        >
            <svg class="rows-svg" width={px(size.width)} height={px(size.height)} aria-hidden="true">
                { axes(&chart) }
                { curves(&chart, &present) }
                { measured_curves(&chart, props, trace) }
                if (*from..=*to).contains(&now.at) { { playhead(&chart, &present) } }
            </svg>
        </div>
    }
}

fn axes(chart: &Chart) -> Html {
    let (left, right) = (px(chart.axis.left), px(chart.axis.right));
    html! {
        <>
            for (y, tick) in &chart.counts {
                <line class="rows-grid" x1={left.clone()} x2={right.clone()} y1={px(*y)} y2={px(*y)} />
                <text class="rows-label rows-count" x={px(chart.axis.left - 6.0)} y={px(*y)}>{ &tick.label }</text>
            }
            for (x, tick) in &chart.times {
                <text class="rows-label rows-time" x={px(*x)} y={px(chart.bottom + 14.0)}>{ &tick.label }</text>
            }
        </>
    }
}

/// The whole curves, faint, and over them the curves up to the playhead, clipped by a nested SVG.
fn curves(chart: &Chart, now: &RowsNow) -> Html {
    let crosses: String = chart.errors.iter().map(|(x, y)| format!("M{} {}l8 8m0 -8l-8 8", px(x - 4.0), px(y - 4.0))).collect();
    let paths = html! {
        <>
            <path class="rows-waiters" d={chart.waiters.clone()} />
            <path class="rows-committed" d={chart.committed.clone()} />
            <path class="rows-errors" d={crosses} />
        </>
    };
    html! {
        <>
            <g class="rows-future">{ paths.clone() }</g>
            <svg class="rows-past" width={px(now.x)} height={px(chart.bottom + 4.0)}>{ paths }</svg>
        </>
    }
}

/// The measured runs. The view box has seconds and rows as its units.
fn measured_curves(chart: &Chart, props: &Props, trace: &Trace) -> Html {
    let Chart { axis, top, bottom, tasks, .. } = chart;
    let Window { from, to, .. } = props.window;
    let runs = props.measured.iter().filter(|run| run.has_program_of(&trace.scenario));
    html! {
        <svg class="rows-measured" x={px(axis.left)} y={px(*top)} width={px(axis.width())} height={px(bottom - top)}
            viewBox={format!("{from} -{tasks} {} {tasks}", to.since(from))} preserveAspectRatio="none">
            for run in runs { <path d={curve(run)} /> }
        </svg>
    }
}

fn playhead(chart: &Chart, now: &RowsNow) -> Html {
    let ((x1, y1), (x2, y2)) = now.slope;
    let class = if now.label_ends { "rows-now rows-now-left" } else { "rows-now" };
    html! {
        <>
            <line class="rows-playhead" x1={px(now.x)} x2={px(now.x)} y1={px(chart.top)} y2={px(chart.bottom)} />
            <line class="rows-slope" x1={px(x1)} y1={px(y1)} x2={px(x2)} y2={px(y2)} />
            <circle class="rows-point" cx={px(now.x)} cy={px(now.y)} r="3.5" />
            <text {class} x={px(now.label_at.0)} y={px(now.label_at.1)}>{ &now.label }</text>
        </>
    }
}

/// A length in CSS pixels as an SVG attribute, with one decimal.
fn px(length: f64) -> String {
    fixed(length, 1).to_string()
}
