//! The state of a connection and the input for its next statement.

use super::steps::lock_chip;
use crate::state::terminals::Edit;
use lockstep_core::terminals::{Action, Connection, Line, Script, Terminal};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Statements that need no typing: the label, and the SQL.
const QUICK: [(&str, &str); 8] = [
    ("BEGIN", "BEGIN"),
    ("BEGIN IMMEDIATE", "BEGIN IMMEDIATE"),
    ("SELECT", "SELECT * FROM person"),
    ("INSERT", "INSERT INTO person(name) VALUES('Ann')"),
    ("COMMIT", "COMMIT"),
    ("ROLLBACK", "ROLLBACK"),
    ("busy_timeout=1000", "PRAGMA busy_timeout=1000"),
    ("journal_mode=wal", "PRAGMA journal_mode=wal"),
];

/// What else a connection can do: the action, the button, and what happens.
const OTHERS: [(Action, &str, &str); 3] = [
    (Action::Close, "Close", "Closes the connection. An open transaction is rolled back. The next statement opens it again."),
    (Action::Kill, "Kill", "Its process dies at once. What it has not committed is lost."),
    (
        Action::CrashInCommit,
        "Crash inside COMMIT",
        "Its process dies in the middle of its COMMIT. With a rollback journal, a hot journal stays, and the next reader rolls it back.",
    ),
];

/// Properties of [`Composer`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The connection.
    pub(super) terminal: Terminal,
    /// Its state; `None` if the script has not mentioned it.
    pub(super) connection: Option<Connection>,
    /// Its earlier statements, the latest first.
    pub(super) earlier: Rc<[String]>,
    /// Whether the script can be changed.
    pub(super) can_edit: bool,
    /// Changes the state.
    pub(super) edit: Callback<Edit>,
}

/// See the module documentation.
#[component]
pub(super) fn Composer(props: &Props) -> Html {
    let Props { terminal, connection, earlier, can_edit, edit } = props;
    let (terminal, can_edit) = (*terminal, *can_edit);
    let text = use_state_eq(String::new);
    let problem = use_state_eq(|| None::<String>);
    // The earlier statement in the input, counted from the latest.
    let recalled = use_state_eq(|| None::<usize>);
    let oninput = {
        let (text, problem, recalled) = (text.setter(), problem.setter(), recalled.setter());
        Callback::from(move |event: InputEvent| {
            text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
            problem.set(None);
            recalled.set(None);
        })
    };
    let run = {
        let (text, problem, recalled, edit) = (text.clone(), problem.setter(), recalled.setter(), edit.clone());
        Callback::from(move |()| match line_of_input(terminal, &text) {
            None => {}
            Some(Ok(line)) => {
                edit.emit(Edit::Append(line));
                text.set(String::new());
                recalled.set(None);
            }
            Some(Err(message)) => problem.set(Some(message)),
        })
    };
    let onkeydown = {
        let (text, recalled, earlier, run) = (text.clone(), recalled.clone(), earlier.clone(), run.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.shift_key() && !event.is_composing() => {
                event.prevent_default();
                run.emit(());
            }
            // In a text that the user has typed, the keys move the cursor.
            "ArrowUp" if text.is_empty() || recalled.is_some() => {
                let next = recalled.map_or(0, |index| index + 1);
                if let Some(statement) = earlier.get(next) {
                    event.prevent_default();
                    text.set(statement.clone());
                    recalled.set(Some(next));
                }
            }
            "ArrowDown" if recalled.is_some() => {
                event.prevent_default();
                let next = recalled.and_then(|index| index.checked_sub(1));
                text.set(next.and_then(|index| earlier.get(index)).cloned().unwrap_or_default());
                recalled.set(next);
            }
            "Escape" => {
                text.set(String::new());
                recalled.set(None);
            }
            _ => {}
        })
    };
    let onclick = run.reform(|_: MouseEvent| ());
    let problem_id = format!("terminal-problem-{terminal}");
    html! {
        <div class="composer" data-connection={terminal.to_string()} role="group" aria-label={format!("Connection {terminal}")}>
            { state_line(terminal, connection.as_ref()) }
            <p class="composer-input">
                <textarea rows="1" value={(*text).clone()} {oninput} {onkeydown} disabled={!can_edit} spellcheck="false" autocapitalize="off"
                    autocomplete="off" placeholder="SQL, then Enter" aria-label={format!("SQL for connection {terminal}")}
                    aria-invalid={problem.is_some().then_some("true")} aria-describedby={problem.is_some().then(|| problem_id.clone())} />
                <button type="button" {onclick} disabled={!can_edit} aria-label={format!("Run in {terminal}")}>{ "Run" }</button>
            </p>
            if let Some(problem) = &*problem { <p class="problem" id={problem_id} role="alert">{ problem }</p> }
            <p class="quick">
                for (label, sql) in QUICK { { quick_button(terminal, label, sql, can_edit, edit) } }
            </p>
            if let Some(waiting) = connection.as_ref().and_then(|connection| connection.waiting) {
                <p>
                    <span class="waits">{ waiting.to_string() }</span>
                    <span class="quiet-text">
                        { format!(". The next statement for {terminal} first lets time pass until this one ends.") }
                    </span>
                </p>
            }
            <details class="more composer-more">
                <summary>{ "Close, kill, crash" }</summary>
                <dl>
                    for (action, name, about) in OTHERS { { other_action(terminal, &action, name, about, can_edit, edit) } }
                </dl>
            </details>
        </div>
    }
}

