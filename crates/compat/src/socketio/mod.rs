//! Socket.IO on Engine.IO, as documented in `docs/socketio.md`.

pub mod codec;
mod gateway;

pub use gateway::routes;
pub(crate) use gateway::EngineSessions;
