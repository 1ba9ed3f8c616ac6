use super::{MemberBody, MessageBody, RoomBody};
use chinwag_core::domain::{EventBody, RoomEvent};
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;
use utoipa::ToSchema;

/// An event of a room's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct LogEvent {
    #[serde(flatten)]
    #[ts(flatten)]
    pub body: LogBody,
    #[serde(flatten)]
    #[ts(flatten)]
    pub header: EventHeader,
}

/// What every event of a log says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
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

/// What an event of a log says by its type. Most code cares about one group and need not know the types of the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(untagged)]
pub enum LogBody {
    Message(MessageBody),
    Member(MemberBody),
    Room(RoomBody),
}

impl LogEvent {
    /// The `type` of every log event.
    pub fn types() -> impl Iterator<Item = &'static str> {
        [MessageBody::VARIANTS, MemberBody::VARIANTS, RoomBody::VARIANTS].into_iter().flatten().copied()
    }

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
        let body = match &event.body {
            EventBody::Message(message) => LogBody::Message(MessageBody::new(event.seq, message)),
            EventBody::Member(member) => LogBody::Member(MemberBody::new(event.actor, member)),
            EventBody::Room(change) => LogBody::Room(change.into()),
        };
        Self { body, header }
    }
}
