//! Threads: what is said under messages.

use super::decode::bad;
use super::frame::frame;
use super::message::window;
use super::{LogEvent, Person, ProtocolError};
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{self, InThread, RoomEvent, RoomId, Seq, ThreadListQuery};
use chinwag_core::ports::ThreadChange;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Threads of a page when the client does not say.
const DEFAULT_THREADS: u32 = 30;

frame!(
    /// Read a page of a thread. At most one of `before`, `around`, `after`.
    Thread {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message under which it hangs.
        #[ts(type = "number")]
        root: i64,
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
    /// Read a page of the threads that one follows.
    Threads {
        /// The `next` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        after: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        limit: Option<u32>,
    }
);
frame!(
    /// Follow a thread.
    FollowThread {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message under which it hangs.
        #[ts(type = "number")]
        root: i64,
    }
);
frame!(
    /// End that.
    UnfollowThread {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message under which it hangs.
        #[ts(type = "number")]
        root: i64,
    }
);
frame!(
    /// Mark a thread as read up to a place.
    ReadThread {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message under which it hangs.
        #[ts(type = "number")]
        root: i64,
        #[ts(type = "number")]
        seq: i64,
    }
);

/// What is said under a message, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadInfo {
    /// Replies that are not deleted, counted up to 1000.
    pub replies: u32,
    /// When the last of them was written, in milliseconds since 1970.
    #[ts(type = "number")]
    pub last: i64,
    /// Who wrote there last, the last one first, at most three.
    pub users: Vec<Person>,
    /// Replies up to this `seq` are counted.
    #[ts(type = "number")]
    pub as_of: i64,
}

/// A page of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadPage {
    #[ts(type = "number")]
    pub room: i64,
    /// The message under which it hangs.
    pub root: LogEvent,
    /// Replies, oldest first.
    pub messages: Vec<LogEvent>,
    pub has_before: bool,
    pub has_after: bool,
    /// Whether the person follows it.
    pub follows: bool,
    /// Replies up to here are read; 0 for one who never followed it.
    #[ts(type = "number")]
    pub read_seq: i64,
}

/// A thread that one follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FollowedThread {
    /// The message under which it hangs; its `threadInfo` says what is said there.
    pub root: LogEvent,
    /// Replies up to here are read.
    #[ts(type = "number")]
    pub read_seq: i64,
    /// Others' replies behind that, counted up to 100.
    pub unread: u32,
}

impl Thread {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let (window, limit) = window(self.before, self.around, self.after, self.limit)?;
        Ok(ClientCommand::Thread { room: RoomId(self.room), root: Seq(self.root), window, limit })
    }
}

impl Threads {
    pub(super) fn command(self) -> Result<ClientCommand, ProtocolError> {
        let Self { reference: _, after, limit } = self;
        let after = after.map(|after| after.parse().map_err(|()| not_a_page(&after))).transpose()?;
        let query = ThreadListQuery { after, limit: limit.unwrap_or(DEFAULT_THREADS) };
        Ok(ClientCommand::Threads(Box::new(query)))
    }
}

fn not_a_page(after: &str) -> ProtocolError {
    let shown: String = after.chars().take(40).collect();
    bad(format!("after is the next of the page before, and {shown:?} is none."))
}

impl FollowThread {
    pub(super) fn command(self) -> ClientCommand {
        change(self.room, self.root, ThreadChange::Followed)
    }
}

impl UnfollowThread {
    pub(super) fn command(self) -> ClientCommand {
        change(self.room, self.root, ThreadChange::Unfollowed)
    }
}

impl ReadThread {
    pub(super) fn command(self) -> ClientCommand {
        change(self.room, self.root, ThreadChange::Read(Seq(self.seq)))
    }
}

fn change(room: i64, root: i64, change: ThreadChange) -> ClientCommand {
    ClientCommand::ChangeThread { room: RoomId(room), root: Seq(root), change }
}

/// Where a message is to stand: in the thread of `root`, if one is named, and with it in the room or not.
pub(crate) fn in_thread(root: Option<i64>, also: bool) -> Option<InThread> {
    root.map(|root| InThread { root: Seq(root), also })
}

impl From<&domain::ThreadInfo> for ThreadInfo {
    fn from(info: &domain::ThreadInfo) -> Self {
        let domain::ThreadInfo { replies, last, users, as_of } = info;
        let person = |(user, name): &(domain::UserId, String)| Person { user_id: user.0, name: name.clone() };
        Self { replies: *replies, last: last.0, users: users.iter().map(person).collect(), as_of: as_of.0 }
    }
}

impl From<domain::ThreadPage> for ThreadPage {
    fn from(page: domain::ThreadPage) -> Self {
        let domain::ThreadPage { room, root, messages, has_before, has_after, mark } = page;
        Self {
            room: room.0,
            root: LogEvent::from(&RoomEvent::from(root)),
            messages: LogEvent::list(messages.into_iter().map(RoomEvent::from)),
            has_before,
            has_after,
            follows: mark.follows,
            read_seq: mark.read.0,
        }
    }
}

impl From<domain::FollowedThread> for FollowedThread {
    fn from(thread: domain::FollowedThread) -> Self {
        let domain::FollowedThread { root, read, unread } = thread;
        Self { root: LogEvent::from(&RoomEvent::from(root)), read_seq: read.0, unread }
    }
}
