//! What Chinwag promises, each proved with real sockets against a real server and its database.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod admin;
mod base_path;
mod configuration;
mod conversation;
mod copies;
mod cuts;
mod durability;
mod every_error;
mod every_frame;
mod half_open;
mod health;
mod health_command;
mod hosts;
mod limits;
mod memory;
mod names;
mod one_reply;
mod own_devices;
mod pages;
mod postgres;
mod presence;
mod random_script;
mod raw_sockets;
mod rename;
mod resume;
mod retry;
mod rooms;
mod say;
mod shutdown;
mod sign_out;
mod slow_reader;
mod socketio;
mod support;
mod typing;
mod upgrade;
