use super::StoreFuture;
use crate::domain::{Actor, Millis, NewScheduled, Scheduled, UserId};

/// What happens at a time: messages that are sent later, and reminders. It outlives the server, and happens once, however many nodes look.
///
/// The author's connections are [told](super::UserEvent::ScheduleChanged) of each change.
pub trait Schedule {
    /// Schedules something, and answers its number; a repeat with the same client id answers the first one's. That the author may write is looked at
    /// when the time has come; now only that the author is a member. [`RoomNotFound`](crate::domain::Refusal::RoomNotFound),
    /// [`NotMember`](crate::domain::Refusal::NotMember), [`MessageNotFound`](crate::domain::Refusal::MessageNotFound),
    /// [`ScheduleLimit`](crate::domain::Refusal::ScheduleLimit); [`Forbidden`](crate::domain::Refusal::Forbidden) for a visitor, [`ScheduleInvalid`](crate::domain::Refusal::ScheduleInvalid) where
    /// [many messages](crate::domain::SCHEDULED_MESSAGES_AT_ONCE) of the same person wait for that time.
    /// [`FileNotFound`](crate::domain::Refusal::FileNotFound) where not all files may be sent to the room; they are kept for the message from then on.
    fn schedule(&self, actor: Actor, new: NewScheduled) -> StoreFuture<i64>;

    /// All that waits for somebody, what comes first at the beginning.
    fn scheduled(&self, user: UserId) -> StoreFuture<Vec<Scheduled>>;

    /// Has something happen at another time, also a reminder that was due and a message that was not sent.
    /// [`ScheduledNotFound`](crate::domain::Refusal::ScheduledNotFound), [`ScheduleInvalid`](crate::domain::Refusal::ScheduleInvalid).
    fn reschedule(&self, actor: Actor, id: i64, due: Millis) -> StoreFuture<()>;

    /// Has it not happen, or dismisses it, with its files. It is harmless when it is not there.
    fn unschedule(&self, actor: Actor, id: i64) -> StoreFuture<()>;

    /// At most `limit` numbers of what is due at `now`, what has waited longest first.
    fn due(&self, now: Millis, limit: u32) -> StoreFuture<Vec<i64>>;

    /// Has something happen whose time has come; no change where it has happened, or was put off. A message is written in the same transaction
    /// that takes it off the list. One that is refused stays there with the [reason](crate::domain::WhyNotSent), and one that a slow room does not take yet
    /// waits as long as the room asks for.
    fn carry_out(&self, id: i64) -> StoreFuture<()>;

    /// Has something that could not be carried out wait until `due`, unless it happened meanwhile or waits longer.
    fn put_off(&self, id: i64, due: Millis) -> StoreFuture<()>;
}
