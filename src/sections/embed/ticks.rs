//! The checkboxes: the visible parts, what students can change, and how the page looks.

use super::FrameState;
use enumset::{EnumSet, EnumSetType};
use lockstep_core::link::{Frame, Motion, Part, Theme};
use lockstep_core::scenario::Field;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The parts that students see. `has_script` says whether the link has a script of the terminals.
pub(super) fn visible_parts(frame: &FrameState, has_script: bool) -> Html {
    let is_hidden_when_embedded = |part: &Part| match part {
        Part::Question | Part::Lesson => true,
        Part::Terminals => !has_script,
        _ => false,
    };
    let parts = Part::ALL.iter().map(|(part, _)| *part).filter(|part| !(frame.embed && is_hidden_when_embedded(part)));
    let part_checkbox = |part: Part| {
        let shown = !frame.hide.contains(part);
        checkbox(frame, part.label(), shown, move |frame, on| set_member(&mut frame.hide, part, !on))
    };
    html! { <fieldset><legend>{ "Students see" }</legend>{ for parts.map(part_checkbox) }</fieldset> }
}

/// The parts and fields that students can change.
pub(super) fn changeable(frame: &FrameState) -> Html {
    let is_visible = |part: Part| !frame.hide.contains(part);
    let field = |(field, word): (Field, &'static str)| {
        checkbox(frame, word, !frame.lock.field(field), move |frame, on| set_member(&mut frame.lock.fields, field, !on))
    };
    let part = |part: Part| {
        let what = part.changes().filter(|_| is_visible(part))?;
        Some(checkbox(frame, what, !frame.lock.part(part), move |frame, on| set_member(&mut frame.lock.parts, part, !on)))
    };
    html! {
        <fieldset>
            <legend>{ "Students can change" }</legend>
            { for Part::ALL.iter().filter_map(|(known, _)| part(*known)) }
            if is_visible(Part::Controls) {
                <p class="course-fields">{ "Settings, by their names in links: " }{ all_fields(frame, "all", false) }{ " " }{ all_fields(frame, "none", true) }</p>
                { for Field::ALL.iter().copied().map(field) }
            }
        </fieldset>
    }
}

/// How the page looks.
pub(super) fn looks(frame: &FrameState) -> Html {
    let onchange = {
        let frame = frame.clone();
        Callback::from(move |event: Event| {
            let theme = Theme::from_word(&event.target_unchecked_into::<HtmlSelectElement>().value()).unwrap_or(Theme::Auto);
            frame.set(Frame { theme, ..(*frame).clone() });
        })
    };
    html! {
        <fieldset>
            <legend>{ "The page" }</legend>
            { checkbox(frame, "compact, without header and lesson", frame.embed, |frame, on| frame.embed = on) }
            { checkbox(frame, "asks for a guess first", frame.predict, |frame, on| frame.predict = on) }
            { checkbox(frame, "animates playback", frame.motion == Motion::Auto, |frame, on| {
                frame.motion = if on { Motion::Auto } else { Motion::Off };
            }) }
            <label class="choice">{ "Theme" }
                <select {onchange}>
                    for (theme, word) in Theme::ALL { <option value={*word} selected={*theme == frame.theme}>{ *word }</option> }
                </select>
            </label>
        </fieldset>
    }
}

fn checkbox(frame: &FrameState, name: &'static str, on: bool, set: impl Fn(&mut Frame, bool) + 'static) -> Html {
    let frame = frame.clone();
    let onchange = Callback::from(move |event: Event| {
        let mut next = (*frame).clone();
        set(&mut next, event.target_unchecked_into::<HtmlInputElement>().checked());
        frame.set(next);
    });
    html! { <label class="switch"><input type="checkbox" checked={on} {onchange} /><span>{ name }</span></label> }
}

/// A button that locks or unlocks all fields.
fn all_fields(frame: &FrameState, name: &'static str, locked: bool) -> Html {
    let frame = frame.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        let mut next = (*frame).clone();
        next.lock.fields = if locked { EnumSet::all() } else { EnumSet::empty() };
        frame.set(next);
    });
    html! { <button type="button" class="small" {onclick}>{ name }</button> }
}

fn set_member<T: EnumSetType>(set: &mut EnumSet<T>, value: T, on: bool) {
    if on {
        set.insert(value);
    } else {
        set.remove(value);
    }
}
