//! The tooltip beside the pointer.

use super::LanesView;
use crate::chart::number::float;
use crate::chart::scene::{Anchor, Role, Scene, Shape, TextSize};

/// The height of a line, the largest width of a letter, and the padding around the text; in CSS
/// pixels.
const LINE_HEIGHT: f64 = 17.0;
const MAX_LETTER_WIDTH: f64 = 7.0;
const PADDING: f64 = 8.0;
/// The distance between the pointer and the tooltip, in CSS pixels.
const POINTER_DISTANCE: f64 = 14.0;

/// A tooltip about the lane under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Tooltip {
    /// The position of the pointer, in CSS pixels.
    pub at: (f64, f64),
    /// The lines of text.
    pub lines: Vec<String>,
}

impl Tooltip {
    /// Draws the tooltip beside the pointer, so that all of it is inside the picture.
    pub(super) fn draw(&self, view: &LanesView, scene: &mut Scene) {
        let longest = self.lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let (width, height) =
            (float(longest) * MAX_LETTER_WIDTH + 2.0 * PADDING, float(self.lines.len()) * LINE_HEIGHT + PADDING);
        let right = self.at.0 + POINTER_DISTANCE;
        let x = if right + width <= view.size.width { right } else { (self.at.0 - POINTER_DISTANCE - width).max(0.0) };
        let y = (self.at.1 + POINTER_DISTANCE).min(view.size.height - height).max(0.0);
        scene.add(Role::Hairline, Shape::Rect { x: x - 1.0, y: y - 1.0, width: width + 2.0, height: height + 2.0 });
        scene.add(Role::Background, Shape::Rect { x, y, width, height });
        let layer = scene.layer(Role::Text);
        for (number, line) in self.lines.iter().enumerate() {
            let y = y + PADDING / 2.0 + (float(number) + 0.5) * LINE_HEIGHT;
            layer.push(Shape::Text { x: x + PADDING, y, text: line.clone(), anchor: Anchor::Start, size: TextSize::Label });
        }
    }
}
