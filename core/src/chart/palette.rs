//! The colours of each theme, parsed from `styles/tokens.css`. The canvases, the exported files and
//! the style sheets share this one list.

use crate::chart::Role;
use crate::variants::variants_with;
use std::collections::BTreeMap;
use strum::{EnumCount, VariantArray};

const TOKENS: &str = include_str!("../../../styles/tokens.css");
/// The start of the block with the colours of all themes, and of the block that overrides some of
/// them for the projector.
const ROOT: &str = ":root {";
const PROJECTOR: &str = "[data-theme=\"projector\"] {\n  font-size";
/// The start of a value that has a light and a dark colour.
const LIGHT_DARK: &str = "light-dark(";

/// A colour theme of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray, serde::Serialize, serde::Deserialize)]
pub enum Theme {
    /// Dark on light, as on paper.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, for projectors with little contrast.
    Projector,
}

impl Theme {
    /// Every theme, with its name.
    pub const ALL: [(Self, &'static str); Self::COUNT] = variants_with!(Self: name);

    /// The name that the page shows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Projector => "Projector",
        }
    }
}

/// A colour as SVG writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour<'a> {
    /// `#rrggbb`.
    pub hex: &'a str,
    /// From 0 to 1.
    pub opacity: f64,
}

/// The colour of each role in a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette(BTreeMap<&'static str, &'static str>);

impl Palette {
    /// Reads the colours of `theme`.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        let overrides = if theme == Theme::Projector { after(PROJECTOR) } else { "" };
        let values = variables(after(ROOT)).chain(variables(overrides));
        Self(values.map(|(name, value)| (name, in_theme(value, theme))).collect())
    }

    /// The colour of `role` for a style sheet or a canvas: `#rrggbb` or `#rrggbbaa`. Black if the
    /// style sheet does not define it.
    #[must_use]
    pub fn css(&self, role: Role) -> &'static str {
        self.0.get(role.css_variable()).copied().unwrap_or("#000000")
    }

    /// The colour of `role` for an SVG file.
    #[must_use]
    pub fn colour(&self, role: Role) -> Colour<'static> {
        let text = self.css(role);
        let (hex, alpha) = text.split_at_checked(7).unwrap_or((text, ""));
        let opacity = u8::from_str_radix(alpha, 16).map_or(1.0, |alpha| f64::from(alpha) / 255.0);
        Colour { hex, opacity }
    }
}

/// Resolves `light-dark(light, dark)` for `theme`. Other values are returned unchanged.
fn in_theme(value: &'static str, theme: Theme) -> &'static str {
    let pair = value.strip_prefix(LIGHT_DARK).and_then(|pair| pair.strip_suffix(')')?.split_once(", "));
    match (pair, theme) {
        (Some((_, dark)), Theme::Dark) => dark,
        (Some((light, _)), _) => light,
        (None, _) => value,
    }
}

/// The rest of the style sheet after `beginning`.
fn after(beginning: &str) -> &'static str {
    TOKENS.split_once(beginning).map_or("", |(_, rest)| rest)
}

/// The names and values of the custom properties up to the end of the block, in order.
fn variables(css: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = css.lines().map(str::trim).take_while(|line| *line != "}").filter(|line| line.starts_with("--"));
    lines.filter_map(|line| line.trim_end_matches(';').split_once(": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_valid_colour_in_every_theme() {
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
    fn text_has_contrast_with_its_background_in_every_theme() {
        let light = |theme, role| {
            let hex = Palette::of(theme).colour(role).hex;
            u32::from_str_radix(&hex[3..5], 16).expect("green")
        };
        assert!(light(Theme::Light, Role::Background) > 200 && light(Theme::Light, Role::Text) < 60);
        assert!(light(Theme::Projector, Role::Background) == 255 && light(Theme::Projector, Role::Text) < 30);
        assert!(light(Theme::Dark, Role::Background) < 60 && light(Theme::Dark, Role::Text) > 200);
    }
}
