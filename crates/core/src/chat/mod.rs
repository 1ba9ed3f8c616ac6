//! The use cases, one file per verb. Each takes the acting person, checks what can be checked without the storage, and
//! calls it; rights are checked inside the storage's transaction.
//!
//! Every error is a [`Refusal`](crate::domain::Refusal).

mod command;
mod create_room;
mod delete_room;
mod find_room;
mod join_room;
mod leave_room;
mod list_members;
mod list_rooms;
mod live;
mod mark_read;
mod open_room;
mod open_session;
mod read_history;
mod remove_idle_guests;
mod rename;
mod reply;
mod resume_room;
mod send_message;
mod sign_in;
mod sign_out;
mod typed_text;
mod update_room;
mod visit;

pub use command::ClientCommand;
pub use reply::{Effect, LimitsInfo, PEOPLE_LISTED, Reply, RoomListing, RoomView};
pub use resume_room::Resumption;
pub use send_message::{Draft, DraftText};
pub use sign_in::SignedIn;
pub use typed_text::{HELP, TypedText};

use crate::ports::{Clock, Limiter, SecretSource, Store};
use std::sync::Arc;

/// The use cases with what they need. The ports are reached through them alone, so that no rule can be passed by.
#[derive(Clone)]
pub struct Chat {
    store: Arc<dyn Store>,
    limiter: Arc<dyn Limiter>,
    secrets: Arc<dyn SecretSource>,
    clock: Arc<dyn Clock>,
    limits: Limits,
}

impl Chat {
    /// The use cases on these ports, within these bounds.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        limiter: Arc<dyn Limiter>,
        secrets: Arc<dyn SecretSource>,
        clock: Arc<dyn Clock>,
        limits: Limits,
    ) -> Self {
        Self { store, limiter, secrets, clock, limits }
    }
}

/// The bounds that the use cases keep.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Characters of a message.
    pub message_length: usize,
    /// Messages or members of one page.
    pub page: u32,
    /// Rooms one person may be in.
    pub rooms_per_person: u32,
    /// Events of one room that are replayed on a resume; above it the client gets a fresh snapshot.
    pub replay: u32,
    /// Days after which a guest who was not here is removed.
    pub guest_days: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { message_length: 2000, page: 200, rooms_per_person: 100, replay: 10_000, guest_days: 30 }
    }
}
