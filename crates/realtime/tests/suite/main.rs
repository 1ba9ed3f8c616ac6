//! Live delivery as its users see it, with sockets whose every byte a test sees.
#![expect(clippy::unwrap_used, clippy::panic, reason = "this is how a test fails")]

mod busy_room;
mod chatter;
mod delivery;
mod gathered;
mod notices;
mod others;
mod presence_script;
mod slow_reader;
mod story;
mod support;
