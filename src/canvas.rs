//! Paints a scene on a canvas: the only file that calls a 2D context.
//!
//! One fill and one stroke style for each role. Shapes come in
//! CSS pixels and are scaled to the device's.

use lockstep_core::chart::palette::{Palette, Theme};
use lockstep_core::chart::{Anchor, Layer, Role, Scene, Shape, Size};
use lockstep_core::decimal::fixed;
use std::f64::consts::{FRAC_PI_2, TAU};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, ContextAttributes2d, HtmlCanvasElement};

/// The colours and the typeface that pictures are painted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brush {
    palette: Palette,
    typeface: String,
}

impl Brush {
    /// The colours of `theme` and the typeface of the canvas; `None` if the browser has no style for it.
    #[must_use]
    pub fn of(canvas: &HtmlCanvasElement, theme: Theme) -> Option<Self> {
        let style = web_sys::window()?.get_computed_style(canvas).ok()??;
        let typeface = style.get_property_value("font-family").unwrap_or_default();
        Some(Self { palette: Palette::of(theme), typeface })
    }
}

/// The context of a canvas that lies over nothing, or over another one that is to be seen through it.
#[must_use]
pub fn context(canvas: &HtmlCanvasElement, see_through: bool) -> Option<CanvasRenderingContext2d> {
    let attributes = ContextAttributes2d::new();
    attributes.set_alpha(see_through);
    canvas.get_context_with_context_options("2d", &attributes).ok()??.dyn_into().ok()
}

/// Paints `scene`, after what was there is wiped off.
pub fn paint(context: &CanvasRenderingContext2d, scene: &Scene, size: Size, brush: &Brush, see_through: bool) {
    fit(context, size);
    // Setting the scale afresh each time costs nothing and survives a change of the canvas' size, which resets it.
    let ratio = size.pixel_ratio;
    if context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).is_err() {
        return;
    }
    if see_through {
        context.clear_rect(0.0, 0.0, size.width, size.height);
    } else {
        context.set_fill_style_str(brush.palette.css(Role::Background));
        context.fill_rect(0.0, 0.0, size.width, size.height);
    }
    for layer in &scene.layers {
        paint_layer(context, layer, brush);
    }
}

/// Gives the canvas as many pixels as the device shows in its place.
fn fit(context: &CanvasRenderingContext2d, size: Size) {
    let Some(canvas) = context.canvas() else { return };
    let pixels = |length: f64| u32::try_from(size.device(length)).unwrap_or(0);
    let (width, height) = (pixels(size.width), pixels(size.height));
    // Setting a length to what it is wipes the canvas and takes its memory anew.
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
}

fn paint_layer(context: &CanvasRenderingContext2d, layer: &Layer, brush: &Brush) {
    let colour = brush.palette.css(layer.role);
    context.set_fill_style_str(colour);
    context.set_stroke_style_str(colour);
    // Round dots in one path: a fill for each of a thousand is what makes a canvas slow.
    context.begin_path();
    for shape in &layer.shapes {
        if let Shape::Dot { x, y, radius } = *shape {
            context.move_to(x + radius, y);
            // It fails for a negative radius alone.
            let _ = context.arc(x, y, radius, 0.0, TAU);
        }
    }
    context.fill();
    for shape in &layer.shapes {
        paint_shape(context, shape, brush);
    }
}

fn paint_shape(context: &CanvasRenderingContext2d, shape: &Shape, brush: &Brush) {
    match shape {
        Shape::Dot { .. } => {}
        Shape::Rect { x, y, width, height } => context.fill_rect(*x, *y, *width, *height),
        Shape::Line { from, to, width } => stroke(context, *width, || {
            context.move_to(from.0, from.1);
            context.line_to(to.0, to.1);
        }),
        Shape::Arc { centre, radius, from, to, width } => stroke(context, *width, || {
            let _ = context.arc(centre.0, centre.1, *radius, from * TAU - FRAC_PI_2, to * TAU - FRAC_PI_2);
        }),
        Shape::Cross { x, y, radius } => stroke(context, 2.0, || {
            context.move_to(x - radius, y - radius);
            context.line_to(x + radius, y + radius);
            context.move_to(x - radius, y + radius);
            context.line_to(x + radius, y - radius);
        }),
        Shape::Text { x, y, text, anchor, size } => {
            // As large as the page's text, which a theme may enlarge.
            context.set_font(&format!("calc({}rem/16) {}", fixed(size.pixels(), 0), brush.typeface));
            context.set_text_baseline("middle");
            context.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
            // It fails for a place that is no number, where there is nothing to be written.
            let _ = context.fill_text(text, *x, *y);
        }
    }
}

fn stroke(context: &CanvasRenderingContext2d, width: f64, draw: impl FnOnce()) {
    context.set_line_width(width);
    context.begin_path();
    draw();
    context.stroke();
}
