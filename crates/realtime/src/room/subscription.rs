use super::Room;
use super::chatter::Chatter;
use super::listeners::{Chunk, NotLive};
use crate::connection::Connection;
use chinwag_core::domain::{RoomId, RoomSlug, Seq, UserId};
use parking_lot::Mutex;
use std::sync::Arc;

/// A connection's ear in a room. Owned by the room; the connection keeps it to find its rooms again.
///
/// It begins *held*: the pump passes it over while its client is brought up to date from the log. [`go_live`](Self::go_live)
/// then joins the two without a hole and without a repeat.
pub struct Subscription {
    pub(super) room: Arc<Room>,
    pub(super) chunk: Arc<Chunk>,
    pub(super) connection: Arc<Connection>,
    appearance: Mutex<Appearance>,
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
        Self { room, chunk, connection, appearance: Mutex::new(Appearance::Hidden) }
    }

    /// Makes its person present in the room. Doing so twice, or after the end, is harmless.
    pub fn appear(&self) {
        let mut appearance = self.appearance.lock();
        if matches!(*appearance, Appearance::Hidden) {
            let lists_people = self.connection.protocol().lists_people();
            *appearance = Appearance::Shown { lists_people };
            self.room.note(|chatter| chatter.enter(&self.connection, lists_people));
        }
    }

    /// Has its client told everybody's name, or not any more, as its protocol wants it now.
    pub(crate) fn list_people(&self) {
        let wanted = self.connection.protocol().lists_people();
        let mut appearance = self.appearance.lock();
        if let Appearance::Shown { lists_people } = &mut *appearance
            && std::mem::replace(lists_people, wanted) != wanted
        {
            self.room.note(|chatter| chatter.list_people(wanted));
        }
    }

    /// The room.
    #[must_use]
    pub fn room_id(&self) -> RoomId {
        self.room.id
    }

    /// The room's slug.
    #[must_use]
    pub fn slug(&self) -> &RoomSlug {
        &self.room.slug
    }

    /// Goes live after the client was given everything up to `seen`. `proof` is the room's head at a moment, after the
    /// subscription was made or held, when the person was a member. What `announce` sends comes before the first live event.
    ///
    /// # Errors
    /// [`NotLive::Behind`] when events after `seen` were passed over meanwhile: read on from the log up to there and try again.
    /// [`NotLive::Ended`] when the person left or the room was deleted after `proof`.
    pub fn go_live(&self, proof: Seq, seen: Seq, announce: impl FnOnce()) -> Result<(), NotLive> {
        match self.chunk.go_live(self, proof, seen, announce) {
            Ok(false) => Ok(()),
            Ok(true) => {
                self.connection.send_stale();
                Ok(())
            }
            Err(NotLive::Ended) => {
                self.end();
                Err(NotLive::Ended)
            }
            Err(behind) => Err(behind),
        }
    }

    /// Holds it again, to begin anew with a fresh snapshot. Answers up to where the client has seen everything, or `None` when
    /// it has ended.
    pub(crate) fn hold(&self) -> Option<Seq> {
        self.chunk.hold(self)
    }

    /// Whether more events wait for delivery in the room than is good, so that new messages are better refused for a moment.
    #[must_use]
    pub fn is_congested(&self) -> bool {
        self.room.is_congested()
    }

    pub(crate) fn user(&self) -> UserId {
        self.connection.user
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
        self.connection.subscriptions.lock().retain(|other| !std::ptr::eq(other.as_ref(), self));
        let appearance = std::mem::replace(&mut *self.appearance.lock(), Appearance::Over);
        match appearance {
            Appearance::Shown { lists_people } => {
                self.room.note(|chatter| chatter.exit(&self.connection, lists_people));
            }
            // Nothing is to be told, but after a turn the hub forgets a room in which nobody is.
            Appearance::Hidden => self.room.note(Chatter::expect_turn),
            Appearance::Over => {}
        }
    }
}
