//! The lanes with their controls: sort order, zoom buttons, the overview strip, and the legend,
//! which also filters.

use crate::controls::choice::choice;
use crate::stage::lanes::Lanes;
use crate::stage::legend::legend;
use crate::stage::overview::Overview;
use crate::stage::props::Props;
use lockstep_core::chart::Window;
use lockstep_core::chart::lanes::{Order, Sort};
use lockstep_core::decimal::fixed;
use lockstep_core::link::Part;
use lockstep_core::link::view::View;
use lockstep_core::text::counted;
use lockstep_core::trace::LaneState;
use std::rc::Rc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The panel of the lanes. `all` is the whole run, `window` the visible part of it; `states` are
/// those that occur in the run.
pub fn lanes_panel(stage: &Props, [all, window]: [Window; 2], order: &Rc<Order>, states: &[LaneState]) -> Html {
    let Props { moment, selected, view, locks, on_seek, on_select, on_view, .. } = stage;
    let (selected, view, locked) = (*selected, *view, locks.part(Part::Lanes));
    let Props { running, hide_future, .. } = *stage;
    let View { sort, only: picked, .. } = view;
    let on_window = on_view.reform(move |window: Window| View { near: (window != all).then_some(window), ..view });
    let on_sort = on_view.reform(move |event: Event| {
        let index = usize::try_from(event.target_unchecked_into::<HtmlSelectElement>().selected_index()).unwrap_or(0);
        View { sort: Sort::ALL.get(index).map_or(Sort::Number, |(sort, _)| *sort), ..view }
    });
    let on_pick = on_view.reform(move |state: LaneState| View { only: picked.toggled(state), ..view });
    let zoom = |name: &'static str, text: &'static str, to: Window| {
        let on_window = on_window.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_window.emit(to));
        // Not `disabled`, because a disabled button loses the focus.
        let disabled = (to == window).then_some("true");
        html! { <button type="button" class="small" aria-label={name} title={name} aria-disabled={disabled} {onclick}>{ text }</button> }
    };
    let middle = (0.5, 0.5);
    html! {
        <fieldset class="lanes-panel" aria-labelledby="lanes-name" disabled={locked}>
            <div class="panel-head">
                <h2 id="lanes-name" class="label">{ "Lanes" }</h2>
                <span class="aside">{ visible_range(&all, &window) }</span>
                { choice("Sort by", Sort::ALL.map(|(one, name)| (name, one == sort)).into_iter(), on_sort) }
                <span class="buttons">
                    { zoom("Zoom in", "+", window.zoomed(all, middle, 0.5, 0.5)) }
                    { zoom("Zoom out", "\u{2212}", window.zoomed(all, middle, 2.0, 2.0)) }
                    { zoom("Show all", "All", all) }
                </span>
            </div>
            <Lanes moment={moment.clone()} {all} {window} order={order.clone()} {picked} {selected} {locked} {running} {hide_future} on_window={on_window.clone()}
                {on_seek} {on_select} />
            <Overview moment={moment.clone()} {all} {window} order={order.clone()} {hide_future} {on_window} />
            <p class="heard" id="lanes-help">
                { "Up and Down select a task, Left and Right move the playhead, plus and minus zoom, 0 shows everything." }
            </p>
            { legend(states, picked, &on_pick) }
        </fieldset>
    }
}

/// The visible range of tasks and time, in words.
fn visible_range(all: &Window, window: &Window) -> String {
    if all == window {
        return format!("{}; Ctrl+wheel or pinch to zoom", counted(all.lanes, "task"));
    }
    let (from, to) = (window.from.seconds(), window.to.seconds());
    format!("{} of {} tasks, {} to {} s", window.lanes, all.lanes, fixed(from, 3), fixed(to, 3))
}
