use super::{PresenceState, Ref, RoomKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use strum::VariantNames;
use ts_rs::TS;

macro_rules! frame {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            pub reference: Option<Ref>,
            $($(#[$field_doc])* pub $field: $kind,)*
        }
    };
}

frame!(
    /// Signs the connection in; the first frame.
    Hello {
        token: String,
        /// The last `seq` seen of each room that the client follows.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        #[ts(as = "Option<std::collections::BTreeMap<String, f64>>", optional)]
        rooms: BTreeMap<String, i64>,
    }
);
frame!(
    /// Become a member and a subscriber of a room.
    Join {
        /// The room, or its address instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "number")]
        room: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        slug: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);
frame!(
    /// End a membership.
    Leave { #[ts(type = "number")] room: i64 }
);
frame!(
    /// Write a message.
    Send { #[ts(type = "number")] room: i64, client_id: String, text: String }
);
frame!(
    /// Carry out what a person typed: a message, or a command that begins with `/`.
    Say { #[ts(type = "number")] room: i64, client_id: String, text: String }
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
frame!(
    /// Read a page of members.
    Members {
        #[ts(type = "number")]
        room: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        after: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);
frame!(
    /// List the rooms.
    Rooms {}
);
frame!(
    /// Create a room.
    CreateRoom {
        #[serde(default)]
        kind: RoomKind,
        title: String,
        /// Its address; without one it is made from the title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        slug: Option<String>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(as = "Option<String>", optional)]
        topic: String,
    }
);
frame!(
    /// Change a room's title, topic or address.
    UpdateRoom {
        #[ts(type = "number")]
        room: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        title: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        topic: Option<String>,
        /// Another address; the present one leads to the room until another room takes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        slug: Option<String>,
    }
);
frame!(
    /// Delete a room.
    DeleteRoom { #[ts(type = "number")] room: i64 }
);
frame!(
    /// Change one's name.
    Rename { name: String }
);
frame!(
    /// Mark a room as read.
    Read {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        seq: i64,
    }
);
frame!(
    /// Tell that one is typing.
    Typing { #[ts(type = "number")] room: i64 }
);
frame!(
    /// Tell whether one is active.
    Presence { state: PresenceState }
);

frame!(
    /// Ask for a sign of life.
    Ping {}
);

/// A frame from a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum ClientFrame {
    Hello(Hello),
    Join(Join),
    Leave(Leave),
    Send(Send),
    Say(Say),
    History(History),
    Members(Members),
    Rooms(Rooms),
    CreateRoom(CreateRoom),
    UpdateRoom(UpdateRoom),
    DeleteRoom(DeleteRoom),
    Rename(Rename),
    Read(Read),
    Typing(Typing),
    Presence(Presence),
    Ping(Ping),
}

impl ClientFrame {
    /// The `type` of every client frame.
    pub const TYPES: &'static [&'static str] = <Self as VariantNames>::VARIANTS;
}
