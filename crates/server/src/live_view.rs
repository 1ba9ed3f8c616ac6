//! What the storage knows, together with what only the live side does: who is there.

use crate::app::App;
use chinwag_core::chat::RoomListing;
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{Actor, Member, Refusal, RoomId, RoomOverview, UserId};
use std::collections::{HashMap, HashSet};

/// Visitors that come with the first page of a room's members.
const FIRST_VISITORS: usize = 100;

impl App {
    /// A room with the number of those who are there.
    pub(crate) fn listing(&self, room: RoomOverview) -> RoomListing {
        RoomListing { online: self.hub.online(room.id), room }
    }

    /// A page of a room's members with their presence, and what to ask the next one with.
    pub(crate) async fn list_members(
        &self,
        actor: Actor,
        room: RoomId,
        after: Option<String>,
        limit: u32,
    ) -> Result<(Vec<Member>, Option<String>), Refusal> {
        let is_first = after.is_none();
        let page = self.chat.list_members(actor, room, after, limit).await?;
        let staff = Staff::from(page.staff);
        let member = |user| staff.known(self.hub.member(room, user));
        let mut members: Vec<_> = page.members.into_iter().map(member).collect();
        // No page of the storage has the visitors, so they come with the first one.
        if is_first {
            let listed: HashSet<_> = members.iter().map(|member| member.user.id).collect();
            let visitors = self.hub.not_native(room, FIRST_VISITORS).into_iter();
            members.extend(visitors.filter(|visitor| !listed.contains(&visitor.user.id)));
        }
        Ok((members, page.next))
    }
}

/// Who keeps order in a room.
pub(crate) struct Staff(HashMap<UserId, RoomRole>);

impl From<Vec<(UserId, RoomRole)>> for Staff {
    fn from(staff: Vec<(UserId, RoomRole)>) -> Self {
        Self(staff.into_iter().collect())
    }
}

impl Staff {
    /// The member with the role that the person has.
    pub(crate) fn known(&self, member: Member) -> Member {
        Member { role: self.0.get(&member.user.id).copied(), ..member }
    }
}
