//! What students get: the page in a frame, as narrow as a phone or as wide as there is room.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Names of the widths, each with its class.
const WIDTHS: [(&str, &str); 3] = [("as wide as this page", "wide"), ("a column of text", "column"), ("a phone", "phone")];

/// Of which page.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) query: String,
    pub(super) title: String,
}

/// See the module. Nothing is loaded before somebody asks for it.
#[component]
pub(super) fn Preview(props: &Props) -> Html {
    let shown = use_state_eq(|| false);
    let width = use_state_eq(|| WIDTHS[0].1);
    let onclick = {
        let (now, shown) = (*shown, shown.setter());
        Callback::from(move |_: MouseEvent| shown.set(!now))
    };
    let onchange = {
        let width = width.setter();
        Callback::from(move |event: Event| {
            let place = usize::try_from(event.target_unchecked_into::<HtmlSelectElement>().selected_index()).unwrap_or(0);
            width.set(WIDTHS.get(place).map_or(WIDTHS[0].1, |(_, class)| *class));
        })
    };
    html! {
        <div class="course-preview">
            <p>
                <button type="button" aria-expanded={shown.to_string()} {onclick}>{ if *shown { "Hide the preview" } else { "Show a preview" } }</button>
                if *shown {
                    <label class="choice">{ "in" }
                        <select {onchange}>for (name, class) in WIDTHS { <option selected={class == *width}>{ name }</option> }</select>
                    </label>
                }
            </p>
            if *shown { <iframe class={*width} data-testid="course-preview" src={["./?", &props.query].concat()} title={props.title.clone()} /> }
        </div>
    }
}
