//! A picture as shapes, grouped into one layer per role. Layers are painted in the order in which
//! they were added.
//!
//! A shape has a position in CSS pixels but no colour. Its [`Role`] names a CSS variable, and the
//! style sheets define the colours of each theme.

use crate::decimal::fixed;
use crate::trace::LaneState;
use std::fmt;
use strum::{EnumIter, IntoEnumIterator};

/// What a shape represents. The role determines its colour; [`Role::css_variable`] lists all
/// colours of the pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter)]
pub enum Role {
    /// The background of the picture.
    Background,
    /// Rings, axes and ticks.
    Hairline,
    /// Important numbers and words.
    Text,
    /// Less important text, such as axis labels.
    QuietText,
    /// Glyphs and words on the lanes.
    LaneText,
    /// A task in this state.
    #[strum(disabled)]
    State(LaneState),
    /// The dot of a sleeping waiter on the poll clock.
    Waiter,
    /// A hold of the lock that has ended.
    PastHold,
    /// Committed rows.
    Rows,
    /// Waiters over time.
    WaitersLine,
    /// The line at the present time.
    Playhead,
    /// The translucent cover over the time after the playhead.
    Future,
    /// The selected task.
    Selection,
}

impl Role {
    /// Every role.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter().chain(LaneState::ALL.into_iter().map(Self::State))
    }

    /// The CSS custom property that holds this role's colour.
    #[must_use]
    pub const fn css_variable(self) -> &'static str {
        match self {
            Self::Background => "--chart-background",
            Self::Hairline => "--chart-hairline",
            Self::Text => "--chart-text",
            Self::QuietText => "--chart-text-quiet",
            Self::LaneText => "--chart-lane-text",
            Self::Waiter => "--chart-waiter",
            Self::PastHold => "--chart-past-hold",
            Self::Rows => "--chart-rows",
            Self::WaitersLine => "--chart-waiters",
            Self::Playhead => "--chart-playhead",
            Self::Future => "--chart-future",
            Self::Selection => "--chart-selection",
            Self::State(state) => match state {
                LaneState::Starting => "--state-starting",
                LaneState::WaitingForSemaphore => "--state-semaphore",
                LaneState::Connecting => "--state-connecting",
                LaneState::QueuedForWorker => "--state-worker",
                LaneState::QueuedForLoop => "--state-queued",
                LaneState::WaitingForGil => "--state-gil",
                LaneState::Polling => "--state-polling",
                LaneState::AsleepInBackoff => "--state-asleep",
                LaneState::Holding => "--state-holding",
                LaneState::Committing => "--state-committing",
                LaneState::RetryPause => "--state-retry",
                LaneState::Done => "--state-done",
                LaneState::Failed => "--state-failed",
                LaneState::Abandoned => "--state-abandoned",
            },
        }
    }
}

/// Which part of a text is at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The point is its middle.
    Middle,
    /// The text ends at the point.
    End,
}

/// The size of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// An axis label.
    Label,
    /// A large, important number.
    Figure,
}

impl TextSize {
    /// The font size, in CSS pixels.
    #[must_use]
    pub const fn pixels(self) -> f64 {
        match self {
            Self::Label => 12.0,
            Self::Figure => 28.0,
        }
    }
}

