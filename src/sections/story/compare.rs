//! Compares two runs: the user keeps one as A and changes something, and B is drawn on the same
//! axes.

use crate::hooks::use_element_size;
use crate::state::present::Present;
use lockstep_core::chart::compare::CompareChart;
use lockstep_core::decimal::fixed;
use lockstep_core::link::Link;
use lockstep_core::run::Run;
use lockstep_core::scenario::Scenario;
use lockstep_core::scenario::presets::PRESETS;
use lockstep_core::trace::Outcome;
use lockstep_core::words::about;
use lockstep_core::words::difference;
use std::rc::Rc;
use yew::prelude::*;

/// The section that compares runs. `first` is the outcome of run A, once it is known.
pub(super) fn compare(present: &Present, run: &Rc<Run>, first: Option<Rc<Outcome>>) -> Html {
    let with =
        |scenario: Scenario, second: Option<Scenario>| ["?", &Link { scenario, second, ..present.link.clone() }.write()].concat();
    let now = &present.scenario;
    let pairs = PRESETS.iter().filter(|preset| preset.is_pair());
    html! {
        <section class="compare" id="compare" aria-labelledby="compare-name" data-testid="compare">
            <h2 id="compare-name">{ "Compare" }</h2>
            if let Some(kept) = &present.first {
                <p role="status">{ difference::change(kept, now) }</p>
                if let Some(first) = first.filter(|_| kept != now) { <Comparison {first} second={run.clone()} /> }
                <p><a class="show-me" data-stay="" href={with((**now).clone(), None)}>{ "Stop comparing" }</a></p>
            } else {
                <p>{ "Keep this run as A, change one setting, and see both runs on the same axes, with the same random numbers." }</p>
                <p><a class="show-me" data-stay="" href={with((**now).clone(), Some((**now).clone()))}>{ "Keep this run as A" }</a></p>
            }
            <p class="pairs">
                { "Pairs that differ in one setting: " }
                for preset in pairs { <a class="show-me" href={["?", preset.query].concat()}>{ preset.title }</a> }
            </p>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ComparisonProps {
    /// The outcome of run A.
    first: Rc<Outcome>,
    /// Run B, which is on screen.
    second: Rc<Run>,
}

#[component]
fn Comparison(props: &ComparisonProps) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let (first, second) = (&props.first, &props.second.outcome);
    let chart = CompareChart::new(first, second, size);
    let words = difference::outcome(first, second);
    html! {
        <>
            <p data-testid="difference">{ &words }</p>
            <p class="compare-unit">{ "rows" }</p>
            <div ref={node} class="picture compare-chart" role="img" aria-label={words}>
                <svg width={fixed(size.width, 1).to_string()} height={fixed(size.height, 1).to_string()} aria-hidden="true">{ picture(&chart) }</svg>
            </div>
            <div class="table"><table>
                <thead><tr><th /><th>{ "rows" }</th><th>{ "errors" }</th><th>{ "attempts" }</th><th>{ "time" }</th></tr></thead>
                <tbody>{ row("A", first) }{ row("B", second) }</tbody>
            </table></div>
        </>
    }
}

fn row(name: &'static str, outcome: &Outcome) -> Html {
    html! {
        <tr>
            <th class={["curve-", name].concat()}>{ name }</th>
            <td>{ outcome.inserted() }</td><td>{ outcome.errors }</td><td>{ outcome.polls }</td><td>{ about(outcome.elapsed) }</td>
        </tr>
    }
}

fn picture(chart: &CompareChart) -> Html {
    let text = |x: f64, y: f64, class: &'static str, label: &str| {
        html! {
            <text class={class} x={fixed(x, 1).to_string()} y={fixed(y, 1).to_string()}>{ label.to_owned() }</text>
        }
    };
    html! {
        <>
            { for chart.counts.iter().map(|(y, tick)| text(chart.axis.left - 6.0, *y, "rows-label rows-count", &tick.label)) }
            { for chart.times.iter().map(|(x, tick)| text(*x, chart.bottom + 14.0, "rows-label rows-time", &tick.label)) }
            <path class="curve-A" d={chart.first.clone()} />
            <path class="curve-B" d={chart.second.clone()} />
            { for ["A", "B"].into_iter().zip(chart.label_positions).map(|(name, (x, y))| text(x, y, "curve-name", name)) }
        </>
    }
}
