//! A choice among a few words.

use yew::prelude::*;

/// A labelled list of words, one of which is chosen.
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
