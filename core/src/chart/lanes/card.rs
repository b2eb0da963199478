//! A few lines beside the pointer.

use super::LanesView;
use crate::chart::number::float;
use crate::chart::scene::{Anchor, Role, Scene, Shape, TextSize};

/// Height of a line, and the width of a letter of the labels' face, no less than it is; in CSS pixels.
const LINE: f64 = 17.0;
const LETTER: f64 = 7.0;
const PADDING: f64 = 8.0;
/// Distance from the pointer.
const AWAY: f64 = 14.0;

/// What is said about the lane under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Where the pointer is.
    pub at: (f64, f64),
    /// The lines.
    pub lines: Vec<String>,
}

impl Card {
    /// Draws it where it is whole, beside the pointer.
    pub(super) fn draw(&self, view: &LanesView, scene: &mut Scene) {
        let longest = self.lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let (width, height) = (float(longest) * LETTER + 2.0 * PADDING, float(self.lines.len()) * LINE + PADDING);
        let right = self.at.0 + AWAY;
        let x = if right + width <= view.size.width { right } else { (self.at.0 - AWAY - width).max(0.0) };
        let y = (self.at.1 + AWAY).min(view.size.height - height).max(0.0);
        scene.add(Role::Hairline, Shape::Rect { x: x - 1.0, y: y - 1.0, width: width + 2.0, height: height + 2.0 });
        scene.add(Role::Background, Shape::Rect { x, y, width, height });
        let layer = scene.layer(Role::Text);
        for (number, line) in self.lines.iter().enumerate() {
            let y = y + PADDING / 2.0 + (float(number) + 0.5) * LINE;
            layer.push(Shape::Text { x: x + PADDING, y, text: line.clone(), anchor: Anchor::Start, size: TextSize::Label });
        }
    }
}
