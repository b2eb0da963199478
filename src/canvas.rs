//! Paints a scene on a canvas. No other file draws shapes with a 2D context.
//!
//! Each role has one fill and stroke colour. Shapes are in CSS pixels and are scaled to device
//! pixels.

use lockstep_core::chart::palette::{Palette, Theme};
use lockstep_core::chart::{Anchor, Layer, Role, Scene, Shape, Size};
use lockstep_core::decimal::fixed;
use std::f64::consts::{FRAC_PI_2, TAU};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, ContextAttributes2d, HtmlCanvasElement};

/// The colours and the font family that pictures are painted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brush {
    palette: Palette,
    font_family: String,
}

impl Brush {
    /// The colours of `theme` and the font family of the canvas; `None` if the canvas has no
    /// computed style.
    #[must_use]
    pub fn of(canvas: &HtmlCanvasElement, theme: Theme) -> Option<Self> {
        let style = web_sys::window()?.get_computed_style(canvas).ok()??;
        let font_family = style.get_property_value("font-family").unwrap_or_default();
        Some(Self { palette: Palette::of(theme), font_family })
    }
}

/// The 2D context of a canvas. `transparent` canvases have an alpha channel and show the canvas
/// below.
#[must_use]
pub fn context(canvas: &HtmlCanvasElement, transparent: bool) -> Option<CanvasRenderingContext2d> {
    let attributes = ContextAttributes2d::new();
    attributes.set_alpha(transparent);
    canvas.get_context_with_context_options("2d", &attributes).ok()??.dyn_into().ok()
}

/// Clears the canvas, then paints `scene`.
pub fn paint(context: &CanvasRenderingContext2d, scene: &Scene, size: Size, brush: &Brush, transparent: bool) {
    resize(context, size);
    // Resizing the canvas resets the transform, so it is set for every frame.
    let ratio = size.pixel_ratio;
    if context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).is_err() {
        return;
    }
    if transparent {
        context.clear_rect(0.0, 0.0, size.width, size.height);
    } else {
        context.set_fill_style_str(brush.palette.css(Role::Background));
        context.fill_rect(0.0, 0.0, size.width, size.height);
    }
    for layer in &scene.layers {
        paint_layer(context, layer, brush);
    }
}

/// Gives the canvas one pixel for each device pixel that it covers.
fn resize(context: &CanvasRenderingContext2d, size: Size) {
    let Some(canvas) = context.canvas() else { return };
    let pixels = |length: f64| u32::try_from(size.device(length)).unwrap_or(0);
    let (width, height) = (pixels(size.width), pixels(size.height));
    // Setting a dimension clears the canvas and reallocates its memory, even if the value stays the
    // same.
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
    // All dots go into one path: filling each of a thousand dots on its own would be slow.
    context.begin_path();
    for shape in &layer.shapes {
        if let Shape::Dot { x, y, radius } = *shape {
            context.move_to(x + radius, y);
            // It fails only for a negative radius.
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
            // Scaled like the text of the page, which a theme may enlarge.
            context.set_font(&format!("calc({}rem/16) {}", fixed(size.pixels(), 0), brush.font_family));
            context.set_text_baseline("middle");
            context.set_text_align(match anchor {
                Anchor::Start => "left",
                Anchor::Middle => "center",
                Anchor::End => "right",
            });
            // It fails only for coordinates that are not finite, where nothing can be drawn.
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
