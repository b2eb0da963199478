//! Helpers for the page. They find elements as a user does, by role and accessible name, or by
//! their `data-testid`.

use crate::browser::Browser;
use crate::server;
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::time::Duration;

/// How often [`Page::wait_until`] checks its condition.
const POLL_INTERVAL: Duration = Duration::from_millis(20);
/// Checks before a test times out: one minute, much longer than a slow machine needs.
const MAX_POLLS: u32 = 3000;

/// Init script that records violations of the content security policy in `window.violations`.
pub(crate) const RECORD_VIOLATIONS: &str = "window.violations = []; document.addEventListener('securitypolicyviolation', \
                                 event => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));";

/// The page, in its own browser.
pub(crate) struct Page {
    pub(crate) browser: Browser,
}

/// The data attributes of the result line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RunResult {
    pub(crate) inserted: u32,
    pub(crate) errors: u32,
    pub(crate) first_error_s: Option<f64>,
    pub(crate) digest: String,
}

impl Page {
    /// Opens the page with `query`, without the question for a guess, and waits for its first run.
    pub(crate) fn open(query: &str) -> Self {
        Self::open_at(1280, 800, query)
    }

    /// Like [`Self::open`], with a viewport of `width` by `height` CSS pixels.
    pub(crate) fn open_at(width: u32, height: u32, query: &str) -> Self {
        Self::open_with_init_script("", width, height, query)
    }

    /// Like [`Self::open_at`], with a script that runs before the page's own scripts.
    pub(crate) fn open_with_init_script(script: &str, width: u32, height: u32, query: &str) -> Self {
        let page = Self { browser: Browser::start(width, height) };
        page.browser.add_init_script(RECORD_VIOLATIONS);
        page.browser.add_init_script(script);
        page.visit(&format!("predict=0&{query}"));
        page
    }

    /// Loads the page with exactly `query` and waits for its run.
    pub(crate) fn visit(&self, query: &str) {
        self.load(query);
        self.wait_until("a result", Self::is_finished);
    }

    /// Loads the page with exactly `query` and does not wait for a run.
    pub(crate) fn load(&self, query: &str) {
        self.browser.block_on(self.browser.client().goto(&format!("{}?{query}", server::address())));
    }

    /// Loads another address and does not wait for a run.
    pub(crate) fn go_to(&self, address: &str) {
        self.browser.block_on(self.browser.client().goto(address));
    }

    /// Loads a host page of `tests/e2e/hosts/`, which embeds the playground.
    pub(crate) fn load_host_page(&self, name: &str) {
        self.go_to(&server::host_page(name));
    }

    /// Switches to the iframe with this index, until [`Self::leave_frame`].
    pub(crate) fn enter_frame(&self, index: u16) {
        self.browser.block_on(self.browser.client().clone().enter_frame(index));
    }

    /// Switches back to the page that contains the iframe.
    pub(crate) fn leave_frame(&self) {
        self.browser.block_on(self.browser.client().clone().enter_parent_frame());
    }

    /// The query in the address bar.
    pub(crate) fn query(&self) -> String {
        self.browser.block_on(self.browser.client().current_url()).query().unwrap_or_default().to_owned()
    }

