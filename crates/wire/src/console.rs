//! What `chinwag admin` and a running server say to each other over the socket in the data folder: one line of JSON each way. The objects
//! in the answers are those that `--json` prints.

use crate::native::{AccountKind, StaffRole};
use chinwag_core::ports;
use serde::{Deserialize, Serialize};

/// What the operator asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ConsoleRequest {
    /// A page of rooms, by their numbers.
    Rooms {
        /// A part of a title, a topic or an address.
        search: String,
        /// Only those that guests and visitors have made.
        guests: bool,
        /// The number of the last room of the page before.
        after: i64,
    },
    /// One room: by its number, or by its address.
    Room {
        /// The number or the address.
        which: Which,
    },
    /// Deletes a room.
    DeleteRoom {
        /// Its number.
        room: i64,
    },
    /// A page of accounts, by their numbers.
    Users {
        /// A part of a name.
        search: String,
        /// The number of the last account of the page before.
        after: i64,
    },
    /// One account: by its number, or by its name.
    User {
        /// The number or the name.
        which: Which,
    },
    /// Ends an account.
    RemoveUser {
        /// Its number.
        user_id: i64,
    },
    /// Makes an account that has no password yet, and a link by which its person comes in and sets one.
    CreateUser {
        /// The name to sign in with.
        name: String,
        /// What the person is on the server beyond a member.
        role: Option<StaffRole>,
    },
    /// Says what a member is on the server: one without a role is a member.
    SetRole {
        /// The account.
        user_id: i64,
        /// The role.
        role: Option<StaffRole>,
    },
    /// Makes a link by which somebody who lost the password comes in and sets another one.
    ResetPassword {
        /// The account.
        user_id: i64,
    },
    /// Makes an invitation.
    Invite {
        /// For how many hours it is good.
        hours: Option<u32>,
        /// How many may come by it.
        uses: Option<u32>,
        /// What whoever comes by it is on the server beyond a member.
        role: Option<StaffRole>,
    },
    /// Makes another key that signs access tokens.
    RotateKeys,
    /// Has the index of messages made anew.
    Reindex,
    /// Tells how far the index of messages is.
    IndexProgress,
}

/// Which room or account is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Which {
    /// By its number.
    Number(i64),
    /// By its address or name.
    Name(String),
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ConsoleAnswer {
    /// Rooms; none after the last page.
    Rooms {
        /// The rooms.
        rooms: Vec<ConsoleRoom>,
    },
    /// Accounts; none after the last page.
    Users {
        /// The accounts.
        users: Vec<ConsoleUser>,
    },
    /// What stands behind the `#` in the address of a link, and up to when it is good, in milliseconds since 1970 UTC.
    Link {
        /// Such as `invite=cw_…`.
        fragment: String,
        /// Up to when.
        until: i64,
    },
    /// How far the index of messages is.
    Index {
        /// How many messages are in it.
        messages: u64,
        /// Whether there are others that are to come into it.
        goes_on: bool,
    },
    /// It is done.
    Done,
    /// There was nothing to do it to.
    NotFound,
    /// It could not be done.
    Failed {
        /// A sentence for people.
        message: String,
    },
}

/// A room as the operator sees it. Times are milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleRoom {
    /// Its number.
    pub room: i64,
    /// Its address, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Its title.
    pub title: String,
    /// How many members it has.
    pub members: u64,
    /// How many events its log has.
    pub events: i64,
    /// Who made it; nobody for those that came with the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_by: Option<ConsoleMaker>,
    /// When it was made.
    pub created_at: i64,
    /// When the last message in it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_message_at: Option<i64>,
}

/// Who made a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleMaker {
    /// The account, which may be gone.
    pub user_id: i64,
    /// Its name.
    pub name: String,
    /// What sort of account it is.
    pub kind: AccountKind,
}

/// An account as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleUser {
    /// Its number.
    pub user_id: i64,
    /// Its name.
    pub name: String,
    /// What sort of account it is.
    pub kind: AccountKind,
    /// What the person is on the whole server, beyond a member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<StaffRole>,
    /// In how many rooms it is a member.
    pub rooms: u32,
    /// How many rooms that exist it has made.
    pub rooms_made: u32,
    /// When it was made.
    pub created_at: i64,
    /// When the person was here last, within minutes.
    pub last_seen_at: i64,
}

/// Objects as lines of JSON, for scripts.
///
/// # Errors
/// Never, for the types of this module.
pub fn json_lines<T: Serialize>(objects: &[T]) -> serde_json::Result<String> {
    let mut lines = String::new();
    for object in objects {
        lines += &serde_json::to_string(object)?;
        lines.push('\n');
    }
    Ok(lines)
}

impl From<ports::RoomReport> for ConsoleRoom {
    fn from(room: ports::RoomReport) -> Self {
        Self {
            room: room.id.0,
            slug: room.slug.map(|slug| slug.as_str().to_owned()),
            title: room.title,
            members: room.members,
            events: room.head.0,
            made_by: room.maker.map(|(id, name, kind)| ConsoleMaker {
                user_id: id.0,
                name,
                kind: kind.into(),
            }),
            created_at: room.created_at.0,
            last_message_at: room.last_message_at.map(|at| at.0),
        }
    }
}

impl From<ports::UserReport> for ConsoleUser {
    fn from(user: ports::UserReport) -> Self {
        Self {
            user_id: user.id.0,
            name: user.name,
            kind: user.kind.into(),
            role: StaffRole::of(user.role),
            rooms: user.rooms,
            rooms_made: user.rooms_made,
            created_at: user.created_at.0,
            last_seen_at: user.last_seen_at.0,
        }
    }
}
