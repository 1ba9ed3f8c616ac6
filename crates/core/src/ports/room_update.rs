use crate::domain::{RoomHistory, RoomKind, RoomPosting, RoomSlug, RoomTitle, RoomTopic, SlowMode};

/// What is to be changed about a room; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomUpdate {
    /// Another title.
    pub title: Option<RoomTitle>,
    /// Another topic.
    pub topic: Option<RoomTopic>,
    /// Another address. The present one leads to the room until another room takes it.
    pub slug: Option<RoomSlug>,
    /// [`Public`](RoomKind::Public) or [`Private`](RoomKind::Private). A room that becomes public has an address of its title, unless the update
    /// has one; what was said until then stays with those who are members, and for everybody else the log begins with the change. When it becomes
    /// private, those who are in it keep everything, and nobody else finds it any more.
    pub kind: Option<RoomKind>,
    /// The address, which nobody guesses, of a room that becomes private.
    pub secret: Option<RoomSlug>,
    /// What newcomers read of what was said before. Nothing changes for those who are there.
    pub history: Option<RoomHistory>,
    /// Who writes there.
    pub posting: Option<RoomPosting>,
    /// How long members wait between two messages.
    pub slow_mode: Option<SlowMode>,
    /// Whether it is only there to be read. Of a room that is so, and stays so, nothing changes.
    pub archived: Option<bool>,
}

impl RoomUpdate {
    /// Whether nothing is to be changed but how long members wait between two messages.
    #[must_use]
    pub fn is_pace_alone(&self) -> bool {
        self.slow_mode.is_some() && Self { slow_mode: None, ..self.clone() } == Self::default()
    }
}
