//! The native protocol, as documented in `docs/native-protocol.md`.

mod client_frame;
mod decode;
mod encode;
mod error_code;
mod log_event;
mod parts;
mod reference;
mod server_frame;

pub use client_frame::{
    ClientFrame, CreateRoom, DeleteRoom, Hello, History, Join, Leave, Members, Ping, Presence, Read, Rename,
    Rooms, Say, Send, Typing, UpdateRoom,
};
pub use decode::{FrameError, NativeRequest, Request, decode};
pub use encode::NativeEncoder;
pub use error_code::ErrorCode;
pub use log_event::{EventHeader, Labels, LogBody, LogEvent, MessageKind};
pub use parts::{
    DirectoryRoom, Effect, Limits, Member, Person, PresenceChange, PresenceState, RoomKind, RoomSnapshot,
    RoomSummary, User,
};
pub use reference::Ref;
pub use server_frame::{ProtocolError, ServerFrame};
