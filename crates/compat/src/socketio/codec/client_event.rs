use chinwag_core::domain::{Refusal, RoomSlug, UserName};
use serde_json::Value;

/// What a client emits, in the rooms vocabulary or that of the lobby.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientEvent {
    /// Rooms: enter a room.
    Join(Result<Join, Refusal>),
    /// Rooms: leave the room.
    Leave,
    /// Rooms: what somebody typed. `None` when it is no string.
    SendMessage(Option<String>),
    /// Rooms: the person types.
    Typing,
    /// Rooms: the person does not type any more.
    StoppedTyping,
    /// Lobby: what somebody typed. `None` when it is no string.
    ChatMessage(Option<String>),
    /// Lobby: change one's name.
    SetName(Result<UserName, Refusal>),
    /// Something that nobody knows here, by its name.
    Unknown(String),
}

/// Who wants to enter which room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The name that the person wants; somebody who is signed in has one already.
    pub username: Result<UserName, Refusal>,
    /// The room; the lobby when none is named.
    pub room: Option<RoomSlug>,
}

impl ClientEvent {
    /// The event of this name. What stands behind its first argument means nothing.
    #[must_use]
    pub fn new(name: &str, arguments: Vec<Value>) -> Self {
        let argument = arguments.into_iter().next().unwrap_or_default();
        match name {
            "join" => Self::Join(join(&argument)),
            "leave" => Self::Leave,
            "send-message" => Self::SendMessage(string(argument)),
            "typing" if is_over(&argument) => Self::StoppedTyping,
            "typing" => Self::Typing,
            "stopped-typing" => Self::StoppedTyping,
            "chat_message" => Self::ChatMessage(argument.get("text").cloned().and_then(string)),
            "set_name" => Self::SetName(UserName::parse(field(&argument, "name"))),
            unknown => Self::Unknown(unknown.chars().take(40).collect()),
        }
    }
}

fn join(argument: &Value) -> Result<Join, Refusal> {
    const WANTED: &str = "join takes an object such as {\"username\": \"Alex\", \"room\": \"general\"}.";
    let room = match argument.get("room") {
        None | Some(Value::Null) => None,
        // Rooms may be numbers.
        Some(Value::Number(number)) => Some(RoomSlug::parse(&number.to_string())?),
        Some(_) => Some(RoomSlug::parse(field(argument, "room"))?),
    };
    let username = argument.get("username").and_then(Value::as_str);
    Ok(Join { username: username.map_or(Err(Refusal::NameInvalid(WANTED)), UserName::parse), room })
}

/// Many clients tell both with one event: `false`, or an object in which it stands.
fn is_over(typing: &Value) -> bool {
    let no = Value::Bool(false);
    *typing == no || ["typing", "isTyping"].iter().any(|key| typing.get(key) == Some(&no))
}

/// A field's text; what is no text breaks the rules of names and rooms as an empty text does.
fn field<'a>(object: &'a Value, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn string(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text) } else { None }
}
