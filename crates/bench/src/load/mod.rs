//! Many WebSocket clients on one thread, at a cost that does not hide the server's, and single requests of REST.

mod client_frame;
mod connection;
mod link;
mod server_frame;
mod sockets;

pub(crate) use client_frame::write_client_frame;
pub(crate) use connection::{Answer, Connection};
pub(crate) use sockets::{Listener, Sockets};
