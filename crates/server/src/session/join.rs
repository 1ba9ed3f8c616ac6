use super::LiveSession;
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{Refusal, RoomId, RoomSlug, RoomSnapshot, Seq};
use chinwag_core::ports::Limited;
use chinwag_realtime::{Held, Subscription};
use std::collections::HashSet;
use std::sync::Arc;

/// Members in the first page that comes with a room's messages.
const FIRST_MEMBERS: u32 = 100;

/// A subscription whose client knows the room up to `seen`. At `authorized_at` the person was a member.
pub(crate) struct CatchUp {
    pub(super) subscription: Arc<Subscription>,
    pub(super) seen: Seq,
    pub(super) authorized_at: Seq,
}

/// Whether others see that a connection came to a room.
#[derive(Clone, Copy)]
pub(super) enum Visibility {
    /// Its person is present from now on.
    Present,
    /// It only listens, until its person [appears](Subscription::appear).
    Hidden,
}

impl LiveSession {
    /// Makes this connection a held subscriber of a room, and its person a member; a visitor needs no membership.
    pub(super) async fn join(
        &self,
        slug: RoomSlug,
        limit: u32,
        visibility: Visibility,
    ) -> Result<(RoomView, CatchUp), Refusal> {
        let mut room = self.room_id(&slug).await?;
        loop {
            // Subscribe first, then read: what is committed in between is noted by the subscription.
            let hub = &self.app.hub;
            let Held { subscription, seen } = hub.listen(&self.connection, room, &slug);
            // A visitor is a member of no room, and needs no membership.
            let is_member =
                seen.is_some() || self.actor.visits_from.is_some() || self.member_of.contains(&room);
            match self.member_snapshot(&slug, limit, is_member).await {
                Ok(snapshot) if snapshot.room.id == room => {
                    let head = snapshot.room.head;
                    // Whoever listens already and wants no messages is given what the view passes over.
                    if let Some(seen) = seen.filter(|_| limit == 0)
                        && let Err(refusal) = self.replay(&subscription, seen, head).await
                    {
                        self.give_up(&refusal);
                        return Err(refusal);
                    }
                    // Not before it is clear that the person may be here.
                    if let Visibility::Present = visibility {
                        subscription.appear();
                    }
                    let view = self.with_presence(snapshot, first_members(limit));
                    return Ok((view, CatchUp { subscription, seen: head, authorized_at: head }));
                }
                // The room was deleted and another one has its slug now.
                Ok(snapshot) => {
                    self.app.hub.unsubscribe(&self.connection, room);
                    room = snapshot.room.id;
                    self.app.room_ids.learn(slug.clone(), room);
                }
                Err(refusal) => {
                    // What cannot be done at the moment is no reason to stop listening.
                    match seen.filter(|_| refusal.is_passing()) {
                        Some(seen) => self.catch_up(CatchUp { subscription, seen, authorized_at: seen }).await,
                        None => self.app.hub.unsubscribe(&self.connection, room),
                    }
                    return Err(refusal);
                }
            }
        }
    }

    async fn room_id(&self, slug: &RoomSlug) -> Result<RoomId, Refusal> {
        if let Some(id) = self.app.room_ids.get(slug) {
            return Ok(id);
        }
        let id = self.app.chat.store.room(self.actor.user, slug.clone()).await?.id;
        self.app.room_ids.learn(slug.clone(), id);
        Ok(id)
    }

    /// A room as it is now; the person becomes a member where that is needed. Whoever probably is one costs no write.
    async fn member_snapshot(
        &self,
        slug: &RoomSlug,
        limit: u32,
        probably_member: bool,
    ) -> Result<RoomSnapshot, Refusal> {
        let (chat, members) = (&self.app.chat, first_members(limit));
        if probably_member {
            chat.limiter.check(Limited::Read(self.actor.user))?;
            match chat.read_room(self.actor, slug.clone(), limit, members).await {
                Err(Refusal::NotMember(_)) => {}
                snapshot => return snapshot,
            }
        }
        chat.join_room(self.actor, slug.clone(), limit, members).await
    }

    /// A room as it is now, through the eyes of a member.
    pub(super) async fn view(&self, slug: &RoomSlug, limit: u32) -> Result<RoomView, Refusal> {
        let members = first_members(limit);
        let snapshot = self.app.chat.read_room(self.actor, slug.clone(), limit, members).await?;
        Ok(self.with_presence(snapshot, members))
    }

    /// A room as the storage knows it, with what only the live side knows.
    fn with_presence(&self, snapshot: RoomSnapshot, most: u32) -> RoomView {
        let most = most as usize;
        let RoomSnapshot { room, page, members: listed } = snapshot;
        let mut members = self.app.hub.present(room.id, most);
        let present: HashSet<_> = members.iter().map(|member| member.user.id).collect();
        let others = listed.members.into_iter().filter(|user| !present.contains(&user.id));
        members.extend(others.map(|user| self.app.hub.member(room.id, user)));
        members.truncate(most);
        let online = self.app.hub.online(room.id);
        RoomView { room, page, members, member_count: listed.count, online, people: Vec::new() }
    }
}

/// A client that wants no messages does not show the room now, so it needs no list of people either. Whoever has many rooms would get
/// most of its bytes at the start for lists that nobody looks at.
fn first_members(limit: u32) -> u32 {
    if limit == 0 { 0 } else { FIRST_MEMBERS }
}
