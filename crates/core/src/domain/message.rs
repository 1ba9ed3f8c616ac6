use super::{
    Attachment, InThread, Mentioned, Millis, PinChange, Quote, Reaction, ReactionChange, RoomId, Seq,
    ThreadInfo, UserId,
};

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
    /// The author's own name for this write, unique among the author's writes.
    pub client_id: String,
    /// The message of the same room that it answers.
    pub reply_to: Option<Seq>,
    /// The beginning of that message; none where nobody looked.
    pub quote: Option<Box<Quote>>,
    /// The thread in which it stands; none for what was said in the room alone.
    pub thread: Option<InThread>,
    /// Whom it mentions.
    pub mentions: Box<[Mentioned]>,
    /// The files that came with it.
    pub attachments: Box<[Attachment]>,
    /// What became of it since; none while it is as it was posted.
    pub changes: Option<Box<MessageChanges>>,
    /// What is said under it; none while that is nothing, and where nobody looked.
    pub thread_info: Option<Box<ThreadInfo>>,
}

/// In what a message differs from what was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageChanges {
    /// The place of the last change in the room's log.
    pub last: Seq,
    /// When its author gave it this text; none for the first one.
    pub edited: Option<Millis>,
    /// Whether it was deleted. Then it has no text any more, and nothing that came with it.
    pub is_deleted: bool,
    /// Whether it is pinned.
    pub is_pinned: bool,
    /// How people reacted to it, the first emoji first.
    pub reactions: Vec<Reaction>,
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
    /// The actor, who wrote it, gave it another text.
    Edited {
        /// The message.
        target: Seq,
        /// How it is shown.
        kind: MessageKind,
        /// The new text.
        text: String,
        /// Whom it mentions now.
        mentions: Box<[Mentioned]>,
        /// How the message begins that it answers, for those who cannot look it up.
        quote: Option<Box<Quote>>,
        /// The files that came with it, for those who see a new text only.
        attachments: Box<[Attachment]>,
    },
    /// The actor deleted it.
    Deleted {
        /// The message.
        target: Seq,
        /// The root of the thread in which it stood.
        thread: Option<Seq>,
    },
    /// The actor reacted to it, or took that back.
    Reacted {
        /// The message.
        target: Seq,
        /// The emoji, as [`Emoji`](super::Emoji) writes it.
        emoji: String,
        /// Which of both it was.
        change: ReactionChange,
    },
    /// The actor pinned it, or ended that.
    Pinned {
        /// The message.
        target: Seq,
        /// Which of both it was.
        change: PinChange,
    },
    /// It changed. So the log tells of a change later, since it keeps no content: with the message as it is now.
    Changed(Box<Message>),
}

impl MessageContent {
    /// What was posted just now.
    #[must_use]
    pub fn new(kind: MessageKind, text: impl Into<String>, client_id: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            client_id: client_id.into(),
            reply_to: None,
            quote: None,
            thread: None,
            mentions: Box::default(),
            attachments: Box::default(),
            changes: None,
            thread_info: None,
        }
    }

    /// When its author gave it this text; none for the first one.
    #[must_use]
    pub fn edited(&self) -> Option<Millis> {
        self.changes.as_ref().and_then(|changes| changes.edited)
    }

    /// Whether it was deleted.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.changes.as_ref().is_some_and(|changes| changes.is_deleted)
    }
}

impl MessageEvent {
    /// What was written, when it is the beginning of a message.
    #[must_use]
    pub fn posted(&self) -> Option<&MessageContent> {
        match self {
            Self::Posted(content) => Some(content),
            Self::Edited { .. }
            | Self::Deleted { .. }
            | Self::Reacted { .. }
            | Self::Pinned { .. }
            | Self::Changed(_) => None,
        }
    }

    /// Which message it changed, when it is not the beginning of one.
    #[must_use]
    pub fn target(&self) -> Option<Seq> {
        match self {
            Self::Posted(_) => None,
            Self::Edited { target, .. }
            | Self::Deleted { target, .. }
            | Self::Reacted { target, .. }
            | Self::Pinned { target, .. } => Some(*target),
            Self::Changed(message) => Some(message.seq),
        }
    }
}
