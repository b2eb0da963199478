//! The steps of the script: one column for each connection, and time runs downwards.

use super::answers::Steps;
use super::file::TABLE;
use crate::state::terminals::Edit;
use gloo_timers::callback::Timeout;
use lockstep_core::model::database::script::ScriptError;
use lockstep_core::terminals::{Action, Answer, Line, Script, Step, Table, Terminal};
use lockstep_core::text::counted;
use lockstep_core::trace::Lock;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The steps that are rendered at once. Earlier ones follow in pieces of this size, so that a long
/// script does not block the browser.
const PIECE: usize = 150;
/// A result with more rows than this is folded, unless its step is the current one.
const MAX_OPEN_ROWS: usize = 6;
/// In a script with more lines than this, steps outside the visible part of the list are not laid
/// out, and their heights are estimates.
const MAX_LAID_OUT: usize = 100;
/// When the list is scrolled again after a change, in milliseconds: the heights of steps may be
/// estimates until they are visible.
const SCROLL_AGAIN_MS: [u32; 3] = [20, 100, 300];
/// The space above and below a line when the list is scrolled to it, in CSS pixels.
const SCROLL_MARGIN: i32 = 8;

/// The connection of a line; `None` if only time passes.
pub(super) const fn line_of(line: &Line) -> Option<Terminal> {
    match line {
        Line::Step(terminal, _) => Some(*terminal),
        Line::Wait { .. } | Line::Run => None,
    }
}

/// The SQL that a script has for a connection, the latest first and each once.
pub(super) fn statements_of(script: &Script, terminal: Terminal) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    for (_, line) in script.lines.iter().rev() {
        if let Line::Step(of, Action::Sql(sql)) = line
            && *of == terminal
            && !statements.contains(sql)
        {
            statements.push(sql.clone());
        }
    }
    statements
}

/// Properties of [`StepList`].
#[derive(Properties, PartialEq)]
pub(super) struct ListProps {
    /// The script.
    pub(super) parsed: Rc<Result<Script, ScriptError>>,
    /// The last line that is shown.
    pub(super) last_shown: usize,
    /// The last line that is shown, as its number in the script; `None` before the first.
    pub(super) current: Option<usize>,
    /// The answers.
    pub(super) steps: Steps,
    /// Whether newer answers are on their way.
    pub(super) is_pending: bool,
    /// Called with the line under the pointer or with the focus.
    pub(super) point: Callback<Option<usize>>,
    /// Changes the state.
    pub(super) edit: Callback<Edit>,
}

/// The list of steps.
#[component]
pub(super) fn StepList(props: &ListProps) -> Html {
    let list = use_node_ref();
    let empty = Script::default();
    let lines = &props.parsed.as_ref().as_ref().unwrap_or(&empty).lines;
    let first = use_first_rendered(lines.len());
    use_effect_with((list.clone(), props.current, props.steps.clone(), first), |(list, current, ..)| {
        let scroll = list.cast::<Element>().zip(*current).map(|(list, line)| move || scroll_to_line(&list, line));
        if let Some(scroll) = &scroll {
            scroll();
        }
        let timers = scroll.map(|scroll| SCROLL_AGAIN_MS.map(|after_ms| Timeout::new(after_ms, scroll.clone())));
        move || drop(timers)
    });
    let onmouseover = props.point.reform(|event: MouseEvent| line_at(&event));
    let onmouseleave = props.point.reform(|_: MouseEvent| None);
    let onfocusin = props.point.reform(|event: FocusEvent| line_at(&event));
    let onfocusout = props.point.reform(|_: FocusEvent| None);
    if lines.is_empty() {
        return html! { <div class="steps-box"><p class="steps-empty">{ empty_text(props.parsed.is_ok()) }</p></div> };
    }
    let rows = lines.iter().enumerate().skip(first).flat_map(|(index, (number, line))| {
        let is_shown = *number <= props.last_shown;
        let is_current = props.current == Some(*number);
        let Line::Step(terminal, action) = line else {
            return [None, Some(time_row(*number, index + 1, line, is_shown, is_current, &props.edit))];
        };
        let step = props.steps.of_line(*number).filter(|_| is_shown);
        let before = last_step(&lines[..index], &props.steps, |_| true);
        let at_ms = step.as_ref().map(|step| step.at_ms).filter(|at| before.map_or(0, |before| before.at_ms) != *at);
        let forced = step.as_ref().and_then(|step| forced_ms(&lines[..index], &props.steps, step)).map(|milliseconds| {
            html! {
                <li key={format!("before {number}")} class="time-mark forced" data-connection={terminal.to_string()}>
                    <span>{ format!("{milliseconds} ms pass: {terminal} had to finish first") }</span>
                </li>
            }
        });
        let row = html! {
            <StepRow key={number.to_string()} line={*number} index={index + 1} terminal={*terminal} text={action.to_string()} {step} {at_ms}
                {is_shown} {is_current} edit={props.edit.clone()} />
        };
        [forced, Some(row)]
    });
    let is_long = lines.len() > MAX_LAID_OUT;
    html! {
        <div class="steps-box filled" ref={list} {onmouseover} {onmouseleave} {onfocusin} {onfocusout} aria-busy={if props.is_pending { "true" } else { "false" }}>
            <ol class={classes!("terminal-steps", is_long.then_some("long"))} aria-label="Steps">
                { for rows.flatten() }
            </ol>
        </div>
    }
}

