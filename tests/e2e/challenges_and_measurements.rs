//! Challenges, and measurements that the user made on another machine. Both work without a reload,
//! and the link contains the machine's profile.

use crate::page::Page;
use lockstep_core::own_machine::{Imported, MeasuredRun, read};
use lockstep_core::scenario::profile_code::encode;
use lockstep_core::scenario::{MachineProfile, Scenario};
use lockstep_core::time::SimDuration;
use serde_json::{Value, json};

const PROFILE: &str = include_str!("../../data/machine_profile.jsonl");

/// The first run of `data/real_runs.jsonl` whose scenario matches, and its line.
fn measured_run(matches: impl Fn(&Scenario) -> bool) -> (&'static str, MeasuredRun) {
    let lines = include_str!("../../data/real_runs.jsonl").lines();
    let mut runs = lines.filter_map(|line| match read(line) {
        Ok(Imported::Runs(mut runs)) => Some((line, runs.remove(0))),
        _ => None,
    });
    runs.find(|(_, run)| matches(&run.scenario)).expect("a run with these settings")
}

fn measured_run_of_100_tasks() -> (&'static str, MeasuredRun) {
    measured_run(|scenario| *scenario == Scenario { tasks: 100, ..Scenario::default() })
}

impl Page {
    /// Pastes `text` into the field for measurements.
    fn paste(&self, text: &str) {
        let body = "const area = document.getElementById('own-pasted'); area.value = arguments[0];
                    area.dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.browser.evaluate(body, vec![json!(text)]);
    }

    /// Drops a file on the drop zone.
    fn drop_file(&self, name: &str, text: &str) {
        let body = "const data = new DataTransfer(); data.items.add(new File([arguments[1]], arguments[0]));
                    document.querySelector('[data-testid=own-drop]').dispatchEvent(
                        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))";
        self.browser.evaluate(body, vec![json!(name), json!(text)]);
    }

    /// The value of a parameter in the link; null if the parameter is missing.
    fn link_parameter(&self, name: &str) -> Value {
        self.browser.evaluate("return new URLSearchParams(location.search).get(arguments[0])", vec![json!(name)])
    }

    /// Opens the challenge with this name.
    fn open_challenge(&self, name: &str) {
        self.scroll_to_workshop();
        self.click(&format!("[data-challenge={name}] summary"));
        self.wait_until("the challenge's conditions", |page| page.has_element(&format!("[data-challenge={name}] .conditions")));
    }

    fn is_solved(&self, name: &str) -> bool {
        self.has_element(&format!("[data-challenge={name}][data-solved=true]"))
    }
}

#[test]
fn following_a_solution_solves_a_challenge_without_a_reload_and_other_settings_do_not() {
    let page = Page::open("");
    page.open_challenge("everybody-in");
    let rows = page.result().inserted;
    assert!(!page.is_solved("everybody-in") && page.text("workshop-challenges").contains(&format!("{rows} of 1000")));
    page.evaluate("window.stayed = true");
    page.click("[data-challenge=everybody-in] a[href='?strategy=semaphore&limit=1']");
    page.wait_until("the challenge to be solved", |page| page.is_solved("everybody-in"));
    assert_eq!((page.link_parameter("limit"), page.evaluate("return window.stayed")), (json!("1"), json!(true)));
    page.visit("predict=0&tasks=20");
    page.open_challenge("everybody-in");
    assert!(!page.is_solved("everybody-in"), "the challenge asks for 1000 tasks");
}

#[test]
fn a_started_challenge_stays_at_the_top_of_the_window_until_the_user_closes_it() {
    let page = Page::open("tasks=20");
    page.open_challenge("goes-home");
    page.click("[data-challenge=goes-home] a[href='?']");
    page.wait_until("the question's program", |page| page.link_parameter("tasks") == json!(null));
    page.wait_until("the challenge not to be solved yet", |page| page.text("challenge-now").contains("Not yet"));
    page.click("[data-challenge=goes-home] a[href='?keep_going=1']");
    page.wait_until("the challenge to be solved", |page| page.text("challenge-now").contains("Solved"));
    page.press("Stop this challenge");
    page.wait_until("the challenge to be closed", |page| page.count("challenge-now") == 0);
}

#[test]
fn a_dropped_profile_becomes_the_machine_and_is_kept_in_the_link() {
    let page = Page::open("tasks=40&timeout=1&machine=linux-vm");
    let on_linux = page.result();
    page.scroll_to_workshop();
    page.drop_file("profile.json", PROFILE);
    let code = encode(&MachineProfile::linux_vm());
    page.wait_until("the profile in the link", |page| page.link_parameter("profile") == json!(code) && page.is_finished());
    assert_eq!((page.link_parameter("machine"), page.link_parameter("tasks")), (json!("custom"), json!("40")));
    page.wait_until("the numbers of the profile", |page| page.text("own-machine").contains("0.69 ms"));
    let query = page.query();
    page.load(&query);
    page.wait_until("the same run again", Page::is_finished);
    assert_eq!((page.query(), page.text("notes")), (query, String::new()));
    // The profile in `data/` was measured on linux-vm, so only the machine's name differs.
    assert_eq!(page.result().inserted, on_linux.inserted);
}

