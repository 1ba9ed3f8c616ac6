use crate::Compat;
use crate::simple::codec::{RoomClientFrame, SimpleKind};
use chinwag_core::domain::UserName;
use chinwag_core::ports::ProtocolId;
use chinwag_gateway::SessionFactory;

/// What a client speaks that speaks JSON.
#[derive(Clone, Copy)]
pub(super) enum JsonKind {
    Room,
    Chat,
}

impl JsonKind {
    /// None for bare text.
    pub(super) fn of(kind: SimpleKind) -> Option<Self> {
        match kind {
            SimpleKind::Room => Some(Self::Room),
            SimpleKind::Chat => Some(Self::Chat),
            SimpleKind::Plain => None,
        }
    }

    /// In which protocol events are encoded for a client.
    pub(super) fn protocol<F: SessionFactory>(self, compat: &Compat<F>) -> ProtocolId {
        match self {
            Self::Room => compat.protocols.simple_room(),
            Self::Chat => compat.protocols.simple_chat(),
        }
    }

    /// The name for which a client asks with its first message.
    pub(super) fn asked_name(self, first: &str) -> Option<UserName> {
        match (self, RoomClientFrame::decode(first)) {
            (Self::Room, Ok(RoomClientFrame::Join { username, .. })) => UserName::parse(&username).ok(),
            (Self::Room | Self::Chat, _) => None,
        }
    }
}

impl From<JsonKind> for SimpleKind {
    fn from(kind: JsonKind) -> Self {
        match kind {
            JsonKind::Room => Self::Room,
            JsonKind::Chat => Self::Chat,
        }
    }
}
