use super::Room;
use super::batch::Right;
use super::ephemeral::Ephemeral;
use super::pending::new_address;
use super::subscribers::{Chunk, NotLive};
use crate::connection::Connection;
use chinwag_core::domain::{LogAccess, RoomAddress, RoomEvent, RoomId, Seq};
use parking_lot::Mutex;
use std::sync::Arc;

/// That a connection gets what happens in a room.
///
/// It begins *catching up*: the fan-out skips it while its client is brought up to date from the log.
/// [`go_live`](Self::go_live) then joins the two without a hole and without a repeat.
pub struct Subscription {
    pub(super) room: Arc<Room>,
    pub(super) chunk: Arc<Chunk>,
    pub(super) connection: Arc<Connection>,
    state: Mutex<State>,
}

struct State {
    appearance: Appearance,
    /// With what right it went live last.
    access: Option<LogAccess>,
}

/// Whether its person is present in the room because of it.
enum Appearance {
    Hidden,
    /// With whether its client is told everybody's name.
    Shown {
        lists_people: bool,
    },
    Over,
}

impl Subscription {
    pub(super) fn new(room: Arc<Room>, chunk: Arc<Chunk>, connection: Arc<Connection>) -> Self {
        let state = State { appearance: Appearance::Hidden, access: None };
        Self { room, chunk, connection, state: Mutex::new(state) }
    }

    /// Makes its person present in the room. Doing so twice, or after the end, is harmless.
    pub fn appear(&self) {
        let mut state = self.state.lock();
        if matches!(state.appearance, Appearance::Hidden) {
            let encoder = self.connection.encoder();
            let (via, lists_people) = (encoder.via(), encoder.lists_people());
            state.appearance = Appearance::Shown { lists_people };
            self.room.note(|ephemeral| ephemeral.enter(&self.connection.person, via, lists_people));
            self.room.shared.own_news.note(self.connection.user);
        }
    }

    /// Whether its person is present in the room because of it.
    pub(crate) fn is_shown(&self) -> bool {
        matches!(self.state.lock().appearance, Appearance::Shown { .. })
    }

    /// Has its room know what its connection speaks now.
    pub(crate) fn protocol_changed(&self) {
        let encoder = self.connection.encoder();
        let (via, wanted) = (encoder.via(), encoder.lists_people());
        let mut state = self.state.lock();
        if let Appearance::Shown { lists_people } = &mut state.appearance {
            let listed = std::mem::replace(lists_people, wanted);
            self.room.note(|ephemeral| {
                ephemeral.change_protocol(self.connection.user, via, (listed, wanted));
            });
        }
    }

    /// The room.
    #[must_use]
    pub fn room_id(&self) -> RoomId {
        self.room.id
    }

    /// The room with its address of this moment.
    #[must_use]
    pub fn address(&self) -> Arc<RoomAddress> {
        self.room.address()
    }

    /// Has the room know the address that a look-up found, with the access that the same look-up granted. The address with which
    /// one subscribes was read before, and a change in between was told to nobody when the room had no subscriber here.
    pub fn note_address(&self, room: &RoomAddress, access: &LogAccess) {
        if room.id == self.room.id && self.is_granted_by(access) {
            self.room.note_address(room.clone(), access.authorized_at());
        }
    }

    /// With what right it went live last: what a client that stays live may go on with when a new look fails.
    #[must_use]
    pub fn last_access(&self) -> Option<LogAccess> {
        self.state.lock().access
    }

    /// Goes live after the client was given everything up to `position`. `access` was granted after the subscription was made or
    /// taken back to catching up. What `announce` sends comes before the first live event.
    ///
    /// # Errors
    /// [`NotLive::Behind`] when events after `position` were skipped meanwhile: read on from the log up to there and try again.
    /// [`NotLive::Ended`] when the person left or the room was deleted after the access was granted, or when it is not for this
    /// room and person.
    pub fn go_live(&self, access: &LogAccess, position: Seq, announce: impl FnOnce()) -> Result<(), NotLive> {
        let live = if self.is_granted_by(access) {
            let begun = self.room.begin(position);
            let right = Right { authorized_at: access.authorized_at(), first: access.first() };
            begun.and_then(|()| self.chunk.go_live(self, right, position, announce))
        } else {
            Err(NotLive::Ended)
        };
        match live {
            Ok(missed_signals) => {
                self.state.lock().access = Some(*access);
                if missed_signals {
                    self.connection.send_stale();
                }
                Ok(())
            }
            Err(NotLive::Ended) => {
                self.end();
                Err(NotLive::Ended)
            }
            Err(NotLive::Behind(skipped_to)) => Err(NotLive::Behind(skipped_to)),
        }
    }

    /// Has the room know what these events, which were read from its log, say of its address: it may not hear of them in another way.
    /// Answers for how many of them this right is good, if it ends among them.
    pub(super) fn note_read(&self, events: &[RoomEvent], access: &LogAccess) -> Option<usize> {
        for event in events {
            if let Some(address) = new_address(event) {
                self.room.note_address(address, event.seq);
            }
        }
        let person = &self.connection.person;
        let later = events.iter().enumerate().filter(|(_, event)| event.seq > access.authorized_at());
        let mut endings = later.filter_map(|(place, event)| Some((place, event.ending()?)));
        let (place, ending) = endings.find(|(_, ending)| person.is_ended_by(*ending))?;
        Some(place + usize::from(ending.is_told()))
    }

    /// Whether this right is for this room and person.
    pub(super) fn is_granted_by(&self, access: &LogAccess) -> bool {
        access.room() == self.room.id && access.user() == self.connection.user
    }

    /// Takes it back to catching up, to begin anew with a fresh snapshot. Answers up to where the client was given the log, or `None`
    /// when it is not live.
    pub(crate) fn pause(&self) -> Option<Seq> {
        self.chunk.pause(self)
    }

    /// Whether more events wait for delivery in the room than is good, so that new messages are better refused for a moment.
    #[must_use]
    pub fn is_congested(&self) -> bool {
        self.room.is_congested()
    }

    pub(crate) fn room(&self) -> &Arc<Room> {
        &self.room
    }

    /// Ends it. Doing so twice is harmless.
    pub(crate) fn end(&self) {
        if self.chunk.remove(self) {
            self.forget();
        }
    }

    /// Lets its connection and its room forget it, after it was taken from its chunk.
    pub(crate) fn forget(&self) {
        self.room.shared.subscriptions.remove(self);
        let appearance = std::mem::replace(&mut self.state.lock().appearance, Appearance::Over);
        match appearance {
            Appearance::Shown { lists_people } => {
                self.room.note(|ephemeral| ephemeral.exit(self.connection.user, lists_people));
                self.room.shared.own_news.note(self.connection.user);
            }
            // Nothing is to be told, but after a tick the hub forgets a room in which nobody is.
            Appearance::Hidden => self.room.note(Ephemeral::expect_tick),
            Appearance::Over => {}
        }
    }
}
