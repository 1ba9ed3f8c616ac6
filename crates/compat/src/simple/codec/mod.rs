//! The simple protocols, as documented in `docs/simple-protocol.md`: two vocabularies of JSON, and bare text.

mod chat;
mod chat_frame;
mod decode;
mod plain;
mod room;
mod room_frame;

pub use chat::SimpleChatEncoder;
pub use chat_frame::{ChatClientFrame, ChatServerFrame};
pub use decode::{Kind, PONG, is_ping, kind};
pub use plain::{PlainEncoder, PlainNamedEncoder};
pub use room::SimpleRoomEncoder;
pub use room_frame::{Person, RoomClientFrame, RoomServerFrame};
