use super::{Millis, RoomId};

/// Characters of a document of settings at most.
pub const SETTINGS_LENGTH: usize = 8 * 1024;

/// The largest time up to which a room may be muted: the last one of the year 9999, which stands for "until it is ended".
pub const FOR_EVER: Millis = Millis(253_402_300_799_000);

/// Of what somebody wants to be notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotifyLevel {
    /// Of every message.
    All,
    /// Of mentions, of what is written to a few people, and of one's own threads.
    Mentions,
    /// Of nothing.
    Nothing,
}

impl NotifyLevel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::All, Self::Mentions, Self::Nothing];
}

/// What somebody wants to hear of one room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomNotifications {
    /// Of what, where that is not as everywhere.
    pub level: Option<NotifyLevel>,
    /// Up to when the room is muted.
    pub muted_until: Option<Millis>,
}

impl RoomNotifications {
    /// Whether the room is muted at a time.
    #[must_use]
    pub fn is_muted(&self, now: Millis) -> bool {
        self.muted_until.is_some_and(|until| until > now)
    }
}

/// What a person sets in place of what was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSettings {
    /// The settings as the wire writes them.
    pub document: String,
    /// Whether others learn how far the person has read; the document says it as well, which the store does not read.
    pub shares_reads: bool,
}

/// How a person likes the client to be, and what the person wants to hear.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnSettings {
    /// Another number after each change.
    pub revision: i64,
    /// The settings as the wire writes them; empty for one who has changed nothing.
    pub document: String,
    /// The rooms of the person of which anything was set.
    pub rooms: Vec<(RoomId, RoomNotifications)>,
}
