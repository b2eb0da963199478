//! The page as a reader uses it: by its labels and buttons, and by the names that `data-testid` gives its parts.

use crate::browser::Browser;
use crate::server;
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::time::Duration;

/// Between two looks at a condition, and how many looks before a test gives up: a minute, far beyond what a slow machine needs.
const LOOK_EVERY: Duration = Duration::from_millis(20);
const LOOKS: u32 = 3000;

/// Keeps what the page's policy refuses where a test can ask for it.
pub(crate) const RECORD_VIOLATIONS: &str = "window.violations = []; document.addEventListener('securitypolicyviolation', \
                                 event => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));";

/// The page in a browser of its own.
pub(crate) struct Page {
    pub(crate) browser: Browser,
}

/// What the result line says to programs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RunResult {
    pub(crate) inserted: u32,
    pub(crate) errors: u32,
    pub(crate) first_error_s: Option<f64>,
    pub(crate) digest: String,
}

impl Page {
    /// Opens the page with `query`, past the prediction, and waits for its first run.
    pub(crate) fn open(query: &str) -> Self {
        Self::open_at(1280, 800, query)
    }

    /// The same in a window of `width` by `height`.
    pub(crate) fn open_at(width: u32, height: u32, query: &str) -> Self {
        Self::open_after("", width, height, query)
    }

    /// The same after a script that changes what the page finds in its browser.
    pub(crate) fn open_after(script: &str, width: u32, height: u32, query: &str) -> Self {
        let page = Self { browser: Browser::start(width, height) };
        page.browser.run_before_each_page(RECORD_VIOLATIONS);
        page.browser.run_before_each_page(script);
        page.visit(&format!("predict=0&{query}"));
        page
    }

    /// Loads the page anew with exactly `query` and waits for its run.
    pub(crate) fn visit(&self, query: &str) {
        self.load(query);
        self.wait_until("a result", Self::finished);
    }

    /// Loads the page anew with exactly `query` and waits for nothing.
    pub(crate) fn load(&self, query: &str) {
        self.browser.ask(self.browser.client().goto(&format!("{}?{query}", server::address())));
    }

    /// Loads another address and waits for nothing.
    pub(crate) fn go_to(&self, address: &str) {
        self.browser.ask(self.browser.client().goto(address));
    }

    /// Loads a page of somebody else, with the playground in it.
    pub(crate) fn visit_host(&self, name: &str) {
        self.go_to(&server::host_page(name));
    }

    /// Looks into a frame of the page from now on, until [`Self::leave_frame`].
    pub(crate) fn enter_frame(&self, number: u16) {
        self.browser.ask(self.browser.client().clone().enter_frame(number));
    }

    /// Looks at the page around the frame again.
    pub(crate) fn leave_frame(&self) {
        self.browser.ask(self.browser.client().clone().enter_parent_frame());
    }

    /// The query in the address bar.
    pub(crate) fn query(&self) -> String {
        self.browser.ask(self.browser.client().current_url()).query().unwrap_or_default().to_owned()
    }

    /// Looks at the page again and again until `condition` holds.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        for _ in 0..LOOKS {
            if condition(self) {
                return;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        panic!("waited in vain for {what}; {}", self.state());
    }

    /// What a failed test wants to know.
    fn state(&self) -> String {
        let (query, notes, alerts) = (self.query(), self.text("notes"), self.alerts());
        let (result, playhead) = (self.attributes("result"), self.attributes("playhead"));
        format!("the page is at ?{query}, result {result}, playhead {playhead}, notes {notes:?}, alerts {alerts:?}")
    }

    /// What the page says at once to whoever cannot see it.
    pub(crate) fn alerts(&self) -> String {
        let body = "return [...document.querySelectorAll('[role=alert]')].map(alert => alert.textContent).join(' ')";
        self.script(body).as_str().unwrap_or_default().to_owned()
    }

    /// Runs the body of a function in the page.
    #[track_caller]
    pub(crate) fn script(&self, body: &str) -> Value {
        self.browser.script(body, Vec::new())
    }

    /// What the policy has refused so far.
    pub(crate) fn violations(&self) -> Value {
        self.script("return window.violations")
    }

    /// True once a run is done and shown.
    pub(crate) fn finished(&self) -> bool {
        let shown = self.attributes("result");
        shown["data-digest"].is_string() && shown["aria-busy"] != "true"
    }

    /// The result of the run that is shown.
    #[track_caller]
    pub(crate) fn result(&self) -> RunResult {
        let shown = self.attributes("result");
        let text = |name: &str| shown[name].as_str().unwrap_or_else(|| panic!("{name} in {shown}")).to_owned();
        let number = |name: &str| text(name).parse().unwrap_or_else(|_| panic!("a number as {name} in {shown}"));
        let first_error = text("data-first-error-s");
        RunResult {
            inserted: number("data-inserted"),
            errors: number("data-errors"),
            first_error_s: (!first_error.is_empty()).then(|| first_error.parse().expect("seconds")),
            digest: text("data-digest"),
        }
    }

