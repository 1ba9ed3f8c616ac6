//! Many WebSocket clients on one thread, at a cost that does not hide the server's.

mod client_frame;
mod link;
mod server_frame;
mod sockets;

pub(crate) use client_frame::write_client_frame;
pub(crate) use sockets::{Listener, Sockets};
