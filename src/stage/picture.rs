//! A canvas with a scene on it.

use crate::canvas::{self, Palette};
use crate::hooks::use_theme;
use lockstep_core::chart::{Scene, Size};
use std::rc::Rc;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

/// What is painted where.
#[derive(Properties)]
pub struct Props {
    /// What to paint.
    pub scene: Rc<Scene>,
    /// How large the canvas is.
    pub size: Size,
    /// Whether it lies over another picture.
    #[prop_or_default]
    pub see_through: bool,
}

impl PartialEq for Props {
    /// Two scenes are the same if they are one: comparing thousands of shapes would cost as much as painting them.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene) && self.size == other.size && self.see_through == other.see_through
    }
}

/// What painting needs, kept from one frame to the next.
struct Brush {
    context: CanvasRenderingContext2d,
    palette: Palette,
    theme: u32,
}

/// See the module. The parent says what the picture means; to assistive tools the canvas is nothing.
#[component]
pub fn Picture(props: &Props) -> Html {
    let node = use_node_ref();
    let theme = use_theme();
    let brush = use_mut_ref(|| None::<Brush>);
    let (scene, size, see_through) = (props.scene.clone(), props.size, props.see_through);
    let canvas_node = node.clone();
    // An effect without dependencies: it runs after each render, and a render comes only with something new to paint.
    use_effect(move || {
        let mut brush = brush.borrow_mut();
        if brush.as_ref().is_none_or(|brush| brush.theme != theme) {
            *brush = canvas_node.cast().and_then(|canvas| take_brush(&canvas, see_through, theme));
        }
        if let Some(brush) = brush.as_ref() {
            canvas::paint(&brush.context, &scene, size, &brush.palette, see_through);
        }
    });
    html! { <canvas ref={node} class="picture-canvas" aria-hidden="true" /> }
}

fn take_brush(canvas: &HtmlCanvasElement, see_through: bool, theme: u32) -> Option<Brush> {
    Some(Brush { context: canvas::context(canvas, see_through)?, palette: Palette::of(canvas)?, theme })
}
