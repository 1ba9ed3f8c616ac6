use chinwag_core::domain::{RoomId, RoomOverview, RoomSlug};

/// A room in which a client is, and what the client calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedRoom {
    pub(crate) id: RoomId,
    pub(crate) slug: RoomSlug,
}

impl NamedRoom {
    /// A room that was entered by a name: it may have another one by now.
    pub(crate) fn entered(by: RoomSlug, room: &RoomOverview) -> Self {
        Self { id: room.id, slug: room.slug.clone().unwrap_or(by) }
    }
}
