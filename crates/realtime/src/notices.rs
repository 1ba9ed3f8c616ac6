//! News that have no place in a room's log.

use crate::directory::Directory;
use crate::hub::Hub;
use chinwag_core::domain::{ConnectionId, UserId};
use chinwag_core::ports::{ListedRoom, Notice, Signal};
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout_at};

/// A signal for all connections of a person but the one that caused it.
type Personal = (UserId, Option<ConnectionId>, Signal);

/// Tells those whom each notice concerns, until no more can come. What everybody is told of the rooms goes out at most once in
/// `interval`, and at once after a pause.
pub(crate) async fn carry_out(hub: &Hub, mut notices: Receiver<Notice>, interval: Duration) {
    let mut directory = Directory::default();
    // A client knows a room from its directory, so a membership in a new room comes after it.
    let mut memberships: Vec<Personal> = Vec::new();
    let mut due = Instant::now();
    loop {
        if directory.is_empty() {
            memberships.drain(..).for_each(|membership| tell(hub, membership));
        }
        let next = if directory.is_empty() {
            notices.recv().await
        } else if let Ok(next) = timeout_at(due, notices.recv()).await {
            next
        } else {
            directory.tell(hub).await;
            due = Instant::now() + interval;
            continue;
        };
        let Some(notice) = next else { return };
        match notice {
            Notice::RoomListed { room, title, topic } => directory.list(ListedRoom { room, title, topic }),
            Notice::RoomRemoved { id: _, room } => directory.remove(room),
            Notice::Membership { user, origin, room, member } => {
                memberships.push((user, origin, Signal::Membership { room, member }));
            }
            Notice::ReadMark { user, origin, room, seq } => {
                tell(hub, (user, origin, Signal::ReadMark { room, seq }));
            }
            Notice::SessionEnded { user, session } => hub.end_session(user, session),
        }
    }
}

fn tell(hub: &Hub, (user, origin, signal): Personal) {
    let connections = hub.people.find(user).map(|person| person.connections()).unwrap_or_default();
    for connection in connections.iter().filter(|connection| Some(connection.id) != origin) {
        hub.signal(connection, &signal);
    }
}
