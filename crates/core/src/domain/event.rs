use super::{
    MemberChange, MemberEvent, Message, MessageContent, MessageEvent, Millis, RoomChange, RoomId, Seq, UserId,
};

/// One change in a room: an entry of its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomEvent {
    /// The room.
    pub room: RoomId,
    /// Its place in the room's log.
    pub seq: Seq,
    /// When it was committed.
    pub at: Millis,
    /// Who made the change.
    pub actor: UserId,
    /// The actor's name at that time (in a replay: at present).
    pub name: String,
    /// What changed.
    pub body: EventBody,
}

/// What an event changed. Most code cares about one group and need not know the kinds of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventBody {
    /// A message.
    Message(MessageEvent),
    /// Who is in the room.
    Member(MemberEvent),
    /// The room itself.
    Room(RoomChange),
}

impl EventBody {
    /// A change of the actor's own membership.
    #[must_use]
    pub fn own_membership(actor: UserId, name: &str, change: MemberChange) -> Self {
        Self::membership_of((actor, name), change)
    }

    /// A change of the membership of `subject`, who has this name.
    #[must_use]
    pub fn membership_of((subject, name): (UserId, &str), change: MemberChange) -> Self {
        Self::Member(MemberEvent { subject, subject_name: name.to_owned(), change })
    }
}

impl RoomEvent {
    /// The message that was posted with this event.
    #[must_use]
    pub fn posted(&self) -> Option<&MessageContent> {
        match &self.body {
            EventBody::Message(event) => event.posted(),
            EventBody::Member(_) | EventBody::Room(_) => None,
        }
    }

    /// Which message of before was changed with this event.
    #[must_use]
    pub fn target(&self) -> Option<Seq> {
        match &self.body {
            EventBody::Message(event) => event.target(),
            EventBody::Member(_) | EventBody::Room(_) => None,
        }
    }

    /// Whether the room ended with this event.
    #[must_use]
    pub fn is_deletion(&self) -> bool {
        matches!(self.body, EventBody::Room(RoomChange::Deleted))
    }

    /// Whose membership ended with this event.
    #[must_use]
    pub fn who_left(&self) -> Option<UserId> {
        match &self.body {
            EventBody::Member(MemberEvent { subject, change: MemberChange::Left, .. }) => Some(*subject),
            EventBody::Member(MemberEvent {
                change: MemberChange::Joined | MemberChange::Renamed { .. } | MemberChange::RoleChanged { .. },
                ..
            })
            | EventBody::Message(_)
            | EventBody::Room(_) => None,
        }
    }
}

impl From<Message> for RoomEvent {
    fn from(message: Message) -> Self {
        let Message { room, seq, at, author, name, content } = message;
        Self { room, seq, at, actor: author, name, body: EventBody::Message(MessageEvent::Posted(content)) }
    }
}