#[test]
fn a_pasted_run_is_compared_with_the_model_while_the_page_has_the_same_settings() {
    let (line, run) = measured_run_of_100_tasks();
    let page = Page::open("tasks=100&machine=linux-vm");
    page.scroll_to_workshop();
    page.paste(line);
    page.wait_until("the comparison", |page| page.text("own-runs").contains("Model"));
    let rows = run.inserted().to_string();
    assert!(page.text("own-runs").contains(&format!("In your run, {rows} rows got in")), "{}", page.text("own-runs"));
    // The width of the curve shows the length of the run.
    let width = "const curve = document.querySelector('.rows-measured path'), chart = curve?.parentNode.getBoundingClientRect();
                 return curve ? curve.getBoundingClientRect().width / chart.width : 0";
    page.wait_until("the curve", |page| page.evaluate(width).as_f64().is_some_and(|width| width > 0.3));
    page.type_into("Tasks", "101");
    page.wait_until("the hint that the settings differ", |page| page.text("own-runs").contains("Go to its settings"));
    assert!(!page.has_element(".rows-measured path"), "no curve over a run with other settings");
    page.click("[data-testid=own-runs] a.show-me");
    page.wait_until("the settings of the measured run", |page| {
        page.link_parameter("tasks") == json!("100") && page.has_element(".rows-measured path")
    });
    assert_eq!(page.link_parameter("machine"), json!("linux-vm"), "the machine has not changed");
    page.press("Remove from the chart");
    page.wait_until("the chart without the measured curve", |page| !page.has_element(".rows-measured path"));
}

#[test]
fn an_invalid_file_raises_an_alert_that_names_the_error_and_changes_nothing() {
    let page = Page::open("tasks=20");
    page.scroll_to_workshop();
    for (text, message) in [
        ("", "it is empty"),
        ("Traceback (most recent call last)", "not JSON"),
        (r#"{"commit_us": {}, "cores": "two"}"#, "cores: 'two' is not allowed"),
        (r#"{"committed_at": [1e300], "elapsed": 1}"#, "committed_at: 1e+300 is not allowed"),
    ] {
        page.drop_file("bad.json", text);
        page.wait_until(message, |page| page.alerts().contains(message) && page.alerts().contains("bad.json"));
    }
    page.drop_file("long.json", &" ".repeat(2_000_001));
    page.wait_until("an alert about the size", |page| page.alerts().contains("2.0 MB"));
    page.paste("{}");
    page.press("Load pasted text");
    page.wait_until("an alert about the missing field", |page| page.alerts().contains("no field commit_us"));
    assert_eq!((page.query().contains("tasks=20"), page.link_parameter("machine")), (true, json!(null)));
    assert_eq!(page.policy_violations(), json!([]));
}

#[test]
fn the_profiler_and_a_program_for_the_run_of_the_page_can_be_downloaded() {
    let page = Page::open("tasks=33&timeout=0.5");
    page.scroll_to_workshop();
    // Keeps downloads in `window.saved` instead of saving them.
    page.evaluate(
        "window.saved = {}; const real = URL.createObjectURL; URL.createObjectURL = blob => { window.last = blob; return real.call(URL, blob) };
         document.addEventListener('click', event => event.target.closest?.('a[download]') && event.preventDefault(), true);
         HTMLAnchorElement.prototype.click = function () { window.saved[this.download] = window.last }",
    );
    for button in ["Download this run as a Python program", "Download the profiler"] {
        page.press(button);
    }
    let text = |name: &str| {
        let text = page.browser.evaluate("return window.saved[arguments[0]]?.text()", vec![json!(name)]);
        text.as_str().unwrap_or_default().to_owned()
    };
    let scenario = Scenario { tasks: 33, timeout: SimDuration::from_millis(500), ..Scenario::default() };
    assert_eq!(text("lockstep_run.py"), lockstep_core::program::measuring_program(&scenario));
    assert_eq!(text("machine_profile.py"), include_str!("../../calibrate/machine_profile.py"));
}

#[test]
fn the_accuracy_section_is_loaded_lazily_and_its_links_open_without_a_reload() {
    let page = Page::open("");
    page.evaluate("document.querySelector('[data-testid=truth]').scrollIntoView()");
    page.wait_until("the section's text", |page| page.has_element("#every-setting table"));
    page.evaluate("window.stayed = true");
    page.click("#every-setting a.show-me[href*='tasks=200']");
    page.wait_until("the model's run", |page| page.link_parameter("tasks") == json!("200") && page.is_finished());
    assert_eq!((page.link_parameter("machine"), page.evaluate("return window.stayed")), (json!("linux-vm"), json!(true)));
    assert_eq!(
        (page.policy_violations(), page.evaluate("return [...document.querySelectorAll('[style]')].length")),
        (json!([]), json!(0))
    );
    assert_eq!(page.browser.take_console_messages(), Vec::<String>::new());
}
