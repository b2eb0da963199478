//! Foreign JSON, read number by number: whatever is wrong is answered with the field and what it
//! may be.
//!
//! For what people bring to the page or the command line, as the scripts of `calibrate/` print it:
//! one object, or several with any white space between.

use crate::text::{quoted, shortened};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::{Map, Value};
use thiserror::Error;

/// Longer texts are refused unread: the longest that the scripts print, of 10 000 tasks, has a
/// tenth of it.
pub const MOST_BYTES: usize = 2_000_000;
/// More objects than anybody measures.
const MOST_OBJECTS: usize = 100;

/// A text that holds no objects.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JsonError {
    /// Nothing but white space.
    #[error("there is nothing in it")]
    Empty,
    /// Too long to be what is expected.
    #[error("it has {0} bytes; allowed: at most 2 million")]
    TooLong(usize),
    /// Too many objects.
    #[error("it has more than 100 JSON objects")]
    TooMany,
    /// Not JSON, from this place on.
    #[error("it is not JSON: {0}")]
    NotJson(String),
    /// JSON, but a list or a number.
    #[error("it is JSON, but not an object in braces")]
    NotAnObject,
}

/// A field that is missing, or is not what it may be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field}: {problem}")]
pub struct FieldError {
    /// Its name; for a number in a table, the table's name first.
    pub field: String,
    /// What is wrong, with what is allowed.
    pub problem: String,
}

impl FieldError {
    /// About a field of `table`, or of no table if that is empty.
    pub fn new(table: &str, field: &str, problem: impl Into<String>) -> Self {
        let separator = if table.is_empty() { "" } else { ": " };
        Self { field: [table, separator, field].concat(), problem: problem.into() }
    }
}

/// Reads foreign JSON into a type. An error names the field, by its path from the top, or `whole`
/// if it belongs to no field.
///
/// # Errors
/// If a field is missing, not known, of another type or out of range, or the text is not JSON.
pub fn deserialize<'de, T: Deserialize<'de>>(
    json: impl Deserializer<'de, Error = serde_json::Error>,
    whole: &str,
) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(json).map_err(|error| {
        let path = error.path().to_string();
        // Serde writes `.` for the whole and `?` for a key that it could not read.
        let path = shortened(path.trim_end_matches(['.', '?']));
        match problem(error.inner()) {
            (Some(field), problem) => FieldError {
                field: [path.as_str(), &field].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("."),
                problem,
            },
            (None, problem) => FieldError::new("", if path.is_empty() { whole } else { &path }, problem),
        }
    })
}

/// Serde's message in our words: the field that it names beyond the path, and what is wrong. It may
/// hold foreign text of any length.
fn problem(error: &serde_json::Error) -> (Option<String>, String) {
    let message = error.to_string();
    let said = message.rsplit_once(" at line ").map_or(message.as_str(), |(said, _)| said);
    if error.classify() != Category::Data {
        let position = &message[said.len()..];
        return (None, format!("it is not JSON: {}{position}", shortened(said)));
    }
    let between = |before: &str, after: &str| said.strip_prefix(before).and_then(|rest| rest.split_once(after));
    if let Some((field, _)) = between("missing field `", "`") {
        return (Some(field.to_owned()), "is missing".to_owned());
    }
    if said.starts_with("unknown field `") {
        return (None, "is not known".to_owned());
    }
    if let Some((word, known)) = said.strip_prefix("unknown variant `").and_then(|rest| rest.rsplit_once("`, expected ")) {
        return (None, not_allowed(&quoted(word), &known.replace('`', "").replace("one of ", "")));
    }
    if let Some((found, expected)) =
        said.strip_prefix("invalid ").and_then(|rest| rest.split_once(": ")?.1.rsplit_once(", expected "))
    {
        return (None, not_allowed(&found_value(found), &expected_type(expected)));
    }
    // A sentence of our own, which a type's own way of reading wrote.
    (None, said.to_owned())
}

fn not_allowed(value: &str, allowed: &str) -> String {
    format!("{value} is not allowed; allowed: {allowed}")
}

/// The value that serde found: `string "long"`, ``integer `-1` ``, `null`, `map`, `sequence`.
fn found_value(found: &str) -> String {
    match found {
        "map" => "a table".to_owned(),
        "sequence" => "a list".to_owned(),
        "null" => "nothing".to_owned(),
        _ => match found.split_once(['"', '`']) {
            Some(("string ", text)) => quoted(text.trim_end_matches('"')),
            Some((_, value)) => shortened(value.trim_end_matches('`')),
            None => shortened(found),
        },
    }
}

