//! News that have no place in a room's log.

use crate::connection::Connection;
use crate::hub::Hub;
use chinwag_core::domain::{ConnectionId, UserId};
use chinwag_core::ports::{Notice, Signal};
use std::sync::Arc;

/// Tells those whom a notice concerns.
pub(crate) fn carry_out(hub: &Hub, notice: Notice) {
    match notice {
        Notice::ReadMark { user, origin, room, seq } => {
            tell(hub, others(hub, user, origin), &Signal::ReadMark { room, seq });
        }
        Notice::Membership { user, origin, room, member } => {
            tell(hub, others(hub, user, origin), &Signal::Membership { room, member });
        }
        Notice::SessionEnded { user, session } => hub.end_session(user, session),
        Notice::RoomListed { room, title, topic } => {
            tell(hub, hub.connections.all(), &Signal::RoomListed { room, title, topic });
        }
        Notice::RoomRemoved { id: _, room } => {
            tell(hub, hub.connections.all(), &Signal::RoomRemoved { room })
        }
    }
}

fn tell(hub: &Hub, connections: impl IntoIterator<Item = Arc<Connection>>, signal: &Signal) {
    for connection in connections {
        hub.signal(&connection, signal);
    }
}

fn others(hub: &Hub, user: UserId, origin: Option<ConnectionId>) -> Vec<Arc<Connection>> {
    let mut connections = hub.people.find(user).map(|person| person.connections()).unwrap_or_default();
    connections.retain(|connection| Some(connection.id) != origin);
    connections
}
