//! Messages: what a client asks for, and what a log says of them.

use super::decode::{DEFAULT_PAGE, bad, refused};
use super::frame::frame;
use super::{Attachment, Mention, ProtocolError, Reaction, Ref, ThreadInfo, files, in_thread};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{
    self, ClientId, MessageChanges, MessageContent, MessageEvent, PinChange, ReactionChange, RoomId, Seq,
    Window,
};
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;
use utoipa::ToSchema;

frame!(
    /// Write a message.
    Send {
        #[ts(type = "number")]
        room: i64,
        client_id: String,
        text: String,
        /// The `seq` of the message that it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        reply_to: Option<i64>,
        /// The `seq` of the message under which it is said; without it, it is said in the room alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        thread: Option<i64>,
        /// Whether what is said in a thread is said in the room as well.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        also: bool,
        /// The `id` of each file that comes with it, at most 10.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<String>>", optional)]
        attachments: Vec<String>,
    }
);
frame!(
    /// Give an own message another text.
    Edit {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message.
        #[ts(type = "number")]
        target: i64,
        client_id: String,
        text: String,
    }
);
frame!(
    /// Delete a message.
    Delete {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message.
        #[ts(type = "number")]
        target: i64,
        client_id: String,
    }
);
frame!(
    /// Read a page of messages. At most one of `before`, `around`, `after`.
    History {
        #[ts(type = "number")]
        room: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        before: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        around: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        after: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);

/// What a log says of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum MessageBody {
    #[serde(rename_all = "camelCase")]
    Message {
        kind: MessageKind,
        /// Empty once it is deleted.
        text: String,
        client_id: String,
        /// The `seq` of the message that it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        reply_to: Option<i64>,
        /// The `seq` of the message under which it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        thread: Option<i64>,
        /// Whether what is said in a thread is said in the room as well.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        also: bool,
        /// What is said under it; none while that is nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        thread_info: Option<Box<ThreadInfo>>,
        /// Whom it mentions: those who stand in the text as `<@7>`, and are or were members of the room.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Mention>>", optional)]
        mentions: Vec<Mention>,
        /// The files that came with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Attachment>>", optional)]
        attachments: Vec<Attachment>,
        /// When its author gave it this text; none for the first one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        edited: Option<i64>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        deleted: bool,
        /// The `seq` of the last event that changed it: what the message says includes all up to there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        changed: Option<i64>,
        /// By emoji, the first one first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Reaction>>", optional)]
        reactions: Vec<Reaction>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        pinned: bool,
    },
    /// Its author gave a message another text.
    MessageEdited {
        #[ts(type = "number")]
        target: i64,
        text: String,
        /// Whom it mentions now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Mention>>", optional)]
        mentions: Vec<Mention>,
    },
    #[serde(rename_all = "camelCase")]
    MessageDeleted {
        #[ts(type = "number")]
        target: i64,
        /// The `seq` of the message under which it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        thread: Option<i64>,
    },
    /// Somebody reacted to a message.
    ReactionAdded {
        #[ts(type = "number")]
        target: i64,
        emoji: String,
    },
    /// Somebody took a reaction back.
    ReactionRemoved {
        #[ts(type = "number")]
        target: i64,
        emoji: String,
    },
    /// Somebody pinned a message.
    MessagePinned {
        #[ts(type = "number")]
        target: i64,
    },
    /// Somebody ended that.
    MessageUnpinned {
        #[ts(type = "number")]
        target: i64,
    },
    /// A message is like this after one or several changes, of which this is the last one.
    #[serde(rename_all = "camelCase")]
    MessageChanged {
        #[ts(type = "number")]
        target: i64,
        text: String,
        /// Whom it mentions now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Mention>>", optional)]
        mentions: Vec<Mention>,
        /// The files that came with it, and are there still.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Attachment>>", optional)]
        attachments: Vec<Attachment>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        edited: Option<i64>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        deleted: bool,
        /// The `seq` of the last of these changes: this one, or one that is told later.
        #[ts(type = "number")]
        changed: i64,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<Reaction>>", optional)]
        reactions: Vec<Reaction>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        pinned: bool,
        /// The `seq` of the message under which it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        thread: Option<i64>,
        /// What is said under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        thread_info: Option<Box<ThreadInfo>>,
    },
}

/// How a message is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum MessageKind {
    #[default]
    Text,
    Action,
}

impl Send {
    /// A text that is said in a room.
    #[must_use]
    pub fn new(reference: Option<Ref>, room: i64, client_id: String, text: String) -> Self {
        let (reply_to, thread, also, attachments) = (None, None, false, Vec::new());
        Self { reference, room, client_id, text, reply_to, thread, also, attachments }
    }

    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let client_id = ClientId::parse(&self.client_id).map_err(refused)?;
        let (reply_to, thread) = (self.reply_to.map(Seq), in_thread(self.thread, self.also).map(Box::new));
        let (text, attachments) = (self.text.into(), files(&self.attachments)?);
        Ok(ClientCommand::Send { room: RoomId(self.room), client_id, text, reply_to, thread, attachments })
    }
}

