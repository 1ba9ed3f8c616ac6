use super::{
    AvatarChange, Ban, DirectoryRoom, Effect, EmojiPicture, ErrorCode, FollowedThread, Found, KeptDraft,
    Limits, LogEvent, Member, Person, PresenceChange, ReadBy, Ref, RoomSnapshot, RoomSummary, ThreadPage,
    User,
};
use chinwag_core::domain::Refusal;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use strum::VariantNames;
use ts_rs::TS;
use utoipa::ToSchema;

/// A frame from the server: a reply (with the `ref` of what it answers), a log event or a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, VariantNames)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[strum(serialize_all = "camelCase")]
pub enum ServerFrame {
    Welcome {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        /// Another one after a restore from a copy: what a client has of another epoch may not be so any more.
        epoch: String,
        user: User,
        rooms: Vec<RoomSummary>,
        limits: Limits,
        #[ts(type = "number")]
        server_time: i64,
    },
    Joined {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[serde(flatten)]
        #[ts(flatten)]
        snapshot: RoomSnapshot,
    },
    Left {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[ts(type = "number")]
        room: i64,
    },
    Ack {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        seq: i64,
        #[ts(type = "number")]
        at: i64,
    },
    History {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[ts(type = "number")]
        room: i64,
        messages: Vec<LogEvent>,
        events: Vec<LogEvent>,
        #[ts(type = "number")]
        events_from: i64,
        has_before: bool,
        has_after: bool,
    },
    Thread {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[serde(flatten)]
        #[ts(flatten)]
        page: Box<ThreadPage>,
    },
    /// Those with unread replies, then the others; each the last one said in first.
    Threads {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        threads: Vec<FollowedThread>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        next: Option<String>,
    },
    Members {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[ts(type = "number")]
        room: i64,
        members: Vec<Member>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        next: Option<String>,
    },
    Rooms {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        rooms: Vec<RoomSummary>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        next: Option<String>,
    },
    Found {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[serde(flatten)]
        #[ts(flatten)]
        found: Found,
    },
    Bans {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[ts(type = "number")]
        room: i64,
        /// The last first.
        bans: Vec<Ban>,
    },
    Room {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        room: RoomSummary,
    },
    Renamed {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        user: User,
    },
    Said {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[serde(flatten)]
        #[ts(flatten)]
        effect: Effect,
    },
    Ok {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
    },
    Error {
        #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        reference: Option<Ref>,
        #[serde(flatten)]
        #[ts(flatten)]
        error: ProtocolError,
    },
    Resumed {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        head_seq: i64,
    },
    Skipped {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        from: i64,
        #[ts(type = "number")]
        to: i64,
    },
    Reset {
        #[serde(flatten)]
        #[ts(flatten)]
        snapshot: RoomSnapshot,
    },
    RoomGone {
        #[ts(type = "number")]
        room: i64,
    },
    Presence {
        #[ts(type = "number")]
        room: i64,
        online: u32,
        changes: Vec<PresenceChange>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        truncated: bool,
    },
    Typing {
        #[ts(type = "number")]
        room: i64,
        users: Vec<Person>,
        more: u32,
    },
    Seen {
        #[ts(type = "number")]
        room: i64,
        reads: Vec<ReadBy>,
    },
    ReadMark {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        seq: i64,
    },
    MarkedUnread {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        seq: i64,
    },
    Draft {
        #[serde(flatten)]
        #[ts(flatten)]
        draft: KeptDraft,
    },
    ScheduleChanged {
        /// Whether the person is to be reminded of something now.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        due: bool,
    },
    SettingsChanged {
        #[ts(type = "number")]
        revision: i64,
    },
    ThreadMark {
        #[ts(type = "number")]
        room: i64,
        #[ts(type = "number")]
        root: i64,
        follows: bool,
        #[ts(type = "number")]
        read_seq: i64,
    },
    Membership {
        #[ts(type = "number")]
        room: i64,
        member: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        summary: Option<RoomSummary>,
    },
    UserRenamed {
        user: User,
    },
    Directory {
        changed: Vec<DirectoryRoom>,
        #[ts(type = "number[]")]
        removed: Vec<i64>,
        /// Other pictures of people and of the server.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<Vec<AvatarChange>>")]
        avatars: Vec<AvatarChange>,
        /// Other emoji of the server.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<Vec<EmojiPicture>>")]
        emoji: Vec<EmojiPicture>,
    },
    Stale {},
    #[serde(untagged)]
    #[ts(untagged)]
    Log(LogEvent),
}

/// Why a frame or a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProtocolError {
    pub code: ErrorCode,
    /// A sentence for people.
    pub message: String,
    /// Whether the same frame can succeed later as it is.
    pub retryable: bool,
    /// Milliseconds to wait, when the server knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub retry_after_ms: Option<u64>,
    /// When what the person may not do at present may be done again, in milliseconds since 1970; not there for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub until: Option<i64>,
}

impl ServerFrame {
    /// The `type` of every server frame.
    #[must_use]
    pub fn types() -> Vec<&'static str> {
        let own = <Self as VariantNames>::VARIANTS.iter().filter(|name| **name != "log");
        own.copied().chain(LogEvent::types()).collect()
    }
}

impl ProtocolError {
    /// An error that no refusal stands behind.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), retryable: code.retryable(), retry_after_ms: None, until: None }
    }
}

/// Milliseconds until one comes again to whom the storage did not answer. Not the same for all, who were refused at the same moment and would
/// come in step from then on.
const COMES_AGAIN: RangeInclusive<u64> = 500..=1500;

impl From<&Refusal> for ProtocolError {
    fn from(refusal: &Refusal) -> Self {
        let retry_after_ms =
            if let Refusal::RateLimited { retry_after_ms } | Refusal::SlowMode { retry_after_ms } = refusal {
                Some(*retry_after_ms)
            } else {
                // When the storage is there again nobody knows. A write that comes meanwhile costs it nothing, and whoever comes soon is served soon.
                (*refusal == Refusal::Unavailable).then(|| rand::random_range(COMES_AGAIN))
            };
        let until = if let Refusal::Muted { until }
        | Refusal::Banned { until, .. }
        | Refusal::BannedFromServer { until, .. } = refusal
        {
            until.map(|until| until.0)
        } else {
            None
        };
        Self { retry_after_ms, until, ..Self::new(refusal.into(), refusal.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn those_to_whom_the_storage_does_not_answer_come_again_one_by_one() {
        let waits: HashSet<_> =
            (0..100).filter_map(|_| ProtocolError::from(&Refusal::Unavailable).retry_after_ms).collect();
        assert!(waits.iter().all(|wait| (500..=1500).contains(wait)), "{waits:?}");
        assert!(waits.len() > 50, "many come in step: {waits:?}");
        assert_eq!(ProtocolError::from(&Refusal::Busy).retry_after_ms, None);
    }
}
