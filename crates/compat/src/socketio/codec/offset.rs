//! Connection state recovery: what the official client of Socket.IO brings when it comes back.
//!
//! It was given a private id (`pid`) when it connected, and keeps the last string that stood at the end of an event as its offset. Here the
//! id names the visit, and the offset the place up to which the client has heard a room. A client that is given the id that it brought tells
//! its page that it is back where it was (`socket.recovered`).
//! <https://socket.io/docs/v4/connection-state-recovery>

use super::frame::write_event;
use chinwag_core::domain::{RoomSlug, Seq, UserId};
use std::fmt;

/// The account of a visit, with the secret by which one comes back to it, and what makes it another id whenever the client has to begin anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateId {
    /// The account.
    pub user: UserId,
    /// The epoch of the storage in which the client was let in, and so that of its offset.
    pub epoch: String,
    /// The secret.
    pub secret: String,
    /// Anything that it had not before.
    pub turn: String,
}

/// Up to where a client has heard what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offset {
    /// The preset whose vocabulary it speaks; none for one that has said nothing.
    pub preset: Option<String>,
    /// The room.
    pub room: RoomSlug,
    /// The last event of it.
    pub seq: Seq,
}

impl PrivateId {
    /// Reads what a client brings. `None` for what was given by nobody here.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (user, rest) = text.split_once('-')?;
        let (epoch, rest) = rest.split_once('-')?;
        let (secret, turn) = rest.split_once('.').unwrap_or((rest, ""));
        let [epoch, secret, turn] = [epoch, secret, turn].map(str::to_owned);
        Some(Self { user: UserId(user.parse().ok()?), epoch, secret, turn })
    }
}

impl fmt::Display for PrivateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}.{}", self.user, self.epoch, self.secret, self.turn)
    }
}

impl Offset {
    /// Reads what a client brings. `None` for what was given by nobody here.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (preset, place) = text.rsplit_once('/')?;
        let (room, seq) = place.split_once(':')?;
        let room = RoomSlug::parse(room).ok()?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0).map(Seq)?;
        Some(Self { preset: Some(preset.to_owned()).filter(|preset| !preset.is_empty()), room, seq })
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}:{}", self.preset.as_deref().unwrap_or_default(), self.room, self.seq)
    }
}

/// Appends an event that no page listens to, for the sake of the place at its end; without one the client forgets where it was.
pub fn write_offset(out: &mut Vec<u8>, place: Option<&Offset>) {
    write_event(out, "chinwag", &place.map(Offset::to_string).unwrap_or_default());
}
