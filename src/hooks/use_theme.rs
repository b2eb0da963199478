//! The theme of the page, and the colours for the canvases, which are painted again when it
//! changes.

use crate::hooks::Dispatch;
use crate::state::action::{Action, PageChange};
use gloo_events::EventListener;
use lockstep_core::chart::palette::Theme as Colours;
use lockstep_core::link::Theme;
use web_sys::{Document, MediaQueryList, window};
use yew::prelude::*;

/// The id of the theme button in the page's header.
const BUTTON: &str = "theme";
/// The attribute of the root element that the style sheets read.
const ATTRIBUTE: &str = "data-theme";

/// The media query for the dark mode of the system.
const SYSTEM_IS_DARK: &str = "(prefers-color-scheme: dark)";

/// Applies `theme` to the page and handles the theme button; returns the theme for the canvases.
#[hook]
pub fn use_provided_theme(theme: Theme, dispatch: &Dispatch) -> Colours {
    let is_dark = use_state_eq(system_is_dark);
    use_effect_with(theme, |theme| apply(*theme));
    {
        let (is_dark, dispatch) = (is_dark.setter(), dispatch.clone());
        use_effect_with((), move |()| {
            let on_change = move |_: &Event| is_dark.set(system_is_dark());
            let system = system_theme().map(|query| EventListener::new(&query, "change", on_change));
            let button = document().and_then(|document| document.get_element_by_id(BUTTON));
            let on_click = move |_: &Event| dispatch.dispatch(Action::Page(PageChange::NextTheme));
            let button = button.map(|button| EventListener::new(&button, "click", on_click));
            move || drop((system, button))
        });
    }
    match theme {
        Theme::Projector => Colours::Projector,
        Theme::Light => Colours::Light,
        Theme::Dark => Colours::Dark,
        Theme::Auto if *is_dark => Colours::Dark,
        Theme::Auto => Colours::Light,
    }
}

/// The theme for the canvases.
///
/// # Panics
/// Outside of `App`.
#[hook]
pub fn use_theme() -> Colours {
    use_context::<Colours>().expect("App provides the theme")
}

fn system_theme() -> Option<MediaQueryList> {
    window()?.match_media(SYSTEM_IS_DARK).ok()?
}

fn system_is_dark() -> bool {
    system_theme().is_some_and(|query| query.matches())
}

fn apply(theme: Theme) {
    let Some(document) = document() else { return };
    if let Some(root) = document.document_element() {
        // It fails only for invalid attribute names.
        let _ = root.set_attribute(ATTRIBUTE, theme.word());
    }
    if let Some(button) = document.get_element_by_id(BUTTON) {
        button.set_text_content(Some(&format!("Theme: {}", theme.word())));
    }
}

fn document() -> Option<Document> {
    window()?.document()
}
