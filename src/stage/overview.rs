//! The overview strip: all lanes over the whole run, with the visible window marked. Dragging moves
//! the window.

use crate::hooks::{use_drag, use_element_size};
use crate::stage::picture::Picture;
use crate::state::moment::Moment;
use lockstep_core::chart::Window;
use lockstep_core::chart::lanes::{LanesView, Order, StateFilter, lanes, overview};
use std::rc::Rc;
use yew::prelude::*;

/// The properties of [`Overview`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run at its playhead.
    pub moment: Moment,
    /// The whole run: all of the time and all lanes.
    pub all: Window,
    /// The visible window of the lanes.
    pub window: Window,
    /// The order of the lanes.
    pub order: Rc<Order>,
    /// Whether everything after the playhead is hidden.
    pub hide_future: bool,
    /// Called with a new visible window.
    pub on_window: Callback<Window>,
}

/// See the module documentation. Hidden from assistive technology, because the buttons and keys of
/// the lanes do the same.
#[component]
pub fn Overview(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Props { moment, all, window, order, on_window, .. } = props;
    let (all, window) = (*all, *window);
    let view = LanesView { window: all, order: order.clone(), filter: StateFilter::default(), size, has_axes: false };
    let (trace, index) = (moment.trace.clone(), moment.index.clone());
    let below = use_memo((trace, index, view.clone()), |(trace, index, view)| lanes(trace, index, view));
    let above = Rc::new(overview(&view, &window, moment.at(), props.hide_future));
    let drag = {
        let (axis, height, on_window) = (view.axis(), view.height().max(1.0), on_window.clone());
        use_drag(&node, move |x, y, _| {
            // Centres the visible window on the pointer.
            let right = (axis.time(x).seconds() - window.from.seconds()) / window.span().seconds().max(1e-6) - 0.5;
            let lane = y / height * f64::from(all.lanes);
            let down = (lane - f64::from(window.first)) / f64::from(window.lanes.max(1)) - 0.5;
            on_window.emit(window.moved(all, right, down));
        })
    };
    html! {
        <div ref={node} class="picture overview" data-testid="overview" aria-hidden="true" onpointerdown={drag.on_down}
            onpointermove={drag.on_move}>
            <Picture scene={below} {size} />
            <Picture scene={above} {size} transparent={true} />
        </div>
    }
}