    /// Polls until `condition` holds, and panics with `what` and the page's state after a minute.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        for _ in 0..MAX_POLLS {
            if condition(self) {
                return;
            }
            std::thread::sleep(POLL_INTERVAL);
        }
        panic!("timed out waiting for {what}; {}", self.describe_state());
    }

    /// The page's state, for the message of a failed test.
    fn describe_state(&self) -> String {
        let (query, notes, alerts) = (self.query(), self.text("notes"), self.alerts());
        let (result, playhead) = (self.attributes("result"), self.attributes("playhead"));
        format!("the page is at ?{query}, result {result}, playhead {playhead}, notes {notes:?}, alerts {alerts:?}")
    }

    /// The text of all elements with the role `alert`.
    pub(crate) fn alerts(&self) -> String {
        let body = "return [...document.querySelectorAll('[role=alert]')].map(alert => alert.textContent).join(' ')";
        self.evaluate(body).as_str().unwrap_or_default().to_owned()
    }

    /// Runs the body of a JavaScript function in the page and returns its result.
    #[track_caller]
    pub(crate) fn evaluate(&self, body: &str) -> Value {
        self.browser.evaluate(body, Vec::new())
    }

    /// Violations of the content security policy so far.
    pub(crate) fn policy_violations(&self) -> Value {
        self.evaluate("return window.violations")
    }

    /// Whether a run is finished and its result is shown.
    pub(crate) fn is_finished(&self) -> bool {
        let attributes = self.attributes("result");
        attributes["data-digest"].is_string() && attributes["aria-busy"] != "true"
    }

    /// The result of the run on the page.
    #[track_caller]
    pub(crate) fn result(&self) -> RunResult {
        let attributes = self.attributes("result");
        let text = |name: &str| attributes[name].as_str().unwrap_or_else(|| panic!("no {name} in {attributes}")).to_owned();
        let number = |name: &str| text(name).parse().unwrap_or_else(|_| panic!("{name} is not a number in {attributes}"));
        let first_error = text("data-first-error-s");
        RunResult {
            inserted: number("data-inserted"),
            errors: number("data-errors"),
            first_error_s: (!first_error.is_empty()).then(|| first_error.parse().expect("seconds")),
            digest: text("data-digest"),
        }
    }

    /// The position of the playhead, in seconds.
    #[track_caller]
    pub(crate) fn playhead(&self) -> f64 {
        let attributes = self.attributes("playhead");
        let seconds = attributes["data-t"].as_str().and_then(|text| text.parse().ok());
        seconds.unwrap_or_else(|| panic!("data-t is not a number in {attributes}"))
    }

    /// The text of the element with this `data-testid`; empty if there is none.
    pub(crate) fn text(&self, test_id: &str) -> String {
        let body = "return document.querySelector(`[data-testid=\"${arguments[0]}\"]`)?.textContent ?? ''";
        self.browser.evaluate(body, vec![json!(test_id)]).as_str().unwrap_or_default().to_owned()
    }

    /// All attributes of the element with this `data-testid`, read at once; null if there is none.
    fn attributes(&self, test_id: &str) -> Value {
        let body = "const element = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
                    return element && Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))";
        self.browser.evaluate(body, vec![json!(test_id)])
    }

    /// The one visible element with this role and accessible name.
    #[track_caller]
    pub(crate) fn find(&self, role: &str, name: &str) -> Element {
        let mut found = self.find_all(role, name);
        assert_eq!(found.len(), 1, "expected one {role} named {name:?}; {}", self.describe_state());
        found.remove(0)
    }

    /// Whether exactly one element has this role and accessible name.
    pub(crate) fn has(&self, role: &str, name: &str) -> bool {
        self.find_all(role, name).len() == 1
    }

    fn find_all(&self, role: &str, name: &str) -> Vec<Element> {
        let candidates = self.browser.block_on(self.browser.client().find_all(Locator::Css(candidate_selector(role))));
        let computed = |property: &str, element: &Element| self.browser.computed(property, &element.element_id());
        candidates.into_iter().filter(|element| computed("label", element) == name && computed("role", element) == role).collect()
    }

    /// Clicks the button with this name.
    #[track_caller]
    pub(crate) fn press(&self, button: &str) {
        self.browser.block_on(self.find("button", button).click());
    }

    /// Replaces the value of the number field with this name, and leaves the field.
    #[track_caller]
    pub(crate) fn type_into(&self, field: &str, value: &str) {
        let field = self.find("spinbutton", field);
        self.browser.block_on(field.click());
        let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        self.browser.block_on(field.send_keys(&format!("{select_all}{value}{}", char::from(Key::Tab))));
    }

    /// Selects the option with this value in the list with this name.
    #[track_caller]
    pub(crate) fn select_option(&self, list: &str, value: &str) {
        self.browser.block_on(self.find("combobox", list).select_by_value(value));
    }

    /// Opens the `details` element with this summary.
    pub(crate) fn open_details(&self, summary: &str) {
        let body = "for (const details of document.querySelectorAll('details'))
                        if (details.querySelector('summary').textContent === arguments[0]) details.open = true";
        self.browser.evaluate(body, vec![json!(summary)]);
    }

    /// The value of a field, slider or list.
    #[track_caller]
    pub(crate) fn value_of(&self, role: &str, name: &str) -> String {
        self.browser.block_on(self.find(role, name).prop("value")).unwrap_or_default()
    }

    /// The number of elements with this `data-testid`.
    pub(crate) fn count(&self, test_id: &str) -> usize {
        self.browser.block_on(self.browser.client().find_all(Locator::Css(&format!("[data-testid='{test_id}']")))).len()
    }

    /// Scrolls to the findings and waits until they are rendered.
    #[track_caller]
    pub(crate) fn scroll_to_findings(&self) {
        self.evaluate("document.getElementById('story').scrollIntoView()");
        self.wait_until("the findings", |page| page.count("findings") == 1);
    }

    /// Plays at the highest speed until playback stops at the end of the run.
    #[track_caller]
    pub(crate) fn play_to_end(&self) {
        let speed = self.find("combobox", "Speed");
        self.browser.block_on(speed.send_keys(&char::from(Key::End).to_string()));
        let start = self.playhead();
        self.press("Play");
        self.wait_until("the end of the run", |page| page.playhead() > start && page.has("button", "Play"));
    }

    /// Waits until an animation frame that was already requested has been painted.
    pub(crate) fn wait_two_frames(&self) {
        self.evaluate("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// Sends keys to the focused element.
    pub(crate) fn send_keys(&self, keys: &str) {
        let focused = self.browser.block_on(self.browser.client().active_element());
        self.browser.block_on(focused.send_keys(keys));
    }

    /// Role and accessible name of the focused element.
    pub(crate) fn focused_element(&self) -> (String, String) {
        let element = self.browser.block_on(self.browser.client().active_element());
        let computed = |property: &str| self.browser.computed(property, &element.element_id());
        (computed("role"), computed("label"))
    }
}

/// A selector for elements that may have `role`; the browser then says which role each one has.
fn candidate_selector(role: &str) -> &'static str {
    match role {
        "button" => "button, [role=button]",
        "slider" => "input[type=range], [role=slider]",
        "spinbutton" => "input[type=number], [role=spinbutton]",
        "combobox" => "select, [role=combobox]",
        "checkbox" => "input[type=checkbox]",
        _ => "body *",
    }
}
