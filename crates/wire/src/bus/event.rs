use super::content::{
    Content, MessageKind, ReactionChange, read, read_files, read_quote, written, written_quote,
};
use super::news::NotUnderstood;
use crate::native::{Attachment, RoomKind, RoomRole, Settings};
use chinwag_core::domain::{
    self, EventBody, MemberEvent, Message, MessageEvent, Millis, PinChange, RoomEvent, RoomId, RoomLabels,
    RoomState, Seq, UserId,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An event of a room's log.
#[derive(Serialize, Deserialize)]
pub(super) struct Event<'a> {
    room: i64,
    seq: i64,
    at: i64,
    actor: i64,
    name: Cow<'a, str>,
    body: Body<'a>,
}

/// What it changed. The variant is the only key of an object, so that it is read without being kept first.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Body<'a> {
    Posted(Content<'a>),
    Edited {
        target: i64,
        kind: MessageKind,
        text: Cow<'a, str>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<(i64, Cow<'a, str>)>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote: Option<(Cow<'a, str>, Cow<'a, str>)>,
        #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
        attachments: Box<[Attachment]>,
    },
    Deleted {
        target: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<i64>,
    },
    Reacted {
        target: i64,
        emoji: Cow<'a, str>,
        change: ReactionChange,
    },
    Pinned {
        target: i64,
    },
    Unpinned {
        target: i64,
    },
    Changed {
        target: i64,
        at: i64,
        author: i64,
        name: Cow<'a, str>,
        content: Content<'a>,
    },
    Member {
        subject: i64,
        name: Cow<'a, str>,
        change: MemberChange<'a>,
    },
    Room(RoomChange<'a>),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
enum MemberChange<'a> {
    Joined,
    Left,
    Removed { reason: Cow<'a, str> },
    Banned { until: Option<i64>, reason: Option<Cow<'a, str>> },
    Unbanned,
    Muted { until: Option<i64>, reason: Option<Cow<'a, str>> },
    Unmuted,
    Renamed { old_name: Cow<'a, str> },
    RoleChanged { role: RoomRole },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum RoomChange<'a> {
    Created(Labels<'a>),
    Updated(State<'a>),
    Deleted,
}

#[derive(Serialize, Deserialize)]
struct State<'a> {
    labels: Labels<'a>,
    kind: RoomKind,
    was: RoomKind,
    settings: Settings,
}

#[derive(Serialize, Deserialize)]
struct Labels<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<Cow<'a, str>>,
    title: Cow<'a, str>,
    topic: Cow<'a, str>,
}

impl<'a> From<&'a RoomEvent> for Event<'a> {
    fn from(event: &'a RoomEvent) -> Self {
        let RoomEvent { room, seq, at, actor, name, body } = event;
        Self { room: room.0, seq: seq.0, at: at.0, actor: actor.0, name: name.into(), body: body.into() }
    }
}

impl TryFrom<Event<'_>> for RoomEvent {
    type Error = NotUnderstood;

    fn try_from(event: Event<'_>) -> Result<Self, NotUnderstood> {
        // A log begins at 1, and whoever reads it asks for the place before.
        if event.seq < 1 {
            return Err(NotUnderstood);
        }
        Ok(Self {
            room: RoomId(event.room),
            seq: Seq(event.seq),
            at: Millis(event.at),
            actor: UserId(event.actor),
            name: event.name.into_owned(),
            body: event.body.told_in(RoomId(event.room)),
        })
    }
}

impl<'a> From<&'a EventBody> for Body<'a> {
    fn from(body: &'a EventBody) -> Self {
        match body {
            EventBody::Message(MessageEvent::Posted(content)) => Self::Posted(content.into()),
            EventBody::Message(MessageEvent::Edited { target, kind, text, mentions, quote, attachments }) => {
                Self::Edited {
                    target: target.0,
                    kind: (*kind).into(),
                    text: text.into(),
                    mentions: written(mentions),
                    quote: written_quote(quote.as_deref()),
                    attachments: Attachment::all(attachments).into(),
                }
            }
            EventBody::Message(MessageEvent::Deleted { target, thread }) => {
                Self::Deleted { target: target.0, thread: thread.map(|root| root.0) }
            }
            EventBody::Message(MessageEvent::Reacted { target, emoji, change }) => {
                Self::Reacted { target: target.0, emoji: emoji.into(), change: (*change).into() }
            }
            EventBody::Message(MessageEvent::Pinned { target, change: PinChange::Pinned }) => {
                Self::Pinned { target: target.0 }
            }
            EventBody::Message(MessageEvent::Pinned { target, change: PinChange::Unpinned }) => {
                Self::Unpinned { target: target.0 }
            }
            EventBody::Message(MessageEvent::Changed(message)) => Self::Changed {
                target: message.seq.0,
                at: message.at.0,
                author: message.author.0,
                name: (&message.name).into(),
                content: (&message.content).into(),
            },
            EventBody::Member(MemberEvent { subject, subject_name, change }) => {
                Self::Member { subject: subject.0, name: subject_name.into(), change: change.into() }
            }
            EventBody::Room(change) => Self::Room(change.into()),
        }
    }
}

impl Body<'_> {
    /// What it says of this room.
    fn told_in(self, room: RoomId) -> EventBody {
        match self {
            Self::Posted(content) => EventBody::Message(MessageEvent::Posted(content.into())),
            Self::Edited { target, kind, text, mentions, quote, attachments } => {
                EventBody::Message(MessageEvent::Edited {
                    target: Seq(target),
                    kind: kind.into(),
                    text: text.into_owned(),
                    mentions: read(mentions),
                    quote: read_quote(quote),
                    attachments: read_files(attachments),
                })
            }
            Self::Deleted { target, thread } => {
                EventBody::Message(MessageEvent::Deleted { target: Seq(target), thread: thread.map(Seq) })
            }
            Self::Reacted { target, emoji, change } => EventBody::Message(MessageEvent::Reacted {
                target: Seq(target),
                emoji: emoji.into_owned(),
                change: change.into(),
            }),
            Self::Pinned { target } => pinned(target, PinChange::Pinned),
            Self::Unpinned { target } => pinned(target, PinChange::Unpinned),
            Self::Changed { target, at, author, name, content } => {
                EventBody::Message(MessageEvent::Changed(Box::new(Message {
                    room,
                    seq: Seq(target),
                    at: Millis(at),
                    author: UserId(author),
                    name: name.into_owned(),
                    content: content.into(),
                })))
            }
            Self::Member { subject, name, change } => EventBody::Member(MemberEvent {
                subject: UserId(subject),
                subject_name: name.into_owned(),
                change: change.into(),
            }),
            Self::Room(change) => EventBody::Room(change.into()),
        }
    }
}

