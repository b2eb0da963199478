//! A book embeds the playground in Markdown and passes on its theme.

use crate::page::Page;
use crate::server;
use crate::site::{copy, digest, example, fresh_folder, serve, tools};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

/// Builds the example with mdBook, with the playground under `src/`, and returns the book's folder.
fn build_book() -> PathBuf {
    let folder = fresh_folder("mdbook");
    copy(&example("mdbook"), &folder);
    copy(&server::dist(), &folder.join("src/lockstep"));
    let mdbook = tools().join("bin/mdbook");
    let built =
        Command::new(mdbook).arg("build").arg(&folder).output().expect("mdbook is installed; script/bootstrap --all does it");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    folder.join("book")
}

#[test]
fn a_book_shows_the_playground_and_passes_on_its_theme() {
    let address = serve(build_book(), Vec::new(), Vec::new());
    let page = Page::open_host_page(&format!("{address}locked.html"));
    page.scroll_to("lockstep-playground iframe");
    page.enter_frame_and_wait(0);
    assert_eq!(page.result().digest, digest("scene=linux&tasks=100"));
    page.leave_frame();
    page.evaluate("document.documentElement.className = 'coal'");
    page.enter_frame(0);
    page.wait_until("the dark colours", |page| page.evaluate("return document.documentElement.dataset.theme") == json!("dark"));
    page.go_to(&format!("{address}unlocked.html"));
    page.scroll_to("main iframe");
    page.enter_frame_and_wait(0);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=100"));
}
