//! What the clerk can be asked, and how it answers: text both ways, or a file.

use crate::sections::present_run::{PresentRun, present_run};
use js_sys::Array;
use lockstep_core::challenges::{CHALLENGES, Condition};
use lockstep_core::export::picture::{Frame, Picture, Theme, svg};
use lockstep_core::export::{Format, trace_json};
use lockstep_core::link::values::seconds;
use lockstep_core::model;
use lockstep_core::playback::Playback;
use lockstep_core::scenario::Scenario;
use lockstep_core::sweep::job;
use lockstep_core::time::SimTime;
use lockstep_core::trace::Outcome;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

const FACTS: &str = "facts";
const FILE: &str = "file";
const PICTURE: &str = "picture";
const CONDITIONS: &str = "conditions";
/// Stands before the reason for which a run was refused.
const REFUSED: &str = "! ";
/// Between the parts of a line.
const TAB: &str = "\t";
/// Parts of a file are collected into pieces of about this size.
const PIECE: usize = 1 << 20;

/// What is to be known of a run before files are made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sections) struct Facts {
    pub(in crate::sections) digest: String,
    /// About how long the file of each format will be.
    pub(in crate::sections) bytes: Vec<usize>,
    pub(in crate::sections) stopped_at: SimTime,
    /// Where the playback bar ends.
    pub(in crate::sections) end: SimTime,
}

/// The question for [`Facts`].
pub(in crate::sections) fn facts(scenario: &Scenario) -> String {
    question(FACTS, scenario, &[])
}

/// The question for a file with the run's events.
pub(in crate::sections) fn file(scenario: &Scenario, format: Format) -> String {
    question(FILE, scenario, &[format.ending()])
}

/// The question for a picture as SVG.
pub(in crate::sections) fn picture(scenario: &Scenario, at: SimTime, picture: Picture, frame: &Frame) -> String {
    let picture = Picture::ALL.iter().position(|(one, ..)| *one == picture);
    let theme = Theme::ALL.iter().position(|(one, _)| *one == frame.theme);
    let numbers = [picture.unwrap_or(0), theme.unwrap_or(0), frame.width as usize, frame.height as usize];
    let numbers = numbers.map(|number| number.to_string());
    question(PICTURE, scenario, &[&at.to_string(), &numbers.join("\n")])
}

/// The question for how far a run meets the conditions of these challenges.
pub(in crate::sections) fn conditions<'a>(scenario: &Scenario, names: impl Iterator<Item = &'a str>) -> String {
    question(CONDITIONS, scenario, &[&names.collect::<Vec<_>>().join(TAB)])
}

fn question(kind: &str, scenario: &Scenario, more: &[&str]) -> String {
    [&[kind, &job::write(scenario)], more].concat().join("\n")
}

