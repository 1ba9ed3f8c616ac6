use super::room_label::one_line;
use super::{Millis, Refusal, RoomId, UserId};

/// What is done to somebody in a room, by one who keeps order there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moderation {
    /// The membership ends. The person may come back.
    Remove {
        /// Why.
        reason: Option<Reason>,
    },
    /// The membership ends, and the person does not come back before the end of the ban.
    Ban {
        /// When that is; none for never.
        until: Option<Millis>,
        /// Why.
        reason: Option<Reason>,
    },
    /// The ban ends.
    Unban,
    /// The person reads and does not write.
    Mute {
        /// Up to when; none for ever.
        until: Option<Millis>,
        /// Why.
        reason: Option<Reason>,
    },
    /// The person writes again.
    Unmute,
}

/// Why something is done to somebody: 1 to 200 characters on one line, without what cannot be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(Box<str>);

const LONGEST: usize = 200;

impl Reason {
    /// Reads a reason. What is empty is none.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] with the rule.
    pub fn parse(text: &str) -> Result<Option<Self>, Refusal> {
        let line = one_line(text, LONGEST)
            .ok_or(Refusal::RoomInvalid("A reason has at most 200 characters, and no U+0000 among them."))?;
        Ok(Some(Self(line.into())).filter(|reason| !reason.0.is_empty()))
    }

    /// The reason as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// That somebody does not come to the server any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountBan {
    /// When that ends; none for never.
    pub until: Option<Millis>,
    /// Why.
    pub reason: Option<Reason>,
}

/// Somebody who is banned from a room, or from the whole server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ban {
    /// Who it is, under the name at present.
    pub user: (UserId, String),
    /// Who did it.
    pub by: (UserId, String),
    /// When that was.
    pub at: Millis,
    /// When it ends; none for never.
    pub until: Option<Millis>,
    /// Why.
    pub reason: Option<String>,
}

impl Ban {
    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self, now: Millis) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// The bans of a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bans {
    /// The room.
    pub room: RoomId,
    /// Those who are banned, the last first; bounded.
    pub bans: Vec<Ban>,
}