/// The type that serde expected.
fn expected_type(expected: &str) -> String {
    match expected {
        "u32" => format!("a whole number from 0 to {}", u32::MAX),
        "u64" => "a whole number from 0 on".to_owned(),
        "a string" => "a text".to_owned(),
        "a map" => "a table".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a boolean" => "true or false".to_owned(),
        other => other.to_owned(),
    }
}

/// A JSON object, and where it stands in another.
#[derive(Clone, Debug)]
pub struct Object {
    name: String,
    fields: Map<String, Value>,
}

impl Object {
    /// Every object of `text`.
    ///
    /// # Errors
    /// If there is none, or something else.
    pub fn all(text: &str) -> Result<Vec<Self>, JsonError> {
        if text.len() > MOST_BYTES {
            return Err(JsonError::TooLong(text.len()));
        }
        let mut objects = Vec::new();
        // Windows' shells begin a file with a byte order mark.
        for value in serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter() {
            match value.map_err(|error| JsonError::NotJson(shortened(&error.to_string())))? {
                Value::Object(fields) => objects.push(Self { name: String::new(), fields }),
                _ => return Err(JsonError::NotAnObject),
            }
            if objects.len() > MOST_OBJECTS {
                return Err(JsonError::TooMany);
            }
        }
        if objects.is_empty() { Err(JsonError::Empty) } else { Ok(objects) }
    }

    /// Whether it has such a field, with something in it.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    fn get(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !value.is_null())
    }

    fn wrong(&self, field: &str, problem: impl Into<String>) -> FieldError {
        FieldError::new(&self.name, field, problem)
    }

    fn required(&self, field: &str) -> Result<&Value, FieldError> {
        self.get(field).ok_or_else(|| self.wrong(field, "is missing"))
    }

    /// The object that is a field of this one.
    ///
    /// # Errors
    /// If it is missing or something else.
    pub fn table(&self, field: &str) -> Result<Self, FieldError> {
        match self.required(field)? {
            Value::Object(fields) => Ok(Self { name: field.to_owned(), fields: fields.clone() }),
            other => Err(self.wrong(field, format!("must be a table, not {}", shown(other)))),
        }
    }

    /// A number from `least` to `most`.
    ///
    /// # Errors
    /// If it is missing, something else, or outside.
    pub fn number(&self, field: &str, least: f64, most: f64) -> Result<f64, FieldError> {
        self.read_number(field, self.required(field)?, least, most)
    }

    /// A whole number from `least` to `most`.
    ///
    /// # Errors
    /// If it is missing, something else, or outside.
    pub fn count(&self, field: &str, least: u32, most: u32) -> Result<u32, FieldError> {
        let value = self.required(field)?;
        let count = value.as_u64().and_then(|count| u32::try_from(count).ok()).filter(|count| (least..=most).contains(count));
        count.ok_or_else(|| {
            self.wrong(field, format!("{} is not allowed; allowed: a whole number from {least} to {most}", shown(value)))
        })
    }

    /// A list of numbers from `least` to `most`, at most so many.
    ///
    /// # Errors
    /// Likewise, for any of them.
    pub fn numbers(&self, field: &str, longest: usize, least: f64, most: f64) -> Result<Vec<f64>, FieldError> {
        match self.required(field)? {
            Value::Array(values) if values.len() <= longest => {
                values.iter().map(|value| self.read_number(field, value, least, most)).collect()
            }
            Value::Array(values) => Err(self.wrong(field, format!("has {} numbers; allowed: at most {longest}", values.len()))),
            other => Err(self.wrong(field, format!("must be a list of numbers, not {}", shown(other)))),
        }
    }

    fn read_number(&self, field: &str, value: &Value, least: f64, most: f64) -> Result<f64, FieldError> {
        let number = value.as_f64().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| {
            self.wrong(field, format!("{} is not allowed; allowed: a number from {least} to {most}", shown(value)))
        })
    }

    /// A word, number or switch as a link would have it: `true` is 1.
    #[must_use]
    pub fn word(&self, field: &str) -> Option<String> {
        Some(match self.get(field)? {
            Value::String(text) => text.clone(),
            Value::Bool(on) => u8::from(*on).to_string(),
            Value::Number(number) => number.to_string(),
            other => shown(other),
        })
    }
}

