use super::Chat;
use crate::domain::{Actor, Refusal, RoomOverview, RoomSlug, Seq};

/// How a client that comes back gets up to date with a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumption {
    /// By the events that it missed.
    Replay(RoomOverview),
    /// By a fresh snapshot: the gap is too long, or the place is not one of this log.
    Reset(RoomOverview),
    /// Not at all: the room is gone, or the person is no member any more.
    Gone,
}

impl Chat {
    /// Decides how a client that has seen `last` of a room resumes it.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub async fn resume_room(&self, actor: Actor, slug: RoomSlug, last: Seq) -> Result<Resumption, Refusal> {
        let room = match self.store.room(actor.user, slug).await {
            Ok(room) if room.member => room,
            Ok(_) | Err(Refusal::RoomNotFound(_)) => return Ok(Resumption::Gone),
            Err(refusal) => return Err(refusal),
        };
        let can_replay = room.can_replay(last, self.bounds.replay);
        Ok(if can_replay { Resumption::Replay(room) } else { Resumption::Reset(room) })
    }
}
