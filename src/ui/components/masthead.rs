//! The name of the page, the question that it answers, and the ways from here.

use crate::share::Theme;
use crate::ui::hooks::Dispatch;
use crate::ui::workbench::Action;
use yew::prelude::*;

/// See the module. The words are those of `index.html`, so that nothing jumps when the page starts.
pub fn masthead(theme: Theme, dispatch: &Dispatch) -> Html {
    html! {
        <header class="masthead">
            <h1><span class="brand">{ "Lockstep" }</span>{ " Why is the database locked?" }</h1>
            <nav class="ways" aria-label="On this page">
                { theme_button(theme, dispatch) }
                <a href="#workshop-course">{ "Share" }</a>
                <a href="#lesson-name">{ "Lesson" }</a>
            </nav>
            <p class="lead">
                { "1000 asyncio coroutines, each with its own aiosqlite connection, insert one row each. Some rows get in; then \
                   the program stops with \u{201c}database is locked\u{201d}." }
            </p>
        </header>
    }
}

/// Goes round all themes.
fn theme_button(now: Theme, dispatch: &Dispatch) -> Html {
    let place = Theme::ALL.iter().position(|(theme, _)| *theme == now).unwrap_or(0);
    let (_, word) = Theme::ALL[place];
    let (next, _) = Theme::ALL[(place + 1) % Theme::ALL.len()];
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::SetTheme(next)));
    html! { <button type="button" class="quiet" {onclick}>{ "Theme: " }{ word }</button> }
}
