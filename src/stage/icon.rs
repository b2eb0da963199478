//! The icons of the playback buttons, drawn as SVG so that they look the same on every system.

use yew::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A triangle.
    Play,
    /// Two bars.
    Pause,
    /// A bar and a triangle to the right.
    StepForward,
    /// A triangle to the left and a bar.
    StepBack,
    /// A bar and two triangles to the left.
    ToStart,
    /// Two triangles to the right and a bar.
    ToEnd,
    /// A square, like the marker of the lock holder, and a triangle to the left.
    PreviousLock,
    /// A triangle to the right and a square.
    NextLock,
    /// A bar and a square.
    ToFirstLock,
    /// A cross, like the marker of a failed task.
    ToFirstError,
}

impl Icon {
    /// The SVG path, in a view box of 16 by 16.
    const fn path(self) -> &'static str {
        match self {
            Self::Play => "M4 2.5v11l9.5-5.5z",
            Self::Pause => "M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z",
            Self::StepForward => "M3 3h2v10H3zM7 3v10l7-5z",
            Self::StepBack => "M11 3h2v10h-2zM9 3v10L2 8z",
            Self::ToStart => "M2 3h2v10H2zM9.5 3v10L4 8zM15 3v10L9.5 8z",
            Self::ToEnd => "M12 3h2v10h-2zM6.5 3v10L12 8zM1 3v10L6.5 8z",
            Self::PreviousLock => "M15 3v10L9 8zM2 5.5h5v5H2z",
            Self::NextLock => "M1 3v10l6-5zM9 5.5h5v5H9z",
            Self::ToFirstLock => "M2 3h2v10H2zM6 5h7v6H6z",
            Self::ToFirstError => "M3.2 4.6l1.4-1.4L8 6.6l3.4-3.4 1.4 1.4L9.4 8l3.4 3.4-1.4 1.4L8 9.4l-3.4 3.4-1.4-1.4L6.6 8z",
        }
    }

    /// The CSS class of the button.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Play | Self::Pause => "icon-button play",
            Self::ToFirstError => "icon-button to-error",
            _ => "icon-button",
        }
    }

    /// The icon as SVG, hidden from assistive technology because the button has a label.
    pub fn view(self) -> Html {
        html! {
            <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
                <path d={self.path()} />
            </svg>
        }
    }
}
