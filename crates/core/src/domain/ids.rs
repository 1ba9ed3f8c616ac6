//! Numbers that name things. They are distinct types, so that one cannot stand where another is meant.

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number!(
    /// A person's account.
    UserId
);
number!(
    /// A room. Never given twice; where people find it is its [`RoomSlug`](super::RoomSlug), which some rooms have.
    RoomId
);
number!(
    /// One sign-in of a person.
    SessionId
);
number!(
    /// A running server among those that serve one storage. A server that starts again is another one.
    NodeId
);
number!(
    /// The place of an event in its room's log: 1 for the first, without gaps. 0 means "before everything".
    Seq
);
number!(
    /// Milliseconds since 1970-01-01 UTC.
    Millis
);

/// One live connection of a client, unique over all nodes and restarts for practical purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

impl Seq {
    /// The place after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl Millis {
    /// The end of what never ends.
    pub const FOR_EVER: Self = Self(i64::MAX);

    /// This time, or none when it is [`FOR_EVER`](Self::FOR_EVER).
    #[must_use]
    pub fn if_finite(self) -> Option<Self> {
        (self != Self::FOR_EVER).then_some(self)
    }

    /// This time, `days` days earlier.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(i64::from(days) * 24 * 60 * 60 * 1000))
    }
}