/// The kind of a question.
pub(super) fn kind(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// Whether somebody waits for the answer to each question of a kind, however many there are.
pub(super) fn is_for_each(kind: &str) -> bool {
    kind == FILE
}

/// Answers a question, of whatever kind.
pub(in crate::sections) fn answer(text: &str) -> JsValue {
    let mut lines = text.split('\n');
    let kind = lines.next().unwrap_or_default();
    let run = present_run(&job::read(lines.next().unwrap_or_default()));
    let rest: Vec<&str> = lines.collect();
    match (run, kind) {
        (Err(refusal), _) => [REFUSED, &refusal].concat().into(),
        (Ok(run), FACTS) => write_facts(&run).into(),
        (Ok(run), FILE) => write_file(&run, rest.first().unwrap_or(&"")).into(),
        (Ok(run), PICTURE) => write_picture(&run, &rest).into(),
        (Ok(run), _) => write_conditions(&run, rest.first().unwrap_or(&"")).into(),
    }
}

fn write_facts(run: &PresentRun) -> String {
    let PresentRun { trace, index } = run;
    let times = [trace.stopped_at(), Playback::new(trace).end].map(|time| time.to_string());
    let bytes = Format::ALL.map(|(format, _)| format.about_bytes(trace, index).to_string());
    [&[trace_json::digest_text(trace)], &times[..], &bytes[..]].concat().join(TAB)
}

/// Reads the answer to [`facts`].
///
/// # Errors
/// If the run was refused, with the reason.
pub(in crate::sections) fn read_facts(answer: &JsValue) -> Result<Facts, String> {
    let text = answer.as_string().unwrap_or_default();
    let read = || {
        let mut parts = text.split(TAB);
        let digest = parts.next()?.to_owned();
        let mut time = || seconds(parts.next()?);
        let (stopped_at, end) = (time()?, time()?);
        let bytes = parts.map_while(|part| part.parse().ok()).collect();
        Some(Facts { digest, bytes, stopped_at, end })
    };
    read().ok_or_else(|| text.strip_prefix(REFUSED).unwrap_or(&text).to_owned())
}

/// A file with the run's events; undefined if the browser has no Blob.
fn write_file(run: &PresentRun, ending: &str) -> Option<JsValue> {
    let (format, _) = Format::ALL.into_iter().find(|(format, _)| format.ending() == ending)?;
    let (parts, mut piece) = (Array::new(), String::new());
    for line in format.lines(&run.trace, &run.index) {
        piece += &line;
        if piece.len() >= PIECE {
            parts.push(&std::mem::take(&mut piece).into());
        }
    }
    parts.push(&piece.into());
    let options = BlobPropertyBag::new();
    options.set_type(format.media_type());
    Blob::new_with_str_sequence_and_options(&parts, &options).ok().map(JsValue::from)
}

fn write_picture(run: &PresentRun, rest: &[&str]) -> Option<String> {
    let number = |place: usize| rest.get(place)?.parse::<usize>().ok();
    let at = seconds(rest.first()?)?;
    let (picture, ..) = Picture::ALL.get(number(1)?)?;
    let (theme, _) = *Theme::ALL.get(number(2)?)?;
    let side = |place: usize| u32::try_from(number(place)?).ok();
    Some(svg(&run.trace, &run.index, at, *picture, &Frame { width: side(3)?, height: side(4)?, theme }))
}

fn write_conditions(run: &PresentRun, names: &str) -> String {
    let asked = CHALLENGES.into_iter().filter(|challenge| names.split(TAB).any(|name| name == challenge.name));
    let lines = asked.flat_map(|challenge| {
        let rival = challenge.rival(&run.trace.scenario).and_then(|rival| model::run(&rival).ok());
        let conditions = challenge.conditions(&run.trace, &run.index, rival.map(|rival| Outcome::of(&rival)).as_ref());
        conditions.into_iter().map(|Condition { text, met }| [challenge.name, if met { "yes" } else { "no" }, &text].join(TAB))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads the answer to [`conditions`]: each challenge with its conditions.
pub(in crate::sections) fn read_conditions(answer: &JsValue) -> Vec<(&'static str, Vec<Condition>)> {
    let text = answer.as_string().unwrap_or_default();
    let mut read: Vec<(&'static str, Vec<Condition>)> = Vec::new();
    for line in text.lines() {
        let mut parts = line.splitn(3, TAB);
        let (Some(name), Some(met), Some(text)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let Some(challenge) = CHALLENGES.into_iter().find(|challenge| challenge.name == name) else { continue };
        let condition = Condition { text: text.to_owned(), met: met == "yes" };
        match read.last_mut().filter(|(last, _)| *last == challenge.name) {
            Some((_, conditions)) => conditions.push(condition),
            None => read.push((challenge.name, vec![condition])),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_has_the_run_that_it_is_about_and_its_kind() {
        let scenario = Scenario { tasks: 7, ..Scenario::default() };
        let text = conditions(&scenario, ["a", "b"].into_iter());
        assert_eq!((kind(&text), text.as_str()), (CONDITIONS, "conditions\ntasks=7\na\tb"));
        assert!(is_for_each(kind(&file(&scenario, Format::Csv))) && !is_for_each(kind(&facts(&scenario))));
    }
}
