use super::LiveSession;
use super::catch_up::Live;
use chinwag_core::chat::Resumption;
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq};
use chinwag_core::ports::Signal;
use chinwag_realtime::Moment;

/// Messages of the snapshot that a client gets whose gap is too long.
const RESET_PAGE: u32 = 50;

impl LiveSession {
    /// Brings a client that was just greeted up to date: with what became known `since` the storage was asked, and, when it comes back,
    /// with its rooms, for each the last place it has seen. `known` are the rooms as it was told of them.
    pub(crate) async fn bring_up_to_date(
        &self,
        since: Moment,
        rooms: Vec<(RoomSlug, Seq)>,
        known: &[RoomOverview],
    ) {
        let known = |slug: &RoomSlug| known.iter().find(|room| room.member && room.slug == *slug);
        // First, for the news may tell that one is a member again.
        for (slug, _) in rooms.iter().filter(|(slug, _)| known(slug).is_none()) {
            self.app.hub.signal(&self.connection, &Signal::RoomGone { room: slug.clone() });
        }
        self.app.hub.repeat_news(&self.connection, since);
        for (slug, last) in rooms {
            if let Some(room) = known(&slug)
                && let Err(refusal) = self.resume_room(room, last).await
            {
                return self.give_up(&refusal);
            }
        }
    }

    /// Replays or resets one room and goes live, or says that it is gone.
    async fn resume_room(&self, known: &RoomOverview, last: Seq) -> Result<(), Refusal> {
        let hub = &self.app.hub;
        // Subscribe first, then look: a leave that the subscription has not noted shows in the look.
        let subscription = hub.subscribe(&self.connection, known.id, &known.slug).subscription;
        let resumed =
            |head| hub.signal(&self.connection, &Signal::Resumed { room: known.slug.clone(), head });
        let live = match self.app.chat.resume_room(self.actor, known.slug.clone(), last).await? {
            Resumption::Replay(room) if room.id == known.id => {
                hub.metrics().resumes.inc();
                let seen = self.replay(&subscription, last, room.head).await?;
                self.go_live(&subscription, room.head, seen, resumed).await?
            }
            Resumption::Reset(room) if room.id == known.id => {
                // Whoever has seen nothing has lost nothing.
                if last >= Seq(0) {
                    hub.metrics().resets.inc();
                }
                let view = self.view(&room.slug, RESET_PAGE).await?;
                let head = view.room.head;
                hub.signal(&self.connection, &Signal::Reset(Box::new(view)));
                self.go_live(&subscription, head, head, resumed).await?
            }
            // The room was left or deleted, and perhaps another one has its slug.
            Resumption::Replay(_) | Resumption::Reset(_) | Resumption::Gone => Live::Ended,
        };
        if let Live::Ended = live {
            hub.unsubscribe(&self.connection, known.id);
            hub.signal(&self.connection, &Signal::RoomGone { room: known.slug.clone() });
        }
        Ok(())
    }
}
