//! Two playgrounds on a page do not interfere.

use crate::page::Page;
use crate::site::{digest, example, serve};

#[test]
fn two_playgrounds_on_a_page_run_and_change_independently() {
    let page = Page::open_host_page(&serve(example("plain"), Vec::new(), Vec::new()));
    for (index, query) in [(0, "scene=linux&tasks=200"), (1, "scene=one-transaction&tasks=200")] {
        page.scroll_to(&format!("lockstep-playground:nth-of-type({}) iframe", index + 1));
        page.enter_frame_and_wait(index);
        assert_eq!(page.result().digest, digest(query));
        page.leave_frame();
    }
    page.enter_frame(0);
    page.set_tasks_in_frame(20);
    page.wait_until("the run of 20 tasks", |page| page.is_finished() && page.result().digest == digest("scene=linux&tasks=20"));
    page.leave_frame();
    page.enter_frame(1);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=200"));
}
