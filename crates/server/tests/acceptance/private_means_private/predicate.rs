//! What has to come, said apart from the server.

use super::{NO_MESSAGE, NOBODY};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Member,
    Moderator,
    Owner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Join,
    Leave,
    Send,
    Say,
    Edit,
    DeleteMessage,
    React,
    Unreact,
    Pin,
    Unpin,
    Reply,
    Thread,
    FollowThread,
    UnfollowThread,
    ReadThread,
    History,
    Search,
    Members,
    Read,
    MarkUnread,
    Draft,
    Typing,
    Update,
    Delete,
    Add,
    Remove,
    SetRole,
    Ban,
    Unban,
    Bans,
    Mute,
    Unmute,
}

impl Verb {
    pub(super) const ALL: [Self; 32] = [
        Self::Join,
        Self::Leave,
        Self::Send,
        Self::Say,
        Self::Edit,
        Self::DeleteMessage,
        Self::React,
        Self::Unreact,
        Self::Pin,
        Self::Unpin,
        Self::Reply,
        Self::Thread,
        Self::FollowThread,
        Self::UnfollowThread,
        Self::ReadThread,
        Self::History,
        Self::Search,
        Self::Members,
        Self::Read,
        Self::MarkUnread,
        Self::Draft,
        Self::Typing,
        Self::Update,
        Self::Delete,
        Self::Add,
        Self::Remove,
        Self::SetRole,
        Self::Ban,
        Self::Unban,
        Self::Bans,
        Self::Mute,
        Self::Unmute,
    ];

    /// A frame that changes nothing in a room where it is allowed. `me` is who asks.
    pub(super) fn frame(self, room: i64, me: i64) -> Value {
        match self {
            Self::Join => json!({"type": "join", "room": room, "limit": 0}),
            Self::Leave => json!({"type": "leave", "room": room}),
            Self::Send => json!({"type": "send", "room": room, "clientId": "c", "text": "x"}),
            Self::Say => json!({"type": "say", "room": room, "clientId": "c", "text": "/who"}),
            Self::Edit => {
                json!({"type": "edit", "room": room, "target": NO_MESSAGE, "clientId": "c", "text": "x"})
            }
            Self::DeleteMessage => {
                json!({"type": "delete", "room": room, "target": NO_MESSAGE, "clientId": "c"})
            }
            Self::React => json!({"type": "react", "room": room, "target": NO_MESSAGE, "emoji": "👍"}),
            Self::Unreact => json!({"type": "unreact", "room": room, "target": NO_MESSAGE, "emoji": "👍"}),
            Self::Pin => json!({"type": "pin", "room": room, "target": NO_MESSAGE}),
            Self::Unpin => json!({"type": "unpin", "room": room, "target": NO_MESSAGE}),
            Self::Reply => {
                json!({"type": "send", "room": room, "clientId": "t", "text": "x", "thread": NO_MESSAGE})
            }
            Self::Thread => json!({"type": "thread", "room": room, "root": NO_MESSAGE}),
            Self::FollowThread => json!({"type": "followThread", "room": room, "root": NO_MESSAGE}),
            Self::UnfollowThread => json!({"type": "unfollowThread", "room": room, "root": NO_MESSAGE}),
            Self::ReadThread => json!({"type": "readThread", "room": room, "root": NO_MESSAGE, "seq": 1}),
            Self::History => json!({"type": "history", "room": room}),
            Self::Search => json!({"type": "search", "room": room, "q": "secret"}),
            Self::Members => json!({"type": "members", "room": room}),
            Self::Read => json!({"type": "read", "room": room, "seq": 1}),
            Self::MarkUnread => json!({"type": "markUnread", "room": room, "seq": 1_000_000}),
            Self::Draft => json!({"type": "draft", "room": room, "text": "x"}),
            Self::Typing => json!({"type": "typing", "room": room}),
            Self::Update => json!({"type": "updateRoom", "room": room}),
            Self::Delete => json!({"type": "deleteRoom", "room": room}),
            Self::Add => json!({"type": "addMember", "room": room, "userId": me}),
            Self::Remove => json!({"type": "removeMember", "room": room, "userId": NOBODY}),
            Self::SetRole => json!({"type": "setRole", "room": room, "userId": NOBODY, "role": "owner"}),
            Self::Ban => json!({"type": "banMember", "room": room, "userId": NOBODY}),
            Self::Unban => json!({"type": "unbanMember", "room": room, "userId": NOBODY}),
            Self::Bans => json!({"type": "bans", "room": room}),
            Self::Mute => json!({"type": "muteMember", "room": room, "userId": NOBODY}),
            Self::Unmute => json!({"type": "unmuteMember", "room": room, "userId": NOBODY}),
        }
    }
}

/// What has to come, by the type of the reply or the code of the error; nothing where the question would change something.
pub(super) fn expected(kind: &str, role: Option<Role>, verb: Verb) -> Option<&'static str> {
    let has_roles = matches!(kind, "public" | "private");
    let is_owner = has_roles && role == Some(Role::Owner);
    let or = |may: bool, reply: &'static str, refusal: &'static str| Some(if may { reply } else { refusal });
    match verb {
        // Only who listens types and asks who is there, and nobody here does.
        Verb::Typing | Verb::Say => Some("not_member"),
        _ if kind != "public" && role.is_none() => Some("room_not_found"),
        Verb::Edit
        | Verb::DeleteMessage
        | Verb::React
        | Verb::Unreact
        | Verb::Reply
        | Verb::Thread
        | Verb::FollowThread
        | Verb::UnfollowThread
        | Verb::ReadThread => or(role.is_some(), "message_not_found", "not_member"),
        Verb::Pin | Verb::Unpin => {
            or(role >= Some(Role::Moderator) || !has_roles, "message_not_found", "forbidden")
        }
        Verb::Send => role.is_none().then_some("not_member"),
        Verb::Join => None,
        Verb::Leave if kind == "direct" => Some("forbidden"),
        Verb::Leave => role.is_none().then_some("left"),
        Verb::History => or(role.is_some(), "history", "not_member"),
        Verb::Search => or(role.is_some(), "found", "not_member"),
        Verb::Members => or(role.is_some(), "members", "not_member"),
        Verb::Read | Verb::MarkUnread | Verb::Draft => or(role.is_some(), "ok", "not_member"),
        Verb::Update => or(is_owner, "room", "forbidden"),
        Verb::Delete => (!is_owner).then_some("forbidden"),
        Verb::Add if kind == "direct" => Some("forbidden"),
        Verb::Add => or(role.is_some(), "ok", "not_member"),
        Verb::Remove => or(has_roles && role >= Some(Role::Moderator), "ok", "forbidden"),
        Verb::Bans => or(has_roles && role >= Some(Role::Moderator), "bans", "forbidden"),
        Verb::Ban | Verb::Unban | Verb::Mute | Verb::Unmute => {
            or(has_roles && role >= Some(Role::Moderator), "user_not_found", "forbidden")
        }
        Verb::SetRole => or(is_owner, "user_not_found", "forbidden"),
    }
}
