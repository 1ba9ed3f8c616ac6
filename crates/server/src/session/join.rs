use super::Session;
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{Member, Refusal, RoomSlug, Seq};
use chinwag_realtime::Subscription;
use std::collections::HashSet;
use std::sync::Arc;

/// Members in the first page that comes with a room.
const FIRST_MEMBERS: u32 = 100;

/// A subscription whose client knows the room up to `seen`.
pub(crate) struct CatchUp {
    pub(super) subscription: Arc<Subscription>,
    pub(super) seen: Seq,
}

impl Session {
    /// Makes the person a member of a room and this connection a held subscriber.
    pub(super) async fn join(&self, slug: RoomSlug, limit: u32) -> Result<(RoomView, CatchUp), Refusal> {
        let room = self.app.chat.join_room(self.actor, slug.clone()).await?;
        // Subscribe first, then read: what is committed in between is noted by the subscription.
        let subscription = self.app.hub.subscribe(&self.connection, room.id, &slug, room.head);
        match self.view(slug, limit).await {
            Ok(view) => {
                let seen = view.room.head;
                Ok((view, CatchUp { subscription, seen }))
            }
            Err(refusal) => {
                self.app.hub.unsubscribe(&self.connection, room.id);
                Err(refusal)
            }
        }
    }

    /// A room as it is now, through the person's eyes.
    pub(super) async fn view(&self, slug: RoomSlug, limit: u32) -> Result<RoomView, Refusal> {
        let snapshot = self.app.chat.read_room(self.actor, slug.clone(), limit).await?;
        let page = self.app.chat.list_members(self.actor, slug, None, FIRST_MEMBERS).await?;
        let mut members = self.app.hub.present(snapshot.room.id, FIRST_MEMBERS as usize);
        let present: HashSet<_> = members.iter().map(|member| member.user.id).collect();
        let others = page.members.into_iter().filter(|user| !present.contains(&user.id));
        members.extend(
            others.map(|user| Member { presence: self.app.hub.presence(snapshot.room.id, user.id), user }),
        );
        members.truncate(FIRST_MEMBERS as usize);
        let online = self.app.hub.online(snapshot.room.id);
        Ok(RoomView { room: snapshot.room, page: snapshot.page, members, member_count: page.count, online })
    }
}
