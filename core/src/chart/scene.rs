//! A picture as shapes grouped by what they stand for, painted in the order in which their roles came.
//!
//! A shape knows its place in CSS pixels, never its colour: a [`Role`] names a CSS variable, and the style sheets hold the
//! colours of each theme.

use crate::decimal::fixed;
use crate::trace::LaneState;
use std::fmt;
use strum::{EnumIter, IntoEnumIterator};

/// What a shape stands for, and by that its colour. [`Role::css_variable`] is the one list of the colours that the pictures use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter)]
pub enum Role {
    /// Behind everything.
    Background,
    /// Rings, axes and ticks.
    Hairline,
    /// Numbers and words that matter.
    Text,
    /// Labels of axes.
    QuietText,
    /// Signs and words on the lanes.
    LaneText,
    /// A task in this state.
    #[strum(disabled)]
    State(LaneState),
    /// A waiter's dot on the poll clock: asleep, but to be seen.
    Waiter,
    /// A hold of the lock that is over.
    PastHold,
    /// Committed rows.
    Rows,
    /// Waiters over time.
    WaitersLine,
    /// The present moment.
    Playhead,
    /// What has not happened yet at the playhead: laid over it, translucent.
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

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The point is its middle.
    Middle,
    /// The text ends at the point.
    End,
}

/// How large a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// Labels of axes.
    Label,
    /// A number that matters.
    Figure,
}

impl TextSize {
    /// Height of the letters, in CSS pixels.
    #[must_use]
    pub const fn pixels(self) -> f64 {
        match self {
            Self::Label => 12.0,
            Self::Figure => 28.0,
        }
    }
}

/// Something to draw; all lengths in CSS pixels, angles in turns clockwise from the top.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Left side.
        x: f64,
        /// Upper side.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A filled circle.
    Dot {
        /// Its middle.
        x: f64,
        /// Its middle.
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
    /// A part of a circle's line, clockwise; a whole one where `to` is `from` + 1.
    Arc {
        /// The circle's middle.
        centre: (f64, f64),
        /// The circle's radius.
        radius: f64,
        /// Where it begins, in turns.
        from: f64,
        /// Where it ends, in turns, not before `from`.
        to: f64,
        /// Thickness.
        width: f64,
    },
    /// Two crossed strokes.
    Cross {
        /// Its middle.
        x: f64,
        /// Its middle.
        y: f64,
        /// Half its width.
        radius: f64,
    },
    /// A line of text; the point lies halfway up its letters.
    Text {
        /// The point.
        x: f64,
        /// The point.
        y: f64,
        /// What it says.
        text: String,
        /// Side of the point.
        anchor: Anchor,
        /// Height.
        size: TextSize,
    },
}

/// The shapes of one role that are painted together.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What they stand for.
    pub role: Role,
    /// In order of painting.
    pub shapes: Vec<Shape>,
}

/// A picture. Later layers cover earlier ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// In order of painting, one for each role in use.
    pub layers: Vec<Layer>,
}

impl Scene {
    /// Adds a shape to its role's layer; a role's first shape puts its layer above all that are there.
    pub fn add(&mut self, role: Role, shape: Shape) {
        self.layer(role).push(shape);
    }

    /// The shapes of a role, to add many.
    pub fn layer(&mut self, role: Role) -> &mut Vec<Shape> {
        let place = self.layers.iter().position(|layer| layer.role == role).unwrap_or_else(|| {
            self.layers.push(Layer { role, shapes: Vec::new() });
            self.layers.len() - 1
        });
        &mut self.layers[place].shapes
    }

    /// How many shapes a role has.
    #[must_use]
    pub fn count(&self, role: Role) -> usize {
        self.layers.iter().find(|layer| layer.role == role).map_or(0, |layer| layer.shapes.len())
    }
}

impl fmt::Display for Scene {
    /// A line a shape with its role's variable, to whole pixels: what a reviewer compares.
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
    fn every_role_has_a_colour_of_its_own() {
        let names: BTreeSet<_> = Role::all().map(Role::css_variable).collect();
        assert_eq!(names.len(), Role::all().count());
        assert!(names.contains("--chart-background") && names.contains("--state-holding"));
        assert!(names.iter().all(|name| name.starts_with("--")));
    }

    #[test]
    fn a_role_is_painted_where_it_first_came_however_its_shapes_are_mixed() {
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
