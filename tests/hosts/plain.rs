//! Two elements on a page run beside each other.

use crate::page::Page;
use crate::site::{digest, example, serve};

#[test]
fn two_playgrounds_on_a_page_run_and_are_changed_each_for_itself() {
    let page = Page::of_host(&serve(example("plain"), Vec::new(), Vec::new()));
    for (number, query) in [(0, "scene=linux&tasks=200"), (1, "scene=one-transaction&tasks=200")] {
        page.come_to(&format!("lockstep-playground:nth-of-type({}) iframe", number + 1));
        page.play_in_frame(number);
        assert_eq!(page.result().digest, digest(query));
        page.leave_frame();
    }
    page.enter_frame(0);
    page.set_tasks_in_frame(20);
    page.wait_until("the other run", |page| page.finished() && page.result().digest == digest("scene=linux&tasks=20"));
    page.leave_frame();
    page.enter_frame(1);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=200"));
}
