//! The program's output up to the playhead. Only its end is in the page: one text, however long the run.

use crate::time::SimTime;
use crate::ui::run::Run;
use std::rc::Rc;
use yew::prelude::*;

/// Lines that are kept in the page.
const MOST_LINES: usize = 200;

/// What the console shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub run: Rc<Run>,
    /// The playhead.
    pub now: SimTime,
}

/// See the module. Painted again only when a line has come or gone.
#[component]
pub fn ConsoleView(props: &Props) -> Html {
    let lines = props.run.console.lines_until(props.now);
    let now = props.now;
    (*use_memo((props.run.clone(), lines), |(run, lines)| console(run, *lines, now))).clone()
}

fn console(run: &Run, count: usize, now: SimTime) -> Html {
    let (lines, traceback) = run.console.last_lines(now, MOST_LINES);
    let left_out = count - lines.len() - traceback.len();
    html! {
        <section class="console-panel" aria-labelledby="console-name">
            <h2 id="console-name">{ "Console" }<span class="aside">{ format!("{count} lines so far") }</span></h2>
            <div class="console" data-testid="console" tabindex="0" role="region" aria-labelledby="console-name">
                <pre>
                    if left_out > 0 { <span class="left-out">{ format!("({left_out} earlier lines)\n") }</span> }
                    { lines.join("\n") }
                    if !traceback.is_empty() { <span class="traceback">{ format!("\n{}", traceback.join("\n")) }</span> }
                    if count == 0 { <span class="left-out">{ "Nothing printed yet." }</span> }
                </pre>
            </div>
        </section>
    }
}
