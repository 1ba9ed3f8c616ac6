use super::append::Append;
use super::carrier::Carrier;
use super::connection::{Connection, Target};
use super::fence::Fence;
use super::lane::Lane;
use super::notes::Note;
use super::session::{Claim, Owner};
use super::writes::Writing;
use crate::Worker;
use chinwag_core::domain::{Actor, Refusal, RoomId, Seq, UserId};
use chinwag_core::ports::{Appended, NewMessage, StoreFuture};
use std::io;

/// What is asked most.
pub(super) struct Lanes {
    /// A room's messages are all in one of them.
    messages: [Lane<Append>; 2],
    notes: Lane<Note>,
}

impl Lanes {
    pub(super) fn start(
        (target, owner): (&Target, Owner),
        queue: usize,
        writing: &Writing,
    ) -> io::Result<Self> {
        let messages = |worker| {
            // Its successor waits for the end of a session that was lost, so that it is known then what became of a batch.
            let connection = Connection::new(target.clone(), Claim::Lane(rand::random(), owner))?;
            Lane::start("chinwag-messages", queue, Carrier::new(connection, writing.clone(), worker))
        };
        let connection = Connection::new(target.clone(), Claim::Lane(rand::random(), owner))?;
        let notes = Carrier::new(connection, writing.clone(), Worker::Notes);
        let notes = Lane::start("chinwag-notes", queue, notes)?;
        Ok(Self { messages: [messages(Worker::Messages)?, messages(Worker::OtherMessages)?], notes })
    }

    pub(super) fn append(&self, actor: Actor, message: NewMessage) -> StoreFuture<Appended> {
        let lane = &self.messages[number(message.room)];
        lane.submit(Append { actor, message })
    }

    pub(super) fn mark_read(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()> {
        self.notes.submit(Note::ReadMark { actor, room, seq })
    }

    pub(super) fn touch(&self, people: Vec<UserId>) -> StoreFuture<()> {
        self.notes.submit(Note::Here(people))
    }

    /// A fence behind all that was submitted before.
    pub(super) fn fence(&self) -> Result<Fence, Refusal> {
        let (fence, post) = Fence::new();
        for lane in &self.messages {
            lane.fence(&post)?;
        }
        self.notes.fence(&post)?;
        Ok(fence)
    }

    /// Finishes what is queued.
    pub(super) fn close(&self) {
        for lane in &self.messages {
            lane.close();
        }
        self.notes.close();
    }
}

/// Which lane a room's messages take: on each node the same, so that of two nodes only two lanes ever meet in a room.
fn number(room: RoomId) -> usize {
    // The golden ratio spreads numbers that follow on each other; its product's first bit is as good as any.
    (room.0.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63) as usize
}
