use chinwag_core::domain::{EventBody, RoomEvent, RoomSlug};
use serde::{Deserialize, Serialize};
use strum::VariantNames;
use ts_rs::TS;

/// An event of a room's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum LogEvent {
    Message {
        room: String,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        user_id: i64,
        name: String,
        text: String,
        #[ts(type = "number")]
        at: i64,
        client_id: String,
    },
    MemberJoined {
        room: String,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        user_id: i64,
        name: String,
        #[ts(type = "number")]
        at: i64,
    },
    MemberLeft {
        room: String,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        user_id: i64,
        name: String,
        #[ts(type = "number")]
        at: i64,
    },
    MemberRenamed {
        room: String,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        user_id: i64,
        name: String,
        old_name: String,
        #[ts(type = "number")]
        at: i64,
    },
    RoomCreated {
        room: String,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        user_id: i64,
        name: String,
        title: String,
        topic: String,
        #[ts(type = "number")]
        at: i64,
    },
    RoomUpdated {
        room: String,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        user_id: i64,
        name: String,
        title: String,
        topic: String,
        #[ts(type = "number")]
        at: i64,
    },
    RoomDeleted {
        room: String,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        user_id: i64,
        name: String,
        #[ts(type = "number")]
        at: i64,
    },
}

impl LogEvent {
    /// The `type` of every log event.
    pub const TYPES: &'static [&'static str] = <Self as VariantNames>::VARIANTS;

    /// The event as it stands on the wire.
    #[must_use]
    pub fn new(room: &RoomSlug, event: &RoomEvent) -> Self {
        let room = room.as_str().to_owned();
        let (seq, at, user_id, name) = (event.seq.0, event.at.0, event.actor.0, event.name.clone());
        match event.body.clone() {
            EventBody::Message { text, client_id } => {
                Self::Message { room, seq, user_id, name, text, at, client_id }
            }
            EventBody::MemberJoined => Self::MemberJoined { room, seq, user_id, name, at },
            EventBody::MemberLeft => Self::MemberLeft { room, seq, user_id, name, at },
            EventBody::MemberRenamed { old_name } => {
                Self::MemberRenamed { room, seq, user_id, name, old_name, at }
            }
            EventBody::RoomCreated { title, topic } => {
                Self::RoomCreated { room, seq, user_id, name, title, topic, at }
            }
            EventBody::RoomUpdated { title, topic } => {
                Self::RoomUpdated { room, seq, user_id, name, title, topic, at }
            }
            EventBody::RoomDeleted => Self::RoomDeleted { room, seq, user_id, name, at },
        }
    }

    /// Several events of one room.
    #[must_use]
    pub fn list(room: &RoomSlug, events: &[RoomEvent]) -> Vec<Self> {
        events.iter().map(|event| Self::new(room, event)).collect()
    }

    /// The room and the place in its log.
    #[must_use]
    pub fn place(&self) -> (&str, i64) {
        match self {
            Self::Message { room, seq, .. }
            | Self::MemberJoined { room, seq, .. }
            | Self::MemberLeft { room, seq, .. }
            | Self::MemberRenamed { room, seq, .. }
            | Self::RoomCreated { room, seq, .. }
            | Self::RoomUpdated { room, seq, .. }
            | Self::RoomDeleted { room, seq, .. } => (room, *seq),
        }
    }
}
