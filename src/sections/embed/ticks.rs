//! What can be ticked: parts that are seen, what of them can be changed, how the page looks.

use super::Set;
use enumset::{EnumSet, EnumSetType};
use lockstep_core::link::{Frame, Motion, Part, Theme};
use lockstep_core::scenario::Field;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What students see.
pub(super) fn seen(frame: &Set) -> Html {
    let beside_the_stage = |part: &Part| matches!(part, Part::Question | Part::Lesson);
    let parts = Part::ALL.iter().map(|(part, _)| *part).filter(|part| !(frame.embed && beside_the_stage(part)));
    let one = |part: Part| {
        let shown = !frame.hide.contains(part);
        tick(frame, part.label(), shown, move |frame, on| set_member(&mut frame.hide, part, !on))
    };
    html! { <fieldset><legend>{ "Students see" }</legend>{ for parts.map(one) }</fieldset> }
}

/// What students may change of what they see.
pub(super) fn changed(frame: &Set) -> Html {
    let is_seen = |part: Part| !frame.hide.contains(part);
    let field = |(field, word): (Field, &'static str)| {
        tick(frame, word, !frame.lock.field(field), move |frame, on| set_member(&mut frame.lock.fields, field, !on))
    };
    let part = |part: Part| {
        let what = part.changes().filter(|_| is_seen(part))?;
        Some(tick(frame, what, !frame.lock.part(part), move |frame, on| set_member(&mut frame.lock.parts, part, !on)))
    };
    html! {
        <fieldset>
            <legend>{ "Students may change" }</legend>
            { for Part::ALL.iter().filter_map(|(one, _)| part(*one)) }
            if is_seen(Part::Controls) {
                <p class="course-fields">{ "Settings, as links call them: " }{ all_fields(frame, "all", false) }{ " " }{ all_fields(frame, "none", true) }</p>
                { for Field::ALL.iter().copied().map(field) }
            }
        </fieldset>
    }
}

/// How it looks.
pub(super) fn looks(frame: &Set) -> Html {
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
            { tick(frame, "compact, without head and lesson", frame.embed, |frame, on| frame.embed = on) }
            { tick(frame, "asks for a guess first", frame.predict, |frame, on| frame.predict = on) }
            { tick(frame, "plays as a moving picture", frame.motion == Motion::Auto, |frame, on| {
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

fn tick(frame: &Set, name: &'static str, on: bool, set: impl Fn(&mut Frame, bool) + 'static) -> Html {
    let frame = frame.clone();
    let onchange = Callback::from(move |event: Event| {
        let mut next = (*frame).clone();
        set(&mut next, event.target_unchecked_into::<HtmlInputElement>().checked());
        frame.set(next);
    });
    html! { <label class="switch"><input type="checkbox" checked={on} {onchange} /><span>{ name }</span></label> }
}

/// A button that frees or locks every setting.
fn all_fields(frame: &Set, name: &'static str, locked: bool) -> Html {
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
