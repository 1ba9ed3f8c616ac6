use chinwag_core::domain::{Millis, User};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The arguments of an event, or of a callback, in which `$text` and the like stand in the place of what is told. A list that begins with
/// `$each` has what follows for each person.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Template(Vec<Value>);

/// What is told.
#[derive(Clone, Copy, Default)]
pub(super) struct Terms<'a> {
    /// `$room`
    pub(super) room: &'a str,
    /// `$id`: of a message or a person.
    pub(super) id: &'a str,
    /// `$name`, and `$lower` in small letters.
    pub(super) name: &'a str,
    /// `$text`
    pub(super) text: &'a str,
    /// `$time` in milliseconds since 1970, `$iso`, and `$clock` for people.
    pub(super) at: Millis,
    /// `$online`
    pub(super) online: u32,
    /// `$each`
    pub(super) people: &'a [User],
}

const EACH: &str = "$each";
const PLACES: [&str; 9] = ["$room", "$id", "$name", "$lower", "$text", "$time", "$iso", "$clock", "$online"];

impl Template {
    /// The arguments, with what is told.
    pub(super) fn fill(&self, terms: &Terms<'_>) -> Vec<Value> {
        self.0.iter().map(|value| filled(value, terms)).collect()
    }

    /// Whether both are the same event, with whatever arguments.
    pub(super) fn is_same_event(&self, other: &Self) -> bool {
        self.0.first() == other.0.first()
    }

    /// Whether nothing in it tells whose text it is: no name, and no word of the template that could be one.
    pub(super) fn is_nameless(&self) -> bool {
        // The first is the name of the event.
        !self.0.iter().skip(1).any(may_name)
    }

    pub(super) fn check(&self) -> Result<(), String> {
        self.0.iter().try_for_each(check)
    }
}

fn may_name(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains("$name") || text.contains("$lower") || !text.contains('$'),
        Value::Array(values) => values.iter().any(may_name),
        Value::Object(fields) => fields.values().any(may_name),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn filled(value: &Value, terms: &Terms<'_>) -> Value {
    match value {
        Value::String(text) => filled_text(text, terms),
        Value::Array(values) => match values.split_first() {
            Some((Value::String(each), values)) if each == EACH => {
                let each = terms.people.iter().flat_map(|user| {
                    let id = user.id.to_string();
                    let person = Terms { id: &id, name: &user.name, ..*terms };
                    values.iter().map(move |value| filled(value, &person)).collect::<Vec<_>>()
                });
                Value::Array(each.collect())
            }
            _ => Value::Array(values.iter().map(|value| filled(value, terms)).collect()),
        },
        Value::Object(fields) => {
            let filled = fields.iter().map(|(key, value)| (key.clone(), filled(value, terms)));
            Value::Object(filled.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

fn filled_text(text: &str, terms: &Terms<'_>) -> Value {
    match text {
        "$time" => return terms.at.0.into(),
        "$online" => return terms.online.into(),
        _ => {}
    }
    let mut filled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('$') {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let place = place_at(from);
        match place {
            "$room" => filled.push_str(terms.room),
            "$id" => filled.push_str(terms.id),
            "$name" => filled.push_str(terms.name),
            "$lower" => filled.push_str(&terms.name.to_lowercase()),
            "$text" => filled.push_str(terms.text),
            "$time" => filled.push_str(&terms.at.0.to_string()),
            "$iso" => filled.push_str(&format!("{:.3}", timestamp(terms.at))),
            "$clock" => filled.push_str(&clock(terms.at)),
            "$online" => filled.push_str(&terms.online.to_string()),
            other => filled.push_str(other),
        }
        rest = &from[place.len()..];
    }
    filled.push_str(rest);
    filled.into()
}

/// The dollar sign and the letters behind it.
fn place_at(text: &str) -> &str {
    let end = text[1..].find(|letter: char| !letter.is_ascii_lowercase()).map_or(text.len(), |end| end + 1);
    &text[..end]
}

fn timestamp(at: Millis) -> Timestamp {
    // The times of a log are those of a clock, far within what can be written.
    Timestamp::from_millisecond(at.0).unwrap_or_default()
}

/// The time of day as a person reads it who lives where the server stands, such as `3:04 pm`.
fn clock(at: Millis) -> String {
    timestamp(at).to_zoned(TimeZone::system()).strftime("%-I:%M %P").to_string()
}

fn check(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) => {
            let places = text.match_indices('$').map(|(start, _)| place_at(&text[start..]));
            match places.into_iter().find(|place| !matches!(*place, "$" | EACH) && !PLACES.contains(place)) {
                Some(unknown) => Err(format!("{unknown} is none of {}", PLACES.join(", "))),
                None => Ok(()),
            }
        }
        Value::Array(values) => values.iter().try_for_each(check),
        Value::Object(fields) => fields.values().try_for_each(check),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
