//! The poll clock of a measured run of the real program; the data is fetched when it is first
//! shown.

use crate::stage::dial::Dial;
use crate::stage::measured::{self, Measured};
use crate::state::moment::Moment;
use lockstep_core::time::SimTime;
use lockstep_core::trace::{Snapshot, TraceIndex};
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`MeasuredClock`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The playhead of the modelled run.
    pub now: SimTime,
    /// The number of tasks of the modelled run. The measured run with the nearest number is shown.
    pub tasks: u32,
    /// Whether the dial rotates with the bunches.
    pub follow: bool,
}

/// See the module documentation.
#[component]
pub fn MeasuredClock(props: &Props) -> Html {
    let runs = use_state(|| None::<Result<Vec<Measured>, String>>);
    {
        let runs = runs.setter();
        use_effect_with((), move |()| measured::fetch(move |result| runs.set(Some(result))));
    }
    let nearest = match &*runs {
        Some(Ok(runs)) => runs.iter().min_by_key(|(tasks, _)| tasks.abs_diff(props.tasks)),
        _ => None,
    };
    let trace = nearest.map(|(_, trace)| trace.clone());
    let index = use_memo(trace, |trace| trace.as_ref().map(|trace| Rc::new(TraceIndex::of(trace))));
    match (&*runs, nearest, &*index) {
        (_, Some((tasks, trace)), Some(index)) => {
            let now = Rc::new(Snapshot::at(trace, index, props.now));
            let title = format!("Measured on Linux: {tasks} tasks, {} s", trace.scenario.timeout);
            let moment = Moment { trace: trace.clone(), index: index.clone(), now };
            html! { <Dial {moment} follow={props.follow} testid="measured-clock" title={AttrValue::from(title)} /> }
        }
        (Some(Err(problem)), ..) => html! { <p class="poll-clock" role="alert">{ problem }</p> },
        _ => html! { <p class="poll-clock">{ "Fetching the measured runs \u{2026}" }</p> },
    }
}
