//! The playground in reveal.js slides: its state survives when its slide is unloaded, and Escape
//! returns the focus to the slides.

use crate::page::Page;
use crate::server::Mount;
use crate::site::{digest, example, serve, tools};
use fantoccini::key::Key;
use serde_json::{Value, json};

impl Page {
    /// Opens the slides of `examples/embed/reveal/` and waits until reveal.js is ready.
    fn open_slides() -> Self {
        let reveal = tools().join("node_modules/reveal.js/dist");
        assert!(reveal.is_dir(), "reveal.js is missing; script/bootstrap --all installs it");
        let mount = Mount { path: "/reveal/", folder: reveal, headers: Vec::new() };
        let page = Self::open_host_page(&serve(example("reveal"), vec![mount], Vec::new()));
        page.wait_until("the slides", |page| page.evaluate("return Reveal.isReady()") == json!(true));
        page
    }

    /// Goes to the slide with this index, counted from 0.
    fn go_to_slide(&self, index: u32) {
        self.browser.evaluate("Reveal.slide(arguments[0])", vec![json!(index)]);
    }

    fn slide_index(&self) -> Value {
        self.evaluate("return Reveal.getIndices().h")
    }

    /// Changes the number of tasks in the current iframe, waits for the run of `query`, and leaves
    /// the iframe.
    fn change_tasks(&self, tasks: u32, query: &str) {
        self.set_tasks_in_frame(tasks);
        self.wait_until("the run", |page| page.is_finished() && page.result().digest == digest(query));
        self.leave_frame();
    }
}

#[test]
fn the_element_keeps_its_state_when_the_user_leaves_its_slide_and_returns() {
    let page = Page::open_slides();
    page.go_to_slide(1);
    page.enter_frame_and_wait(0);
    page.change_tasks(60, "scene=linux&tasks=60");
    page.go_to_slide(4);
    page.go_to_slide(1);
    page.enter_frame_and_wait(0);
    assert_eq!(page.result().digest, digest("scene=linux&tasks=60"));
}

#[test]
fn an_unloaded_iframe_is_restored_with_its_previous_state() {
    let page = Page::open_slides();
    page.go_to_slide(2);
    page.enter_frame_and_wait(1);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=50"));
    page.change_tasks(70, "scene=one-transaction&tasks=70");
    let frame = "return document.querySelector('iframe[data-src]').getAttribute(arguments[0])";
    let attribute = |name: &str| page.browser.evaluate(frame, vec![json!(name)]);
    page.wait_until("the link", |_| attribute("data-src").as_str().is_some_and(|link| link.contains("tasks=70")));
    page.go_to_slide(4);
    assert_eq!(attribute("src"), Value::Null, "the iframe is unloaded");
    page.go_to_slide(2);
    page.enter_frame_and_wait(1);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=70"));
}

#[test]
fn a_frame_does_not_take_the_focus_and_escape_returns_it_to_the_slides() {
    let page = Page::open_slides();
    page.go_to_slide(1);
    page.enter_frame_and_wait(0);
    page.leave_frame();
    let focused_tag = "return document.activeElement.tagName";
    assert_ne!(page.evaluate(focused_tag), json!("LOCKSTEP-PLAYGROUND"));
    page.enter_frame(0);
    assert!(page.click_in_frame("Play"));
    page.send_keys(&char::from(Key::Escape).to_string());
    page.leave_frame();
    page.wait_until("the focus on the slides", |page| page.evaluate(focused_tag) == json!("BODY"));
    page.send_keys(&char::from(Key::Right).to_string());
    page.wait_until("the next slide", |page| page.slide_index() == json!(2));
}
