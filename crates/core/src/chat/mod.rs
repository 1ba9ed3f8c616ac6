//! The use cases, one file per verb. Each takes the acting person, checks what can be checked without the storage, and
//! calls it; rights are checked inside the storage's transaction.
//!
//! Every error is a [`Refusal`](crate::domain::Refusal).

mod command;
mod create_room;
mod delete_room;
mod join_room;
mod leave_room;
mod list_members;
mod list_rooms;
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
pub use sign_in::SignedIn;
pub use typed_text::{HELP, TypedText};

use crate::ports::{Clock, Limiter, SecretSource, Store};
use std::sync::Arc;

/// The use cases with what they need.
#[derive(Clone)]
pub struct Chat {
    /// The storage.
    pub store: Arc<dyn Store>,
    /// The rate limits.
    pub limiter: Arc<dyn Limiter>,
    /// Where tokens come from.
    pub secrets: Arc<dyn SecretSource>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The bounds.
    pub bounds: Bounds,
}

/// The bounds that the use cases keep.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
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

impl Default for Bounds {
    fn default() -> Self {
        Self { message_length: 2000, page: 200, rooms_per_person: 100, replay: 10_000, guest_days: 30 }
    }
}
