use super::{
    AccountKind, MemberChange, MemberEvent, Message, MessageContent, MessageEvent, Millis, RoomChange,
    RoomId, RoomKind, RoomState, Seq, UserId,
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

/// Whose right to hear a room ends with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// That of one person, for whom it is the last event.
    Of(UserId),
    /// That of those who are there without being members. They are not told of the event.
    Visitors,
    /// That of everybody, for whom it is the last event: the room is gone.
    Everybody,
}

impl Ending {
    /// Whether it ends the right of this person, with this kind of account.
    #[must_use]
    pub fn concerns(self, user: UserId, kind: AccountKind) -> bool {
        match self {
            Self::Of(gone) => gone == user,
            Self::Visitors => kind == AccountKind::Visitor,
            Self::Everybody => true,
        }
    }

    /// Whether those whom it concerns are told of the event, which is their last one.
    #[must_use]
    pub fn is_told(self) -> bool {
        match self {
            Self::Of(_) | Self::Everybody => true,
            Self::Visitors => false,
        }
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

    /// Whose right to hear the room ended with this event, if anybody's did.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        if self.is_deletion() {
            Some(Ending::Everybody)
        } else if self.is_closing() {
            Some(Ending::Visitors)
        } else {
            self.who_left().map(Ending::Of)
        }
    }

    /// Whether those who are no members find the room no more from this event on.
    fn is_closing(&self) -> bool {
        let EventBody::Room(RoomChange::Updated(RoomState { kind, was, .. })) = &self.body else {
            return false;
        };
        *was == RoomKind::Public && *kind != RoomKind::Public
    }

    /// Whose membership, or listening, ended with this event.
    #[must_use]
    pub fn who_left(&self) -> Option<UserId> {
        match &self.body {
            EventBody::Member(MemberEvent {
                subject,
                // Who is banned may be a visitor, who listens without being a member.
                change: MemberChange::Left | MemberChange::Removed { .. } | MemberChange::Banned { .. },
                ..
            }) => Some(*subject),
            EventBody::Member(MemberEvent {
                change:
                    MemberChange::Joined
                    | MemberChange::Renamed { .. }
                    | MemberChange::RoleChanged { .. }
                    | MemberChange::Unbanned
                    | MemberChange::Muted { .. }
                    | MemberChange::Unmuted,
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
