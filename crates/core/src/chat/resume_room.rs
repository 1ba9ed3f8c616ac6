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
        let in_the_log = (room.first.0 - 1..=room.head.0).contains(&last.0);
        let replayable = in_the_log && room.head.0 - last.0 <= i64::from(self.bounds.replay);
        Ok(if replayable { Resumption::Replay(room) } else { Resumption::Reset(room) })
    }
}
