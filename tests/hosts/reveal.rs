//! On slides the playground's state outlives its frame, and Escape gives the keys back.

use crate::page::Page;
use crate::server::Place;
use crate::site::{digest, example, serve, tools};
use fantoccini::key::Key;
use serde_json::{Value, json};

impl Page {
    fn slides() -> Self {
        let reveal = tools().join("node_modules/reveal.js/dist");
        assert!(reveal.is_dir(), "reveal.js; script/bootstrap --all installs it");
        let place = Place { path: "/reveal/", folder: reveal, headers: Vec::new() };
        let page = Self::of_host(&serve(example("reveal"), vec![place], Vec::new()));
        page.wait_until("the slides", |page| page.script("return Reveal.isReady()") == json!(true));
        page
    }

    fn slide(&self, number: u32) {
        self.browser.script("Reveal.slide(arguments[0])", vec![json!(number)]);
    }

    fn slide_number(&self) -> Value {
        self.script("return Reveal.getIndices().h")
    }

    /// Sets another number of tasks in the frame and waits for its run.
    fn set_tasks(&self, tasks: u32, query: &str) {
        self.set_tasks_in_frame(tasks);
        self.wait_until("the run", |page| page.finished() && page.result().digest == digest(query));
        self.leave_frame();
    }
}

#[test]
fn the_element_keeps_its_state_when_its_slide_is_left_and_entered_again() {
    let page = Page::slides();
    page.slide(1);
    page.play_in_frame(0);
    page.set_tasks(60, "scene=linux&tasks=60");
    page.slide(4);
    page.slide(1);
    page.play_in_frame(0);
    assert_eq!(page.result().digest, digest("scene=linux&tasks=60"));
}

#[test]
fn an_iframe_that_is_unloaded_comes_back_in_the_state_that_it_had() {
    let page = Page::slides();
    page.slide(2);
    page.play_in_frame(1);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=50"));
    page.set_tasks(70, "scene=one-transaction&tasks=70");
    let frame = "return document.querySelector('iframe[data-src]').getAttribute(arguments[0])";
    let attribute = |name: &str| page.browser.script(frame, vec![json!(name)]);
    page.wait_until("the link", |_| attribute("data-src").as_str().is_some_and(|link| link.contains("tasks=70")));
    page.slide(4);
    assert_eq!(attribute("src"), Value::Null, "it is unloaded");
    page.slide(2);
    page.play_in_frame(1);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=70"));
}

#[test]
fn a_frame_takes_no_focus_and_escape_gives_the_keys_back_to_the_slides() {
    let page = Page::slides();
    page.slide(1);
    page.play_in_frame(0);
    page.leave_frame();
    let focused = "return document.activeElement.tagName";
    assert_ne!(page.script(focused), json!("LOCKSTEP-PLAYGROUND"));
    page.enter_frame(0);
    assert!(page.click_in_frame("Play"));
    page.keys(&char::from(Key::Escape).to_string());
    page.leave_frame();
    page.wait_until("the slides' own focus", |page| page.script(focused) == json!("BODY"));
    page.keys(&char::from(Key::Right).to_string());
    page.wait_until("the next slide", |page| page.slide_number() == json!(2));
}
