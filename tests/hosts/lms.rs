//! Learning management systems, as far as they restrict what a teacher puts in: Moodle cleans pages, Canvas shows files in frames without
//! an origin. The pages here apply just these restrictions.

use crate::page::Page;
use crate::server;
use crate::site::{digest, example, fresh_folder, serve};
use serde_json::json;
use std::path::PathBuf;

/// What Moodle leaves of a page that somebody wrote: comments, scripts, handlers and elements with names of their own are gone.
fn cleaned(html: &str) -> String {
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
        let is_plain = end == ">" && !name.contains('-') && !has_handler;
        if is_plain {
            out += &format!("<{inside}>");
        }
        rest = after;
    }
    out + rest
}

fn read(path: PathBuf) -> String {
    std::fs::read_to_string(path).expect("a file of the example, or the one file, which script/build makes")
}

/// The example's folder with the one file beside its pages, and Moodle's page cleaned; a copy for each test, which run at once.
fn course(name: &str) -> PathBuf {
    let folder = fresh_folder(name);
    let moodle = cleaned(&read(example("lms").join("moodle.html")));
    let page = format!("<!doctype html><title>Course</title><link rel=\"icon\" href=\"data:,\"><main>{moodle}</main>");
    let one_file = read(server::dist().join("lockstep.html"));
    let canvas = read(example("lms").join("canvas.html"));
    for (name, text) in [("moodle.html", page), ("canvas.html", canvas), ("lockstep.html", one_file)] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    folder
}

#[test]
fn moodle_lets_the_frame_through_and_not_the_element() {
    let element = read(example("plain").join("index.html"));
    assert!(!cleaned(&element).contains("lockstep-playground"));
    let address = serve(course("moodle"), Vec::new(), Vec::new());
    let page = Page::of_host(&format!("{address}moodle.html"));
    page.come_to("iframe");
    page.play_in_frame(0);
    assert_eq!(page.result().digest, digest("sleep=2"));
    page.leave_frame();
    page.script("document.querySelector('a').click()");
    page.wait_until("the one file", |page| page.has("button", "Skip"));
}

#[test]
fn in_canvas_the_one_file_runs_and_the_folder_says_what_it_would_need() {
    let address = serve(course("canvas-file"), Vec::new(), Vec::new());
    let page = Page::of_host(&format!("{address}canvas.html"));
    page.play_in_frame(0);
    assert_eq!(page.script("return window.origin"), json!("null"));
    assert_eq!(page.result().digest, digest("tasks=60"));
    page.leave_frame();
    page.enter_frame(1);
    let problem = "return document.getElementById('problem')?.textContent ?? ''";
    page.wait_until("the words", |page| page.script(problem).as_str().is_some_and(|words| words.contains("lockstep.html")));
}

#[test]
fn in_canvas_the_folder_runs_too_if_its_server_allows_everybody_to_read_it() {
    let allowed = vec![("access-control-allow-origin", "*")];
    let page = Page::of_host(&format!("{}canvas.html", serve(course("canvas-folder"), Vec::new(), allowed)));
    page.come_to("iframe:nth-of-type(2)");
    page.play_in_frame(1);
    assert_eq!(page.result().digest, digest("tasks=60"));
}
