//! The theme: which one the page has, and when pictures on a canvas must be painted again because it changed.

use crate::hooks::Dispatch;
use crate::state::action::{Action, PageChange};
use gloo_events::EventListener;
use lockstep_core::chart::palette::Theme as Colours;
use lockstep_core::link::Theme;
use web_sys::{Document, MediaQueryList, window};
use yew::prelude::*;

/// The id of the button in the page's head.
const BUTTON: &str = "theme";
/// The attribute of the root element that the style sheets read.
const ATTRIBUTE: &str = "data-theme";

/// The question whether the system is set to dark colours.
const SYSTEM_IS_DARK: &str = "(prefers-color-scheme: dark)";

/// Gives the page `theme` and lets the button in its head ask for the next one; gives the theme that pictures are painted with.
#[hook]
pub fn use_provided_theme(theme: Theme, dispatch: &Dispatch) -> Colours {
    let is_dark = use_state_eq(system_is_dark);
    use_effect_with(theme, |theme| show(*theme));
    {
        let (is_dark, dispatch) = (is_dark.setter(), dispatch.clone());
        use_effect_with((), move |()| {
            let changed = move |_: &Event| is_dark.set(system_is_dark());
            let system = system().map(|query| EventListener::new(&query, "change", changed));
            let button = document().and_then(|document| document.get_element_by_id(BUTTON));
            let next = move |_: &Event| dispatch.dispatch(Action::Page(PageChange::NextTheme));
            let button = button.map(|button| EventListener::new(&button, "click", next));
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

/// The theme that pictures are painted with.
///
/// # Panics
/// Outside of `App`.
#[hook]
pub fn use_theme() -> Colours {
    use_context::<Colours>().expect("App provides the theme to all pictures")
}

fn system() -> Option<MediaQueryList> {
    window()?.match_media(SYSTEM_IS_DARK).ok()?
}

fn system_is_dark() -> bool {
    system().is_some_and(|query| query.matches())
}

fn show(theme: Theme) {
    let Some(document) = document() else { return };
    if let Some(root) = document.document_element() {
        // It fails for names that no attribute can have.
        let _ = root.set_attribute(ATTRIBUTE, theme.word());
    }
    if let Some(button) = document.get_element_by_id(BUTTON) {
        button.set_text_content(Some(&format!("Theme: {}", theme.word())));
    }
}

fn document() -> Option<Document> {
    window()?.document()
}
