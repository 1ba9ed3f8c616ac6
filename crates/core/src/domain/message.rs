use super::{Millis, RoomId, Seq, UserId};

/// What a person wrote in a room, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The room in whose log it stands.
    pub room: RoomId,
    /// Its place in that log.
    pub seq: Seq,
    /// When it was committed.
    pub at: Millis,
    /// Who wrote it.
    pub author: UserId,
    /// The author's name (when it was posted; in a page or a replay: at present).
    pub name: String,
    /// What was written.
    pub content: MessageContent,
}

/// The part of a message that its author gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageContent {
    /// How it is shown.
    pub kind: MessageKind,
    /// The text as it was written, within the limits of [`MessageText`](super::MessageText).
    pub text: String,
    /// The author's own name for this write, unique among the author's messages.
    pub client_id: String,
}

/// How a message is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MessageKind {
    /// Something said.
    #[default]
    Text,
    /// Something done, shown behind the author's name: `/me waves` is "Alex waves".
    Action,
}

/// What happened to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageEvent {
    /// The actor wrote it; its place is the event's.
    Posted(MessageContent),
}

impl MessageContent {
    /// What was posted just now.
    #[must_use]
    pub fn new(kind: MessageKind, text: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self { kind, text: text.into(), client_id: client_id.into() }
    }
}

impl MessageEvent {
    /// What was written, when it is the beginning of a message.
    #[must_use]
    pub fn posted(&self) -> Option<&MessageContent> {
        match self {
            Self::Posted(content) => Some(content),
        }
    }
}
