//! *Ask SQLite*: scripts from links, statements that the user types, and input that cannot be used.

use crate::check::{FIND_ENGINE, LOSE_ENGINE};
use crate::page::Page;
use crate::sweep::{COUNT_WORKERS, FORBID_WORKERS};
use fantoccini::key::Key;
use lockstep_core::link::Link;
use lockstep_core::terminals::{CASES, Line, MAX_CHARACTERS, Script};
use serde_json::json;

const INSERT: &str = "INSERT INTO person(name) VALUES('Ann')";

/// The names of a link that shows the terminals alone, with a run that takes no time.
const ALONE: &str = "tasks=1&embed=1&show=terminals";

/// SQL without an end.
const ENDLESS: &str = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c";

/// SQL that takes minutes before it is stopped, because each of its steps is slow.
const SLOW: &str =
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT sum(length(hex(randomblob(1000000)))) FROM c";

/// A connection waits for another one; a third one is refused at once.
const WAITING: &str =
    "A: BEGIN IMMEDIATE\nB: PRAGMA busy_timeout=100\nB: BEGIN IMMEDIATE\nC: BEGIN IMMEDIATE\nC: SELECT 1 AS one";

/// Init script that records in `window.longTasks` each time in which the page's thread was blocked
/// for 50 ms or more, in milliseconds.
const RECORD_LONG_TASKS: &str = "window.longTasks = [];
    new PerformanceObserver(list => longTasks.push(...list.getEntries().map(entry => Math.round(entry.duration))))
        .observe({ entryTypes: ['longtask'] });";

