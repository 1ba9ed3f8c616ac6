//! The messages of a room.

use crate::native::{self, LogEvent, MessageKind, Person, ProtocolError};
use chinwag_core::domain::{FileId, InThread, Page, Pin, ReactionPeople, RoomEvent, UserId, Window};
use chinwag_core::ports::Appended;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

/// The query of `GET /api/rooms/{room}/messages`; at most one of `before`, `around` and `after`. Without any the newest are answered.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessagesQuery {
    /// Messages with a smaller `seq`.
    pub before: Option<i64>,
    /// Messages around this `seq`.
    pub around: Option<i64>,
    /// Messages with a larger `seq`.
    pub after: Option<i64>,
    /// Messages of a page; more than 200 is served as 200.
    #[param(default = 50)]
    pub limit: Option<u32>,
}

/// A page of a room's log, oldest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagesPage {
    pub messages: Vec<LogEvent>,
    /// What else happened between the messages, from `eventsFrom` on.
    pub events: Vec<LogEvent>,
    pub events_from: i64,
    pub has_before: bool,
    pub has_after: bool,
}

/// The body of `POST /api/rooms/{room}/messages`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PostMessage {
    /// At most 2,000 characters, unless the server is configured otherwise.
    pub text: String,
    #[serde(default)]
    pub kind: MessageKind,
    /// The `seq` of the message of the same room that it answers.
    #[serde(default)]
    pub reply_to: Option<i64>,
    /// The `seq` of the message under which it is said; without it, it is said in the room alone.
    #[serde(default)]
    pub thread: Option<i64>,
    /// Whether what is said in a thread is said in the room as well.
    #[serde(default)]
    pub also: bool,
    /// The `id` of each file that comes with it, at most 10. With files the text may be empty.
    #[serde(default)]
    pub attachments: Vec<String>,
}

/// The body of `PATCH /api/rooms/{room}/messages/{seq}`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct EditMessage {
    /// The new text, within the limits of a message.
    pub text: String,
}

/// Where a message or a change of one stands, once it is stored durably.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Posted {
    pub room: i64,
    pub seq: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
}

/// The answer of `GET /api/rooms/{room}/messages/{seq}/reactions`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct MessageReactions {
    /// By emoji, the first one first.
    pub reactions: Vec<EmojiPeople>,
}

/// Everybody who reacted with one emoji.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct EmojiPeople {
    pub emoji: String,
    /// Under their names at present, whoever was first at the beginning.
    pub people: Vec<Person>,
}

/// The answer of `GET /api/rooms/{room}/pins`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct RoomPins {
    /// The last one pinned first.
    pub pins: Vec<PinnedMessage>,
}

/// A message that is held up for everybody in a room.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct PinnedMessage {
    pub message: LogEvent,
    /// Who pinned it.
    pub by: Person,
    /// When, in milliseconds since 1970-01-01 UTC.
    #[ts(type = "number")]
    pub at: i64,
}

impl From<Vec<Pin>> for RoomPins {
    fn from(pins: Vec<Pin>) -> Self {
        let pinned = |Pin { message, by: (user, name), at }: Pin| PinnedMessage {
            message: LogEvent::from(&RoomEvent::from(message)),
            by: Person { user_id: user.0, name },
            at: at.0,
        };
        Self { pins: pins.into_iter().map(pinned).collect() }
    }
}

impl From<Vec<ReactionPeople>> for MessageReactions {
    fn from(found: Vec<ReactionPeople>) -> Self {
        let person = |(user, name): (UserId, String)| Person { user_id: user.0, name };
        let of_emoji = |ReactionPeople { emoji, people }: ReactionPeople| EmojiPeople {
            emoji,
            people: people.into_iter().map(person).collect(),
        };
        Self { reactions: found.into_iter().map(of_emoji).collect() }
    }
}

impl PostMessage {
    /// The files that come with it.
    ///
    /// # Errors
    /// For what is no name of a file.
    pub fn files(&self) -> Result<Box<[FileId]>, ProtocolError> {
        native::files(&self.attachments)
    }

    /// The thread in which it is to stand.
    #[must_use]
    pub fn in_thread(&self) -> Option<InThread> {
        native::in_thread(self.thread, self.also)
    }
}

impl MessagesQuery {
    /// Which messages are asked for, and how many.
    ///
    /// # Errors
    /// When more than one place is named.
    pub fn window(self) -> Result<(Window, u32), ProtocolError> {
        native::window(self.before, self.around, self.after, self.limit)
    }
}

impl From<Page> for MessagesPage {
    fn from(page: Page) -> Self {
        Self {
            messages: LogEvent::list(page.messages.into_iter().map(RoomEvent::from)),
            events: LogEvent::list(page.events),
            events_from: page.events_from.0,
            has_before: page.has_before,
            has_after: page.has_after,
        }
    }
}

impl From<Appended> for Posted {
    fn from(Appended { room, seq, at }: Appended) -> Self {
        Self { room: room.0, seq: seq.0, at: at.0 }
    }
}
