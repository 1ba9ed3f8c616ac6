use super::{Millis, RoomId, RoomNotifications, Seq, SessionId, UserId};

/// Devices of one person that are pushed to at most; beyond it the one that was added first goes.
pub const PUSH_DEVICES: usize = 10;
/// Messages of one room that are looked at for devices at once.
pub const PUSH_MESSAGES: u32 = 200;
/// Pushes of one person that a server has on their way at once; what else is due waits for them.
pub const PUSHES_ON_THEIR_WAY: usize = 2;
/// Messages of one room that wait for one device at most when they are pushed; older ones are let go of.
pub const PUSHES_WAITING: u32 = 100;
/// Bytes of the address of a push service at most.
pub const PUSH_ENDPOINT_LENGTH: usize = 1000;

/// How a browser is reached by its push service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushTarget {
    /// The address at the push service.
    pub endpoint: String,
    /// The browser's public key: a point of P-256, uncompressed.
    pub key: Vec<u8>,
    /// What the browser and this server share.
    pub secret: Vec<u8>,
    /// Where the client is found that is opened by a click.
    pub page: String,
    /// The language of the browser, as it is written in HTML.
    pub language: String,
}

/// What is known of the device that somebody is signed in at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushDevice {
    /// How it is reached.
    pub target: PushTarget,
    /// When a push service last took something for it.
    pub pushed_at: Option<Millis>,
    /// What it answered the last time, if that was a refusal; 0 when it could not be reached.
    pub refused: Option<u32>,
}

/// What came in a room since it was looked at for devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushNews {
    /// The room.
    pub room: RoomId,
    /// Whether it is a conversation, where everything is meant for each.
    pub is_conversation: bool,
    /// Up to where its log was looked at before.
    pub since: Seq,
    /// Up to where it is looked at by this.
    pub head: Seq,
    /// The messages in between, oldest first; none where nobody listens.
    pub messages: Vec<PushMessage>,
    /// The devices of the room's members.
    pub listeners: Vec<PushListener>,
}

/// A device of a member of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushListener {
    /// The device, by its sign-in.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// Since when it is pushed to: what was said before is no news.
    pub since: Millis,
    /// The settings of the person as the wire writes them.
    pub document: String,
    /// What the person has set for the room.
    pub wish: RoomNotifications,
}

/// A message that may be pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushMessage {
    /// Its place.
    pub seq: Seq,
    /// Who wrote it.
    pub author: UserId,
    /// When.
    pub at: Millis,
    /// What it says.
    pub text: String,
    /// Whether it is said in a thread, and not in the room as well.
    pub in_thread: bool,
    /// Whether it mentions all members.
    pub calls_all: bool,
    /// Whom it mentions, and who follows the thread in which it is said.
    pub calls: Vec<UserId>,
}

/// What is to be pushed of the news of a room, and that these were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedPushes {
    /// The room.
    pub room: RoomId,
    /// Up to where its log was looked at before.
    pub since: Seq,
    /// Up to where it is looked at now.
    pub head: Seq,
    /// The messages, each with the devices to which it is to be pushed.
    pub wanted: Vec<(Seq, Vec<SessionId>)>,
}

/// A push that is due: the newest of what waits of one room for one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuePush {
    /// The device, by its sign-in.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// How the device is reached.
    pub target: PushTarget,
    /// The room.
    pub room: RoomId,
    /// Its address, if it has one.
    pub slug: Option<String>,
    /// What it is called; empty for a conversation.
    pub title: String,
    /// The newest message.
    pub seq: Seq,
    /// Who wrote it.
    pub author: String,
    /// What it says, with names in place of numbers.
    pub text: String,
    /// How many messages wait, of the newest [`PUSHES_WAITING`].
    pub count: u32,
    /// How often it was tried, this time included.
    pub tries: u32,
    /// The settings of the person as the wire writes them.
    pub document: String,
    /// What the person has set for the room.
    pub wish: RoomNotifications,
}

/// What becomes of a push that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushEnd {
    /// The push service took it.
    Taken,
    /// Nobody needs it any more.
    Dropped,
    /// It refuses it for good, with this status.
    Refused(u32),
    /// It is to be tried again then.
    Again(Millis),
    /// The browser is not there any more.
    Gone,
}
