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
                None => {
                    self.app.hub.signal(&self.connection, &Signal::RoomGone { room: slug });
                    Ok(())
                }
            };
            if let Err(refusal) = resumed {
                tracing::warn!(connection = self.connection.id.0, %refusal, "a resume failed; the client is to try again");
                self.connection.close(CloseReason::Restart);
                return;
            }
        }
    }

    /// Replays or resets one room and goes live.
    async fn resume_room(&self, known: &RoomOverview, last: Seq) -> Result<(), Refusal> {
        let hub = &self.app.hub;
        // Subscribe first, then look: a leave that the subscription has not noted shows in the look.
        let subscription = hub.subscribe(&self.connection, known.id, &known.slug);
        let resumed =
            |head| hub.signal(&self.connection, &Signal::Resumed { room: known.slug.clone(), head });
        match self.app.chat.resume_room(self.actor, known.slug.clone(), last).await? {
            Resumption::Replay(room) => {
                hub.metrics().resumes.inc();
                let seen = self.replay(&subscription, last, room.head).await?;
                self.go_live(&subscription, room.head, seen, resumed).await
            }
            Resumption::Reset(room) => {
                hub.metrics().resets.inc();
                let view = self.view(&room.slug, RESET_PAGE).await?;
                let head = view.room.head;
                hub.signal(&self.connection, &Signal::Reset(Box::new(view)));
                self.go_live(&subscription, head, head, resumed).await
            }
            Resumption::Gone => {
                hub.unsubscribe(&self.connection, known.id);
                hub.signal(&self.connection, &Signal::RoomGone { room: known.slug.clone() });
                Ok(())
            }
        }
    }
}