    /// Where the playhead stands, in seconds.
    #[track_caller]
    pub(crate) fn playhead(&self) -> f64 {
        let shown = self.attributes("playhead");
        shown["data-t"].as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("seconds as data-t in {shown}"))
    }

    /// The words in the part with this `data-testid`; empty if it is not there.
    pub(crate) fn text(&self, part: &str) -> String {
        let body = "return document.querySelector(`[data-testid=\"${arguments[0]}\"]`)?.textContent ?? ''";
        self.browser.script(body, vec![json!(part)]).as_str().unwrap_or_default().to_owned()
    }

    /// All attributes of the part with this `data-testid`, read at one instant; null if it is not there.
    fn attributes(&self, part: &str) -> Value {
        let body = "const part = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
                    return part && Object.fromEntries([...part.attributes].map(({ name, value }) => [name, value]))";
        self.browser.script(body, vec![json!(part)])
    }

    /// The one visible element that assistive technology knows by this role and name.
    #[track_caller]
    pub(crate) fn find(&self, role: &str, name: &str) -> Element {
        let mut found = self.find_all(role, name);
        assert_eq!(found.len(), 1, "one {role} called {name:?}; {}", self.state());
        found.remove(0)
    }

    /// True if [`Self::find`] would find it.
    pub(crate) fn has(&self, role: &str, name: &str) -> bool {
        self.find_all(role, name).len() == 1
    }

    fn find_all(&self, role: &str, name: &str) -> Vec<Element> {
        let candidates = self.browser.ask(self.browser.client().find_all(Locator::Css(candidates(role))));
        let computed = |what: &str, element: &Element| self.browser.computed(what, &element.element_id());
        candidates.into_iter().filter(|element| computed("label", element) == name && computed("role", element) == role).collect()
    }

    /// Clicks the button of this name.
    #[track_caller]
    pub(crate) fn press(&self, button: &str) {
        self.browser.ask(self.find("button", button).click());
    }

    /// Types `value` over what the number field of this name holds, and leaves the field.
    #[track_caller]
    pub(crate) fn type_into(&self, field: &str, value: &str) {
        let field = self.find("spinbutton", field);
        self.browser.ask(field.click());
        let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        self.browser.ask(field.send_keys(&format!("{select_all}{value}{}", char::from(Key::Tab))));
    }

    /// Chooses what a link calls `word` in the list of this name.
    #[track_caller]
    pub(crate) fn choose(&self, list: &str, word: &str) {
        self.browser.ask(self.find("combobox", list).select_by_value(word));
    }

    /// Opens the part of the page whose summary is this.
    pub(crate) fn open_details(&self, summary: &str) {
        let body = "for (const part of document.querySelectorAll('details'))
                        if (part.querySelector('summary').textContent === arguments[0]) part.open = true";
        self.browser.script(body, vec![json!(summary)]);
    }

    /// What a field, slider or choice holds.
    #[track_caller]
    pub(crate) fn value_of(&self, role: &str, name: &str) -> String {
        self.browser.ask(self.find(role, name).prop("value")).unwrap_or_default()
    }

    /// How many parts have this `data-testid`.
    pub(crate) fn count(&self, part: &str) -> usize {
        self.browser.ask(self.browser.client().find_all(Locator::Css(&format!("[data-testid='{part}']")))).len()
    }

    /// Goes to what is said of the run below the pictures, and waits for it.
    #[track_caller]
    pub(crate) fn read_story(&self) {
        self.script("document.getElementById('story').scrollIntoView()");
        self.wait_until("the findings", |page| page.count("findings") == 1);
    }

    /// Plays as fast as the page can, until it stops by itself.
    #[track_caller]
    pub(crate) fn play_to_the_end(&self) {
        let speed = self.find("combobox", "Speed");
        self.browser.ask(speed.send_keys(&char::from(Key::End).to_string()));
        let start = self.playhead();
        self.press("Play");
        self.wait_until("the end of the run", |page| page.playhead() > start && page.has("button", "Play"));
    }

    /// Long enough for a frame that was already asked for.
    pub(crate) fn wait_two_frames(&self) {
        self.script("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// Presses keys where the focus is.
    pub(crate) fn keys(&self, keys: &str) {
        let focused = self.browser.ask(self.browser.client().active_element());
        self.browser.ask(focused.send_keys(keys));
    }

    /// Role and name of what has the focus.
    pub(crate) fn focused(&self) -> (String, String) {
        let element = self.browser.ask(self.browser.client().active_element());
        let computed = |what: &str| self.browser.computed(what, &element.element_id());
        (computed("role"), computed("label"))
    }
}

/// Elements that may have a role; what they really have is asked of the browser.
fn candidates(role: &str) -> &'static str {
    match role {
        "button" => "button, [role=button]",
        "slider" => "input[type=range], [role=slider]",
        "spinbutton" => "input[type=number], [role=spinbutton]",
        "combobox" => "select, [role=combobox]",
        "checkbox" => "input[type=checkbox]",
        _ => "body *",
    }
}
