use super::Session;
use chinwag_core::chat::Resumption;
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq};
use chinwag_core::ports::Signal;
use chinwag_realtime::CloseReason;

/// Messages of the snapshot that a client gets whose gap is too long.
const RESET_PAGE: u32 = 50;

impl Session {
    /// Brings a client that comes back up to date with its rooms: for each the last place it has seen. `known` are the rooms as
    /// it was just told of them.
    pub(crate) async fn resume(&self, rooms: Vec<(RoomSlug, Seq)>, known: &[RoomOverview]) {
        for (slug, last) in rooms {
            let known = known.iter().find(|room| room.slug == slug);
            let resumed = match known.filter(|room| room.member) {
                Some(room) => self.resume_room(room, last).await,
                None => Ok(Signal::RoomGone { room: slug }),
            };
            match resumed {
                Ok(signal) => self.app.hub.signal(&self.connection, &signal),
                Err(refusal) => {
                    tracing::warn!(connection = self.connection.id.0, %refusal, "a resume failed; the client is to try again");
                    self.connection.close(CloseReason::Restart);
                    return;
                }
            }
        }
    }

    /// Replays or resets one room and goes live. Answers the signal that ends it.
    async fn resume_room(&self, known: &RoomOverview, last: Seq) -> Result<Signal, Refusal> {
        // Subscribe first, then look: a leave that the subscription has not noted shows in the look.
        let subscription = self.app.hub.subscribe(&self.connection, known.id, &known.slug);
        let metrics = self.app.hub.metrics();
        match self.app.chat.resume_room(self.actor, known.slug.clone(), last).await? {
            Resumption::Replay(room) => {
                metrics.resumes.inc();
                let seen = self.replay(&subscription, last, room.head).await?;
                let head = self.go_live(&subscription, room.head, seen).await?;
                Ok(Signal::Resumed { room: room.slug, head })
            }
            Resumption::Reset(room) => {
                metrics.resets.inc();
                let view = self.view(&room.slug, RESET_PAGE).await?;
                let (slug, head) = (view.room.slug.clone(), view.room.head);
                self.app.hub.signal(&self.connection, &Signal::Reset(Box::new(view)));
                let head = self.go_live(&subscription, head, head).await?;
                Ok(Signal::Resumed { room: slug, head })
            }
            Resumption::Gone => {
                self.app.hub.unsubscribe(&self.connection, known.id);
                Ok(Signal::RoomGone { room: known.slug.clone() })
            }
        }
    }
}
