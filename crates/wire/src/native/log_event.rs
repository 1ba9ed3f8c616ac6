use super::Person;
use chinwag_core::domain::{
    self, EventBody, MemberChange, MemberEvent, MessageContent, MessageEvent, RoomChange, RoomEvent,
    RoomLabels,
};
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;

/// An event of a room's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogEvent {
    #[serde(flatten)]
    #[ts(flatten)]
    pub body: LogBody,
    #[serde(flatten)]
    #[ts(flatten)]
    pub header: EventHeader,
}

/// What every event of a log says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventHeader {
    #[ts(type = "number")]
    pub room: i64,
    #[ts(type = "number")]
    pub seq: i64,
    #[ts(type = "number")]
    pub at: i64,
    /// Who did it.
    #[ts(type = "number")]
    pub user_id: i64,
    pub name: String,
}

/// What an event of a log says by its type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum LogBody {
    Message {
        kind: MessageKind,
        text: String,
        client_id: String,
    },
    MemberJoined {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        subject: Option<Person>,
    },
    MemberLeft {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        subject: Option<Person>,
    },
    MemberRenamed {
        old_name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        subject: Option<Person>,
    },
    RoomCreated(Labels),
    RoomUpdated(Labels),
    RoomDeleted {},
}

/// How a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MessageKind {
    Text,
    Action,
}

/// What a room is called from an event on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Labels {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub slug: Option<String>,
    pub title: String,
    pub topic: String,
}

impl LogEvent {
    /// The `type` of every log event.
    pub const TYPES: &'static [&'static str] = <LogBody as VariantNames>::VARIANTS;

    /// Several events as they stand on the wire.
    #[must_use]
    pub fn list(events: impl IntoIterator<Item = RoomEvent>) -> Vec<Self> {
        events.into_iter().map(|event| Self::from(&event)).collect()
    }
}

impl From<&RoomEvent> for LogEvent {
    fn from(event: &RoomEvent) -> Self {
        let (room, seq, at) = (event.room.0, event.seq.0, event.at.0);
        let header = EventHeader { room, seq, at, user_id: event.actor.0, name: event.name.clone() };
        Self { body: LogBody::new(event), header }
    }
}

impl LogBody {
    fn new(event: &RoomEvent) -> Self {
        match &event.body {
            EventBody::Message(MessageEvent::Posted(MessageContent { kind, text, client_id })) => {
                Self::Message { kind: (*kind).into(), text: text.clone(), client_id: client_id.clone() }
            }
            EventBody::Member(MemberEvent { subject, subject_name, change }) => {
                let is_other = *subject != event.actor;
                let subject = is_other.then(|| Person { user_id: subject.0, name: subject_name.clone() });
                match change {
                    MemberChange::Joined => Self::MemberJoined { subject },
                    MemberChange::Left => Self::MemberLeft { subject },
                    MemberChange::Renamed { old_name } => {
                        Self::MemberRenamed { old_name: old_name.clone(), subject }
                    }
                }
            }
            EventBody::Room(RoomChange::Created(labels)) => Self::RoomCreated(labels.into()),
            EventBody::Room(RoomChange::Updated(labels)) => Self::RoomUpdated(labels.into()),
            EventBody::Room(RoomChange::Deleted) => Self::RoomDeleted {},
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

impl From<&RoomLabels> for Labels {
    fn from(RoomLabels { slug, title, topic }: &RoomLabels) -> Self {
        Self { slug: slug.clone(), title: title.clone(), topic: topic.clone() }
    }
}
