//! The playground in other people's pages: each example of `examples/embed/`, built with its host's own tool, in a real browser.
//! `cargo test --test hosts` runs these; they need `dist/`, chromedriver, and what `script/bootstrap --all` installs.
//!
//! | module | what it proves |
//! |---|---|
//! | [`plain`] | two elements on a page run beside each other |
//! | [`mdbook`] | a book has it in Markdown, and hands on its theme |
//! | [`reveal`] | on slides its state outlives its frame, and Escape gives the keys back |
//! | [`lms`] | Moodle's cleaned pages and Canvas' frames without an origin |
//!
//! [`site`] puts an example and the built page beside each other.

#[path = "../e2e/browser.rs"]
#[allow(dead_code, reason = "what only the page's own tests need")]
mod browser;
mod lms;
mod mdbook;
#[path = "../e2e/page.rs"]
#[allow(dead_code, reason = "what only the page's own tests need")]
mod page;
mod plain;
mod reveal;
#[path = "../e2e/server.rs"]
#[allow(dead_code, reason = "what only the page's own tests need")]
mod server;
mod site;
