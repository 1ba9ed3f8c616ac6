//! Looking up what the news may have said that did not come. Logs and the storage are what is true, and news are hints.

use super::Hub;
use crate::broker::{NodeReceiver, Receiver as _};
use crate::room::{Origin, Room};
use chinwag_core::domain::{NodeId, Refusal, RoomId, Seq, SessionId, UserId};
use chinwag_core::ports::{PersonThere, PresenceNews, Publication, Recovery, Standing, UserEvent};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::consume_budget;
use tokio::time::{sleep, timeout};

/// Rooms and sign-ins that are looked up at once.
const AT_ONCE: usize = 2500;
/// How long the rooms may take to deliver what was looked up.
const DELIVERY: Duration = Duration::from_secs(1);
/// From one attempt to the next while the storage does not answer.
const RETRY: Duration = Duration::from_millis(250);

impl Hub {
    /// Looks up how long the logs are of the rooms here, and has them read what they miss. It costs little, and is done again and again
    /// while no news come. Answers the rooms that miss something, and up to where.
    async fn look_up_rooms(&self, log: &dyn Recovery) -> Result<Vec<(Arc<Room>, Seq)>, Refusal> {
        let rooms: Vec<_> = self.rooms.read().values().cloned().collect();
        // In one without a position somebody is just coming in, and has to read up to the head before being live.
        let known = rooms.iter().map(|room| (room.id, room.position().unwrap_or_default()));
        let (known, mut behind) = (known.collect::<Vec<_>>(), Vec::new());
        for part in known.chunks(AT_ONCE) {
            for (room, head) in log.heads(part.to_vec()).await? {
                if let Some(room) = self.find_room(room) {
                    // One without a position has heard nothing yet.
                    if room.position().is_some_and(|position| position < head) {
                        self.metrics().heads_behind.inc();
                    }
                    room.expect(head);
                    behind.push((room, head));
                }
            }
        }
        Ok(behind)
    }

    /// Waits until rooms have what they missed, and have delivered it if this node may deliver: what ended there is over then.
    async fn catch_up(&self, behind: Vec<(Arc<Room>, Seq)>) -> Result<(), Refusal> {
        join_all(behind.iter().map(|(room, head)| room.reached(*head))).await;
        // A node that loses its lease meanwhile delivers nothing, and must not be waited for: it gets a lease by a repair.
        if self.trust().is_good() {
            let delivered = join_all(behind.iter().map(|(room, head)| room.settled(*head)));
            timeout(DELIVERY, delivered).await.map_err(|_| Refusal::Unavailable)?;
        }
        Ok(())
    }

    /// Looks up everything that was told to people beside the logs: sign-ins that ended, names, read markers, memberships.
    async fn look_up_people(&self, log: &dyn Recovery) -> Result<(), Refusal> {
        self.newcomers.note_look();
        let sessions: HashSet<_> = self.register.all().map(|it| (it.user, it.session)).collect();
        for part in sessions.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
            for standing in self.look_up_sessions(log, part).await? {
                self.tell_standing(standing);
                consume_budget().await;
            }
        }
        Ok(())
    }

    /// Looks at those once more, for ever, who came in while all were looked at.
    pub(super) async fn look_at_newcomers(&self) {
        loop {
            let sessions = self.newcomers.next().await;
            while let Err(refusal) = self.look_up_newcomers(&sessions).await {
                tracing::debug!(%refusal, "could not look at those who came in");
                sleep(RETRY).await;
            }
        }
    }

    /// Their sign-ins may have ended since; everything else they were told when they came in.
    async fn look_up_newcomers(&self, sessions: &[(UserId, SessionId)]) -> Result<(), Refusal> {
        for part in sessions.chunks(AT_ONCE) {
            self.look_up_sessions(self.log()?, part).await?;
        }
        Ok(())
    }

    /// Ends the connections of the sign-ins that are over, and answers how it stands with the others.
    async fn look_up_sessions(
        &self,
        log: &dyn Recovery,
        sessions: &[(UserId, SessionId)],
    ) -> Result<Vec<Standing>, Refusal> {
        let standings = log.standings(sessions.to_vec()).await?;
        let standing: HashSet<_> = standings.iter().map(|standing| standing.session).collect();
        for (user, session) in sessions.iter().filter(|(_, session)| !standing.contains(session)) {
            self.register.end_session(*user, *session);
        }
        Ok(standings)
    }

    /// Tells a person's connections what they may not know; what they know already is told to nobody.
    fn tell_standing(&self, Standing { session: _, user, renames, rooms, settings }: Standing) {
        let id = user.id;
        if self.register.people.find(id).is_some_and(|person| person.name() != user.name) {
            self.hear_of(id, None, UserEvent::Renamed { user, renames });
        }
        if settings > 0 {
            self.hear_of(id, None, UserEvent::SettingsChanged { revision: settings });
        }
        let subscribed = self.rooms_of(id);
        for room in rooms {
            self.hear_of(id, None, UserEvent::ReadMark { room: room.id, seq: room.read, is_shared: false });
            // A client subscribes to the rooms that it knows its person to be in.
            if !subscribed.contains(&room.id) {
                self.hear_of(id, None, UserEvent::MembershipBegan(Box::new(room)));
            }
        }
    }

    /// Where to look. None before the storage is there.
    fn log(&self) -> Result<&dyn Recovery, Refusal> {
        self.recovery.get().map(AsRef::as_ref).ok_or(Refusal::Unavailable)
    }

    fn rooms_of(&self, user: UserId) -> HashSet<RoomId> {
        let connections = self.register.of(user);
        let subscriptions = connections.iter().flat_map(|it| self.room_shared.subscriptions.of(it.id));
        subscriptions.map(|subscription| subscription.room_id()).collect()
    }
}

impl NodeReceiver for Hub {
    fn receive_from_elsewhere(&self, publication: Publication) {
        match publication {
            Publication::Room(event) => self.event(event, Origin::Elsewhere),
            Publication::Person { .. } | Publication::Directory(_) => self.receive(publication),
        }
    }

    fn tell_others(&self) {
        self.room_shared.own_news.want();
    }

    fn receive_presence(&self, node: NodeId, news: PresenceNews) {
        self.take_presence_of(node, news);
    }

    fn presence_came(&self) -> BoxFuture<'_, ()> {
        self.room_shared.own_news.came().boxed()
    }

    fn take_presence(&self) -> (Vec<PresenceNews>, bool) {
        self.own_news()
    }

    fn own_people(&self, after: UserId, limit: usize) -> (Vec<PersonThere>, UserId) {
        self.people_after(after, limit)
    }

    fn keep_nodes(&self, live: &[NodeId]) {
        self.keep_people_of(live);
    }

    fn repair_rooms(self: Arc<Self>) -> BoxFuture<'static, Result<(), Refusal>> {
        async move { self.look_up_rooms(self.log()?).await.map(|_| ()) }.boxed()
    }

    fn repair(self: Arc<Self>) -> BoxFuture<'static, Result<(), Refusal>> {
        async move {
            let log = self.log()?;
            let behind = self.look_up_rooms(log).await?;
            self.look_up_people(log).await?;
            self.catch_up(behind).await
        }
        .boxed()
    }
}
