//! The frames of the simple protocols, and how they are written and read.

mod chat;
mod chat_frame;
mod decode;
mod plain;
mod room;
mod room_frame;

/// How others are told that somebody is connected.
const VIA: &str = "simple";

pub use chat::SimpleChatEncoder;
pub use chat_frame::{ChatClientFrame, ChatServerFrame};
pub use decode::{PONG, SimpleKind, is_ping, kind};
pub use plain::{PlainEncoder, PlainNamedEncoder};
pub use room::SimpleRoomEncoder;
pub use room_frame::{RoomClientFrame, RoomPerson, RoomServerFrame};
