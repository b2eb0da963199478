//! The pictures of the run at the playhead: poll clock, rows over time, lanes.

use crate::stage::lanes_panel::lanes_panel;
use crate::stage::poll_clock::poll_clocks;
use crate::stage::props::Props;
use crate::stage::rows_chart::RowsChart;
use crate::state::moment::Moment;
use lockstep_core::chart::Window;
use lockstep_core::chart::lanes::Order;
use yew::prelude::*;

/// See the module documentation. The chart of rows and the lanes share their time axis.
#[component]
pub fn Stage(props: &Props) -> Html {
    let Props { moment, end, view, on_seek, .. } = props;
    let all = Window::whole(*end, moment.trace.scenario.coroutines());
    let window = view.near.map_or(all, |window| window.within(all));
    let order = {
        let dependencies = (view.sort, moment.trace.clone(), moment.index.clone());
        use_memo(dependencies, |(sort, trace, index)| Order::by(*sort, trace, index))
    };
    let states = use_memo(moment.index.clone(), |index| index.states());
    let has_measured = props.measured.iter().any(|run| run.has_program_of(&moment.trace.scenario));
    html! {
        <div class="stage">
            { poll_clocks(props) }
            <div class="stage-time">
                <section class="rows-panel" aria-labelledby="rows-name">
                    <div class="panel-head">
                        <h2 id="rows-name" class="label">{ "Rows over time" }if has_measured { <span class="rows-key">{ "; dotted: measured" }</span> }</h2>
                        <span class="aside">{ rate(moment) }</span>
                    </div>
                    <RowsChart moment={moment.clone()} measured={props.measured.clone()} {window} on_seek={on_seek.clone()} />
                </section>
                { lanes_panel(props, [all, window], &order, &states) }
            </div>
        </div>
    }
}

fn rate(moment: &Moment) -> String {
    let now = &moment.now;
    format!("now {} rows/s; {} waiting, {} failed", now.rate, now.waiters.len(), now.errors)
}
