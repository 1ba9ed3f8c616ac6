//! The nouns of a chat. Each type that takes text from people can only be made by parsing, so holding one is the proof that
//! the rules were kept.

mod case;
mod client_id;
mod event;
mod ids;
mod log_access;
mod member;
mod message;
mod message_text;
mod name_looks;
pub mod permissions;
mod presence;
mod refusal;
mod reserved_names;
mod room;
mod room_address;
mod room_label;
mod room_list;
mod room_slug;
mod server_voice;
mod user;
mod user_name;
mod visibility;
mod wanted_name;

pub use client_id::ClientId;
pub use event::{EventBody, RoomEvent};
pub use ids::{ConnectionId, Millis, NodeId, RoomId, Seq, SessionId, UserId};
pub use log_access::LogAccess;
pub use member::*;
pub use message::*;
pub use message_text::MessageText;
pub use name_looks::NameLooks;
pub use presence::Presence;
pub use refusal::Refusal;
pub use reserved_names::ReservedNames;
pub use room::*;
pub use room_address::{RoomAddress, RoomReference};
pub use room_label::{RoomTitle, RoomTopic};
pub use room_list::*;
pub use room_slug::RoomSlug;
pub use server_voice::{person_says, server_says};
pub use user::{AccountKind, Actor, User};
pub use user_name::{NameSearch, UserName};
pub use visibility::{visible_line, visible_text};
pub use wanted_name::WantedName;
