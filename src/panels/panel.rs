//! A titled, foldable panel.

use yew::prelude::*;

/// A panel that is initially open. `id` is its name in links and tests; `aside` is shown next to
/// its title.
pub fn panel(id: &'static str, name: &'static str, aside: Html, inside: Html) -> Html {
    let heading = format!("{id}-name");
    html! {
        <details class={classes!("panel", format!("{id}-panel"))} open=true data-testid={format!("{id}-panel")}>
            <summary><h2 id={heading}>{ name }</h2>{ aside }</summary>
            { inside }
        </details>
    }
}
