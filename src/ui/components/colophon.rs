//! Whose question this is, and how far the model can be trusted.

use yew::prelude::*;

/// See the module.
pub fn colophon() -> Html {
    html! {
        <footer class="colophon">
            <p>
                { "The program and the question are by Ali Safapour, the accepted answer is by Schwern. What you see is a model of \
                   SQLite, aiosqlite, asyncio and the machine below them, computed in your browser; the same settings give \
                   the same run every time. Limits on open files and threads, and versions of aiosqlite before 0.20, are left out." }
            </p>
        </footer>
    }
}
