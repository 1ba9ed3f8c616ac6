use super::StoreFuture;
use crate::domain::{Actor, NewSettings, OwnSettings, RoomId, RoomNotifications, UserId};

/// How people like their clients to be, and what they want to hear. Nobody else learns of it, but whether
/// the person shares how far rooms are read.
pub trait PersonalSettings {
    /// All of somebody's settings, with those of the rooms that the person is in.
    fn settings(&self, user: UserId) -> StoreFuture<OwnSettings>;

    /// Takes other settings in place of those at this `revision`, and answers the new revision, of which the person's other connections
    /// are told. [`SettingsChanged`](crate::domain::Refusal::SettingsChanged) when there is a newer one,
    /// [`Forbidden`](crate::domain::Refusal::Forbidden) for a visitor.
    fn put_settings(&self, actor: Actor, revision: i64, settings: NewSettings) -> StoreFuture<i64>;

    /// Says what the actor wants to hear of a room, until leaving it, and answers the new revision.
    /// [`RoomNotFound`](crate::domain::Refusal::RoomNotFound), [`NotMember`](crate::domain::Refusal::NotMember).
    fn set_notifications(&self, actor: Actor, room: RoomId, wanted: RoomNotifications) -> StoreFuture<i64>;
}
