//! Parses JSON that the user supplies. Errors name the field and its allowed values.
//!
//! The input is the output of a script in `calibrate/`: one object, or several separated by white
//! space.

use crate::text::{quoted, shortened};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::{Map, Value};
use thiserror::Error;

/// Maximum size of the input. It is ten times the longest output of the scripts, for 10 000 tasks.
pub const MAX_BYTES: usize = 2_000_000;
/// Maximum number of objects in the input.
const MAX_OBJECTS: usize = 100;

/// Why a text is not a sequence of JSON objects.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JsonError {
    /// It is empty or only white space.
    #[error("it is empty")]
    Empty,
    /// It is longer than [`MAX_BYTES`].
    #[error("it has {0} bytes; allowed: at most 2 million")]
    TooLong(usize),
    /// It has too many objects.
    #[error("it has more than 100 JSON objects")]
    TooMany,
    /// It is not JSON. The message of serde_json has the position.
    #[error("it is not JSON: {0}")]
    NotJson(String),
    /// It is JSON, but not an object.
    #[error("it is JSON, but not an object in braces {{}}")]
    NotAnObject,
}

/// A field that is missing or has a value that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field}: {problem}")]
pub struct FieldError {
    /// The name of the field. In a nested object, the name of that object comes first.
    pub field: String,
    /// What is wrong, and which values are allowed.
    pub problem: String,
}

impl FieldError {
    /// An error in a field of the object `parent`. `parent` is empty at the top level.
    pub fn new(parent: &str, field: &str, problem: impl Into<String>) -> Self {
        let separator = if parent.is_empty() { "" } else { ": " };
        Self { field: [parent, separator, field].concat(), problem: problem.into() }
    }
}

