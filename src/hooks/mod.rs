//! Hooks and helpers shared by the components: the dispatcher, timers, element sizes, the address
//! bar, links, the theme.

pub mod address_bar;
pub mod focus;
mod use_address;
mod use_dispatch;
mod use_drag;
mod use_element_size;
mod use_gestures;
mod use_host;
mod use_near_viewport;
mod use_other_seeds;
mod use_playback_clock;
mod use_present;
mod use_runs;
mod use_scenario_links;
mod use_theme;
mod viewport_observer;

pub use use_address::use_address;
pub use use_dispatch::{Dispatch, use_dispatch};
pub use use_drag::use_drag;
pub use use_element_size::use_element_size;
pub use use_gestures::{Gesture, use_gestures};
pub use use_host::use_host;
pub use use_near_viewport::{scroll_when_visible, use_near_viewport};
pub use use_other_seeds::use_other_seeds;
pub use use_playback_clock::use_playback_clock;
pub use use_present::{SharedPresent, use_present, use_provided_present};
pub use use_runs::use_runs;
pub use use_scenario_links::use_scenario_links;
pub use use_scenario_links::{follow, scroll_into_view};
pub use use_theme::{use_provided_theme, use_theme};
pub use viewport_observer::ViewportObserver;
