//! The points of the curve as a table, with the same numbers and links.

use super::Measured;
use lockstep_core::scenario::query;
use lockstep_core::sweep::results::Point;
use lockstep_core::sweep::{Measure, Sweep};
use yew::prelude::*;

/// See the module documentation.
pub(super) fn table(sweep: &Sweep, points: &[Point], measured: &[Measured], measure: Measure) -> Html {
    html! {
        <details class="sweep-table" data-testid="sweep-table">
            <summary>{ "Show the values as a table" }</summary>
            <div class="table"><table>
                <thead><tr>
                    <th scope="col">{ sweep.axis.name }</th><th scope="col">{ "Median" }</th><th scope="col">{ "5 %" }</th>
                    <th scope="col">{ "95 %" }</th><th scope="col">{ "Runs" }</th><th scope="col">{ "Measured" }</th>
                </tr></thead>
                <tbody>for point in points { { row(sweep, point, measured, measure) } }</tbody>
            </table></div>
        </details>
    }
}

fn row(sweep: &Sweep, point: &Point, measured: &[Measured], measure: Measure) -> Html {
    let value = sweep.axis.label(point.value);
    html! {
        <tr>
            <th scope="row">{ &value }</th>
            <td><a href={href(sweep, point)} aria-label={description(sweep, point, measure)}>{ measure.label(point.median) }</a></td>
            <td>{ measure.label(point.low) }</td>
            <td>{ measure.label(point.high) }</td>
            <td>{ point.runs }</td>
            <td>{ measured_range(sweep, point.value, measured, measure) }</td>
        </tr>
    }
}

/// A link to the median run.
pub(super) fn href(sweep: &Sweep, point: &Point) -> String {
    ["?", &query::write_with_machine(&sweep.scenario(point.value, point.seed))].concat()
}

/// The accessible name of a link to the median run.
pub(super) fn description(sweep: &Sweep, point: &Point, measure: Measure) -> String {
    let (low, high) = (measure.label(point.low), measure.label(point.high));
    format!("{}: {} (5 to 95 %: {low} to {high}). Open this run", sweep.axis.phrase(point.value), measure.text(point.median))
}

/// The range of the measured runs: "62 % to 94 %, 5 runs"; `None` if there are none.
fn measured_range(sweep: &Sweep, value: u64, measured: &[Measured], measure: Measure) -> Option<String> {
    let tasks = sweep.scenario(value, 0).tasks;
    let (_, samples) = measured.iter().find(|(at, _)| *at == value)?;
    let values = || samples.iter().map(|sample| measure.of(*sample, tasks));
    Some(format!("{} to {}, {} runs", measure.label(values().min()?), measure.label(values().max()?), samples.len()))
}
