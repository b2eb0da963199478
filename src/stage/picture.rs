//! A canvas with a scene on it.

use crate::canvas::{self, Brush};
use crate::hooks::use_theme;
use lockstep_core::chart::palette::Theme;
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
struct Tools {
    context: CanvasRenderingContext2d,
    brush: Brush,
    theme: Theme,
}

/// See the module. The parent says what the picture means; to assistive tools the canvas is nothing.
#[component]
pub fn Picture(props: &Props) -> Html {
    let node = use_node_ref();
    let theme = use_theme();
    let tools = use_mut_ref(|| None::<Tools>);
    let (scene, size, see_through) = (props.scene.clone(), props.size, props.see_through);
    let canvas_node = node.clone();
    // An effect without dependencies: it runs after each render, and a render comes only with something new to paint.
    use_effect(move || {
        let mut tools = tools.borrow_mut();
        if tools.as_ref().is_none_or(|tools| tools.theme != theme) {
            *tools = canvas_node.cast().and_then(|canvas| take_tools(&canvas, see_through, theme));
        }
        if let Some(tools) = tools.as_ref() {
            canvas::paint(&tools.context, &scene, size, &tools.brush, see_through);
        }
    });
    html! { <canvas ref={node} class="picture-canvas" aria-hidden="true" /> }
}

fn take_tools(canvas: &HtmlCanvasElement, see_through: bool, theme: Theme) -> Option<Tools> {
    Some(Tools { context: canvas::context(canvas, see_through)?, brush: Brush::of(canvas, theme)?, theme })
}
