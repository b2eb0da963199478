//! The page about the model's accuracy shows the comparison in `data/report.json`, claims no more
//! than it supports, and has valid charts and links.

use crate::folder;
use lockstep_core::link;
use lockstep_core::model;
use lockstep_core::scenario::{MachineChoice, query};
use lockstep_core::trace::Outcome;
use lockstep_site::truth::{Sources, truth};
use lockstep_site::{Section, read, report};
use serde_json::Value;
use std::collections::BTreeSet;

fn sections() -> Vec<Section> {
    Section::read_all(&folder().join("truth")).expect("the sections can be read")
}

fn html() -> String {
    truth(&sections(), &Sources::read(&folder().join("..")).expect("the sources"), "").expect("the page can be rendered")
}

/// The comparison of the model with measured runs.
fn report() -> Value {
    let text = read(&folder().join("../data/report.json")).expect("report.json can be read");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn the_claims_about_accuracy_agree_with_the_report() {
    let report = report();
    let ratio = |name: &str| report["ratio"][name].as_f64().expect("a ratio");
    assert!(ratio("rows") <= 1.0 && ratio("curve") <= 1.0, "the error is at most the difference between measured runs");
    let others = report["others"].as_array().expect("other machines");
    let is_worse = |other: &&Value| other["mean"]["rows"].as_f64() > report["mean"]["rows"].as_f64();
    assert!(others.iter().filter(is_worse).count() * 2 > others.len(), "the error is larger on most other machines");
    let html = html();
    assert!(
        html.contains("no further from a real run than real runs are from each other") && html.contains("mostly off by more")
    );
}

#[test]
fn every_measured_setting_has_a_row_with_a_valid_link_to_the_models_run() {
    let html = html();
    for setting in report()["settings"].as_array().expect("settings") {
        let scenario = setting["scenario"].as_str().expect("a query string");
        let link = format!("{scenario}&machine=linux-vm");
        let row = format!("href=\"?{}\">{}</a>", link.replace('&', "&amp;"), report::words(scenario));
        assert!(html.contains(&row), "{row}");
        let reading = query::read(&link);
        assert!(reading.errors.is_empty() && reading.scenario.machine == MachineChoice::LinuxVm, "{link}: {:?}", reading.errors);
    }
}

#[test]
fn the_page_includes_every_section_of_the_models_description() {
    let texts: String = sections().iter().map(|section| section.text.clone()).collect();
    let model = read(&folder().join("../docs/model.md")).expect("the description");
    for heading in model.lines().filter_map(|line| line.strip_prefix("## ")) {
        assert!(texts.contains(&format!("{{{{model: {heading}}}}}")), "the section {heading} is missing");
    }
    let html = html();
    assert!(html.matches("<strong>hypothesis</strong>").count() >= 2, "both laptop profiles are marked as hypotheses");
    assert!(html.contains("href=\"lesson/facts.html#f13.11\""), "the page links to facts");
}

#[test]
fn the_numbers_for_few_tasks_on_the_laptop_are_those_of_the_model() {
    let rows = |tasks: u32, seed: u32| {
        let scenario = link::read_strictly(&format!("tasks={tasks}&seed={seed}"), None).expect("a scenario");
        Outcome::of(&model::run(&scenario).expect("a run within the limits")).inserted()
    };
    assert!((1..=10).all(|seed| rows(55, seed) == 55 && rows(60, seed) == 56));
    assert!(html().contains("all of 55 tasks get in, and of 60 only 56"));
}

#[test]
fn charts_have_no_fixed_colours_and_ids_are_unique_also_together_with_the_lesson() {
    let html = html();
    for colour in ["fill=\"#", "stroke=\"#", " style=", "<script", "<style", "{{", "[["] {
        assert!(!html.contains(colour), "{colour}");
    }
    assert!(html.matches("<svg").count() == html.matches("</svg>").count() && html.matches("role=\"img\"").count() >= 3);
    // The main page includes only the content of `main`.
    let ids = |html: &str| {
        html.split_once("<main")
            .expect("a main element")
            .1
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let lesson = lockstep_site::page::lesson(&crate::sections(), &crate::kept_figures(), "").expect("the lesson");
    let all = [ids(&html), ids(&lesson)].concat();
    assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len(), "both texts are on one page");
}

#[test]
fn an_error_about_an_unknown_mark_names_the_section_or_the_file() {
    let sources = Sources::read(&folder().join("..")).expect("the sources");
    for mark in ["report: nothing", "model: No such heading", "figure: none", "other: thing", "means"] {
        let section =
            Section::parse("01-here.md", &format!("---\ntitle: T\nscenario: t=1\n---\n{{{{{mark}}}}}")).expect("a section");
        let message = truth(&[section], &sources, "").expect_err("the mark is unknown").to_string();
        assert!(message.contains("here") || message.contains("none.svg"), "{mark}: {message}");
    }
}
