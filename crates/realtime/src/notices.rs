//! News that have no place in a room's log.

use crate::directory::Directory;
use crate::hub::Hub;
use crate::recent::Recent;
use chinwag_core::domain::{ConnectionId, RoomSlug, Seq, SessionId, UserId};
use chinwag_core::ports::{ListedRoom, Notice, Signal};
use parking_lot::{Mutex, MutexGuard};
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::consume_budget;
use tokio::time::{Instant, sleep_until};

/// News that wait to be told: the last of each person and room.
///
/// So they are bounded by what exists and none is left out, and the storage's writer, which brings them, only notes them.
#[derive(Default)]
pub(crate) struct Notices {
    /// Locked before the others, and while something is noted.
    recent: Mutex<Recent>,
    personal: Mutex<Personal>,
    personal_came: Notify,
    of_rooms: Mutex<OfRooms>,
    of_rooms_came: Notify,
}

/// News for the connections of one person, but the one that caused them.
type ByPersonAndRoom<T> = HashMap<(UserId, RoomSlug), (Option<ConnectionId>, T)>;

/// News that can be told at once.
#[derive(Default)]
struct Personal {
    ended: Vec<(UserId, SessionId)>,
    read_marks: ByPersonAndRoom<Seq>,
}

/// News of which rooms there are, and who is in them. A client knows a room from its directory, so a membership in a new room
/// comes after it.
#[derive(Default)]
struct OfRooms {
    directory: Directory,
    memberships: ByPersonAndRoom<bool>,
}

impl Notices {
    /// Notes what is to be told soon.
    pub(crate) fn note(&self, notice: Notice) {
        let mut recent = self.recent.lock();
        recent.remember(&notice);
        let came = match notice {
            Notice::SessionEnded { user, session } => {
                self.personal.lock().ended.push((user, session));
                &self.personal_came
            }
            Notice::ReadMark { user, origin, room, seq } => {
                self.personal.lock().read_marks.insert((user, room), (origin, seq));
                &self.personal_came
            }
            Notice::Membership { user, origin, room, member } => {
                self.of_rooms.lock().memberships.insert((user, room), (origin, member));
                &self.of_rooms_came
            }
            Notice::RoomListed { room, title, topic } => {
                self.of_rooms.lock().directory.list(ListedRoom { room, title, topic });
                &self.of_rooms_came
            }
            Notice::RoomRemoved { id: _, room } => {
                self.of_rooms.lock().directory.remove(room);
                &self.of_rooms_came
            }
        };
        drop(recent);
        came.notify_one();
    }

    /// The news of the last moments. Nothing is noted while they are held.
    pub(crate) fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock()
    }

    /// Takes what waits of the rooms; nothing when some of it is for everybody and that is not `due` yet.
    fn take_of_rooms(&self, due: Instant) -> Option<OfRooms> {
        let mut waiting = self.of_rooms.lock();
        let is_due = waiting.directory.is_empty() || Instant::now() >= due;
        is_due.then(|| std::mem::take(&mut *waiting))
    }
}

/// Closes the connections of sign-ins that ended, and tells how far people have read, for ever.
pub(crate) async fn tell_people(hub: &Hub) {
    loop {
        hub.notices.personal_came.notified().await;
        let Personal { ended, read_marks } = std::mem::take(&mut *hub.notices.personal.lock());
        for (user, session) in ended {
            hub.end_session(user, session);
        }
        for ((user, room), (origin, seq)) in read_marks {
            tell(hub, user, origin, &Signal::ReadMark { room, seq });
            consume_budget().await;
        }
    }
}

/// Tells everybody of the rooms at most once in `interval`, and at once after a pause; then people of their memberships. For ever.
pub(crate) async fn tell_of_rooms(hub: &Hub, interval: Duration) {
    let mut due = Instant::now();
    loop {
        hub.notices.of_rooms_came.notified().await;
        let OfRooms { directory, memberships } = loop {
            match hub.notices.take_of_rooms(due) {
                Some(news) => break news,
                None => sleep_until(due).await,
            }
        };
        if !directory.is_empty() {
            directory.tell(hub).await;
            due = Instant::now() + interval;
        }
        for ((user, room), (origin, member)) in memberships {
            tell(hub, user, origin, &Signal::Membership { room, member });
            consume_budget().await;
        }
    }
}

fn tell(hub: &Hub, user: UserId, origin: Option<ConnectionId>, signal: &Signal) {
    let connections = hub.people.find(user).map(|person| person.connections()).unwrap_or_default();
    for connection in connections.iter().filter(|connection| Some(connection.id) != origin) {
        hub.signal(connection, signal);
    }
}