/// Something to draw. Lengths are in CSS pixels; angles are in turns, clockwise from the top.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// The left edge.
        x: f64,
        /// The top edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A filled circle.
    Dot {
        /// The x coordinate of the centre.
        x: f64,
        /// The y coordinate of the centre.
        y: f64,
        /// Its radius.
        radius: f64,
    },
    /// A straight line.
    Line {
        /// One end.
        from: (f64, f64),
        /// The other end.
        to: (f64, f64),
        /// Thickness.
        width: f64,
    },
    /// A stroked arc, clockwise. It is a full circle if `to` is `from` + 1.
    Arc {
        /// The centre of the circle.
        centre: (f64, f64),
        /// The circle's radius.
        radius: f64,
        /// The start angle, in turns.
        from: f64,
        /// The end angle, in turns; at least `from`.
        to: f64,
        /// Thickness.
        width: f64,
    },
    /// Two crossed strokes.
    Cross {
        /// The x coordinate of the centre.
        x: f64,
        /// The y coordinate of the centre.
        y: f64,
        /// Half its width.
        radius: f64,
    },
    /// A line of text, vertically centred at its point.
    Text {
        /// The x coordinate of the point.
        x: f64,
        /// The y coordinate of the point.
        y: f64,
        /// The text.
        text: String,
        /// Which part of the text is at the point.
        anchor: Anchor,
        /// The size of the text.
        size: TextSize,
    },
}

/// The shapes of one role, painted together.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What the shapes represent.
    pub role: Role,
    /// The shapes in painting order.
    pub shapes: Vec<Shape>,
}

/// A picture. Later layers cover earlier ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The layers in painting order, one per role in use.
    pub layers: Vec<Layer>,
}

impl Scene {
    /// Adds a shape to the layer of `role`. A new layer is placed above all existing ones.
    pub fn add(&mut self, role: Role, shape: Shape) {
        self.layer(role).push(shape);
    }

    /// The shapes of `role`. Adds an empty layer if there is none yet.
    pub fn layer(&mut self, role: Role) -> &mut Vec<Shape> {
        let index = self.layers.iter().position(|layer| layer.role == role).unwrap_or_else(|| {
            self.layers.push(Layer { role, shapes: Vec::new() });
            self.layers.len() - 1
        });
        &mut self.layers[index].shapes
    }

    /// The number of shapes of `role`.
    #[must_use]
    pub fn count(&self, role: Role) -> usize {
        self.layers.iter().find(|layer| layer.role == role).map_or(0, |layer| layer.shapes.len())
    }
}

impl fmt::Display for Scene {
    /// One line per shape: its CSS variable and its coordinates, rounded to whole pixels.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Layer { role, shapes } in &self.layers {
            for shape in shapes {
                writeln!(f, "{} {shape}", role.css_variable().trim_start_matches("--"))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let px = |length: &f64| fixed(*length, 0);
        match self {
            Self::Rect { x, y, width, height } => write!(f, "rect {} {} {}x{}", px(x), px(y), px(width), px(height)),
            Self::Dot { x, y, radius } => write!(f, "dot {} {} r{}", px(x), px(y), fixed(*radius, 1)),
            Self::Line { from, to, .. } => write!(f, "line {} {} to {} {}", px(&from.0), px(&from.1), px(&to.0), px(&to.1)),
            Self::Arc { radius, from, to, .. } => write!(f, "arc r{} {} to {}", px(radius), fixed(*from, 3), fixed(*to, 3)),
            Self::Cross { x, y, .. } => write!(f, "cross {} {}", px(x), px(y)),
            Self::Text { x, y, text, .. } => write!(f, "text {} {} {text}", px(x), px(y)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_role_has_its_own_css_variable() {
        let names: BTreeSet<_> = Role::all().map(Role::css_variable).collect();
        assert_eq!(names.len(), Role::all().count());
        assert!(names.contains("--chart-background") && names.contains("--state-holding"));
        assert!(names.iter().all(|name| name.starts_with("--")));
    }

    #[test]
    fn layers_are_in_the_order_in_which_their_roles_were_first_added() {
        let mut scene = Scene::default();
        for role in [Role::Hairline, Role::Text, Role::Hairline] {
            scene.add(role, Shape::Dot { x: 0.0, y: 0.0, radius: 1.0 });
        }
        assert_eq!(
            scene.layers.iter().map(|layer| (layer.role, layer.shapes.len())).collect::<Vec<_>>(),
            [(Role::Hairline, 2), (Role::Text, 1)]
        );
    }
}
