//! The three questions that were asked, answered in short, each with a link to the moment that shows it.
//!
//! What is said here follows from the sources of SQLite, aiosqlite and asyncio; numbers say where they come from.

use super::scenario_link::ScenarioLink;
use yew::prelude::*;

/// See the module. Functions and no components: nothing here ever changes.
pub fn answers() -> Html {
    html! {
        <section class="answers" aria-labelledby="answers-name">
            <h2 id="answers-name">{ "The three questions" }</h2>
            { first_question() }
            { second_question() }
            { third_question() }
        </section>
    }
}

fn first_question() -> Html {
    html! {
        <article>
            <h3>{ "Why does coroutine 1 not go on to its INSERT while the others are still connecting?" }</h3>
            <p>
                { "Because one pass of the event loop runs exactly the callbacks that were ready when the pass began. " }
                <code>{ "gather" }</code>
                { " makes all 1000 first steps ready at once, so the first pass starts all 1000 coroutines, and each hands its " }
                <code>{ "connect" }</code>
                { " to a worker thread of its own. Answers that come in meanwhile wait for the next pass, which takes them in; \
                   only the pass after that runs the coroutines on. So nearly all of them print \u{201c}connected\u{201d} \
                   before the first INSERT has come back, however little time connecting takes." }
            </p>
            <p>
                <ScenarioLink query="tasks=1000&t=0.3">{ "Show me: 1000 tasks after 0.3 s" }</ScenarioLink>
            </p>
        </article>
    }
}

fn second_question() -> Html {
    html! {
        <article>
            <h3>{ "Why do about 165 rows get in without trouble, every time, before the error?" }</h3>
            <p>
                { "165 is a rate times five seconds; nothing is full. A connection that finds the database locked does not \
                   stand in a queue: SQLite\u{2019}s busy handler sleeps for 1, 2, 5, 10 and at last 100 milliseconds at a time \
                   and tries again after each. When the lock is released nobody is woken; it stays free until somebody \
                   happens to try. After five seconds of sleeping in vain a connection gives up, and one error is enough to \
                   end the gather." }
            </p>
            <p>
                { "Why so regular? On the asker\u{2019}s Windows laptop, we think, every sleep ends on a tick of a 15.6 ms timer, \
                   so all waiters try at the same few instants and one row gets in every two ticks: 32 a second. That is a \
                   hypothesis which gives the asker\u{2019}s number; nobody has measured it there. On Linux, where we did \
                   measure, the sleepers gather in bunches by themselves, and late in the run a bunch lets in about one row \
                   every 100 ms." }
            </p>
            <p>
                <ScenarioLink query="t=3">{ "Show me: seven spokes, fixed" }</ScenarioLink>
                <ScenarioLink query="machine=linux-vm&t=3">{ "The same program on Linux" }</ScenarioLink>
            </p>
        </article>
    }
}

fn third_question() -> Html {
    html! {
        <article>
            <h3>{ "Why do only one or two rows get in with asyncio.sleep(2)?" }</h3>
            <p>
                { "INSERT takes the lock and COMMIT gives it back. With the sleep between them the holder of the lock is a \
                   coroutine that is asleep: its worker thread has nothing to do, and 999 others poll in vain. The first row \
                   is committed after about 2 s, the second after about 4 s. The third holder is still asleep when the first \
                   waiter has spent its five seconds. If starting up takes long enough to push the first commit back, only \
                   one row gets in." }
            </p>
            <p>
                <ScenarioLink query="sleep=2&t=3">{ "Show me: everybody waits for a sleeper" }</ScenarioLink>
            </p>
        </article>
    }
}