/// Foreign JSON in a sentence: short.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a table".to_owned(),
        Value::String(text) => quoted(text),
        other => shortened(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> Object {
        Object::all(text).expect("JSON").remove(0)
    }

    #[test]
    fn objects_may_be_many_with_any_white_space_between() {
        let count = |text: &str| Object::all(text).map(|objects| objects.len());
        assert_eq!((count("{}"), count("\u{feff}{}\r\n\r\n{} {}{}\n")), (Ok(1), Ok(4)));
        assert_eq!((count(""), count(" \n")), (Err(JsonError::Empty), Err(JsonError::Empty)));
        assert_eq!((count("[1]"), count("7")), (Err(JsonError::NotAnObject), Err(JsonError::NotAnObject)));
        assert_eq!(count(&"{}".repeat(101)), Err(JsonError::TooMany));
        assert_eq!(count(&" ".repeat(MOST_BYTES + 1)), Err(JsonError::TooLong(MOST_BYTES + 1)));
        assert!(matches!(count("{\"a\": NaN}"), Err(JsonError::NotJson(_))));
        assert!(matches!(count(&"[".repeat(100_000)), Err(JsonError::NotJson(_))), "no depth overflows the stack");
    }

    #[test]
    fn a_wrong_number_is_answered_with_its_field_and_what_it_may_be() {
        let object = one(r#"{"a": {"b": "many", "c": 1e999, "d": null}, "e": [1, 2, -3]}"#.replace("1e999", "1e300").as_str());
        let table = object.table("a").expect("a table");
        let said = |result: Result<f64, FieldError>| result.expect_err("it is wrong").to_string();
        assert_eq!(said(table.number("b", 0.0, 5.0)), "a: b: 'many' is not allowed; allowed: a number from 0 to 5");
        assert!(said(table.number("c", 0.0, 5.0)).starts_with("a: c: 1e+300 is not allowed"));
        assert_eq!(said(table.number("d", 0.0, 5.0)), "a: d: is missing");
        assert_eq!(said(object.number("a", 0.0, 5.0)), "a: a table is not allowed; allowed: a number from 0 to 5");
        let list = |longest| object.numbers("e", longest, 0.0, 5.0).expect_err("it is wrong").to_string();
        assert_eq!(list(3), "e: -3 is not allowed; allowed: a number from 0 to 5");
        assert_eq!(list(2), "e: has 3 numbers; allowed: at most 2");
        assert_eq!(
            one(r#"{"n": 2.5}"#).count("n", 1, 9).expect_err("it is wrong").to_string(),
            "n: 2.5 is not allowed; allowed: a whole number from 1 to 9"
        );
        assert!(object.table("e").is_err() && object.numbers("a", 9, 0.0, 1.0).is_err());
    }

    #[test]
    fn an_error_of_a_typed_value_names_its_field_and_repeats_no_long_text() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Typed {
            #[expect(dead_code, reason = "only read")]
            inner: std::collections::BTreeMap<String, u32>,
        }
        let said = |text: &str| {
            let mut json = serde_json::Deserializer::from_str(text);
            deserialize::<Typed>(&mut json, "file").expect_err("it is wrong").to_string()
        };
        let long = "x".repeat(10_000);
        for (text, expected) in [
            ("{}".to_owned(), "inner: is missing".to_owned()),
            (
                r#"{"inner": {"a": null}}"#.to_owned(),
                "inner.a: nothing is not allowed; allowed: a whole number from 0 to 4294967295".to_owned(),
            ),
            (r#"{"inner": []}"#.to_owned(), "inner: a list is not allowed; allowed: a table".to_owned()),
            (
                format!(r#"{{"inner": {{"a": "{long}"}}}}"#),
                format!("inner.a: '{}…' is not allowed; allowed: a whole number from 0 to 4294967295", &long[..60]),
            ),
            (format!(r#"{{"{long}": 1}}"#), format!("{}…: is not known", &long[..60])),
            (r#"{"inner": {"#.to_owned(), "inner: it is not JSON: EOF while parsing an object at line 1 column 11".to_owned()),
        ] {
            assert_eq!(said(&text), expected);
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_to_be_refused(text in ".{0,200}") {
            for object in Object::all(&text).unwrap_or_default() {
                let _ = (object.number("a", 0.0, 1.0), object.table("a").is_ok(), object.word("a"));
            }
        }
    }
}
