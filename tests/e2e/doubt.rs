//! Challenges are solved in place; what the reader brings from a machine of their own is shown, kept in the link, and said in words.

use crate::page::Page;
use lockstep_core::own_machine::{Brought, MeasuredRun, read};
use lockstep_core::scenario::profile_code::encode;
use lockstep_core::scenario::{MachineProfile, Scenario};
use lockstep_core::time::SimDuration;
use serde_json::{Value, json};

const PROFILE: &str = include_str!("../../data/machine_profile.jsonl");

/// A measured run of the project with these settings, as its line stands in the file.
fn real_run(is_it: impl Fn(&Scenario) -> bool) -> (&'static str, MeasuredRun) {
    let lines = include_str!("../../data/real_runs.jsonl").lines();
    let mut runs = lines.filter_map(|line| match read(line) {
        Ok(Brought::Runs(mut runs)) => Some((line, runs.remove(0))),
        _ => None,
    });
    runs.find(|(_, run)| is_it(&run.scenario)).expect("a run with these settings")
}

fn a_hundred() -> (&'static str, MeasuredRun) {
    real_run(|scenario| *scenario == Scenario { tasks: 100, ..Scenario::default() })
}

impl Page {
    /// Puts `text` into the field for it, as a paste does.
    fn paste(&self, text: &str) {
        let body = "const area = document.getElementById('own-pasted'); area.value = arguments[0];
                    area.dispatchEvent(new InputEvent('input', { bubbles: true }))";
        self.browser.script(body, vec![json!(text)]);
    }

    /// Drops a file on the place for it.
    fn drop_file(&self, name: &str, text: &str) {
        let body = "const data = new DataTransfer(); data.items.add(new File([arguments[1]], arguments[0]));
                    document.querySelector('[data-testid=own-drop]').dispatchEvent(
                        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))";
        self.browser.script(body, vec![json!(name), json!(text)]);
    }

    /// What the link has under a name.
    fn in_link(&self, name: &str) -> Value {
        self.browser.script("return new URLSearchParams(location.search).get(arguments[0])", vec![json!(name)])
    }

    /// Opens the challenge of this name.
    fn open_challenge(&self, name: &str) {
        self.enter_workshop();
        self.click(&format!("[data-challenge={name}] summary"));
        self.wait_until("its answer", |page| page.has_element(&format!("[data-challenge={name}] .conditions")));
    }

    fn is_solved(&self, name: &str) -> bool {
        self.has_element(&format!("[data-challenge={name}][data-solved=true]"))
    }
}

#[test]
fn a_challenge_is_solved_in_place_by_following_its_solution_and_stays_solved() {
    let page = Page::open("");
    page.open_challenge("everybody-in");
    let rows = page.result().inserted;
    assert!(!page.is_solved("everybody-in") && page.text("workshop-challenges").contains(&format!("{rows} of 1000")));
    page.script("window.stayed = true");
    page.click("[data-challenge=everybody-in] a[href='?strategy=semaphore&limit=1']");
    page.wait_until("the solution", |page| page.is_solved("everybody-in"));
    assert_eq!((page.in_link("limit"), page.script("return window.stayed")), (json!("1"), json!(true)));
    page.visit("predict=0&tasks=20");
    page.open_challenge("everybody-in");
    assert!(!page.is_solved("everybody-in"), "20 tasks are not what was asked for");
}

#[test]
fn a_challenge_that_was_begun_is_told_at_the_top_of_the_window_until_it_is_put_away() {
    let page = Page::open("tasks=20");
    page.open_challenge("goes-home");
    page.click("[data-challenge=goes-home] a[href='?']");
    page.wait_until("the question's program", |page| page.in_link("tasks") == json!(null));
    page.wait_until("how far it is", |page| page.text("challenge-now").contains("Not yet"));
    page.click("[data-challenge=goes-home] a[href='?keep_going=1']");
    page.wait_until("the end of it", |page| page.text("challenge-now").contains("Solved"));
    page.press("Put it away");
    page.wait_until("the top without it", |page| page.count("challenge-now") == 0);
}

#[test]
fn a_dropped_profile_becomes_the_pages_machine_and_the_link_keeps_it() {
    let page = Page::open("tasks=40&timeout=1&machine=linux-vm");
    let on_linux = page.result();
    page.enter_workshop();
    page.drop_file("profile.json", PROFILE);
    let code = encode(&MachineProfile::linux_vm());
    page.wait_until("the machine", |page| page.in_link("profile") == json!(code) && page.finished());
    assert_eq!((page.in_link("machine"), page.in_link("tasks")), (json!("custom"), json!("40")));
    page.wait_until("its numbers", |page| page.text("own-machine").contains("0.69 ms"));
    let query = page.query();
    page.load(&query);
    page.wait_until("the same run again", Page::finished);
    assert_eq!((page.query(), page.text("notes")), (query, String::new()));
    // The kept profile is that of the project's own machine, so the run is the same but for the machine's name.
    assert_eq!(page.result().inserted, on_linux.inserted);
}

