//! Learning management systems. These tests reproduce their restrictions: Moodle sanitizes pages,
//! Canvas shows files in sandboxed iframes with an opaque origin.

use crate::page::Page;
use crate::server;
use crate::site::{digest, example, fresh_folder, serve};
use serde_json::json;
use std::path::PathBuf;

/// Removes what Moodle removes from a page: comments, scripts, event handlers and custom elements.
fn sanitize(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out += before;
        let end = if tag.starts_with("!--") {
            "-->"
        } else if tag.starts_with("script") {
            "</script>"
        } else {
            ">"
        };
        let (inside, after) = tag.split_once(end).unwrap_or((tag, ""));
        let name = inside.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        let has_handler = inside.split_whitespace().any(|part| part.starts_with("on") && part.contains('='));
        let is_allowed = end == ">" && !name.contains('-') && !has_handler;
        if is_allowed {
            out += &format!("<{inside}>");
        }
        rest = after;
    }
    out + rest
}

fn read(path: PathBuf) -> String {
    std::fs::read_to_string(path).expect("the file exists; script/build makes lockstep.html")
}

/// A folder with the example's pages, Moodle's sanitized, and the single-file build. Each test has
/// its own copy, because tests run in parallel.
fn course_folder(name: &str) -> PathBuf {
    let folder = fresh_folder(name);
    let moodle = sanitize(&read(example("lms").join("moodle.html")));
    let page = format!("<!doctype html><title>Course</title><link rel=\"icon\" href=\"data:,\"><main>{moodle}</main>");
    let one_file = read(server::dist().join("lockstep.html"));
    let canvas = read(example("lms").join("canvas.html"));
    for (name, text) in [("moodle.html", page), ("canvas.html", canvas), ("lockstep.html", one_file)] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    folder
}

#[test]
fn moodle_keeps_the_iframe_and_removes_the_element() {
    let element = read(example("plain").join("index.html"));
    assert!(!sanitize(&element).contains("lockstep-playground"));
    let address = serve(course_folder("moodle"), Vec::new(), Vec::new());
    let page = Page::open_host_page(&format!("{address}moodle.html"));
    page.scroll_to("iframe");
    page.enter_frame_and_wait(0);
    assert_eq!(page.result().digest, digest("sleep=2"));
    page.leave_frame();
    page.evaluate("document.querySelector('a').click()");
    page.wait_until("the page in one file", |page| page.has("button", "Skip"));
}

#[test]
fn in_canvas_the_single_file_runs_and_the_folder_explains_what_it_needs() {
    let address = serve(course_folder("canvas-file"), Vec::new(), Vec::new());
    let page = Page::open_host_page(&format!("{address}canvas.html"));
    page.enter_frame_and_wait(0);
    assert_eq!(page.evaluate("return window.origin"), json!("null"));
    assert_eq!(page.result().digest, digest("tasks=60"));
    page.leave_frame();
    page.enter_frame(1);
    let message = "return document.getElementById('problem')?.textContent ?? ''";
    page.wait_until("the message", |page| page.evaluate(message).as_str().is_some_and(|text| text.contains("lockstep.html")));
}

#[test]
fn in_canvas_the_folder_runs_if_its_server_allows_all_origins() {
    let headers = vec![("access-control-allow-origin", "*")];
    let page = Page::open_host_page(&format!("{}canvas.html", serve(course_folder("canvas-folder"), Vec::new(), headers)));
    page.scroll_to("iframe:nth-of-type(2)");
    page.enter_frame_and_wait(1);
    assert_eq!(page.result().digest, digest("tasks=60"));
}
