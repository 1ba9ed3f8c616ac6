//! What enters and leaves the process: every frame and body of every protocol, and the conversion from and to `chinwag-core`.
//!
//! Only this crate derives `Serialize` for what leaves. Its parsers never panic, whatever the bytes.

mod json_frame;
pub mod native;
pub mod rest;
mod typescript;
pub mod websocket;

pub use typescript::typescript;
