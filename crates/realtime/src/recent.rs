use crate::directory::Directory;
use chinwag_core::domain::UserId;
use chinwag_core::ports::{ListedRoom, Notice, Signal};
use std::collections::BTreeMap;
use std::mem;

/// News of one generation: two of them are far more than come while somebody is greeted.
const GENERATION: usize = 8192;

/// A place in the sequence of all news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(u64);

/// News of the last moments, for those who come while they are told.
///
/// A client is greeted with what the storage held, and stands in the register a moment later. What became known in between was told to
/// others only.
#[derive(Default)]
pub(crate) struct Recent {
    new: Generation,
    old: Generation,
}

/// News that are forgotten together. Kept by person, so that looking for one's own costs nothing for those of others.
#[derive(Default)]
struct Generation {
    /// The number of the first one.
    first: u64,
    count: usize,
    of_rooms: BTreeMap<u64, Notice>,
    personal: BTreeMap<(UserId, u64), Notice>,
}

/// Too much came since a moment to remember all of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Forgotten;

impl Recent {
    pub(crate) fn remember(&mut self, notice: &Notice) {
        let Moment(number) = self.moment();
        if self.new.count >= GENERATION {
            let new = Generation { first: number, ..Generation::default() };
            self.old = mem::replace(&mut self.new, new);
        }
        self.new.count += 1;
        match notice {
            Notice::ReadMark { user, .. } | Notice::Membership { user, .. } => {
                self.new.personal.insert((*user, number), notice.clone());
            }
            Notice::RoomListed { .. } | Notice::RoomRemoved { .. } => {
                self.new.of_rooms.insert(number, notice.clone());
            }
            // Whoever comes with an ended sign-in is not told of it, but sent away.
            Notice::SessionEnded { .. } => {}
        }
    }

    /// The place behind the last of the news.
    pub(crate) fn moment(&self) -> Moment {
        Moment(self.new.first + self.new.count as u64)
    }

    /// What one person is told of the news since a moment: the last of each room, and a membership after the room that it is of.
    pub(crate) fn signals(&self, user: UserId, since: Moment) -> Result<Vec<Signal>, Forgotten> {
        if since.0 < self.old.first {
            return Err(Forgotten);
        }
        let (mut directory, mut memberships, mut read_marks) =
            (Directory::default(), BTreeMap::new(), BTreeMap::new());
        let generations = [&self.old, &self.new];
        for notice in generations.into_iter().flat_map(|generation| generation.of(user, since)) {
            match notice.clone() {
                Notice::RoomListed { room, title, topic } => {
                    directory.list(ListedRoom { room, title, topic })
                }
                Notice::RoomRemoved { id: _, room } => directory.remove(room),
                Notice::Membership { user: _, origin: _, room, member } => {
                    memberships.insert(room, member);
                }
                Notice::ReadMark { user: _, origin: _, room, seq } => {
                    read_marks.insert(room, seq);
                }
                Notice::SessionEnded { .. } => {}
            }
        }
        let directory = (!directory.is_empty()).then(|| directory.into_signal());
        let memberships = memberships.into_iter().map(|(room, member)| Signal::Membership { room, member });
        let read_marks = read_marks.into_iter().map(|(room, seq)| Signal::ReadMark { room, seq });
        Ok(directory.into_iter().chain(memberships).chain(read_marks).collect())
    }
}

impl Generation {
    fn of(&self, user: UserId, Moment(since): Moment) -> impl Iterator<Item = &Notice> {
        let personal = self.personal.range((user, since)..=(user, u64::MAX));
        self.of_rooms.range(since..).map(|(_, notice)| notice).chain(personal.map(|(_, notice)| notice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{RoomSlug, Seq};

    fn read(user: i64, seq: i64) -> Notice {
        let room = RoomSlug::parse("den").unwrap();
        Notice::ReadMark { user: UserId(user), origin: None, room, seq: Seq(seq) }
    }

    fn told(recent: &Recent, since: Moment) -> Result<Vec<Signal>, Forgotten> {
        recent.signals(UserId(1), since)
    }

    fn is_read(seq: i64) -> Result<Vec<Signal>, Forgotten> {
        Ok(vec![Signal::ReadMark { room: RoomSlug::parse("den").unwrap(), seq: Seq(seq) }])
    }

    #[test]
    fn what_came_before_is_not_told() {
        let mut recent = Recent::default();
        recent.remember(&read(1, 1));
        let since = recent.moment();
        assert_eq!(told(&recent, since), Ok(Vec::new()));
        recent.remember(&read(1, 2));
        recent.remember(&read(2, 3));
        assert_eq!(told(&recent, since), is_read(2));
        assert_eq!(told(&recent, recent.moment()), Ok(Vec::new()));
    }

    #[test]
    fn what_is_forgotten_is_known_to_be() {
        let mut recent = Recent::default();
        let begin = recent.moment();
        recent.remember(&read(1, 1));
        let second = recent.moment();
        for _ in 1..2 * GENERATION {
            recent.remember(&read(2, 1));
        }
        assert_eq!(told(&recent, begin), is_read(1));
        recent.remember(&read(1, 2));
        assert_eq!((told(&recent, begin), told(&recent, second)), (Err(Forgotten), Err(Forgotten)));
        assert_eq!(told(&recent, Moment(GENERATION as u64)), is_read(2));
        assert_eq!(recent.moment(), Moment(2 * GENERATION as u64 + 1));
    }
}
