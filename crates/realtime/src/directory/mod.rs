//! What is told beside the logs of rooms: to one person's own devices, or to everybody who sees the directory of public rooms.
//!
//! [`recent`] is what a client must hear again that was welcomed while it was told.

mod latest;
mod pending;
mod recent;
mod room_changes;

pub use recent::Bookmark;

use crate::connection::{Connection, Encoders, Register};
use crate::trust::Trust;
use chinwag_core::chat::RoomListing;
use chinwag_core::domain::{ConnectionId, RoomId, UserId};
use chinwag_core::ports::{CloseReason, DirectoryEvent, Signal, UserEvent};
use latest::Latest;
use parking_lot::Mutex;
use pending::{ByPersonAndRoom, OfRooms, Personal, ReadMark};
use recent::{Forgotten, Recent};
use room_changes::RoomChanges;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::consume_budget;
use tokio::time::{Instant, sleep_until};

/// User events and directory events that wait to be told: the last of each person and room.
///
/// So they are bounded by what exists and none is left out, and the storage's writer, which brings them, only notes them.
#[derive(Default)]
pub(crate) struct Directory {
    /// Locked before the others, and while something is noted.
    recent: Mutex<Recent>,
    latest: Mutex<Latest>,
    personal: Mutex<Personal>,
    personal_came: Notify,
    of_rooms: Mutex<OfRooms>,
    of_rooms_came: Notify,
    /// Memberships that are being told. Locked before `of_rooms`, and while one is told.
    telling: Mutex<ByPersonAndRoom<Signal>>,
}

impl Directory {
    /// Notes what a person's connections but `except` are to be told soon. Answers whether it is news: what was before something that is
    /// known is not.
    pub(crate) fn note_user_event(
        &self,
        user: UserId,
        except: Option<ConnectionId>,
        event: UserEvent,
    ) -> bool {
        let mut recent = self.recent.lock();
        if !self.latest.lock().is_user_news(user, &event) {
            return false;
        }
        recent.remember_user_event(user, &event);
        let came = match event {
            UserEvent::SessionEnded(session) | UserEvent::SessionRevoked(session) => {
                self.personal.lock().ended.push((user, session));
                &self.personal_came
            }
            UserEvent::ReadMark { room, seq, is_shared: _ } => {
                self.note_read_mark((user, room), except, ReadMark { seq, is_back: false });
                &self.personal_came
            }
            UserEvent::MarkedUnread { room, seq } => {
                self.note_read_mark((user, room), except, ReadMark { seq, is_back: true });
                &self.personal_came
            }
            UserEvent::ThreadMark { room, root, mark } => {
                self.personal.lock().threads.insert((user, room, root), (except, mark));
                &self.personal_came
            }
            UserEvent::Draft(draft) => {
                let mut personal = self.personal.lock();
                let key = (user, draft.place);
                let before = personal.drafts.get(&key).map(|(_, before)| before.at);
                if before.is_none_or(|before| before < draft.at) {
                    personal.drafts.insert(key, (except, draft));
                }
                &self.personal_came
            }
            UserEvent::ScheduleChanged { is_due } => {
                let mut personal = self.personal.lock();
                let before = personal.schedules.insert(user, (except, is_due));
                if let Some((first, was_due)) = before {
                    // Each of two connections hears of what the other caused.
                    let except = except.filter(|_| first == except);
                    personal.schedules.insert(user, (except, is_due || was_due));
                }
                &self.personal_came
            }
            UserEvent::SettingsChanged { revision } => {
                let told = (except, Signal::SettingsChanged { revision });
                self.personal.lock().settings.insert(user, told);
                &self.personal_came
            }
            UserEvent::Renamed { user: renamed, .. } => {
                self.personal.lock().names.insert(user, (except, renamed));
                &self.personal_came
            }
            UserEvent::MembershipBegan(room) => {
                let key = (user, room.id);
                self.of_rooms.lock().memberships.insert(
                    key,
                    (except, Signal::MembershipBegan(Box::new(RoomListing { room: *room, online: 0 }))),
                );
                &self.of_rooms_came
            }
            UserEvent::MembershipEnded { room, is_gone, .. } => {
                let signal = membership_ended(room, is_gone);
                self.of_rooms.lock().memberships.insert((user, room), (except, signal));
                &self.of_rooms_came
            }
        };
        drop(recent);
        came.notify_one();
        true
    }

    fn note_read_mark(&self, of: (UserId, RoomId), except: Option<ConnectionId>, mark: ReadMark) {
        let mut personal = self.personal.lock();
        let is_back = mark.is_back || personal.read_marks.get(&of).is_some_and(|(_, before)| before.is_back);
        // Two connections may have caused one each, and a mark that went back is told to both.
        let except = except.filter(|_| mark.is_back == is_back);
        personal.read_marks.insert(of, (except, ReadMark { is_back, ..mark }));
    }

    /// Notes what everybody is to be told soon.
    pub(crate) fn note_directory_event(&self, event: DirectoryEvent) {
        let mut recent = self.recent.lock();
        if !self.latest.lock().is_directory_news(&event) {
            return;
        }
        recent.remember_directory_event(&event);
        self.of_rooms.lock().changes.note(event);
        drop(recent);
        self.of_rooms_came.notify_one();
    }

    /// The place of this moment in the sequence of all that is noted here.
    pub(crate) fn bookmark(&self) -> Bookmark {
        self.recent.lock().bookmark()
    }

