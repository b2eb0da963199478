//! The page that says how true all of it is: it shows the kept comparison, claims no more than that says, and its charts and links are whole.

use crate::folder;
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

fn kept() -> Value {
    let text = read(&folder().join("../data/report.json")).expect("the kept comparison");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn what_it_claims_of_the_model_is_what_the_kept_comparison_says() {
    let kept = kept();
    let ratio = |of: &Value, what: &str| of["ratio"][what].as_f64().expect("a ratio");
    assert!(ratio(&kept, "rows") <= 1.0 && ratio(&kept, "curve") <= 1.0, "no further than real runs are from each other");
    let others = kept["others"].as_array().expect("other machines");
    let worse = |other: &&Value| other["mean"]["rows"].as_f64() > kept["mean"]["rows"].as_f64();
    assert!(others.iter().filter(worse).count() * 2 > others.len(), "mostly off by more elsewhere");
    let html = html();
    assert!(
        html.contains("no further from a real run than real runs are from each other") && html.contains("mostly off by more")
    );
}

#[test]
fn every_measured_setting_is_there_with_its_runs_and_a_link_to_the_models() {
    let html = html();
    for setting in kept()["settings"].as_array().expect("settings") {
        let scenario = setting["scenario"].as_str().expect("a query string");
        let link = format!("{scenario}&machine=linux-vm");
        let row = format!("href=\"?{}\">{}</a>", link.replace('&', "&amp;"), report::words(scenario));
        assert!(html.contains(&row), "{row}");
        let reading = query::read(&link);
        assert!(reading.errors.is_empty() && reading.scenario.machine == MachineChoice::LinuxVm, "{link}: {:?}", reading.errors);
    }
}

#[test]
fn every_part_of_the_models_description_is_in_it() {
    let texts: String = sections().iter().map(|section| section.text.clone()).collect();
    let model = read(&folder().join("../docs/model.md")).expect("the description");
    for heading in model.lines().filter_map(|line| line.strip_prefix("## ")) {
        assert!(texts.contains(&format!("{{{{model: {heading}}}}}")), "{heading} is not shown");
    }
    let html = html();
    assert!(html.matches("<strong>hypothesis</strong>").count() >= 2, "both laptops are called what they are");
    assert!(html.contains("href=\"lesson/facts.html#f13.11\""), "facts are links");
}

#[test]
fn what_it_says_of_few_tasks_on_the_laptop_is_what_the_model_gives() {
    let rows = |tasks: u32, seed: u32| {
        let scenario = query::read_strictly(&format!("tasks={tasks}&seed={seed}"), None).expect("a scenario");
        Outcome::of(&model::run(&scenario).expect("a run that fits")).inserted()
    };
    assert!((1..=10).all(|seed| rows(55, seed) == 55 && rows(60, seed) == 56));
    assert!(html().contains("all of 55 tasks get in, and of 60 only 56"));
}

#[test]
fn its_charts_have_the_pages_colours_and_nothing_has_a_style_or_a_name_twice() {
    let html = html();
    for colour in ["fill=\"#", "stroke=\"#", " style=", "<script", "<style", "{{", "[["] {
        assert!(!html.contains(colour), "{colour}");
    }
    assert!(html.matches("<svg").count() == html.matches("</svg>").count() && html.matches("role=\"img\"").count() >= 3);
    // What the page takes in is the inside of `main`.
    let names = |html: &str| {
        html.split_once("<main")
            .expect("a main part")
            .1
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let lesson = lockstep_site::page::lesson(&crate::sections(), &crate::kept_figures(), "").expect("the lesson");
    let all = [names(&html), names(&lesson)].concat();
    assert_eq!(all.len(), all.iter().collect::<BTreeSet<_>>().len(), "they stand on one page");
}

#[test]
fn a_mark_that_stands_for_nothing_is_refused_with_the_sections_name() {
    let sources = Sources::read(&folder().join("..")).expect("the sources");
    for mark in ["report: nothing", "model: No such heading", "figure: none", "other: thing", "means"] {
        let section =
            Section::parse("01-here.md", &format!("---\ntitle: T\nscenario: t=1\n---\n{{{{{mark}}}}}")).expect("a section");
        let message = truth(&[section], &sources, "").expect_err("it stands for nothing").to_string();
        assert!(message.contains("here") || message.contains("none.svg"), "{mark}: {message}");
    }
}
