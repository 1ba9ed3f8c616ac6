use super::Chat;
use crate::domain::{Actor, Refusal, RoomKind, RoomOverview, RoomSlug, UserId};
use crate::ports::{NewRoom, RateLimitKey};
use std::collections::BTreeSet;

/// Letters and digits of the address of a private room: with 36 of them nobody guesses one.
const SECRET_ADDRESS: usize = 26;

impl Chat {
    /// Creates a room; the actor becomes its first member, and its owner.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], and those of [`create_room`](crate::ports::Rooms::create_room).
    pub async fn create_room(&self, actor: Actor, mut room: NewRoom) -> Result<RoomOverview, Refusal> {
        self.limiter.admit(RateLimitKey::RoomCreation(actor.user)).await?;
        if let Some(address) = actor.address {
            self.limiter.admit(RateLimitKey::GuestRoomCreation(address)).await?;
        }
        if room.kind != RoomKind::Public {
            room.slug = self.secret_address()?;
        }
        let people: BTreeSet<UserId> = room.people.into_iter().filter(|user| *user != actor.user).collect();
        room.people = people.into_iter().collect();
        self.store.create_room(actor, room, self.limits.of_rooms()).await
    }

    /// An address that nobody guesses, and that tells nothing of the room.
    pub(super) fn secret_address(&self) -> Result<RoomSlug, Refusal> {
        let token = self.secrets.new_token();
        // The end of it: a token begins with what says that it is one.
        let mut letters: Vec<_> = token.chars().rev().filter(char::is_ascii_alphanumeric).collect();
        letters.truncate(SECRET_ADDRESS);
        RoomSlug::parse(&String::from_iter(letters).to_ascii_lowercase())
    }
}