/// Deserializes JSON that the user supplies. An error names the field by its path, or `whole` if it
/// is not about one field.
///
/// # Errors
/// If a field is missing, unknown, of the wrong type or out of range, or the text is not JSON.
pub fn deserialize<'de, T: Deserialize<'de>>(
    json: impl Deserializer<'de, Error = serde_json::Error>,
    whole: &str,
) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(json).map_err(|error| {
        let path = error.path().to_string();
        // serde_path_to_error writes `.` for the root and `?` for a key that it could not read.
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

/// Rephrases serde's message: the field that it names in addition to the path, and the problem. The
/// message can contain input of any length, so that part is truncated.
fn problem(error: &serde_json::Error) -> (Option<String>, String) {
    let message = error.to_string();
    let text = message.rsplit_once(" at line ").map_or(message.as_str(), |(text, _)| text);
    if error.classify() != Category::Data {
        let position = &message[text.len()..];
        return (None, format!("it is not JSON: {}{position}", shortened(text)));
    }
    let between = |before: &str, after: &str| text.strip_prefix(before).and_then(|rest| rest.split_once(after));
    if let Some((field, _)) = between("missing field `", "`") {
        return (Some(field.to_owned()), "is missing".to_owned());
    }
    if text.starts_with("unknown field `") {
        return (None, "is not known".to_owned());
    }
    if let Some((word, known)) = text.strip_prefix("unknown variant `").and_then(|rest| rest.rsplit_once("`, expected ")) {
        return (None, not_allowed(&quoted(word), &known.replace('`', "").replace("one of ", "")));
    }
    if let Some((found, expected)) =
        text.strip_prefix("invalid ").and_then(|rest| rest.split_once(": ")?.1.rsplit_once(", expected "))
    {
        return (None, not_allowed(&found_value(found), &expected_type(expected)));
    }
    // Our own message, from a custom `Deserialize` implementation.
    (None, text.to_owned())
}

fn not_allowed(value: &str, allowed: &str) -> String {
    format!("{value} is not allowed; allowed: {allowed}")
}

/// The value in serde's message: `string "long"`, ``integer `-1` ``, `null`, `map`, `sequence`.
fn found_value(found: &str) -> String {
    match found {
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "null" => "null".to_owned(),
        _ => match found.split_once(['"', '`']) {
            Some(("string ", text)) => quoted(text.trim_end_matches('"')),
            Some((_, value)) => shortened(value.trim_end_matches('`')),
            None => shortened(found),
        },
    }
}

/// The expected type in serde's message.
fn expected_type(expected: &str) -> String {
    match expected {
        "u32" => format!("a whole number from 0 to {}", u32::MAX),
        "u64" => "a whole number, at least 0".to_owned(),
        "a string" => "a string".to_owned(),
        "a map" => "an object".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a boolean" => "true or false".to_owned(),
        other => other.to_owned(),
    }
}

/// A JSON object, with its field name in the parent object.
#[derive(Clone, Debug)]
pub struct Object {
    name: String,
    fields: Map<String, Value>,
}

impl Object {
    /// Parses all objects in `text`.
    ///
    /// # Errors
    /// If there are no objects, or too many, or anything other than objects.
    pub fn all(text: &str) -> Result<Vec<Self>, JsonError> {
        if text.len() > MAX_BYTES {
            return Err(JsonError::TooLong(text.len()));
        }
        let mut objects = Vec::new();
        // Windows shells write a byte order mark at the start of a file.
        for value in serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter() {
            match value.map_err(|error| JsonError::NotJson(shortened(&error.to_string())))? {
                Value::Object(fields) => objects.push(Self { name: String::new(), fields }),
                _ => return Err(JsonError::NotAnObject),
            }
            if objects.len() > MAX_OBJECTS {
                return Err(JsonError::TooMany);
            }
        }
        if objects.is_empty() { Err(JsonError::Empty) } else { Ok(objects) }
    }

    /// Whether it has this field and the value is not null.
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

    /// The nested object in this field.
    ///
    /// # Errors
    /// If the field is missing or not an object.
    pub fn table(&self, field: &str) -> Result<Self, FieldError> {
        match self.required(field)? {
            Value::Object(fields) => Ok(Self { name: field.to_owned(), fields: fields.clone() }),
            other => Err(self.wrong(field, format!("must be an object, not {}", shown(other)))),
        }
    }

    /// A number from `min` to `max`.
    ///
    /// # Errors
    /// If the field is missing, not a number, or out of range.
    pub fn number(&self, field: &str, min: f64, max: f64) -> Result<f64, FieldError> {
        self.read_number(field, self.required(field)?, min, max)
    }

    /// A whole number from `min` to `max`.
    ///
    /// # Errors
    /// If the field is missing, not a whole number, or out of range.
    pub fn count(&self, field: &str, min: u32, max: u32) -> Result<u32, FieldError> {
        let value = self.required(field)?;
        let count = value.as_u64().and_then(|count| u32::try_from(count).ok()).filter(|count| (min..=max).contains(count));
        count.ok_or_else(|| {
            self.wrong(field, format!("{} is not allowed; allowed: a whole number from {min} to {max}", shown(value)))
        })
    }

    /// A list of at most `max_len` numbers from `min` to `max`.
    ///
    /// # Errors
    /// If the field is missing or not a list, the list is too long, or a number is out of range.
    pub fn numbers(&self, field: &str, max_len: usize, min: f64, max: f64) -> Result<Vec<f64>, FieldError> {
        match self.required(field)? {
            Value::Array(values) if values.len() <= max_len => {
                values.iter().map(|value| self.read_number(field, value, min, max)).collect()
            }
            Value::Array(values) => Err(self.wrong(field, format!("has {} numbers; allowed: at most {max_len}", values.len()))),
            other => Err(self.wrong(field, format!("must be a list of numbers, not {}", shown(other)))),
        }
    }

    fn read_number(&self, field: &str, value: &Value, min: f64, max: f64) -> Result<f64, FieldError> {
        let number = value.as_f64().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| self.wrong(field, format!("{} is not allowed; allowed: a number from {min} to {max}", shown(value))))
    }

    /// A string, number or boolean as text in a link: `true` is 1.
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

/// A JSON value for an error message, truncated if it is long.
fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
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
    fn objects_can_be_separated_by_any_white_space() {
        let count = |text: &str| Object::all(text).map(|objects| objects.len());
        assert_eq!((count("{}"), count("\u{feff}{}\r\n\r\n{} {}{}\n")), (Ok(1), Ok(4)));
        assert_eq!((count(""), count(" \n")), (Err(JsonError::Empty), Err(JsonError::Empty)));
        assert_eq!((count("[1]"), count("7")), (Err(JsonError::NotAnObject), Err(JsonError::NotAnObject)));
        assert_eq!(count(&"{}".repeat(101)), Err(JsonError::TooMany));
        assert_eq!(count(&" ".repeat(MAX_BYTES + 1)), Err(JsonError::TooLong(MAX_BYTES + 1)));
        assert!(matches!(count("{\"a\": NaN}"), Err(JsonError::NotJson(_))));
        assert!(matches!(count(&"[".repeat(100_000)), Err(JsonError::NotJson(_))), "deep nesting must not overflow the stack");
    }

    #[test]
    fn an_error_names_the_field_and_the_allowed_numbers() {
        let object = one(r#"{"a": {"b": "many", "c": 1e999, "d": null}, "e": [1, 2, -3]}"#.replace("1e999", "1e300").as_str());
        let table = object.table("a").expect("a table");
        let message = |result: Result<f64, FieldError>| result.expect_err("an error").to_string();
        assert_eq!(message(table.number("b", 0.0, 5.0)), "a: b: 'many' is not allowed; allowed: a number from 0 to 5");
        assert!(message(table.number("c", 0.0, 5.0)).starts_with("a: c: 1e+300 is not allowed"));
        assert_eq!(message(table.number("d", 0.0, 5.0)), "a: d: is missing");
        assert_eq!(message(object.number("a", 0.0, 5.0)), "a: an object is not allowed; allowed: a number from 0 to 5");
        let list = |max_len| object.numbers("e", max_len, 0.0, 5.0).expect_err("an error").to_string();
        assert_eq!(list(3), "e: -3 is not allowed; allowed: a number from 0 to 5");
        assert_eq!(list(2), "e: has 3 numbers; allowed: at most 2");
        assert_eq!(
            one(r#"{"n": 2.5}"#).count("n", 1, 9).expect_err("an error").to_string(),
            "n: 2.5 is not allowed; allowed: a whole number from 1 to 9"
        );
        assert!(object.table("e").is_err() && object.numbers("a", 9, 0.0, 1.0).is_err());
    }

    #[test]
    fn deserialize_errors_name_the_field_and_truncate_long_values() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Typed {
            #[expect(dead_code, reason = "only deserialized")]
            inner: std::collections::BTreeMap<String, u32>,
        }
        let message = |text: &str| {
            let mut json = serde_json::Deserializer::from_str(text);
            deserialize::<Typed>(&mut json, "file").expect_err("an error").to_string()
        };
        let long = "x".repeat(10_000);
        for (text, expected) in [
            ("{}".to_owned(), "inner: is missing".to_owned()),
            (
                r#"{"inner": {"a": null}}"#.to_owned(),
                "inner.a: null is not allowed; allowed: a whole number from 0 to 4294967295".to_owned(),
            ),
            (r#"{"inner": []}"#.to_owned(), "inner: a list is not allowed; allowed: an object".to_owned()),
            (
                format!(r#"{{"inner": {{"a": "{long}"}}}}"#),
                format!("inner.a: '{}…' is not allowed; allowed: a whole number from 0 to 4294967295", &long[..60]),
            ),
            (format!(r#"{{"{long}": 1}}"#), format!("{}…: is not known", &long[..60])),
            (r#"{"inner": {"#.to_owned(), "inner: it is not JSON: EOF while parsing an object at line 1 column 11".to_owned()),
        ] {
            assert_eq!(message(&text), expected);
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_does_not_panic(text in ".{0,200}") {
            for object in Object::all(&text).unwrap_or_default() {
                let _ = (object.number("a", 0.0, 1.0), object.table("a").is_ok(), object.word("a"));
            }
        }
    }
}
