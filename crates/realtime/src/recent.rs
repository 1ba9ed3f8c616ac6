use chinwag_core::domain::{SessionId, UserId};
use chinwag_core::ports::{ListedRoom, Notice, Signal};
use std::collections::VecDeque;

/// News that are remembered: far more than come while somebody is greeted.
const REMEMBERED: usize = 16_384;

/// A place in the sequence of all news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(u64);

/// News of the last moments, for those who come while they are told.
///
/// A client is greeted with what the storage held, and stands in the register a moment later. What became known in between was told to
/// others only.
#[derive(Default)]
pub(crate) struct Recent {
    notices: VecDeque<Notice>,
    /// How many came before the first of `notices`.
    forgotten: u64,
}

/// Too much came since a moment to remember all of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Forgotten;

impl Recent {
    pub(crate) fn remember(&mut self, notice: Notice) {
        if self.notices.len() >= REMEMBERED {
            self.notices.pop_front();
            self.forgotten += 1;
        }
        self.notices.push_back(notice);
    }

    /// The place behind the last of the news.
    pub(crate) fn moment(&self) -> Moment {
        Moment(self.forgotten + self.notices.len() as u64)
    }

    /// Whether a sign-in ended since a moment.
    pub(crate) fn has_ended(&self, session: SessionId, since: Moment) -> Result<bool, Forgotten> {
        let mut notices = self.since(since)?;
        Ok(notices
            .any(|notice| matches!(notice, Notice::SessionEnded { session: ended, .. } if *ended == session)))
    }

    /// What one person is told of the news since a moment, in order.
    pub(crate) fn signals(&self, user: UserId, since: Moment) -> Result<Vec<Signal>, Forgotten> {
        Ok(self.since(since)?.filter_map(|notice| signal(notice, user)).collect())
    }

    fn since(&self, Moment(moment): Moment) -> Result<impl Iterator<Item = &Notice>, Forgotten> {
        let first = moment.checked_sub(self.forgotten).ok_or(Forgotten)?;
        Ok(self.notices.iter().skip(usize::try_from(first).unwrap_or(usize::MAX)))
    }
}

fn signal(notice: &Notice, whom: UserId) -> Option<Signal> {
    match notice {
        Notice::ReadMark { user, origin: _, room, seq } => {
            (*user == whom).then(|| Signal::ReadMark { room: room.clone(), seq: *seq })
        }
        Notice::Membership { user, origin: _, room, member } => {
            (*user == whom).then(|| Signal::Membership { room: room.clone(), member: *member })
        }
        Notice::RoomListed { room, title, topic } => {
            let room = ListedRoom { room: room.clone(), title: title.clone(), topic: topic.clone() };
            Some(Signal::Directory { listed: vec![room], removed: Vec::new() })
        }
        Notice::RoomRemoved { id: _, room } => {
            Some(Signal::Directory { listed: Vec::new(), removed: vec![room.clone()] })
        }
        Notice::SessionEnded { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(session: i64) -> Notice {
        Notice::SessionEnded { user: UserId(1), session: SessionId(session) }
    }

    #[test]
    fn a_sign_in_that_ended_before_is_not_looked_for() {
        let mut recent = Recent::default();
        recent.remember(ended(1));
        let since = recent.moment();
        recent.remember(ended(2));
        assert_eq!(recent.has_ended(SessionId(1), since), Ok(false));
        assert_eq!(recent.has_ended(SessionId(2), since), Ok(true));
        assert_eq!(recent.has_ended(SessionId(2), recent.moment()), Ok(false));
    }

    #[test]
    fn what_is_forgotten_is_known_to_be() {
        let mut recent = Recent::default();
        let begin = recent.moment();
        for session in 0..REMEMBERED as i64 {
            recent.remember(ended(session));
        }
        assert_eq!(recent.has_ended(SessionId(0), begin), Ok(true));
        let second = Moment(1);
        recent.remember(ended(-1));
        assert_eq!(recent.has_ended(SessionId(0), begin), Err(Forgotten));
        assert_eq!(recent.has_ended(SessionId(-1), second), Ok(true));
        assert_eq!(recent.moment(), Moment(REMEMBERED as u64 + 1));
    }
}
