use super::{ChatClientFrame, RoomClientFrame};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// What a client speaks, as a text message shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SimpleKind {
    /// JSON, one room at a time, with a name of one's own.
    Room,
    /// JSON, several rooms, under a name that is given.
    Chat,
    /// Bare text.
    Plain,
}

/// What the client speaks whose first text message this is: everything that is no JSON object is bare text. Nothing for an object that is
/// no frame of a known type, by which a page may mean something of its own.
#[must_use]
pub fn kind(text: &str) -> Option<SimpleKind> {
    let Ok(head) = head(text) else { return Some(SimpleKind::Plain) };
    let is_of = |types: &[&str]| head.as_deref().is_some_and(|head| types.contains(&head));
    if is_of(ChatClientFrame::TYPES) {
        Some(SimpleKind::Chat)
    } else if is_of(RoomClientFrame::TYPES) {
        Some(SimpleKind::Room)
    } else {
        None
    }
}

/// The answer to a [ping](is_ping): a finished frame.
pub const PONG: &[u8] = b"\x81\x0f{\"type\":\"pong\"}";

/// Whether this is a frame of the type `ping`, by which clients of JSON look whether the server is there.
#[must_use]
pub fn is_ping(text: &str) -> bool {
    const LONGEST: usize = 100;
    text.len() < LONGEST && head(text).is_ok_and(|head| head.is_some_and(|kind| kind == "ping"))
}

/// Characters of a parser's complaint or of an unknown type that are shown: they quote what the client sent.
const QUOTED: usize = 60;

#[derive(Deserialize)]
struct FrameHead<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
}

/// The `type` of a JSON object, when it has one that is a string.
///
/// # Errors
/// The sentence for the client, when the text is no JSON object.
fn head(text: &str) -> Result<Option<Cow<'_, str>>, &'static str> {
    let is_object = text.trim_start().starts_with('{');
    if let Ok(FrameHead { kind }) = serde_json::from_str(text)
        && is_object
    {
        return Ok(Some(kind));
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) if is_object => Ok(None),
        Ok(_) => Err("A frame is a JSON object."),
        Err(_) => Err("Invalid JSON"),
    }
}

/// Reads a frame of one vocabulary, whose types are `known`.
///
/// # Errors
/// The sentence for the client.
pub(super) fn frame<'a, T: Deserialize<'a>>(text: &'a str, known: &[&str]) -> Result<T, String> {
    match head(text)? {
        None => return Err(format!("A frame has a type: {}.", known.join(", "))),
        Some(kind) if !known.contains(&kind.as_ref()) => {
            let shown: String = kind.chars().take(QUOTED).collect();
            return Err(format!("There is no frame of type {shown:?}. There are: {}.", known.join(", ")));
        }
        Some(_) => {}
    }
    serde_json::from_str(text).map_err(|error| {
        let complaint: String = error.to_string().chars().take(QUOTED * 2).collect();
        format!("The frame cannot be read: {complaint}.")
    })
}