/// Lists what is wrong with the markup and the colours of the terminals: ids that occur twice,
/// references to ids that do not exist, skipped levels of headings, and text whose contrast with its
/// background is below 4.5. Disabled controls may have less contrast.
const PROBLEMS: &str = r"const problems = [], root = document.getElementById('terminals'), elements = [...root.querySelectorAll('*')];
    for (const { id } of elements) if (id && document.querySelectorAll('#' + CSS.escape(id)).length > 1) problems.push(`two #${id}`);
    for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls'])
        for (const element of root.querySelectorAll(`[${name}]`))
            for (const id of element.getAttribute(name).split(' '))
                if (!document.getElementById(id)) problems.push(`${name}=${id} is missing`);
    let level = 1;
    for (const { tagName } of root.querySelectorAll('h2, h3, h4, h5, h6')) {
        if (+tagName[1] > level + 1) problems.push(`${tagName} after H${level}`);
        level = +tagName[1];
    }
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    context.canvas.width = context.canvas.height = 1;
    const paint = colors => {
        for (const color of colors) { context.fillStyle = color; context.fillRect(0, 0, 1, 1); }
        return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = channels => {
        const [red, green, blue] = channels.map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (const element of elements) {
        const hasText = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        if (!hasText || element.closest('svg, :disabled, [aria-disabled=true]') || !element.checkVisibility()) continue;
        const backgrounds = ['white'], above = [];
        for (let behind = element; behind; behind = behind.parentElement) above.unshift(behind);
        for (const behind of above) backgrounds.push(getComputedStyle(behind).backgroundColor);
        const [back, front] = [paint(backgrounds), paint([...backgrounds, getComputedStyle(element).color])].map(luminance);
        const contrast = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
        if (contrast < 4.5) problems.push(`${element.className || element.tagName}: contrast ${contrast.toFixed(2)}`);
    }
    return problems";

/// The query of a link to `script`.
fn query_of(script: &str) -> String {
    Link { script: Some(script.to_owned()), ..Link::default() }.write()
}

impl Page {
    /// Opens the page with nothing but the terminals, and an init script.
    fn open_terminals(init_script: &str) -> Self {
        let page = Self::open_with_init_script(init_script, 1280, 800, ALONE);
        page.wait_until("the terminals", |page| page.has_element(".composer"));
        page
    }

    /// Loads a link to the terminals alone with `script`.
    fn load_script(&self, script: &str) {
        self.load(&format!("predict=0&{ALONE}&{}", query_of(script)));
    }

    /// Loads a link to the terminals alone with `script`, and waits for its answers.
    #[track_caller]
    fn replay(&self, script: &str) {
        self.load_script(script);
        let script = Script::parse(script).expect("a script");
        let steps = script.lines.iter().filter(|(_, line)| matches!(line, Line::Step(..))).count();
        self.wait_until("the answers", |page| page.is_answered() && page.count("terminal-step") == steps);
    }

    /// A data attribute of each step that is shown.
    #[track_caller]
    fn step_data(&self, name: &str) -> Vec<String> {
        let body =
            "return [...document.querySelectorAll('[data-testid=terminal-step]')].map(step => step.dataset[arguments[0]] ?? '')";
        let values = self.browser.evaluate(body, vec![json!(name)]);
        values.as_array().expect("a list").iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
    }

    fn codes(&self) -> Vec<String> {
        self.step_data("code")
    }

    /// The steps that are shown: connection, code, `tx` or `-`, lock, and how long it waited.
    fn steps(&self) -> Vec<String> {
        let [connections, codes, transactions, locks, waits] =
            ["connection", "code", "tx", "lock", "waitedMs"].map(|name| self.step_data(name));
        let step = |index: usize| {
            let transaction = if transactions[index] == "1" { "tx" } else { "-" };
            format!("{}: {} {transaction} {} {} ms", connections[index], codes[index], locks[index], waits[index])
        };
        (0..connections.len()).map(step).collect()
    }

    /// Whether each step has its answer.
    fn is_answered(&self) -> bool {
        self.has_element(".steps-box:not([aria-busy=true])") && self.codes().iter().all(|code| !code.is_empty())
    }

    /// Waits until the steps have these codes.
    #[track_caller]
    fn wait_for_codes(&self, expected: &[&str]) {
        self.wait_until(&format!("the codes {expected:?}"), |page| page.is_answered() && page.codes() == expected);
    }

    /// The text of the first element that matches a CSS selector.
    fn text_of(&self, selector: &str) -> String {
        let body = "return document.querySelector(arguments[0])?.textContent ?? ''";
        self.browser.evaluate(body, vec![json!(selector)]).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the address bar has this script.
    #[track_caller]
    fn wait_for_script(&self, script: &str) {
        self.wait_until(&format!("the script {script:?} in the link"), |page| {
            Link::read(&page.query()).script.as_deref().unwrap_or_default() == script
        });
    }

    /// Whether the terminals have an enabled button whose name starts so.
    fn has_button_in_terminals(&self, name: &str) -> bool {
        self.use_button(name, "return !!button")
    }

    /// Presses the button of the terminals whose name starts so.
    #[track_caller]
    fn press_in_terminals(&self, name: &str) {
        assert!(self.use_button(name, "button?.click(); return !!button"), "no enabled button {name:?}");
    }

    fn use_button(&self, name: &str, what: &str) -> bool {
        let body = "const button = [...document.querySelectorAll('#terminals button')].find(button =>
                        (button.ariaLabel ?? button.textContent).startsWith(arguments[0]) && !button.disabled && !button.ariaDisabled);";
        self.browser.evaluate(&[body, what].concat(), vec![json!(name)]) == json!(true)
    }

    /// Presses Tab, or Shift and Tab, until the element with this label has the focus.
    #[track_caller]
    fn tab_to(&self, label: &str, is_backwards: bool) {
        let keys = if is_backwards {
            String::from_iter([Key::Shift, Key::Tab, Key::Null].map(char::from))
        } else {
            char::from(Key::Tab).to_string()
        };
        for _ in 0..100 {
            self.send_keys(&keys);
            if self.evaluate("return document.activeElement.ariaLabel") == json!(label) {
                return;
            }
        }
        panic!("Tab does not reach {label:?}");
    }

    /// Focuses the input of a connection.
    fn focus_on_input(&self, connection: &str) {
        let body = "document.querySelector(`.composer[data-connection=${arguments[0]}] textarea`).focus()";
        self.browser.evaluate(body, vec![json!(connection)]);
    }

    /// Types SQL into the focused input and presses Enter.
    fn type_line(&self, text: &str) {
        self.send_keys(&format!("{text}{}", char::from(Key::Enter)));
    }

    /// Replaces the text of the script and runs it.
    fn run_as_text(&self, script: &str) {
        let body = "const field = document.querySelector('.script-text textarea');
                    field.value = arguments[0];
                    field.dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.browser.evaluate(body, vec![json!(script)]);
        self.wait_until("the button", |page| page.has_button_in_terminals("Run this script"));
        self.press_in_terminals("Run this script");
    }

    /// Asserts that the page has neither panicked nor violated its policy, and writes to the test's
    /// output how long the page's thread was blocked.
    #[track_caller]
    fn assert_unharmed(&self, input: &str) {
        assert_eq!((self.count("problem"), self.policy_violations()), (0, json!([])), "{input}");
        assert!(!self.alerts().contains("stopped with an error"), "{input}: {}", self.alerts());
        println!("{input:?}: long tasks {} ms", self.evaluate("return longTasks"));
    }
}

#[test]
fn a_link_with_a_script_shows_the_terminals_and_replays_it_without_a_click() {
    let script = format!(
        "B: PRAGMA busy_timeout=1000\nA: BEGIN IMMEDIATE\nB: {INSERT}\n.wait 100ms\nA: COMMIT\n.run\n-- then\nC: BEGIN\n\
         C: SELECT name FROM person\nA: BEGIN\nA: {INSERT}\nA: COMMIT\nD: SELECT * FROM person"
    );
    let page = Page::open(&format!("tasks=20&{}", query_of(&script)));
    page.wait_until("the answers", |page| page.is_answered() && page.count("terminal-step") == 10);
    let expected = [
        "B: OK - UNLOCKED 0 ms",
        "A: OK tx RESERVED 0 ms",
        "B: OK - UNLOCKED 103 ms",
        "A: OK - UNLOCKED 0 ms",
        "C: OK tx UNLOCKED 0 ms",
        "C: OK tx SHARED 0 ms",
        "A: OK tx UNLOCKED 0 ms",
        "A: OK tx RESERVED 0 ms",
        "A: SQLITE_BUSY tx PENDING 0 ms",
        "D: SQLITE_BUSY - UNLOCKED 0 ms",
    ];
    assert_eq!(page.steps(), expected);
    page.wait_until("the terminals to be in the viewport", |page| {
        let top = page.evaluate("return document.getElementById('terminals').getBoundingClientRect().top");
        top.as_f64().is_some_and(|top| (-1.0..400.0).contains(&top))
    });
    assert_eq!(page.evaluate("return document.querySelectorAll('.composer').length"), json!(4));
    assert_eq!(page.text_of(".rung.held[data-rung=PENDING] .rung-holders"), "A");
    assert_eq!(page.evaluate("return [...document.querySelectorAll('[style]')].length"), json!(0));
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn a_link_with_a_script_in_wal_mode_shows_its_locks() {
    let page = Page::open_terminals("");
    page.replay(&format!(
        "A: PRAGMA journal_mode=wal\nB: BEGIN\nB: SELECT * FROM person\nA: BEGIN IMMEDIATE\nA: {INSERT}\nA: COMMIT\nB: {INSERT}"
    ));
    let expected = [
        "A: OK - UNLOCKED 0 ms",
        "B: OK tx UNLOCKED 0 ms",
        "B: OK tx READ 0 ms",
        "A: OK tx WRITE 0 ms",
        "A: OK tx WRITE 0 ms",
        "A: OK - UNLOCKED 0 ms",
        "B: SQLITE_BUSY_SNAPSHOT tx READ 0 ms",
    ];
    assert_eq!(page.steps(), expected);
    let answer = page.text_of(".terminal-step:last-child");
    assert!(answer.contains("SQLITE_BUSY_SNAPSHOT (517): database is locked"), "{answer}");
    assert!(page.has_element(".wal .frames-mark"), "the frames of the log are drawn, with the snapshot of B");
}

#[test]
fn every_ready_made_case_has_its_codes() {
    let page = Page::open_terminals("");
    for case in CASES {
        page.replay(case.script);
        assert_eq!(page.codes(), case.codes, "{}", case.name);
        assert_eq!(page.text_of(".case-now h3"), case.title);
    }
}

#[test]
fn a_case_is_chosen_from_the_list_and_has_a_button_for_the_next_one() {
    let page = Page::open_terminals("");
    page.press_in_terminals(CASES[0].title);
    page.wait_for_codes(CASES[0].codes);
    page.wait_for_script(CASES[0].script);
    page.press_in_terminals(&format!("Next case: {}", CASES[1].title));
    page.wait_for_codes(CASES[1].codes);
    page.wait_for_script(CASES[1].script);
    page.press_in_terminals("Undo");
    page.wait_for_codes(CASES[0].codes);
}

#[test]
fn a_link_can_show_the_terminals_alone() {
    let page = Page::open_terminals("");
    page.replay(WAITING);
    let others = "return [...document.querySelectorAll('body *')]
                      .filter(element => element.checkVisibility() && !element.closest('#terminals') && element.innerText?.trim()
                              && !element.querySelector('#terminals, .whole-page') && !element.closest('.whole-page'))
                      .map(element => element.outerHTML.slice(0, 80))";
    assert_eq!(page.evaluate(others), json!([]));
    for selector in [".controls", "[data-testid=result]", ".playback", "[data-testid=lanes]", ".lesson", "#workshop", ".masthead"]
    {
        let is_visible = page
            .browser
            .evaluate("return document.querySelector(arguments[0])?.checkVisibility() ?? false", vec![json!(selector)]);
        assert_eq!(is_visible, json!(false), "{selector}");
    }
    assert_eq!(page.evaluate("return document.getElementById('terminals').checkVisibility()"), json!(true));
}

#[test]
fn statements_are_typed_run_and_recalled_by_keyboard_alone() {
    let page = Page::open_terminals("");
    page.tab_to("SQL for connection A", false);
    page.type_line("BEGIN IMMEDIATE");
    page.wait_for_codes(&["OK"]);
    page.type_line("SELECT 'ü', 1 + 1 AS two;");
    page.wait_for_codes(&["OK", "OK"]);
    assert_eq!(
        page.evaluate("return [...document.querySelectorAll('.step-rows td')].map(cell => cell.textContent)"),
        json!(["ü", "2"])
    );
    page.tab_to("SQL for connection B", false);
    page.type_line(INSERT);
    page.wait_for_codes(&["OK", "OK", "SQLITE_BUSY"]);
    let answer = page.text_of(".terminal-step:last-child");
    assert!(answer.contains("SQLITE_BUSY (5): database is locked") && answer.contains("no busy timeout"), "{answer}");
    page.tab_to("SQL for connection A", true);
    page.type_line("COMMIT");
    page.wait_for_codes(&["OK", "OK", "SQLITE_BUSY", "OK"]);
    page.tab_to("SQL for connection B", false);
    page.send_keys(&char::from(Key::Up).to_string());
    page.wait_until("the earlier statement", |page| page.evaluate("return document.activeElement.value") == json!(INSERT));
    page.type_line("");
    page.wait_for_codes(&["OK", "OK", "SQLITE_BUSY", "OK", "OK"]);
    page.tab_to("One step back", true);
    page.send_keys(" ");
    page.wait_for_codes(&["OK", "OK", "SQLITE_BUSY", "OK"]);
    assert_eq!(page.evaluate("return document.activeElement.ariaLabel"), json!("One step back"));
    page.wait_for_script(&format!("A: BEGIN IMMEDIATE\nA: SELECT 'ü', 1 + 1 AS two;\nB: {INSERT}\nA: COMMIT\nB: {INSERT}"));
}

#[test]
fn the_history_moves_back_and_forth_and_a_statement_in_the_past_can_be_undone() {
    let page = Page::open_terminals("");
    let (script, codes) = (CASES[0].script, CASES[0].codes);
    page.replay(script);
    for shown in [5, 4] {
        page.press_in_terminals("One step back");
        page.wait_for_codes(&codes[..shown]);
    }
    assert_eq!(page.count("terminal-later"), 2);
    assert_eq!(page.text_of(".rung.held[data-rung=RESERVED] .rung-holders"), "A");
    page.press_in_terminals("One step forward");
    page.wait_for_codes(&codes[..5]);
    page.press_in_terminals("Before the first step");
    page.wait_for_codes(&[]);
    page.press_in_terminals("After the last step");
    page.wait_for_codes(codes);
    page.click("[data-line='2'] .step-text");
    page.wait_for_codes(&codes[..2]);
    page.wait_for_script(script);
    page.press_in_terminals("ROLLBACK in A");
    page.wait_for_codes(&["OK", "OK", "OK"]);
    page.wait_for_script("A: BEGIN IMMEDIATE\nB: SELECT * FROM person\nA: ROLLBACK");
    assert!(
        page.text_of(".terminals-notice").contains("4 lines after this moment were removed"),
        "{}",
        page.text_of(".terminals-notice")
    );
    page.press_in_terminals("Undo");
    page.wait_for_codes(codes);
    page.wait_for_script(script);
    page.press_in_terminals("Start over");
    page.wait_for_codes(&[]);
    page.wait_for_script("");
}

#[test]
fn the_browser_goes_back_to_the_script_before_a_link() {
    let page = Page::open_terminals("");
    page.evaluate("window.stayed = true");
    page.focus_on_input("A");
    page.type_line("SELECT 1");
    page.wait_for_codes(&["OK"]);
    page.wait_for_script("A: SELECT 1");
    page.follow_link(&query_of(WAITING));
    page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK"]);
    page.wait_for_script(WAITING);
    page.evaluate("history.back()");
    page.wait_for_codes(&["OK"]);
    page.wait_for_script("A: SELECT 1");
    page.evaluate("history.forward()");
    page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK"]);
    assert_eq!(page.evaluate("return window.stayed"), json!(true));
}

#[test]
fn a_waiting_statement_gets_in_at_its_next_attempt_after_the_commit() {
    let page = Page::open_terminals("");
    page.replay(WAITING);
    let waits = |page: &Page| page.step_data("waitedMs")[2].clone();
    assert_eq!((page.codes()[2].as_str(), waits(&page)), ("WAITING", "0".to_owned()));
    assert!(
        page.text_of(".terminal-step .waits").contains("waiting, attempt 1 of 9, next in 1 ms"),
        "{}",
        page.text_of(".terminal-step .waits")
    );
    for (milliseconds, waited) in [(1, "1"), (2, "3"), (5, "8")] {
        page.press_in_terminals(&format!("Next attempt (+{milliseconds} ms)"));
        page.wait_until("the next attempt", |page| page.is_answered() && waits(page) == waited);
        assert_eq!(page.codes()[2], "WAITING");
    }
    page.press_in_terminals("COMMIT in A");
    page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK", "OK"]);
    page.press_in_terminals("Next attempt (+10 ms)");
    page.wait_for_codes(&["OK", "OK", "OK", "SQLITE_BUSY", "OK", "OK"]);
    assert_eq!(page.steps()[2], "B: OK tx RESERVED 18 ms");
    assert!(!page.has_button_in_terminals("Next attempt"), "no statement waits");
}

#[test]
fn a_waiting_statement_gives_up_when_its_busy_timeout_ends() {
    let page = Page::open_terminals("");
    page.replay(WAITING);
    page.press_in_terminals("Run until no statement waits");
    page.wait_for_codes(&["OK", "OK", "SQLITE_BUSY", "SQLITE_BUSY", "OK"]);
    assert_eq!(page.step_data("waitedMs")[2], "100");
    assert!(page.text_of("[data-line='3']").contains("the busy timeout ended"), "{}", page.text_of("[data-line='3']"));
    page.wait_for_script(&format!("{WAITING}\n.run"));
    page.press_in_terminals("One step back");
    page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK"]);
}

#[test]
fn hostile_sql_is_answered_with_a_message_and_the_page_stays_responsive() {
    let page = Page::open_terminals(RECORD_LONG_TASKS);
    let rows = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c LIMIT 100000) SELECT x FROM c";
    let large = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c LIMIT 100000) INSERT INTO person(name) SELECT zeroblob(1000000) FROM c";
    let many = vec!["A: x"; 1900].join("\n");
    for (script, code, message) in [
        ("A: SELEC 1", "SQLITE_ERROR", "SQLITE_ERROR (1): near \"SELEC\": syntax error"),
        (&format!("A: {ENDLESS}"), "SQLITE_INTERRUPT", "stopped after 10 million steps"),
        (&format!("A: {rows}"), "OK", "the first 100 rows"),
        (&format!("A: {large}"), "SQLITE_FULL", "database or disk is full"),
        ("A: SELECT zeroblob(1000000000)", "SQLITE_TOOBIG", "string or blob too big"),
        ("A: SELECT 'a\0b'", "SQLITE_ERROR", "unrecognized token"),
        (
            "A: SELECT 'ü€😀\u{202e}', '<img src=x onerror=alert(1)>' AS \"<b>é\"",
            "OK",
            "ü€😀\u{202e}<img src=x onerror=alert(1)>",
        ),
        ("A: ATTACH 'https://example.com/a.db' AS other\nA: SELECT load_extension('x')", "SQLITE_ERROR", "no such function"),
        (&format!("A: {}", "é".repeat(MAX_CHARACTERS - 3)), "SQLITE_ERROR", "SQLITE_ERROR (1)"),
        (&many, "SQLITE_ERROR", "near \"x\": syntax error"),
    ] {
        let input: String = script.chars().take(60).collect();
        page.replay(script);
        let answer = page.text_of(".terminal-step.current");
        assert!(page.codes().last().is_some_and(|last| last == code), "{input}: {:?}", page.codes().last());
        assert!(answer.contains(message), "{input}: {answer}");
        page.assert_unharmed(&input);
    }
    assert_eq!(page.evaluate("return document.querySelectorAll('#terminals :is(img, b)').length"), json!(0));
    page.replay(&format!("A: {rows}"));
    assert_eq!(page.evaluate("return document.querySelectorAll('.step-rows tbody tr').length"), json!(100));
}

#[test]
fn the_page_can_be_used_while_sqlite_is_busy_and_start_over_stops_it() {
    let page = Page::open_terminals(&[COUNT_WORKERS, RECORD_LONG_TASKS].concat());
    page.load_script(&format!("A: {SLOW}"));
    page.wait_until("the worker", |page| page.has_element(".steps-box[aria-busy=true]") && page.running_workers() > 0);
    page.press_in_terminals("New connection");
    page.wait_until("the new connection", |page| page.has_element(".composer[data-connection=C]"));
    assert_eq!(page.codes(), [""], "SQLite has not answered");
    page.press_in_terminals("Start over");
    page.wait_until("no steps", |page| page.count("terminal-step") == 0);
    page.focus_on_input("A");
    page.type_line("SELECT 1");
    page.wait_for_codes(&["OK"]);
    page.wait_until("the busy worker to end", |page| page.running_workers() == 1);
    page.assert_unharmed(SLOW);
}

#[test]
fn a_script_that_cannot_be_read_names_the_line_and_nothing_of_it_runs() {
    let page = Page::open_terminals(RECORD_LONG_TASKS);
    for (script, expected) in [
        ("A: BEGIN\nF: BEGIN", "Line 2: 'F' is not a connection; a line is a letter from A to E"),
        ("A: BEGIN\n\nSELECT 1", "Line 3: 'SELECT 1' is not a connection"),
        ("A: .foo", "Line 1: '.foo' is not a command of a connection; the commands are .close, .kill, .crash COMMIT"),
        ("-- a comment\n.foo", "Line 2: '.foo' is not a command; the commands are .wait 100ms and .run"),
        ("A:", "Line 1: after \u{201c}A:\u{201d}, SQL or a command is missing"),
        (".wait 1h", "Line 1: .wait: '1h' is not allowed; allowed: 1ms to 3600000ms"),
        ("A: BEGIN\nA\0: BEGIN", "Line 2: 'A\u{fffd}' is not a connection"),
        ("ä\u{202e}😀: SELECT 1", "Line 1:"),
        ("A: BEGIN\n<img src=x onerror=alert(1)>: BEGIN", "Line 2: '<img src=x onerror=alert(1)>' is not a connection"),
    ] {
        page.load_script(script);
        page.wait_until("the message", |page| page.alerts().contains("This script cannot be read"));
        assert!(page.alerts().contains(expected), "{script:?}: {}", page.alerts());
        assert_eq!(page.count("terminal-step"), 0, "{script:?}");
        assert_eq!(page.evaluate("return document.querySelector('.script-text').open"), json!(true), "{script:?}");
        page.assert_unharmed(script);
    }
    page.run_as_text("A: SELECT 1");
    page.wait_for_codes(&["OK"]);
    assert_eq!(page.alerts(), "");
}

#[test]
fn a_script_that_is_too_long_is_refused_in_a_link_and_as_text() {
    let page = Page::open_terminals(RECORD_LONG_TASKS);
    let script = format!("A: BEGIN\nA: {}", "x".repeat(MAX_CHARACTERS));
    page.load_script(&script);
    page.wait_until("the note", |page| page.text("notes").contains("at most 10000 characters"));
    assert_eq!(page.count("terminal-step"), 0);
    page.run_as_text(&script);
    page.wait_until("the message", |page| page.alerts().contains("Line 2: the script is too long; allowed: 10000 characters"));
    page.assert_unharmed("a script that is too long");
    let longest = format!("A: SELECT '{}'", "x".repeat(MAX_CHARACTERS - 12));
    page.run_as_text(&longest);
    page.wait_for_codes(&["OK"]);
    page.focus_on_input("B");
    page.type_line("SELECT 1");
    page.wait_until("the notice", |page| page.text_of(".terminals-notice").contains("The script is full"));
    assert_eq!(page.codes(), ["OK"]);
}

#[test]
fn a_line_that_cannot_be_read_stays_in_the_input_with_a_message() {
    let page = Page::open_terminals("");
    page.focus_on_input("B");
    page.type_line(".foo");
    page.wait_until("the message", |page| page.alerts().contains("'.foo' is not a command of a connection"));
    assert_eq!(
        page.evaluate("return [document.activeElement.value, document.activeElement.ariaInvalid]"),
        json!([".foo", "true"])
    );
    assert_eq!(page.count("terminal-step"), 0);
    page.send_keys(&format!("{}{}.kill", char::from(Key::Home), char::from(Key::Delete).to_string().repeat(4)));
    page.wait_until("no message", |page| page.alerts().is_empty());
    page.type_line("");
    page.wait_for_codes(&["OK"]);
}

#[test]
fn a_locked_script_can_be_stepped_through_but_not_changed() {
    let page = Page::open_terminals("");
    page.load(&format!("predict=0&{ALONE}&lock=terminals&{}", query_of(WAITING)));
    page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK"]);
    for name in
        ["Undo", "New connection", "Start over", "Next attempt", "Run until", "COMMIT in A", "Run in A", "Kill", "Run this"]
    {
        assert!(!page.has_button_in_terminals(name), "{name}");
    }
    assert!(!page.has_element(".composer textarea:enabled, .cases, .script-text textarea:not([readonly])"));
    page.press_in_terminals("One step back");
    page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY"]);
}

#[test]
fn the_terminals_answer_while_a_run_is_checked() {
    let page = Page::open_with_init_script(COUNT_WORKERS, 1280, 800, "tasks=10000");
    page.start_check();
    page.wait_until("a part of the check", |page| page.check_state() == "running");
    page.follow_link(&query_of(WAITING));
    page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK"]);
    assert_eq!(page.evaluate("return workers.started"), json!(2), "the script has its own worker");
}

#[test]
fn without_workers_the_terminals_give_the_reason() {
    let page = Page::open_terminals(FORBID_WORKERS);
    page.load_script("A: SELECT 1");
    page.wait_until("the reason", |page| page.alerts().contains("SQLite runs only in a worker"));
}

#[test]
fn the_terminals_report_an_engine_that_cannot_be_loaded_and_try_again_loads_it() {
    let page = Page::open_terminals(LOSE_ENGINE);
    page.load_script("A: SELECT 1");
    page.wait_until("the reason", |page| page.alerts().contains("SQLite could not be loaded"));
    page.evaluate(FIND_ENGINE);
    page.press_in_terminals("Try again");
    page.wait_for_codes(&["OK"]);
    assert_eq!(page.alerts(), "");
}

#[test]
fn a_phone_shows_the_terminals_without_scrolling_sideways() {
    let page = Page::open_terminals("");
    let wide = "A: SELECT hex(zeroblob(90)) AS a, hex(zeroblob(90)) AS b, hex(zeroblob(90)) AS c";
    for (width, names) in [(390, "tasks=1"), (320, ALONE)] {
        page.browser.set_viewport(width, 640);
        page.load(&format!("predict=0&{names}&{}", query_of(&format!("{WAITING}\nE: SELECT 1\n{wide}"))));
        page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK", "OK", "OK"]);
        let overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(page.evaluate(overflow), 0, "{width}");
    }
}

#[test]
fn everything_in_the_terminals_has_a_name_and_enough_contrast() {
    let page = Page::open_terminals("");
    for theme in ["light", "dark", "projector"] {
        page.load(&format!("predict=0&{ALONE}&theme={theme}&{}", query_of(WAITING)));
        page.wait_for_codes(&["OK", "OK", "WAITING", "SQLITE_BUSY", "OK"]);
        page.evaluate("document.querySelectorAll('#terminals details').forEach(details => { details.open = true })");
        page.focus_on_input("A");
        page.type_line(".foo");
        page.wait_until("the message", |page| page.alerts().contains(".foo"));
        assert_eq!(page.evaluate(PROBLEMS), json!([]), "{theme}");
    }
    let unnamed = |(role, name, _): &(String, String, bool)| {
        ["button", "textbox", "link", "heading"].contains(&role.as_str()) && name.is_empty()
    };
    let nodes = page.browser.accessibility_tree();
    assert!(nodes.contains(&("textbox".into(), "SQL for connection A".into(), false)), "{nodes:?}");
    let unnamed: Vec<_> = nodes.into_iter().filter(unnamed).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}
