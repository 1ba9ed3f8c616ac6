//! What every gateway stands on: [`ClientSession`], the side of the server that a protocol sees, [`SessionFactory`], which lets
//! clients in, and the [`websocket`] connections that carry what they say.
//!
//! Nothing here knows how a session is kept. The server implements both traits, and each protocol is written against them.

mod client_session;
mod session_factory;
pub mod websocket;

pub use client_session::{
    Appeared, ClientSession, CommandOutcome, ListenedRoom, LogPosition, Others, SeenRooms, Typed,
};
pub use session_factory::{Authenticated, ConnectionLimits, SessionFactory, Visitor};
