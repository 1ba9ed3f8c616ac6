//! What enters and leaves the process: every frame and body of the native protocol and of REST, and the conversion from and to `chinwag-core`.
//!
//! Only this crate and `chinwag-compat`, which has the other protocols, derive `Serialize` for what leaves. Its parsers never panic, whatever the bytes.

pub mod access_token;
pub mod bus;
pub mod console;
pub mod health;
mod json_frame;
pub mod native;
pub mod rest;
mod typescript;
pub mod websocket;

pub use json_frame::{json_body, json_frame};
pub use typescript::typescript;
