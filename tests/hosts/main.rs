//! Tests of the playground on host pages: each example of `examples/embed/`, built with the host's
//! own tool, in a real browser. `cargo test --test hosts` runs them; they need `dist/`,
//! chromedriver and the tools that `script/bootstrap --all` installs.
//!
//! | module | what it proves |
//! |---|---|
//! | [`plain`] | two playgrounds on a page do not interfere |
//! | [`mdbook`] | a book embeds the playground in Markdown and passes on its theme |
//! | [`reveal`] | on slides the state survives unloading, and Escape returns the focus |
//! | [`lms`] | it works on Moodle's sanitized pages and in Canvas' sandboxed iframes |
//!
//! [`site`] serves an example together with the built page.

#[path = "../e2e/browser.rs"]
#[allow(dead_code, reason = "only the tests of the page use the rest")]
mod browser;
mod lms;
mod mdbook;
#[path = "../e2e/page.rs"]
#[allow(dead_code, reason = "only the tests of the page use the rest")]
mod page;
mod plain;
mod reveal;
#[path = "../e2e/server.rs"]
#[allow(dead_code, reason = "only the tests of the page use the rest")]
mod server;
mod site;