fn pinned(target: i64, change: PinChange) -> EventBody {
    EventBody::Message(MessageEvent::Pinned { target: Seq(target), change })
}

impl<'a> From<&'a domain::MemberChange> for MemberChange<'a> {
    fn from(change: &'a domain::MemberChange) -> Self {
        match change {
            domain::MemberChange::Joined => Self::Joined,
            domain::MemberChange::Left => Self::Left,
            domain::MemberChange::Removed { reason } => Self::Removed { reason: reason.into() },
            domain::MemberChange::Banned { until, reason } => {
                Self::Banned { until: until.map(|it| it.0), reason: reason.as_deref().map(Cow::from) }
            }
            domain::MemberChange::Unbanned => Self::Unbanned,
            domain::MemberChange::Muted { until, reason } => {
                Self::Muted { until: until.map(|it| it.0), reason: reason.as_deref().map(Cow::from) }
            }
            domain::MemberChange::Unmuted => Self::Unmuted,
            domain::MemberChange::Renamed { old_name } => Self::Renamed { old_name: old_name.into() },
            domain::MemberChange::RoleChanged { role } => Self::RoleChanged { role: (*role).into() },
        }
    }
}

impl From<MemberChange<'_>> for domain::MemberChange {
    fn from(change: MemberChange<'_>) -> Self {
        match change {
            MemberChange::Joined => Self::Joined,
            MemberChange::Left => Self::Left,
            MemberChange::Removed { reason } => Self::Removed { reason: reason.into_owned() },
            MemberChange::Banned { until, reason } => {
                Self::Banned { until: until.map(Millis), reason: reason.map(Cow::into_owned) }
            }
            MemberChange::Unbanned => Self::Unbanned,
            MemberChange::Muted { until, reason } => {
                Self::Muted { until: until.map(Millis), reason: reason.map(Cow::into_owned) }
            }
            MemberChange::Unmuted => Self::Unmuted,
            MemberChange::Renamed { old_name } => Self::Renamed { old_name: old_name.into_owned() },
            MemberChange::RoleChanged { role } => Self::RoleChanged { role: role.into() },
        }
    }
}

impl<'a> From<&'a domain::RoomChange> for RoomChange<'a> {
    fn from(change: &'a domain::RoomChange) -> Self {
        match change {
            domain::RoomChange::Created(labels) => Self::Created(labels.into()),
            domain::RoomChange::Updated(state) => Self::Updated(state.into()),
            domain::RoomChange::Deleted => Self::Deleted,
        }
    }
}

impl From<RoomChange<'_>> for domain::RoomChange {
    fn from(change: RoomChange<'_>) -> Self {
        match change {
            RoomChange::Created(labels) => Self::Created(labels.into()),
            RoomChange::Updated(state) => Self::Updated(state.into()),
            RoomChange::Deleted => Self::Deleted,
        }
    }
}

impl<'a> From<&'a RoomState> for State<'a> {
    fn from(RoomState { labels, kind, was, settings }: &'a RoomState) -> Self {
        Self { labels: labels.into(), kind: (*kind).into(), was: (*was).into(), settings: (*settings).into() }
    }
}

impl From<State<'_>> for RoomState {
    fn from(State { labels, kind, was, settings }: State<'_>) -> Self {
        Self { labels: labels.into(), kind: kind.into(), was: was.into(), settings: settings.into() }
    }
}

impl<'a> From<&'a RoomLabels> for Labels<'a> {
    fn from(labels: &'a RoomLabels) -> Self {
        let RoomLabels { slug, title, topic } = labels;
        Self { slug: slug.as_deref().map(Cow::from), title: title.into(), topic: topic.into() }
    }
}

impl From<Labels<'_>> for RoomLabels {
    fn from(labels: Labels<'_>) -> Self {
        let Labels { slug, title, topic } = labels;
        Self { slug: slug.map(Cow::into_owned), title: title.into_owned(), topic: topic.into_owned() }
    }
}
