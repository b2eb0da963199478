//! A canvas that shows a scene.

use crate::canvas::{self, Brush};
use crate::hooks::use_theme;
use lockstep_core::chart::palette::Theme;
use lockstep_core::chart::{Scene, Size};
use std::rc::Rc;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

/// The properties of [`Picture`].
#[derive(Properties)]
pub struct Props {
    /// The scene to paint.
    pub scene: Rc<Scene>,
    /// The size of the canvas.
    pub size: Size,
    /// Whether the canvas is stacked on another one.
    #[prop_or_default]
    pub transparent: bool,
}

impl PartialEq for Props {
    /// Compares the scenes by pointer: comparing thousands of shapes would cost as much as painting
    /// them.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene) && self.size == other.size && self.transparent == other.transparent
    }
}

/// The context and brush, cached between frames.
struct Painter {
    context: CanvasRenderingContext2d,
    brush: Brush,
    theme: Theme,
}

/// See the module documentation. Hidden from assistive technology; the parent element describes the
/// picture.
#[component]
pub fn Picture(props: &Props) -> Html {
    let node = use_node_ref();
    let theme = use_theme();
    let cached = use_mut_ref(|| None::<Painter>);
    let (scene, size, transparent) = (props.scene.clone(), props.size, props.transparent);
    let canvas_node = node.clone();
    // No dependencies: the effect runs after each render, and the component is rendered only if
    // there is something new.
    use_effect(move || {
        let mut cached = cached.borrow_mut();
        if cached.as_ref().is_none_or(|painter| painter.theme != theme) {
            *cached = canvas_node.cast().and_then(|canvas| painter(&canvas, transparent, theme));
        }
        if let Some(painter) = cached.as_ref() {
            canvas::paint(&painter.context, &scene, size, &painter.brush, transparent);
        }
    });
    html! { <canvas ref={node} class="picture-canvas" aria-hidden="true" /> }
}

fn painter(canvas: &HtmlCanvasElement, transparent: bool, theme: Theme) -> Option<Painter> {
    Some(Painter { context: canvas::context(canvas, transparent)?, brush: Brush::of(canvas, theme)?, theme })
}
