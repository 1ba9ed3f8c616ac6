use super::{Message, MessageContent, Millis, RoomId, Seq, UserId};

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

/// What happened to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageEvent {
    /// The actor wrote it; its place is the event's.
    Posted(MessageContent),
}

/// What happened to a membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberEvent {
    /// Whose membership it is: the actor's own, or another's whom the actor brought in or removed.
    pub subject: UserId,
    /// The subject's name, as [`RoomEvent::name`] is the actor's.
    pub subject_name: String,
    /// What changed.
    pub change: MemberChange,
}

/// How a membership changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberChange {
    /// The subject became a member.
    Joined,
    /// The subject is no member any more.
    Left,
    /// The subject has a new name, which stands in [`MemberEvent::subject_name`].
    Renamed {
        /// The name before.
        old_name: String,
    },
}

/// How a room changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomChange {
    /// The actor created it. The first event of a room.
    Created(RoomLabels),
    /// The actor changed what it is called or where it is found.
    Updated(RoomLabels),
    /// The actor deleted it. The last event of a room.
    Deleted,
}

/// What a room is called from an event on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomLabels {
    /// Its address; none for a room that is not found by one.
    pub slug: Option<String>,
    /// Its title; empty for a room that is called by its people.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
}

impl EventBody {
    /// A change of the actor's own membership.
    #[must_use]
    pub fn own_membership(actor: UserId, name: &str, change: MemberChange) -> Self {
        Self::Member(MemberEvent { subject: actor, subject_name: name.to_owned(), change })
    }
}

impl RoomEvent {
    /// The message that was posted with this event.
    #[must_use]
    pub fn posted(&self) -> Option<&MessageContent> {
        match &self.body {
            EventBody::Message(MessageEvent::Posted(content)) => Some(content),
            EventBody::Member(_) | EventBody::Room(_) => None,
        }
    }

    /// Whose membership ended with this event.
    #[must_use]
    pub fn who_left(&self) -> Option<UserId> {
        match &self.body {
            EventBody::Member(MemberEvent { subject, change: MemberChange::Left, .. }) => Some(*subject),
            EventBody::Member(MemberEvent {
                change: MemberChange::Joined | MemberChange::Renamed { .. },
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
