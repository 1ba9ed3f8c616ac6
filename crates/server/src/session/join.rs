use super::LiveSession;
use crate::live_view::Staff;
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{LogAccess, Refusal, RoomAddress, RoomId, RoomReference, RoomSnapshot, Seq};
use chinwag_realtime::{CatchingUp, Subscription};
use std::collections::HashSet;
use std::sync::Arc;

/// Members in the first page that comes with a room's messages.
const FIRST_MEMBERS: u32 = 100;

/// A subscription whose client knows the room up to `position`, and may read on by `access`.
pub(crate) struct CatchUp {
    pub(super) subscription: Arc<Subscription>,
    pub(super) access: LogAccess,
    pub(super) position: Seq,
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
    /// Makes this connection a subscriber of a room that catches up, and its person a member; a visitor needs no membership.
    pub(super) async fn join(
        &self,
        room: RoomReference,
        limit: u32,
        visibility: Visibility,
    ) -> Result<(RoomView, CatchUp), Refusal> {
        let (hub, replayer) = (&self.app.hub, &self.app.replayer);
        let (address, is_member) = self.look_up(room).await?;
        // Subscribe first, then read: what is committed in between is noted by the subscription.
        let CatchingUp { subscription, known } = hub.subscribe_hidden(&self.connection, &address);
        match self.member_snapshot(address.id, limit, is_member || known.is_some()).await {
            Ok(snapshot) => {
                let head = snapshot.room.head;
                // Whoever listens already goes on from where that began.
                let access = known.map_or(snapshot.log, |(_, before)| snapshot.log.going_on_from(&before));
                subscription.note_address(&snapshot.room.address(), &access);
                // Whoever listens already and wants no messages is given what the view passes over.
                if let Some((position, _)) = known.filter(|_| limit == 0)
                    && let Err(refusal) = replayer.replay(&subscription, &access, position, head).await
                {
                    self.connection.give_up(&refusal);
                    return Err(refusal);
                }
                // Not before it is clear that the person may be here.
                if let Visibility::Present = visibility {
                    subscription.appear();
                }
                let view = self.with_presence(snapshot, first_members(limit));
                Ok((view, CatchUp { subscription, access, position: head }))
            }
            Err(refusal) => {
                // What cannot be done at the moment is no reason to stop listening.
                match known.filter(|_| refusal.is_passing()) {
                    Some((position, access)) => replayer.catch_up(&subscription, &access, position).await,
                    None => hub.unsubscribe(&self.connection, address.id),
                }
                Err(refusal)
            }
        }
    }

    /// Where a room is, and whether a read will do for its person, who is a member or needs not be one.
    async fn look_up(&self, room: RoomReference) -> Result<(RoomAddress, bool), Refusal> {
        if let Some(subscription) = self.subscription(&room) {
            return Ok((RoomAddress::clone(&subscription.address()), true));
        }
        let found = self.app.chat.find_room(self.actor, room).await?;
        Ok((found.room.address(), found.room.is_member() || self.is_visit()))
    }

    /// This connection's subscription to a room.
    pub(super) fn subscription(&self, room: &RoomReference) -> Option<Arc<Subscription>> {
        match room {
            RoomReference::Id(id) => self.app.hub.subscription(&self.connection, *id),
            RoomReference::Slug(slug) => self.app.hub.subscription_by_slug(&self.connection, slug),
        }
    }

    /// A room as it is now; the person becomes a member where that is needed. Whoever probably is one costs no write.
    async fn member_snapshot(
        &self,
        room: RoomId,
        limit: u32,
        probably_member: bool,
    ) -> Result<RoomSnapshot, Refusal> {
        let (chat, members) = (&self.app.chat, first_members(limit));
        if probably_member {
            match chat.read_room(self.actor, room.into(), limit, members).await {
                // A ban may be over, which is seen by whoever writes.
                Err(Refusal::NotMember | Refusal::Banned { .. }) => {}
                snapshot => return snapshot,
            }
        }
        chat.join_room(self.actor, room.into(), limit, members).await
    }

    /// A room as it is now, through the eyes of a member.
    pub(super) async fn view(&self, room: RoomId, limit: u32) -> Result<RoomView, Refusal> {
        let members = first_members(limit);
        let snapshot = self.app.chat.read_room(self.actor, room.into(), limit, members).await?;
        Ok(self.with_presence(snapshot, members))
    }

    /// A room as the storage knows it, with what only the live side knows.
    fn with_presence(&self, snapshot: RoomSnapshot, most: u32) -> RoomView {
        let most = most as usize;
        let RoomSnapshot { room, log, page, members: listed } = snapshot;
        let staff = Staff::from(listed.staff);
        let mut members = self.app.hub.present(room.id, most);
        let present: HashSet<_> = members.iter().map(|member| member.user.id).collect();
        let others = listed.members.into_iter().filter(|user| !present.contains(&user.id));
        members.extend(others.map(|user| self.app.hub.member(room.id, user)));
        members.truncate(most);
        let members = members.into_iter().map(|member| staff.known(member)).collect();
        let online = self.app.hub.online(room.id);
        RoomView { room, log, page, members, member_count: listed.count, online, people: Vec::new() }
    }
}

/// A client that wants no messages does not show the room now, so it needs no list of people either. Whoever has many rooms would get
/// most of its bytes at the start for lists that nobody looks at.
fn first_members(limit: u32) -> u32 {
    if limit == 0 { 0 } else { FIRST_MEMBERS }
}