#[test]
fn a_pasted_run_is_drawn_over_the_model_where_its_settings_are_the_pages_and_said_in_words() {
    let (line, run) = a_hundred();
    let page = Page::open("tasks=100&machine=linux-vm");
    page.enter_workshop();
    page.paste(line);
    page.wait_until("the comparison", |page| page.text("own-runs").contains("Model"));
    let rows = run.inserted().to_string();
    assert!(page.text("own-runs").contains(&format!("Really {rows} rows got in")), "{}", page.text("own-runs"));
    // The curve is as wide as the run is long.
    let drawn = "const curve = document.querySelector('.rows-measured path'), chart = curve?.parentNode.getBoundingClientRect();
                 return curve ? curve.getBoundingClientRect().width / chart.width : 0";
    page.wait_until("the curve", |page| page.script(drawn).as_f64().is_some_and(|part| part > 0.3));
    page.type_into("Tasks", "101");
    page.wait_until("it is said that these are other settings", |page| page.text("own-runs").contains("Go to its settings"));
    assert!(!page.has_element(".rows-measured path"), "nothing is drawn over another program's run");
    page.click("[data-testid=own-runs] a.show-me");
    page.wait_until("its settings", |page| page.in_link("tasks") == json!("100") && page.has_element(".rows-measured path"));
    assert_eq!(page.in_link("machine"), json!("linux-vm"), "on the machine that the page had");
    page.press("Take it off again");
    page.wait_until("the chart without it", |page| !page.has_element(".rows-measured path"));
}

#[test]
fn a_bad_file_is_answered_with_what_is_wrong_in_which_field_and_changes_nothing() {
    let page = Page::open("tasks=20");
    page.enter_workshop();
    for (text, said) in [
        ("", "nothing in it"),
        ("Traceback (most recent call last)", "not JSON"),
        (r#"{"commit_us": {}, "cores": "two"}"#, "cores: 'two' is not allowed"),
        (r#"{"committed_at": [1e300], "elapsed": 1}"#, "committed_at: 1e+300 is not allowed"),
    ] {
        page.drop_file("bad.json", text);
        page.wait_until(said, |page| page.alerts().contains(said) && page.alerts().contains("bad.json"));
    }
    page.drop_file("long.json", &" ".repeat(2_000_001));
    page.wait_until("its length", |page| page.alerts().contains("2.0 MB"));
    page.paste("{}");
    page.press("Read what I pasted");
    page.wait_until("what is expected", |page| page.alerts().contains("no field commit_us"));
    assert_eq!((page.query().contains("tasks=20"), page.in_link("machine")), (true, json!(null)));
    assert_eq!(page.violations(), json!([]));
}

#[test]
fn both_programs_can_be_taken_along_and_the_run_is_the_pages() {
    let page = Page::open("tasks=33&timeout=0.5");
    page.enter_workshop();
    // Keeps what would be saved where the test can read it.
    page.script(
        "window.saved = {}; const real = URL.createObjectURL; URL.createObjectURL = blob => { window.last = blob; return real.call(URL, blob) };
         document.addEventListener('click', event => event.target.closest?.('a[download]') && event.preventDefault(), true);
         HTMLAnchorElement.prototype.click = function () { window.saved[this.download] = window.last }",
    );
    for button in ["Download this run as a Python program", "Download the profiler"] {
        page.press(button);
    }
    let text = |name: &str| {
        let text = page.browser.script("return window.saved[arguments[0]]?.text()", vec![json!(name)]);
        text.as_str().unwrap_or_default().to_owned()
    };
    let scenario = Scenario { tasks: 33, timeout: SimDuration::from_millis(500), ..Scenario::default() };
    assert_eq!(text("lockstep_run.py"), lockstep_core::program::measuring(&scenario));
    assert_eq!(text("machine_profile.py"), include_str!("../../calibrate/machine_profile.py"));
}

#[test]
fn how_true_it_is_comes_when_the_reader_does_and_its_settings_are_followed_in_place() {
    let page = Page::open("");
    page.script("document.querySelector('[data-testid=truth]').scrollIntoView()");
    page.wait_until("its text", |page| page.has_element("#every-setting table"));
    page.script("window.stayed = true");
    page.click("#every-setting a.show-me[href*='tasks=200']");
    page.wait_until("the model's run", |page| page.in_link("tasks") == json!("200") && page.finished());
    assert_eq!((page.in_link("machine"), page.script("return window.stayed")), (json!("linux-vm"), json!(true)));
    assert_eq!(
        (page.violations(), page.script("return [...document.querySelectorAll('[style]')].length")),
        (json!([]), json!(0))
    );
    assert_eq!(page.browser.console(), Vec::<String>::new());
}