/// The line that the input stands for; `None` if it is empty. A script has one line for each
/// statement, so that line ends become spaces.
fn line_of_input(terminal: Terminal, text: &str) -> Option<Result<Line, String>> {
    let one_line = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    if one_line.is_empty() {
        return None;
    }
    let script = Script::parse(&format!("{terminal}: {one_line}"));
    let line = script.map_err(|error| error.problem).and_then(|script| {
        script.lines.into_iter().next().map(|(_, line)| line).ok_or_else(|| "the statement is empty".to_owned())
    });
    Some(line)
}

fn state_line(terminal: Terminal, connection: Option<&Connection>) -> Html {
    let timeout = |milliseconds| match milliseconds {
        0 => "no busy timeout".to_owned(),
        some => format!("busy timeout {some} ms"),
    };
    html! {
        <p class="composer-state">
            <span class="letter" aria-hidden="true">{ terminal.letter() }</span>
            if let Some(connection) = connection.filter(|connection| connection.is_open) {
                if connection.in_transaction { <span>{ "in transaction" }</span> } else { <span>{ "open" }</span> }
                { lock_chip(connection.lock) }
                <span class="quiet-text">{ timeout(connection.busy_timeout_ms) }</span>
            } else if connection.is_some() {
                <span class="quiet-text">{ "closed; the next statement opens it" }</span>
            } else {
                <span class="quiet-text">{ "opens with its first statement" }</span>
            }
        </p>
    }
}

fn quick_button(terminal: Terminal, label: &'static str, sql: &'static str, can_edit: bool, edit: &Callback<Edit>) -> Html {
    let onclick = edit.reform(move |_: MouseEvent| Edit::Append(Line::Step(terminal, Action::Sql(sql.to_owned()))));
    html! { <button type="button" class="chip" title={sql} aria-label={format!("{label} in {terminal}")} disabled={!can_edit} {onclick}>{ label }</button> }
}

fn other_action(
    terminal: Terminal,
    action: &Action,
    name: &'static str,
    about: &'static str,
    can_edit: bool,
    edit: &Callback<Edit>,
) -> Html {
    let action = action.clone();
    let onclick = edit.reform(move |_: MouseEvent| Edit::Append(Line::Step(terminal, action.clone())));
    html! {
        <div>
            <dt><button type="button" class="chip" disabled={!can_edit} aria-label={format!("{name}: connection {terminal}")} {onclick}>{ name }</button></dt>
            <dd>{ about }</dd>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<Result<String, String>> {
        let terminal = Terminal::from_letter("B").expect("a connection");
        line_of_input(terminal, text).map(|line| line.map(|line| line.to_string()))
    }

    #[test]
    fn an_input_becomes_one_line_of_the_script() {
        assert_eq!(line("  "), None);
        assert_eq!(line("SELECT *\n  FROM person;\n"), Some(Ok("B: SELECT * FROM person;".to_owned())));
        assert_eq!(line(".kill"), Some(Ok("B: .kill".to_owned())));
        assert!(line(".open").is_some_and(|line| line.is_err_and(|problem| problem.contains(".crash COMMIT"))));
    }
}
