//! The name of the page and the question that it answers.

use yew::prelude::*;

/// See the module. The words are those of `index.html`, so that nothing jumps when the page starts.
#[component]
pub fn Masthead() -> Html {
    html! {
        <header class="masthead">
            <h1><span class="brand">{ "Lockstep" }</span>{ " Why is the database locked?" }</h1>
            <p class="lead">
                { "A Python program starts 1000 asyncio coroutines; each opens its own aiosqlite connection and inserts one row. \
                   Some rows get in, then it stops with \u{201c}database is locked\u{201d}: how many, and why just then?" }
            </p>
        </header>
    }
}
