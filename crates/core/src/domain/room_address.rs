use super::{RoomId, RoomSlug};

/// A room with the address under which people find it at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomAddress {
    /// The room, whatever its address is.
    pub id: RoomId,
    /// The address; direct conversations have none.
    pub slug: Option<RoomSlug>,
}

/// How a client says which room it means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RoomReference {
    /// By its number.
    Id(RoomId),
    /// By its address, or by one that it had before, unless another room has that now.
    Slug(RoomSlug),
}

impl From<RoomId> for RoomReference {
    fn from(id: RoomId) -> Self {
        Self::Id(id)
    }
}

impl From<RoomSlug> for RoomReference {
    fn from(slug: RoomSlug) -> Self {
        Self::Slug(slug)
    }
}

impl std::fmt::Display for RoomReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Slug(slug) => write!(f, "#{slug}"),
        }
    }
}
