//! *Check with SQLite*: the real SQLite, in a worker, gives the answers of the model.

use crate::page::Page;
use crate::sweep::{COUNT_WORKERS, FORBID_WORKERS};
use serde_json::{Value, json};

/// Runs to check: the default, and others with another journal, kind of BEGIN, strategy, machine,
/// and with retries.
const QUERIES: [&str; 5] = [
    "",
    "tasks=100&journal=wal&read_first=1&keep_going=1",
    "tasks=100&begin=exclusive&timeout=1&machine=linux-vm",
    "tasks=300&strategy=semaphore&limit=3&journal=truncate&sleep=0.01&machine=mac-laptop",
    "tasks=100&retries=20&timeout=0.5&machine=linux-vm&begin=immediate",
];

/// Init script that removes what `index.html` says of the engine before the page's scripts run. A
/// build without the engine has no such attributes.
pub(crate) const REMOVE_ENGINE: &str = "document.addEventListener('readystatechange', () => {
    const tag = document.querySelector('script[data-worker]');
    for (const name of tag?.getAttributeNames() ?? []) if (name.startsWith('data-engine')) tag.removeAttribute(name);
});";

/// Init script that gives the engine's program a URL that does not exist. The right one is in
/// `window.engine`.
pub(crate) const LOSE_ENGINE: &str = "document.addEventListener('readystatechange', () => {
    const tag = document.querySelector('script[data-engine-wasm]');
    if (!tag || window.engine) return;
    window.engine = tag.dataset.engineWasm;
    tag.dataset.engineWasm = './missing.wasm';
});";

/// Restores the URL of the engine's program.
pub(crate) const FIND_ENGINE: &str = "document.querySelector('script[data-engine-wasm]').dataset.engineWasm = window.engine";

impl Page {
    /// The data attributes of the check.
    fn check(&self) -> Value {
        self.evaluate("return { ...document.querySelector('[data-testid=engine]')?.dataset }")
    }

    /// The state of the check; empty before it is started.
    pub(crate) fn check_state(&self) -> String {
        self.check()["state"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn start_check(&self) {
        self.click("[data-testid=check-sqlite]");
    }

    /// Checks the run on the page and returns the data attributes of the check.
    fn check_to_end(&self) -> Value {
        self.start_check();
        self.wait_until("the end of the check", |page| !["", "loading", "running"].contains(&page.check_state().as_str()));
        self.check()
    }

    /// Asserts that the check of the run on the page finds no difference.
    #[track_caller]
    fn assert_checked(&self, query: &str) {
        let check = self.check_to_end();
        assert_eq!((&check["state"], &check["digest"]), (&json!("same"), &json!(self.result().digest)), "?{query}: {check}");
        assert!(check["answers"].as_str().is_some_and(|answers| answers.parse::<u64>().is_ok_and(|count| count > 0)), "{check}");
        let version = check["version"].as_str().expect("a version");
        assert!(!version.is_empty(), "{check}");
        self.wait_until("the version in the footer", |page| {
            let footer = page.evaluate("return document.getElementById('sqlite-version').textContent");
            footer.as_str().is_some_and(|footer| footer.contains(version))
        });
    }

    /// The number of workers that the page has started and not terminated.
    pub(crate) fn running_workers(&self) -> u64 {
        self.evaluate("return workers.running").as_u64().expect("a number")
    }

    /// Follows a link, as a click on it in the page does.
    pub(crate) fn follow_link(&self, query: &str) {
        let body = "const link = document.createElement('a'); document.body.append(link);
                    link.href = '?' + arguments[0]; link.click(); link.remove()";
        self.browser.evaluate(body, vec![json!(query)]);
    }
}

#[test]
fn sqlite_gives_the_same_answers_as_the_model() {
    let page = Page::open("tasks=1");
    for query in QUERIES {
        page.visit(&format!("predict=0&{query}"));
        page.assert_checked(query);
    }
    assert_eq!(page.policy_violations(), json!([]));
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn cancel_stops_the_check_and_its_worker_and_another_check_works() {
    let page = Page::open_with_init_script(COUNT_WORKERS, 1280, 800, "tasks=10000");
    page.start_check();
    page.wait_until("a part of the check", |page| page.check_state() == "running");
    assert!(page.text("engine").contains("so far"), "{}", page.text("engine"));
    page.press("Cancel");
    page.wait_until("the button", |page| page.count("check-sqlite") == 1);
    assert_eq!(page.count("engine"), 0);
    page.wait_until("all workers to end", |page| page.running_workers() == 0);
    page.type_into("Tasks", "50");
    page.wait_until("the run of 50 tasks", |page| page.query().contains("tasks=50") && page.is_finished());
    page.assert_checked("tasks=50");
    page.wait_until("all workers to end", |page| page.running_workers() == 0);
}

#[test]
fn another_run_forgets_the_check_and_cancels_one_that_runs() {
    let page = Page::open_with_init_script(COUNT_WORKERS, 1280, 800, "tasks=40&timeout=1");
    page.assert_checked("tasks=40");
    page.type_into("Tasks", "41");
    page.wait_until("the run of 41 tasks", |page| page.query().contains("tasks=41") && page.is_finished());
    page.wait_until("the button", |page| page.count("check-sqlite") == 1 && page.count("engine") == 0);
    page.assert_checked("tasks=41");
    page.type_into("Tasks", "5000");
    page.wait_until("the run of 5000 tasks", |page| page.query().contains("tasks=5000") && page.is_finished());
    page.start_check();
    page.wait_until("a part of the check", |page| page.check_state() == "running");
    page.follow_link("tasks=42&timeout=1&predict=0");
    page.wait_until("the button", |page| {
        page.query().contains("tasks=42") && page.is_finished() && page.count("check-sqlite") == 1
    });
    page.wait_until("all workers to end", |page| page.running_workers() == 0);
}

#[test]
fn a_build_without_the_engine_says_so() {
    let page = Page::open_with_init_script(REMOVE_ENGINE, 1280, 800, "tasks=5");
    assert_eq!(page.check_state(), "absent");
    assert!(page.text("engine").contains("This build has no SQLite"), "{}", page.text("engine"));
    assert_eq!(page.count("check-sqlite"), 0);
    page.visit("predict=0&tasks=5&script=A: BEGIN");
    page.wait_until("how to get the engine", |page| page.alerts().contains("script/bootstrap"));
    assert!(page.alerts().contains("no SQLite engine"), "{}", page.alerts());
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}

#[test]
fn without_workers_the_check_fails_with_the_reason() {
    let page = Page::open_with_init_script(FORBID_WORKERS, 1280, 800, "tasks=5");
    page.start_check();
    page.wait_until("the reason", |page| page.text("engine").contains("only in a worker"));
    assert!(page.has("button", "Try again"));
}

#[test]
fn an_engine_that_cannot_be_loaded_is_reported_and_try_again_loads_it() {
    let page = Page::open_with_init_script(LOSE_ENGINE, 1280, 800, "tasks=5");
    page.start_check();
    page.wait_until("the reason", |page| page.text("engine").contains("could not be loaded"));
    page.evaluate(FIND_ENGINE);
    page.press("Try again");
    page.wait_until("the check", |page| page.check_state() == "same");
}
