//! A drop-down list with a label.

use yew::prelude::*;

/// A labelled `select` element. Each option is a word and whether it is selected.
pub fn choice(label: &'static str, words: impl Iterator<Item = (&'static str, bool)>, onchange: Callback<Event>) -> Html {
    html! {
        <label class="choice">
            <span class="name">{ label }</span>
            <select {onchange}>
                for (word, selected) in words { <option {selected}>{ word }</option> }
            </select>
        </label>
    }
}
