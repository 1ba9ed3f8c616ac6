use serde::Deserialize;
use serde_json::Value;
use std::fmt;

/// What a client wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetAction {
    /// To enter a room.
    Join,
    /// To be called by a name, and to be there.
    Name,
    /// To say something.
    Say,
    /// To be shown as typing.
    Typing,
    /// Not to be shown as typing any more.
    StopTyping,
    /// To leave the room.
    Leave,
}

/// What a client emitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetEvent {
    /// What it wants.
    pub action: PresetAction,
    /// Its person's name, where the event tells it.
    pub name: Option<String>,
    /// The room, where the event tells it.
    pub room: Option<String>,
    /// What it says.
    pub text: Option<String>,
    /// What the client calls this message, so that it is kept once though it comes twice.
    pub client_id: Option<String>,
}

/// An event with its arguments, where `$name`, `$room` and `$text` stand in the place of what is to be known, and `$any` where anything may
/// be. What stands there with a question mark (`$room?`) may be missing. Fields and arguments more than these mean nothing.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Pattern(Vec<Value>);

const ANY: &str = "$any";

impl Pattern {
    pub(super) fn read(&self, action: PresetAction, name: &str, arguments: &[Value]) -> Option<PresetEvent> {
        if self.name() != name {
            return None;
        }
        let (_, patterns) = self.0.split_first()?;
        let mut emitted = PresetEvent { action, name: None, room: None, text: None, client_id: None };
        let mut arguments = arguments.iter();
        let fits = patterns.iter().all(|pattern| emitted.take(pattern, arguments.next()));
        fits.then_some(emitted)
    }

    /// The event's name.
    pub(super) fn name(&self) -> &str {
        self.0.first().and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn check(&self) -> Result<(), String> {
        let is_named = self.0.first().is_some_and(Value::is_string);
        if is_named { self.0.iter().try_for_each(check) } else { Err("an event begins with its name".into()) }
    }
}

/// As a client may write it.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let event = serde_json::to_string(&self.0).unwrap_or_default();
        f.write_str(&event.replace('?', ""))
    }
}

impl PresetEvent {
    /// Takes from an argument what the pattern wants to know. Answers whether it fits.
    fn take(&mut self, pattern: &Value, given: Option<&Value>) -> bool {
        match pattern {
            Value::Object(fields) => {
                fields.iter().all(|(key, field)| self.take(field, given.and_then(|given| given.get(key))))
            }
            Value::String(place) if place.starts_with('$') => {
                if place == ANY {
                    return true;
                }
                let (place, is_optional) =
                    place.strip_suffix('?').map_or((&**place, false), |place| (place, true));
                let Some(text) = given.and_then(text) else { return is_optional };
                if let Some(kept) = self.place(place) {
                    *kept = Some(text);
                }
                true
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                given == Some(pattern)
            }
        }
    }

    fn place(&mut self, place: &str) -> Option<&mut Option<String>> {
        match place {
            "$name" => Some(&mut self.name),
            "$room" => Some(&mut self.room),
            "$text" => Some(&mut self.text),
            "$client_id" => Some(&mut self.client_id),
            _ => None,
        }
    }
}

/// Rooms may be numbers.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn check(pattern: &Value) -> Result<(), String> {
    match pattern {
        Value::Object(fields) => fields.values().try_for_each(check),
        Value::String(place) if place.starts_with('$') => match place.trim_end_matches('?') {
            ANY | "$name" | "$room" | "$text" | "$client_id" => Ok(()),
            unknown => Err(format!("{unknown} is none of $name, $room, $text, $client_id, $any")),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Ok(()),
    }
}
