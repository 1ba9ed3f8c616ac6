//! The client against a server that follows a script, and breaks the protocol where a real one does not.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod coming_back;
mod order;
mod replies;
mod script;
