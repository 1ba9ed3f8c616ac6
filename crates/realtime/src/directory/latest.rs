use chinwag_core::domain::{EmojiName, RoomId, UserId};
use chinwag_core::ports::{DirectoryEvent, UserEvent};
use std::collections::HashMap;
use std::mem;

/// Things of one generation. News that come late are late by moments, and two generations are far more than change in those.
const GENERATION: usize = 8192;

/// How far everything is known that has a last state only: names, read markers, memberships, what rooms are called. Of several nodes' news
/// the older may come after the newer, and is none then.
#[derive(Default)]
pub(super) struct Latest {
    new: HashMap<Subject, i64>,
    old: HashMap<Subject, i64>,
}

/// What has a last state.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Subject {
    Name(UserId),
    ReadMark(UserId, RoomId),
    Membership(UserId, RoomId),
    Settings(UserId),
    Room(RoomId),
    /// Of a person, or of the server.
    Avatar(Option<UserId>),
    Emoji(EmojiName),
}

impl Latest {
    /// Whether this is newer than what is known, and known from now on.
    pub(super) fn is_user_news(&mut self, user: UserId, event: &UserEvent) -> bool {
        match event {
            UserEvent::ReadMark { room, seq, .. } => self.note(Subject::ReadMark(user, *room), seq.0),
            // The mark goes forward again from there. Of an older mark that another node tells later, devices hear with their next welcome.
            UserEvent::MarkedUnread { room, seq } => {
                self.begin_at(Subject::ReadMark(user, *room), seq.0);
                true
            }
            UserEvent::SettingsChanged { revision } => self.note(Subject::Settings(user), *revision),
            UserEvent::MembershipBegan(room) => self.note(Subject::Membership(user, room.id), room.head.0),
            UserEvent::MembershipEnded { room, at, .. } => self.note(Subject::Membership(user, *room), at.0),
            UserEvent::Renamed { renames, .. } => self.note(Subject::Name(user), i64::from(*renames)),
            // A thread is followed and left again, so that no number says which was later: what comes is taken.
            UserEvent::ThreadMark { .. } => true,
            // It has its time, by which a client knows the later one.
            UserEvent::Draft(_) => true,
            // It says to look, which does no harm.
            UserEvent::ScheduleChanged { .. } => true,
            // It ends once, and ending it twice is harmless.
            UserEvent::SessionEnded(_) | UserEvent::SessionRevoked(_) => true,
        }
    }

    /// The same of what everybody is told.
    pub(super) fn is_directory_news(&mut self, event: &DirectoryEvent) -> bool {
        match event {
            DirectoryEvent::Listed { room, at } => self.note(Subject::Room(room.id), at.0),
            DirectoryEvent::Removed { room, at } => self.note(Subject::Room(*room), at.0),
            DirectoryEvent::Avatar { shown, at } => self.note(Subject::Avatar(shown.person), at.0),
            DirectoryEvent::Emoji { shown, at } => self.note(Subject::Emoji(shown.name.clone()), at.0),
        }
    }

    /// Knows something only as far as `place` from now on.
    fn begin_at(&mut self, subject: Subject, place: i64) {
        self.old.remove(&subject);
        self.new.insert(subject, place);
    }

    fn note(&mut self, subject: Subject, place: i64) -> bool {
        let known = self.new.get(&subject).or_else(|| self.old.get(&subject));
        if known.is_some_and(|known| *known >= place) {
            return false;
        }
        if self.new.len() >= GENERATION && !self.new.contains_key(&subject) {
            self.old = mem::take(&mut self.new);
        }
        self.new.insert(subject, place);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{Seq, User};
    use chinwag_core::ports::ListedRoom;
    use proptest::prelude::*;

    const ALEX: UserId = UserId(1);

    fn read(room: i64, seq: i64) -> UserEvent {
        UserEvent::ReadMark { room: RoomId(room), seq: Seq(seq), is_shared: false }
    }

    fn listed(room: i64, at: i64) -> DirectoryEvent {
        let slug = chinwag_core::domain::RoomSlug::parse("den").unwrap();
        let room = ListedRoom { id: RoomId(room), slug, title: String::new(), topic: String::new() };
        DirectoryEvent::Listed { room, at: Seq(at) }
    }

    proptest! {
        #[test]
        fn in_whatever_order_they_come_the_latest_is_taken_last(places in prop::collection::vec((0..4_i64, 0..50_i64), 1..100)) {
            let mut latest = Latest::default();
            let (mut taken, mut highest) = (HashMap::new(), HashMap::new());
            for (room, seq) in places {
                if latest.is_user_news(ALEX, &read(room, seq)) {
                    let before = taken.insert(room, seq);
                    prop_assert!(before.is_none_or(|before| before < seq));
                }
                let highest = highest.entry(room).or_insert(seq);
                *highest = seq.max(*highest);
                prop_assert_eq!(taken.get(&room), Some(&*highest));
            }
        }
    }

    #[test]
    fn a_mark_that_was_set_back_goes_forward_again() {
        let mut latest = Latest::default();
        assert!(latest.is_user_news(ALEX, &read(1, 9)));
        let back = UserEvent::MarkedUnread { room: RoomId(1), seq: Seq(4) };
        assert!(latest.is_user_news(ALEX, &back));
        assert!(!latest.is_user_news(ALEX, &read(1, 4)) && latest.is_user_news(ALEX, &read(1, 5)));
    }

    #[test]
    fn each_thing_has_an_order_of_its_own() {
        let mut latest = Latest::default();
        let user = User::guest(ALEX, "Alex");
        let ended = UserEvent::MembershipEnded { room: RoomId(1), at: Seq(5), is_gone: false };
        assert!(latest.is_user_news(ALEX, &read(1, 7)) && latest.is_user_news(ALEX, &ended));
        assert!(latest.is_user_news(ALEX, &UserEvent::Renamed { user, renames: 1 }));
        assert!(latest.is_user_news(UserId(2), &read(1, 3)) && latest.is_directory_news(&listed(1, 2)));
        assert!(!latest.is_directory_news(&DirectoryEvent::Removed { room: RoomId(1), at: Seq(1) }));
        assert!(latest.is_directory_news(&DirectoryEvent::Removed { room: RoomId(1), at: Seq(3) }));
        assert!(!latest.is_directory_news(&listed(1, 2)), "a deleted room does not come back");
    }

    #[test]
    fn what_changed_lately_is_not_forgotten_for_others() {
        let mut latest = Latest::default();
        latest.is_user_news(ALEX, &read(0, 2));
        for room in 1..=GENERATION as i64 {
            assert!(latest.is_user_news(ALEX, &read(room, 1)));
        }
        assert!(!latest.is_user_news(ALEX, &read(0, 1)));
    }
}
