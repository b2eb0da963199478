//! The name of the page and the question that it answers.

use yew::prelude::*;

/// See the module. The words are those of `index.html`, so that nothing jumps when the page starts.
pub fn masthead() -> Html {
    html! {
        <header class="masthead">
            <h1><span class="brand">{ "Lockstep" }</span>{ " Why is the database locked?" }</h1>
            <p class="lead">
                { "1000 asyncio coroutines, each with its own aiosqlite connection, insert one row each. Some rows get in; then \
                   the program stops with \u{201c}database is locked\u{201d}." }
            </p>
        </header>
    }
}