/// The text in place of the steps.
fn empty_text(is_readable: bool) -> String {
    if is_readable {
        format!("Nothing has happened yet. {TABLE} Type a statement below, or choose a ready-made case.")
    } else {
        "No step has run: SQLite gets the script only when every line of it can be read.".to_owned()
    }
}

/// The last of `lines` that is a step of a matching connection.
fn last_step(lines: &[(usize, Line)], steps: &Steps, is_wanted: impl Fn(Terminal) -> bool) -> Option<Rc<Step>> {
    let (line, _) = lines.iter().rev().find(|(_, line)| line_of(line).is_some_and(&is_wanted))?;
    steps.of_line(*line)
}

/// The simulated time that passed before `step` without a line of the script, in milliseconds: a
/// connection that waits finishes its statement before it runs the next one. `None` if none passed.
fn forced_ms(before: &[(usize, Line)], steps: &Steps, step: &Step) -> Option<u64> {
    last_step(before, steps, |terminal| terminal == step.terminal).filter(|own| own.waited_ms > 0)?;
    let mut passed_ms = 0;
    for (line, what) in before.iter().rev() {
        match what {
            // No statement waits after it.
            Line::Run => return None,
            Line::Wait { milliseconds } => passed_ms += milliseconds,
            Line::Step(..) => {
                let expected_ms = steps.of_line(*line)?.at_ms + passed_ms;
                return step.at_ms.checked_sub(expected_ms).filter(|forced| *forced > 0);
            }
        }
    }
    None
}

/// A line of the script that lets time pass.
fn time_row(line: usize, index: usize, what: &Line, is_shown: bool, is_current: bool, edit: &Callback<Edit>) -> Html {
    let text = passing_text(what);
    let show = edit.reform(move |_: MouseEvent| Edit::ShowUpTo(line));
    html! {
        <li key={line.to_string()} class={classes!("time-mark", (!is_shown).then_some("later"), is_current.then_some("current"))} data-line={line.to_string()}>
            <span class="step-number" aria-hidden="true">{ index }</span>
            <button type="button" class="step-text" onclick={show} aria-label={format!("{text}, show this moment")}
                aria-current={is_current.then_some("step")} title="Show this moment">{ &text }</button>
        </li>
    }
}

/// The first line that is rendered: at first the latest lines, then more and more of the earlier
/// ones.
#[hook]
fn use_first_rendered(lines: usize) -> usize {
    let rendered = use_state_eq(|| PIECE);
    let before = use_mut_ref(|| 0_usize);
    let jumps = lines > before.replace(lines) + PIECE;
    let count = if jumps { PIECE } else { *rendered };
    let setter = rendered.setter();
    use_effect_with((lines, count), move |(lines, count)| {
        let next = (*count + PIECE).min(*lines);
        let timer = (next > *count).then(|| Timeout::new(0, move || setter.set(next)));
        move || drop(timer)
    });
    lines.saturating_sub(count)
}

