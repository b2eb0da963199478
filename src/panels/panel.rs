//! A part of the page with a name, that can be folded.

use yew::prelude::*;

/// A panel that is open at first. `id` names it in links and tests.
pub fn panel(id: &'static str, name: &'static str, aside: Html, inside: Html) -> Html {
    let heading = format!("{id}-name");
    html! {
        <details class={classes!("panel", format!("{id}-panel"))} open=true data-testid={format!("{id}-panel")}>
            <summary><h2 id={heading}>{ name }</h2>{ aside }</summary>
            { inside }
        </details>
    }
}
