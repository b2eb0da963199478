//! The strip that shows all lanes from beginning to end, and what of them is in sight. Dragging moves that.

use crate::hooks::{use_drag, use_element_size};
use crate::stage::picture::Picture;
use crate::state::moment::Moment;
use lockstep_core::chart::Window;
use lockstep_core::chart::lanes::{LanesView, Order, Picked, lanes, overview};
use std::rc::Rc;
use yew::prelude::*;

/// What the strip shows and to whom it tells where it was dragged.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run at its playhead.
    pub moment: Moment,
    /// What there is to be seen.
    pub all: Window,
    /// What of it is in sight.
    pub window: Window,
    /// In which order.
    pub order: Rc<Order>,
    /// Whether what has not happened yet must not be seen.
    pub untold: bool,
    /// Something else is to be in sight.
    pub on_window: Callback<Window>,
}

/// See the module. The buttons and keys of the lanes do the same, so it is a picture for assistive tools.
#[component]
pub fn Overview(props: &Props) -> Html {
    let node = use_node_ref();
    let size = use_element_size(&node);
    let Props { moment, all, window, order, on_window, .. } = props;
    let (all, window) = (*all, *window);
    let view = LanesView { window: all, order: order.clone(), picked: Picked::default(), size, has_axes: false };
    let (trace, index) = (moment.trace.clone(), moment.index.clone());
    let below = use_memo((trace, index, view.clone()), |(trace, index, view)| lanes(trace, index, view));
    let above = Rc::new(overview(&view, &window, moment.at(), props.untold));
    let drag = {
        let (axis, height, on_window) = (view.axis(), view.height().max(1.0), on_window.clone());
        use_drag(&node, move |x, y, _| {
            // The middle of what is in sight goes where the pointer is.
            let right = (axis.time(x).seconds() - window.from.seconds()) / window.span().seconds().max(1e-6) - 0.5;
            let lane = y / height * f64::from(all.lanes);
            let down = (lane - f64::from(window.first)) / f64::from(window.lanes.max(1)) - 0.5;
            on_window.emit(window.moved(all, right, down));
        })
    };
    html! {
        <div ref={node} class="picture overview" data-testid="overview" aria-hidden="true" onpointerdown={drag.down}
            onpointermove={drag.moved}>
            <Picture scene={below} {size} />
            <Picture scene={above} {size} see_through={true} />
        </div>
    }
}
