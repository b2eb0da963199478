//! A book has the playground in Markdown, and hands on its theme.

use crate::page::Page;
use crate::server;
use crate::site::{copy, digest, example, fresh_folder, serve, tools};
use serde_json::json;
use std::path::PathBuf;
use std::process::Command;

/// The example with the playground under `src/`, built by mdBook.
fn book() -> PathBuf {
    let folder = fresh_folder("mdbook");
    copy(&example("mdbook"), &folder);
    copy(&server::dist(), &folder.join("src/lockstep"));
    let mdbook = tools().join("bin/mdbook");
    let built = Command::new(mdbook).arg("build").arg(&folder).output().expect("mdbook; script/bootstrap --all installs it");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    folder.join("book")
}

#[test]
fn a_book_shows_it_on_its_pages_and_hands_on_its_theme() {
    let address = serve(book(), Vec::new(), Vec::new());
    let page = Page::of_host(&format!("{address}locked.html"));
    page.come_to("lockstep-playground iframe");
    page.play_in_frame(0);
    assert_eq!(page.result().digest, digest("scene=linux&tasks=100"));
    page.leave_frame();
    page.script("document.documentElement.className = 'coal'");
    page.enter_frame(0);
    page.wait_until("the dark colours", |page| page.script("return document.documentElement.dataset.theme") == json!("dark"));
    page.go_to(&format!("{address}unlocked.html"));
    page.come_to("main iframe");
    page.play_in_frame(0);
    assert_eq!(page.result().digest, digest("scene=one-transaction&tasks=100"));
}
