//! Live delivery as its users see it, with sockets whose every byte a test sees.

mod chatter;
mod delivery;
mod slow_reader;
mod support;
