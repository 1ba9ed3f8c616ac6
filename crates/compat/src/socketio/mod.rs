//! Socket.IO on Engine.IO, as documented in `docs/socketio.md`.

pub mod codec;
mod gateway;

pub(crate) use gateway::EngineSessions;
pub use gateway::{routes, serve};
