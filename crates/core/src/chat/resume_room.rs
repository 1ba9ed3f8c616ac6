use super::Chat;
use crate::domain::{Actor, LogAccess, Refusal, RoomId, RoomLookup, RoomOverview, Seq};

/// How a client that comes back gets up to date with a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumption {
    /// By the events that it missed.
    Replay(RoomOverview, LogAccess),
    /// By a fresh snapshot: the gap is too long, the place is not one of this log, or it is before the person's time.
    Reset(RoomOverview, LogAccess),
    /// Not at all: the room is gone, or the person is no member any more.
    Gone,
}

impl Chat {
    /// Decides how a client that has seen `last` of a room resumes it.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn resume_room(&self, actor: Actor, room: RoomId, last: Seq) -> Result<Resumption, Refusal> {
        let (room, log) = match self.store.room(actor.user, room.into()).await {
            Ok(RoomLookup { room, log: Some(log) }) if room.is_member() => (room, log),
            Ok(_) | Err(Refusal::RoomNotFound(_)) => return Ok(Resumption::Gone),
            Err(refusal) => return Err(refusal),
        };
        let can_replay = log.has_all_after(last) && room.can_replay(last, self.limits.replay);
        Ok(if can_replay { Resumption::Replay(room, log) } else { Resumption::Reset(room, log) })
    }
}
