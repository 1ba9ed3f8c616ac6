use super::LiveSession;
use chinwag_core::chat::Resumption;
use chinwag_core::domain::{Refusal, RoomId, RoomOverview, Seq};
use chinwag_core::ports::Signal;
use chinwag_gateway::SeenRooms;
use chinwag_realtime::{Bookmark, CaughtUp};

/// Messages of the snapshot that a client gets whose gap is too long.
const RESET_PAGE: u32 = 50;

/// A place that a client has seen in another epoch, though this log may have grown up to it again.
const IN_NO_LOG: Seq = Seq(i64::MAX);

impl LiveSession {
    /// Brings a client that was just greeted up to date: with what became known `since` the storage was asked, and, when it comes back,
    /// with the rooms it has `seen`. `known` are the rooms as it was told of them.
    pub(crate) async fn bring_up_to_date(&self, since: Bookmark, seen: SeenRooms, known: &[RoomOverview]) {
        let SeenRooms { epoch, rooms } = seen;
        let is_of_another_epoch = epoch.is_some_and(|epoch| epoch != self.app.chat.epoch());
        let known = |id: RoomId| known.iter().find(|room| room.id == id && room.is_member());
        // First, for what follows may tell that one is a member again.
        for (room, _) in rooms.iter().filter(|(room, _)| known(*room).is_none()) {
            self.connection.signal(&Signal::RoomGone { room: *room });
        }
        self.app.hub.repeat_events(&self.connection, since);
        for (room, last) in rooms {
            let last = if is_of_another_epoch && last >= Seq(0) { IN_NO_LOG } else { last };
            if let Some(room) = known(room)
                && let Err(refusal) = self.resume_room(room, last).await
            {
                return self.connection.give_up(&refusal);
            }
        }
    }

    /// Replays or resets one room and goes live, or says that it is gone.
    async fn resume_room(&self, known: &RoomOverview, last: Seq) -> Result<(), Refusal> {
        let (hub, replayer, room) = (&self.app.hub, &self.app.replayer, known.id);
        // Subscribe first, then look: a leave that the subscription has not noted shows in the look.
        let subscription = hub.subscribe(&self.connection, &known.address()).subscription;
        let resumed = |head| {
            self.connection.signal(&Signal::Resumed { room, head });
        };
        let caught_up = match self.app.chat.resume_room(self.actor, room, last).await? {
            Resumption::Replay(room, access) => {
                subscription.note_address(&room.address(), &access);
                hub.metrics().resumes.inc();
                replayer.go_live(&subscription, &access, last, resumed).await?
            }
            Resumption::Reset(..) => {
                // Whoever has seen nothing has lost nothing.
                if last >= Seq(0) {
                    hub.metrics().resets.inc();
                }
                let view = self.view(room, RESET_PAGE).await?;
                let (access, head) = (view.log, view.room.head);
                subscription.note_address(&view.room.address(), &access);
                let bytes = self.connection.signal(&Signal::Reset(Box::new(view)));
                // Not refused any more: it is on its way.
                _ = self.app.chat.count_answers(self.actor.user, self.actor.address, bytes);
                replayer.go_live(&subscription, &access, head, resumed).await?
            }
            Resumption::Gone => CaughtUp::Ended,
        };
        if caught_up == CaughtUp::Ended {
            hub.unsubscribe(&self.connection, room);
            self.connection.signal(&Signal::RoomGone { room });
        }
        Ok(())
    }
}