impl Edit {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let Self { reference: _, room, target, client_id, text } = self;
        let client_id = ClientId::parse(&client_id).map_err(refused)?;
        Ok(ClientCommand::Edit { room: RoomId(room), target: Seq(target), client_id, text: text.into() })
    }
}

impl Delete {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let client_id = ClientId::parse(&self.client_id).map_err(refused)?;
        Ok(ClientCommand::Delete { room: RoomId(self.room), target: Seq(self.target), client_id })
    }
}

impl History {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let (window, limit) = window(self.before, self.around, self.after, self.limit)?;
        Ok(ClientCommand::History { room: RoomId(self.room), window, limit })
    }
}

/// Which messages are asked for, and how many.
pub(crate) fn window(
    before: Option<i64>,
    around: Option<i64>,
    after: Option<i64>,
    limit: Option<u32>,
) -> Result<(Window, u32), ProtocolError> {
    let window = match (before, around, after) {
        (None, None, None) => Window::Latest,
        (Some(before), None, None) => Window::Before(Seq(before)),
        (None, Some(around), None) => Window::Around(Seq(around)),
        (None, None, Some(after)) => Window::After(Seq(after)),
        (_, _, _) => return Err(bad("Only one of before, around and after can be asked for.".to_owned())),
    };
    Ok((window, limit.unwrap_or(DEFAULT_PAGE)))
}

/// What a message says of its changes.
#[derive(Default)]
struct Changes {
    edited: Option<i64>,
    deleted: bool,
    changed: Option<i64>,
    reactions: Vec<Reaction>,
    pinned: bool,
}

impl From<&MessageContent> for Changes {
    fn from(content: &MessageContent) -> Self {
        let Some(changes) = content.changes.as_deref() else { return Self::default() };
        let MessageChanges { last, edited, is_deleted, is_pinned, reactions } = changes;
        Self {
            edited: edited.map(|at| at.0),
            deleted: *is_deleted,
            changed: Some(last.0),
            reactions: reactions.iter().map(Reaction::from).collect(),
            pinned: *is_pinned,
        }
    }
}

impl MessageBody {
    /// What the event at the place `seq` says.
    pub(super) fn new(seq: Seq, event: &MessageEvent) -> Self {
        match event {
            MessageEvent::Posted(content) => {
                let Changes { edited, deleted, changed, reactions, pinned } = content.into();
                Self::Message {
                    kind: content.kind.into(),
                    text: content.text.clone(),
                    client_id: content.client_id.clone(),
                    reply_to: content.reply_to.map(|seq| seq.0),
                    thread: content.thread.map(|thread| thread.root.0),
                    also: content.thread.is_some_and(|thread| thread.also),
                    thread_info: content.thread_info.as_deref().map(|info| Box::new(info.into())),
                    mentions: Mention::all(&content.mentions),
                    attachments: Attachment::all(&content.attachments),
                    edited,
                    deleted,
                    changed,
                    reactions,
                    pinned,
                }
            }
            MessageEvent::Edited { target, kind: _, text, mentions, quote: _, attachments: _ } => {
                Self::MessageEdited { target: target.0, text: text.clone(), mentions: Mention::all(mentions) }
            }
            MessageEvent::Deleted { target, thread } => {
                Self::MessageDeleted { target: target.0, thread: thread.map(|root| root.0) }
            }
            MessageEvent::Reacted { target, emoji, change } => {
                let (target, emoji) = (target.0, emoji.clone());
                match change {
                    ReactionChange::Added => Self::ReactionAdded { target, emoji },
                    ReactionChange::Removed => Self::ReactionRemoved { target, emoji },
                }
            }
            MessageEvent::Pinned { target, change: PinChange::Pinned } => {
                Self::MessagePinned { target: target.0 }
            }
            MessageEvent::Pinned { target, change: PinChange::Unpinned } => {
                Self::MessageUnpinned { target: target.0 }
            }
            MessageEvent::Changed(message) => {
                let Changes { edited, deleted, changed, reactions, pinned } = (&message.content).into();
                let (target, text) = (message.seq.0, message.content.text.clone());
                let (mentions, changed) = (Mention::all(&message.content.mentions), changed.unwrap_or(seq.0));
                let thread = message.content.thread.map(|thread| thread.root.0);
                let thread_info = message.content.thread_info.as_deref().map(|info| Box::new(info.into()));
                Self::MessageChanged {
                    target,
                    text,
                    mentions,
                    attachments: Attachment::all(&message.content.attachments),
                    edited,
                    deleted,
                    changed,
                    reactions,
                    pinned,
                    thread,
                    thread_info,
                }
            }
        }
    }
}

impl From<MessageKind> for domain::MessageKind {
    fn from(kind: MessageKind) -> Self {
        match kind {
            MessageKind::Text => Self::Text,
            MessageKind::Action => Self::Action,
        }
    }
}

impl From<domain::MessageKind> for MessageKind {
    fn from(kind: domain::MessageKind) -> Self {
        match kind {
            domain::MessageKind::Text => Self::Text,
            domain::MessageKind::Action => Self::Action,
        }
    }
}
