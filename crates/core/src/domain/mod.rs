//! The nouns of a chat. Each type that takes text from people can only be made by parsing, so holding one is the proof that
//! the rules were kept.

mod client_id;
mod event;
mod ids;
mod message_text;
mod presence;
mod refusal;
mod room;
mod room_label;
mod room_slug;
mod user;
mod user_name;
mod via;
mod wanted_name;

pub use client_id::ClientId;
pub use event::{EventBody, RoomEvent};
pub use ids::{ConnectionId, Millis, RoomId, Seq, SessionId, UserId};
pub use message_text::MessageText;
pub use presence::Presence;
pub use refusal::Refusal;
pub use room::{Page, RoomOverview, RoomSnapshot, Window};
pub use room_label::{RoomTitle, RoomTopic};
pub use room_slug::RoomSlug;
pub use user::{Actor, Member, MembersPage, User};
pub use user_name::UserName;
pub use via::Via;
pub use wanted_name::WantedName;
