//! The native protocol, as documented in `docs/native-protocol.md`.

mod client_frame;
mod decode;
mod encode;
mod error_code;
mod frame;
mod log_event;
mod member;
mod message;
mod moderation;
mod presence;
mod reaction;
mod reference;
mod room;
mod room_kind;
mod room_settings;
mod say;
mod server_frame;
mod session;

pub use client_frame::*;
pub use decode::{FrameError, NativeRequest, Request, decode};
pub use encode::NativeEncoder;
pub use error_code::ErrorCode;
pub use log_event::*;
pub use member::*;
pub use message::*;
pub(crate) use moderation::reason;
pub use moderation::*;
pub use presence::*;
pub use reaction::*;
pub use reference::Ref;
pub use room::*;
pub use room_kind::*;
pub use room_settings::*;
pub use say::*;
pub use server_frame::*;
pub use session::*;