    /// Tells a client again what was noted since; one for which that is too much is asked to come back. Nothing newer is noted
    /// meanwhile, so what it hears last is what is so.
    /// `online` tells how many are present in a room.
    pub(crate) fn repeat(
        &self,
        connection: &Arc<Connection>,
        since: Bookmark,
        online: impl Fn(RoomId) -> u32,
    ) {
        let recent = self.recent.lock();
        match recent.signals(connection.user, since) {
            Ok(mut signals) => {
                for signal in &mut signals {
                    count_present(signal, &online);
                    // Its person may have been read from the storage under the name before.
                    if let Signal::Renamed(user) = signal {
                        connection.person.rename(&user.name);
                    }
                }
                connection.signals(&signals);
            }
            Err(Forgotten) => connection.ask_to_close(CloseReason::BeginAnew),
        }
    }

    /// Takes what waits of the rooms: what everybody is told, and what is told then. Nothing when some of it is for everybody and that is not
    /// `due` yet.
    fn take_of_rooms(&self, due: Instant) -> Option<RoomChanges> {
        let mut telling = self.telling.lock();
        let mut waiting = self.of_rooms.lock();
        let is_due = waiting.changes.is_empty() || Instant::now() >= due;
        is_due.then(|| {
            let OfRooms { changes, memberships } = std::mem::take(&mut *waiting);
            telling.extend(memberships);
            changes
        })
    }

    /// Tells people now of memberships in `room` that have ended. When this returns nobody is told of one any more that is noted here.
    pub(crate) fn tell_ended(&self, register: &Register, room: RoomId) {
        let mut telling = self.telling.lock();
        let mut waiting = self.of_rooms.lock();
        let has_ended = |(_, of): &(UserId, RoomId), (_, signal): &mut (Option<ConnectionId>, Signal)| {
            *of == room && matches!(signal, Signal::MembershipEnded { .. } | Signal::RoomGone { .. })
        };
        let mut ended: Vec<_> = telling.extract_if(has_ended).collect();
        ended.extend(waiting.memberships.extract_if(has_ended));
        drop(waiting);
        for ((user, _), (except, signal)) in ended {
            tell(register, user, except, &signal);
        }
    }

    /// Tells one of the memberships that are being told.
    fn tell_next(&self, register: &Register, online: impl Fn(RoomId) -> u32) -> bool {
        let mut telling = self.telling.lock();
        let Some(key) = telling.keys().next().copied() else { return false };
        if let Some((except, mut signal)) = telling.remove(&key) {
            count_present(&mut signal, online);
            tell(register, key.0, except, &signal);
        }
        true
    }

    /// Closes the connections of sign-ins that ended, and tells people's devices how far they have read and what they are called,
    /// for ever.
    pub(crate) async fn tell_people(&self, register: &Register, trust: &Trust) {
        loop {
            self.personal_came.notified().await;
            trust.good().await;
            let Personal { ended, read_marks, threads, schedules, drafts, names, settings } =
                std::mem::take(&mut *self.personal.lock());
            for (user, session) in ended {
                register.end_session(user, session);
            }
            for ((user, room), (except, mark)) in read_marks {
                tell(register, user, except, &mark.signal(room));
                consume_budget().await;
            }
            for ((user, room, root), (except, mark)) in threads {
                tell(register, user, except, &Signal::ThreadMark { room, root, mark });
                consume_budget().await;
            }
            for ((user, _), (except, draft)) in drafts {
                tell(register, user, except, &Signal::Draft(draft));
                consume_budget().await;
            }
            for (user, (except, is_due)) in schedules {
                tell(register, user, except, &Signal::ScheduleChanged { is_due });
                consume_budget().await;
            }
            for (user, (except, changed)) in settings {
                tell(register, user, except, &changed);
                consume_budget().await;
            }
            for (user, (except, renamed)) in names {
                tell(register, user, except, &Signal::Renamed(renamed));
                consume_budget().await;
            }
        }
    }

    /// Tells everybody of the rooms at most once in `interval`, and at once after a pause; then people of their memberships. For
    /// ever.
    /// `online` tells how many are present in a room.
    pub(crate) async fn tell_of_rooms(
        &self,
        (register, encoders, trust): (&Register, &Encoders, &Trust),
        interval: Duration,
        online: impl Fn(RoomId) -> u32,
    ) {
        let mut due = Instant::now();
        loop {
            self.of_rooms_came.notified().await;
            trust.good().await;
            let changes = loop {
                match self.take_of_rooms(due) {
                    Some(waiting) => break waiting,
                    None => sleep_until(due).await,
                }
            };
            if !changes.is_empty() {
                changes.tell(register, encoders).await;
                due = Instant::now() + interval;
            }
            while self.tell_next(register, &online) {
                consume_budget().await;
            }
        }
    }
}

/// Fills in how many are present in a room that somebody is a member of from now on: it is not known where that is noted.
fn count_present(signal: &mut Signal, online: impl Fn(RoomId) -> u32) {
    if let Signal::MembershipBegan(listing) = signal {
        listing.online = online(listing.room.id);
    }
}

/// What the person is told of a membership that ended.
fn membership_ended(room: RoomId, is_gone: bool) -> Signal {
    if is_gone { Signal::RoomGone { room } } else { Signal::MembershipEnded { room } }
}

fn tell(register: &Register, user: UserId, except: Option<ConnectionId>, signal: &Signal) {
    for connection in register.of(user).iter().filter(|connection| Some(connection.id) != except) {
        connection.signal(signal);
    }
}
