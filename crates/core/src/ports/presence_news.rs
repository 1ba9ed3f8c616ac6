use crate::domain::{Presence, RoomId, User, UserId};

/// Something of the presence that one node owns: that of the people who are connected to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresenceNews {
    /// How these people are connected from now on, each with all of it.
    Changed(Vec<PersonThere>),
    /// These people have no connection to the node any more.
    Gone(Vec<UserId>),
    /// Everybody connected to the node whose number is above `after` and not above `until`: exactly these.
    Part {
        /// The part begins behind this number.
        after: UserId,
        /// The part ends with this number.
        until: UserId,
        /// All who are in it.
        people: Vec<PersonThere>,
    },
    /// Somebody types in a room, or does not any more.
    Typing {
        /// The room.
        room: RoomId,
        /// The person.
        user: UserId,
        /// Whether the person types.
        types: bool,
    },
    /// The node knows nothing of the others, or missed some of it: each is asked to tell everything, in parts.
    Asked,
}

/// One person as connected to one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonThere {
    /// The person.
    pub user: User,
    /// Online or away.
    pub presence: Presence,
    /// By which protocol, when by none of its connections there it is the native one.
    pub via: Option<String>,
    /// The rooms in which the person is present there.
    pub rooms: Vec<RoomId>,
}
