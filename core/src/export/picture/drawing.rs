//! Writes shapes as SVG, with plain attributes that every SVG viewer supports: no style sheet, no
//! script.

use super::Frame;
use crate::chart::palette::{Colour, Palette};
use crate::chart::{Anchor, Layer, Role, Scene, Shape};
use crate::text::escape_markup;
use std::f64::consts::TAU;
use std::fmt::Write;

/// Font of all text: the system font.
const FONT: &str = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif";

/// An SVG picture under construction.
pub(super) struct Drawing<'a> {
    palette: &'a Palette,
    body: String,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(palette: &'a Palette) -> Self {
        Self { palette, body: String::new() }
    }

    /// The complete file. `title` and `description` are for screen readers.
    pub(super) fn file(self, frame: &Frame, title: &str, description: &str) -> String {
        let Frame { width, height, .. } = frame;
        let Colour { hex, .. } = self.palette.colour(Role::Background);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-labelledby=\"title words\" font-family=\"{FONT}\">\n<title id=\"title\">{}</title>\n<desc id=\"words\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{hex}\"/>\n{}</svg>\n",
            escape_markup(title),
            escape_markup(description),
            self.body
        )
    }

    /// Calls `draw` with its shapes translated by `x` and `y`.
    pub(super) fn translate(&mut self, x: f64, y: f64, draw: impl FnOnce(&mut Self)) {
        self.add(&format!("<g transform=\"translate({} {})\">\n", number(x), number(y)));
        draw(self);
        self.add("</g>\n");
    }

    pub(super) fn scene(&mut self, scene: &Scene) {
        for Layer { role, shapes } in &scene.layers {
            self.layer(*role, shapes);
        }
    }

    /// Draws shapes in the colour of `role`. Only lines have a width.
    pub(super) fn layer(&mut self, role: Role, shapes: &[Shape]) {
        if shapes.is_empty() {
            return;
        }
        let Colour { hex, opacity } = self.palette.colour(role);
        let faint = if opacity < 1.0 { format!(" opacity=\"{}\"", number(opacity)) } else { String::new() };
        self.add(&format!("<g fill=\"{hex}\" stroke=\"{hex}\" stroke-width=\"0\"{faint}>\n"));
        shapes.iter().for_each(|shape| self.shape(shape));
        self.add("</g>\n");
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { x, y, width, height } => {
                let [x, y, width, height] = [*x, *y, *width, *height].map(number);
                self.add(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>\n"));
            }
            Shape::Dot { x, y, radius } => {
                let [x, y, radius] = [*x, *y, *radius].map(number);
                self.add(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>\n"));
            }
            Shape::Line { from, to, width } => {
                let d = format!("M{} {}L{} {}", number(from.0), number(from.1), number(to.0), number(to.1));
                self.stroke(&d, *width);
            }
            Shape::Arc { centre, radius, from, to, width } => self.stroke(&arc(*centre, *radius, *from, *to), *width),
            Shape::Cross { x, y, radius } => self.stroke(&cross(*x, *y, *radius), 2.0),
            Shape::Text { x, y, text, anchor, size } => self.text((*x, *y), text, *anchor, size.pixels()),
        }
    }

    fn stroke(&mut self, d: &str, width: f64) {
        self.add(&format!("<path d=\"{d}\" fill=\"none\" stroke-width=\"{}\"/>\n", number(width)));
    }

    /// A path in the colour of `role`; `faint` makes it translucent.
    pub(super) fn path(&mut self, role: Role, d: &str, width: f64, faint: bool) {
        let (hex, width) = (self.palette.colour(role).hex, number(width));
        let opacity = if faint { " opacity=\"0.35\"" } else { "" };
        self.add(&format!("<path d=\"{d}\" fill=\"none\" stroke=\"{hex}\" stroke-width=\"{width}\"{opacity}/>\n"));
    }

    /// A line of text in the colour of `role`, with this font size. The point is at half the height
    /// of the letters.
    pub(super) fn label(&mut self, role: Role, at: (f64, f64), text: &str, anchor: Anchor, pixels: f64) {
        let hex = self.palette.colour(role).hex;
        self.add(&format!("<g fill=\"{hex}\">"));
        self.text(at, text, anchor, pixels);
        self.add("</g>\n");
    }

    fn text(&mut self, (x, y): (f64, f64), text: &str, anchor: Anchor, pixels: f64) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        // Not every viewer supports `dominant-baseline`; an offset of about a third of the font
        // size is close to it.
        let (x, y, pixels) = (number(x), number(y + pixels * 0.35), number(pixels));
        self.add(&format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{pixels}\" text-anchor=\"{anchor}\" stroke=\"none\">{}</text>\n",
            escape_markup(text)
        ));
    }

    fn add(&mut self, text: &str) {
        self.body += text;
    }
}

/// The path of two crossed strokes.
pub(super) fn cross(x: f64, y: f64, radius: f64) -> String {
    let (left, right, above, below) = (number(x - radius), number(x + radius), number(y - radius), number(y + radius));
    format!("M{left} {above}L{right} {below}M{left} {below}L{right} {above}")
}

/// The path of an arc in three steps, because an SVG arc cannot end where it begins.
fn arc(centre: (f64, f64), radius: f64, from: f64, to: f64) -> String {
    let point = |turns: f64| {
        let (sin, cos) = (turns * TAU).sin_cos();
        format!("{} {}", number(centre.0 + sin * radius), number(centre.1 - cos * radius))
    };
    let (mut d, third) = (format!("M{}", point(from)), (to - from) / 3.0);
    for step in [1.0, 2.0, 3.0] {
        // Writing to a string cannot fail.
        let _ = write!(d, "A{0} {0} 0 0 1 {1}", number(radius), point(from + third * step));
    }
    d
}

/// The number rounded to a hundredth, without trailing zeros.
pub(super) fn number(value: f64) -> String {
    // Adding 0.0 turns -0.0 into 0.0.
    ((value * 100.0).round() / 100.0 + 0.0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_circle_is_three_arcs_and_ends_where_it_began() {
        assert_eq!(arc((0.0, 0.0), 10.0, 0.0, 1.0), "M0 -10A10 10 0 0 1 8.66 5A10 10 0 0 1 -8.66 5A10 10 0 0 1 0 -10");
    }
}
