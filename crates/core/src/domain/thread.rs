use super::{Message, Millis, RoomId, Seq, UserId};
use core::fmt::{self, Display, Formatter};
use core::str::FromStr;

/// How many replies of a thread are counted at most.
pub const REPLIES_COUNTED: u32 = 1000;

/// How many of those who wrote in a thread last are named under its root.
pub const THREAD_FACES: usize = 3;

/// Where a message stands that belongs to a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InThread {
    /// The message of the same room under which the thread hangs.
    pub root: Seq,
    /// Whether the room is shown the message as well.
    pub also: bool,
}

/// What is said under a message, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadInfo {
    /// Replies that are not deleted, at most [`REPLIES_COUNTED`].
    pub replies: u32,
    /// When the last of them was written.
    pub last: Millis,
    /// Who wrote there last, the last one first, at most [`THREAD_FACES`] of those who wrote the last twenty replies.
    pub users: Vec<(UserId, String)>,
    /// Everything up to this place of the room's log is counted, and maybe some of what comes behind it.
    pub as_of: Seq,
}

/// Whether somebody follows a thread, and how far it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThreadMark {
    /// Whether its news are this person's.
    pub follows: bool,
    /// Replies up to here are read; 0 for one who never followed it.
    pub read: Seq,
}

/// A page of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadPage {
    /// The room.
    pub room: RoomId,
    /// The message under which it hangs, deleted or not.
    pub root: Message,
    /// Replies, oldest first, deleted ones among them.
    pub messages: Vec<Message>,
    /// Whether there are older replies.
    pub has_before: bool,
    /// Whether there are newer replies.
    pub has_after: bool,
    /// What it is to the person who asks.
    pub mark: ThreadMark,
}

/// A thread that somebody follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedThread {
    /// The message under which it hangs.
    pub root: Message,
    /// Replies up to here are read.
    pub read: Seq,
    /// Others' replies behind that, at most 100.
    pub unread: u32,
}

/// Which page of one's threads is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThreadListQuery {
    /// Where the page before ended; none for the first one.
    pub after: Option<ThreadListPosition>,
    /// Threads of the page.
    pub limit: u32,
}

/// A page of the threads that a person follows and in which anything was said: those with unread replies, then the others, each the last
/// one said in first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThreadListPage {
    /// The threads.
    pub threads: Vec<FollowedThread>,
    /// Where the page ends, when there is another one.
    pub next: Option<ThreadListPosition>,
}

/// A place in the list of one's threads, behind one of them. It stays one when threads change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadListPosition {
    /// Whether that thread has unread replies.
    pub is_unread: bool,
    /// When somebody wrote there last.
    pub at: Millis,
    /// Its room.
    pub room: RoomId,
    /// The message under which it hangs.
    pub root: Seq,
}

impl Display for ThreadListPosition {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let Self { is_unread, at, room, root } = self;
        write!(formatter, "{}.{}.{room}.{root}", u8::from(*is_unread), at.0)
    }
}

impl FromStr for ThreadListPosition {
    type Err = ();

    /// Reads what [`Display`] wrote.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(4, '.');
        let mut number = || parts.next().ok_or(())?.parse::<i64>().map_err(drop);
        let is_unread = match number()? {
            0 => false,
            1 => true,
            _ => return Err(()),
        };
        Ok(Self { is_unread, at: Millis(number()?), room: RoomId(number()?), root: Seq(number()?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_of_threads_is_read_as_it_was_written() {
        for is_unread in [false, true] {
            let position = ThreadListPosition { is_unread, at: Millis(-5), room: RoomId(17), root: Seq(3) };
            assert_eq!(position.to_string().parse(), Ok(position));
        }
        for wrong in ["", "1", "1.2.3", "2.1.1.1", "1.2.3.x", "1.2.3.4.5", "1.2.3."] {
            assert!(wrong.parse::<ThreadListPosition>().is_err(), "{wrong}");
        }
    }
}
