//! A preview of the embedded page in an iframe, with a choice of widths.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Labels of the widths, each with its CSS class.
const WIDTHS: [(&str, &str); 3] = [("as wide as this page", "wide"), ("a column of text", "column"), ("a phone", "phone")];

/// Properties of the preview.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The query string of the embedded page.
    pub(super) query: String,
    /// The title of the iframe.
    pub(super) title: String,
}

/// A button that shows and hides the preview. The page is not loaded until then.
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
            let index = usize::try_from(event.target_unchecked_into::<HtmlSelectElement>().selected_index()).unwrap_or(0);
            width.set(WIDTHS.get(index).map_or(WIDTHS[0].1, |(_, class)| *class));
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