fn line_at(event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-line]").ok()??.get_attribute("data-line")?.parse().ok()
}

/// Scrolls the list, not the page, so that a line is visible.
fn scroll_to_line(list: &Element, line: usize) {
    let Some(row) =
        list.query_selector(&format!("[data-line=\"{line}\"]")).ok().flatten().and_then(|row| row.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    let (top, bottom) = (row.offset_top() - SCROLL_MARGIN, row.offset_top() + row.offset_height() + SCROLL_MARGIN);
    let height = list.client_height();
    if top < list.scroll_top() || bottom - top > height {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + height {
        list.set_scroll_top(bottom - height);
    }
}

fn passing_text(line: &Line) -> String {
    match line {
        Line::Wait { milliseconds } => format!("{milliseconds} ms pass"),
        _ => "Time passes until every statement is done".to_owned(),
    }
}

/// Properties of [`StepRow`].
#[derive(Properties, PartialEq)]
struct RowProps {
    line: usize,
    /// The position among the lines that do something, from 1.
    index: usize,
    terminal: Terminal,
    text: String,
    /// `None` until the engine has answered, and for a step that is not shown.
    step: Option<Rc<Step>>,
    /// The simulated time, if it differs from that of the step before.
    at_ms: Option<u64>,
    is_shown: bool,
    is_current: bool,
    edit: Callback<Edit>,
}

/// One step.
#[component]
fn StepRow(props: &RowProps) -> Html {
    let RowProps { line, index, terminal, text, step, at_ms, is_shown, is_current, edit } = props;
    let number = *line;
    let show = edit.reform(move |_: MouseEvent| Edit::ShowUpTo(number));
    let step = step.as_deref();
    html! {
        <li class={classes!("terminal-step", (!is_shown).then_some("later"), is_current.then_some("current"))}
            data-testid={if *is_shown { "terminal-step" } else { "terminal-later" }} data-line={line.to_string()}
            data-connection={terminal.to_string()} data-code={step.map(|step| step.answer.code().to_owned())}
            data-tx={step.map(|step| if step.in_transaction { "1" } else { "0" })} data-lock={step.map(|step| step.lock.name())}
            data-waited-ms={step.map(|step| step.waited_ms.to_string())}>
            <p class="step-head">
                <span class="step-number" aria-hidden="true">{ *index }</span>
                <span class="letter" aria-hidden="true">{ terminal.letter() }</span>
                <button type="button" class="step-text" onclick={show} aria-label={format!("{terminal}: {text}, show this moment")}
                    aria-current={is_current.then_some("step")} title="Show this moment">{ text }</button>
            </p>
            if let Some(at) = at_ms { <p class="step-time">{ format!("at {at} ms") }</p> }
            if let Some(step) = step {
                { answer(step) }
                { state_after(step) }
                if let Some(table) = &step.table { <Rows table={table.clone()} is_open={*is_current} /> }
            } else if *is_shown {
                <p class="step-answer pending">{ "\u{2026}" }</p>
            }
        </li>
    }
}

fn answer(step: &Step) -> Html {
    match &step.answer {
        Answer::Ok => html! { <p class="step-answer ok">{ "OK" }</p> },
        Answer::Waiting(waiting) => html! { <p class="step-answer waits">{ waiting.to_string() }</p> },
        Answer::Refused(refusal) => html! {
            <p class="step-answer refused">
                <strong>{ refusal.to_string() }</strong>
                if let Some(wait) = refusal.wait { <span class="step-why">{ wait.explanation() }</span> }
            </p>
        },
    }
}

/// What is open and held after a step.
fn state_after(step: &Step) -> Html {
    let waited = (step.waited_ms > 0).then(|| format!("waited {} ms", step.waited_ms));
    if !step.in_transaction && step.lock == Lock::Unlocked && waited.is_none() {
        return Html::default();
    }
    html! {
        <p class="step-after">
            if step.in_transaction { <span>{ "in transaction" }</span> }
            { lock_chip(step.lock) }
            if let Some(waited) = waited { <span>{ waited }</span> }
        </p>
    }
}

/// The lock that a connection holds; nothing if it holds none.
pub(super) fn lock_chip(lock: Lock) -> Html {
    if lock == Lock::Unlocked {
        return Html::default();
    }
    html! { <span class="lock-chip" data-chip={lock.name()}>{ lock.name() }</span> }
}

/// Properties of [`Rows`].
#[derive(Properties, PartialEq)]
struct TableProps {
    table: Table,
    /// Whether it is open, however many rows it has.
    is_open: bool,
}

/// The rows of a result. Many rows are folded, and rendered when they are opened.
#[component]
fn Rows(props: &TableProps) -> Html {
    let Table { columns, rows, is_cut } = &props.table;
    let is_opened = use_state_eq(|| false);
    let is_open = rows.len() <= MAX_OPEN_ROWS || props.is_open || *is_opened;
    let count = if *is_cut { format!("the first {} rows", rows.len()) } else { counted(rows.len(), "row") };
    if rows.is_empty() {
        return html! { <p class="step-rows-count">{ "no rows" }</p> };
    }
    if !is_open {
        let open = Callback::from(move |_: MouseEvent| is_opened.set(true));
        return html! { <p class="step-rows-count"><button type="button" class="quiet" onclick={open}>{ "Show " }{ count }</button></p> };
    }
    html! {
        <>
            <div class="step-rows">
                <table>
                    <thead><tr>for column in columns { <th scope="col">{ column }</th> }</tr></thead>
                    <tbody>for row in rows { <tr>for value in row { <td>{ value }</td> }</tr> }</tbody>
                </table>
            </div>
            if *is_cut || rows.len() > MAX_OPEN_ROWS { <p class="step-rows-count">{ count }</p> }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::terminals::answers::step_of_line;

    /// A step that is done.
    fn step(line: usize, letter: &str, at_ms: u64, waited_ms: u64) -> Step {
        Step { at_ms, waited_ms, ..step_of_line(line, letter) }
    }

    #[test]
    fn time_that_passes_without_a_line_is_the_time_to_the_end_of_the_wait() {
        // The time that passes before the last line.
        let forced = |script: &str, steps: Vec<Step>| {
            let lines = Script::parse(script).expect("a script").lines;
            let (last, before) = (steps.last().expect("a step").clone(), &lines[..lines.len() - 1]);
            forced_ms(before, &Steps::all_of(steps), &last)
        };
        let waiter = || [step(1, "A", 0, 0), step(2, "B", 0, 1000)];
        let then = |next: Step| waiter().into_iter().chain([next]).collect();
        assert_eq!(forced("A: BEGIN\nB: INSERT\nB: SELECT 1", then(step(3, "B", 1000, 0))), Some(1000));
        assert_eq!(forced("A: BEGIN\nB: INSERT\n.wait 300ms\nB: SELECT 1", then(step(4, "B", 1000, 0))), Some(700));
        assert_eq!(forced("A: BEGIN\nB: INSERT\n.wait 1000ms\nB: SELECT 1", then(step(4, "B", 1000, 0))), None);
        assert_eq!(forced("A: BEGIN\nB: INSERT\n.run\nB: SELECT 1", then(step(4, "B", 1000, 0))), None);
        assert_eq!(forced("A: BEGIN\nB: INSERT\nA: COMMIT", then(step(3, "A", 0, 0))), None);
    }

    #[test]
    fn earlier_statements_are_the_latest_first_and_each_once() {
        let script = Script::parse("A: BEGIN\nB: SELECT 1\nA: COMMIT\nA: .close\nA: BEGIN").expect("a script");
        let [a, b] = ["A", "B"].map(|letter| Terminal::from_letter(letter).expect("a connection"));
        assert_eq!(statements_of(&script, a), ["BEGIN", "COMMIT"]);
        assert_eq!(statements_of(&script, b), ["SELECT 1"]);
    }
}
