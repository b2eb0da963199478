//! The colours of a theme, read off the style sheet that the page uses too: one list of colours for all.

use crate::chart::Role;
use crate::variants::variants_with;
use std::collections::BTreeMap;
use strum::{EnumCount, VariantArray};

const TOKENS: &str = include_str!("../../../../styles/tokens.css");
/// What begins the colours of each theme: the light ones first, which hold wherever another theme has none of its own.
const LIGHT: &str = ":root {";
const DARK: &str = "@media (prefers-color-scheme: dark) {";
const PROJECTOR: &str = "[data-theme=\"projector\"] {";

/// Whose colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Theme {
    /// Dark on light, as on paper.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, for pale beamers.
    Projector,
}

impl Theme {
    /// Every theme, with its name.
    pub const ALL: [(Self, &'static str); Self::COUNT] = variants_with!(Self: name);

    /// Its name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Projector => "Projector",
        }
    }
}

/// A colour as SVG has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Colour<'a> {
    /// `#rrggbb`.
    pub(super) hex: &'a str,
    /// From 0 to 1.
    pub(super) opacity: f64,
}

/// The colour of each role.
pub(super) struct Palette(BTreeMap<&'static str, &'static str>);

impl Palette {
    pub(super) fn of(theme: Theme) -> Self {
        let own = match theme {
            Theme::Light => "",
            Theme::Dark => after(DARK),
            Theme::Projector => after(PROJECTOR),
        };
        Self(variables(after(LIGHT)).chain(variables(own)).collect())
    }

    /// Black where the style sheet has none.
    pub(super) fn colour(&self, role: Role) -> Colour<'static> {
        let text = self.0.get(role.css_variable()).copied().unwrap_or("#000000");
        let (hex, alpha) = text.split_at_checked(7).unwrap_or((text, ""));
        let opacity = u8::from_str_radix(alpha, 16).map_or(1.0, |alpha| f64::from(alpha) / 255.0);
        Colour { hex, opacity }
    }
}

/// The style sheet from where a theme begins.
fn after(beginning: &str) -> &'static str {
    TOKENS.split_once(beginning).map_or("", |(_, rest)| rest)
}

/// Names and values of custom properties up to the end of their block, in order.
fn variables(css: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = css.lines().map(str::trim).take_while(|line| *line != "}").filter(|line| line.starts_with("--"));
    lines.filter_map(|line| line.trim_end_matches(';').split_once(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_plain_colour_in_every_theme() {
        for (theme, _) in Theme::ALL {
            let palette = Palette::of(theme);
            for role in Role::all() {
                assert!(palette.0.contains_key(role.css_variable()), "{role:?}");
                let Colour { hex, opacity } = palette.colour(role);
                assert!(hex.len() == 7 && hex.starts_with('#') && u32::from_str_radix(&hex[1..], 16).is_ok(), "{role:?}: {hex}");
                assert!((0.0..=1.0).contains(&opacity));
            }
        }
    }

    #[test]
    fn text_stands_out_from_its_ground_in_every_theme() {
        let light = |theme, role| {
            let hex = Palette::of(theme).colour(role).hex;
            u32::from_str_radix(&hex[3..5], 16).expect("green")
        };
        assert!(light(Theme::Light, Role::Background) > 200 && light(Theme::Light, Role::Text) < 60);
        assert!(light(Theme::Projector, Role::Background) == 255 && light(Theme::Projector, Role::Text) < 30);
        assert!(light(Theme::Dark, Role::Background) < 60 && light(Theme::Dark, Role::Text) > 200);
    }
}
