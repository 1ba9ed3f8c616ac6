use super::membership_ended;
use super::room_changes::RoomChanges;
use chinwag_core::chat::RoomListing;
use chinwag_core::domain::UserId;
use chinwag_core::ports::{DirectoryEvent, Signal, UserEvent};
use std::collections::BTreeMap;
use std::mem;

/// Events of one generation: two of them are far more than come while somebody is welcomed.
const GENERATION: usize = 8192;

/// A place in the sequence of all user events and directory events of this node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bookmark(u64);

/// What was told in the last moments, for those who come while it is told.
///
/// A client is welcomed with what the storage held, and stands in the register a moment later. What became known in between was told to
/// others only.
#[derive(Default)]
pub(super) struct Recent {
    new: Generation,
    old: Generation,
}

/// Events that are forgotten together. Kept by person, so that looking for one's own costs nothing for those of others.
#[derive(Default)]
struct Generation {
    /// The number of the first one.
    first: u64,
    count: usize,
    of_directory: BTreeMap<u64, DirectoryEvent>,
    personal: BTreeMap<(UserId, u64), UserEvent>,
}

/// Too much came since a bookmark to remember all of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Forgotten;

impl Recent {
    pub(super) fn remember_user_event(&mut self, user: UserId, event: &UserEvent) {
        match event {
            UserEvent::ReadMark { .. }
            | UserEvent::MarkedUnread { .. }
            | UserEvent::ScheduleChanged { .. }
            | UserEvent::SettingsChanged { .. }
            | UserEvent::ThreadMark { .. }
            | UserEvent::MembershipBegan(_)
            | UserEvent::MembershipEnded { .. }
            | UserEvent::Renamed { .. } => {
                let number = self.next_number();
                self.new.personal.insert((user, number), event.clone());
            }
            // Whoever comes asks for all of them once welcomed, and they are far larger than anything else here.
            UserEvent::Draft(_) => {}
            // Whoever comes with an ended sign-in is not told of it, but sent away.
            UserEvent::SessionEnded(_) | UserEvent::SessionRevoked(_) => {}
        }
    }

    pub(super) fn remember_directory_event(&mut self, event: &DirectoryEvent) {
        let number = self.next_number();
        self.new.of_directory.insert(number, event.clone());
    }

    fn next_number(&mut self) -> u64 {
        let Bookmark(number) = self.bookmark();
        if self.new.count >= GENERATION {
            let new = Generation { first: number, ..Generation::default() };
            self.old = mem::replace(&mut self.new, new);
        }
        self.new.count += 1;
        number
    }

    /// The place behind the last event.
    pub(super) fn bookmark(&self) -> Bookmark {
        Bookmark(self.new.first + self.new.count as u64)
    }

    /// What one person is told of the events since a bookmark: the last of each room, and a membership after the room that it is of.
    pub(super) fn signals(&self, user: UserId, since: Bookmark) -> Result<Vec<Signal>, Forgotten> {
        if since.0 < self.old.first {
            return Err(Forgotten);
        }
        let generations = [&self.old, &self.new];
        let mut changes = RoomChanges::default();
        for event in generations.into_iter().flat_map(|generation| generation.of_directory(since)) {
            changes.note(event.clone());
        }
        let (mut memberships, mut read_marks, mut renamed) = (BTreeMap::new(), BTreeMap::new(), None);
        let (mut threads, mut schedule, mut settings) = (BTreeMap::new(), None, None);
        for event in generations.into_iter().flat_map(|generation| generation.of(user, since)) {
            match event.clone() {
                UserEvent::MembershipBegan(room) => {
                    memberships.insert(
                        room.id,
                        Signal::MembershipBegan(Box::new(RoomListing { room: *room, online: 0 })),
                    );
                }
                UserEvent::MembershipEnded { room, is_gone, .. } => {
                    memberships.insert(room, membership_ended(room, is_gone));
                }
                UserEvent::ReadMark { room, seq, .. } => {
                    let signal = match read_marks.get(&room) {
                        // Otherwise nobody would be told that it went back.
                        Some(Signal::MarkedUnread { .. }) => Signal::MarkedUnread { room, seq },
                        Some(_) | None => Signal::ReadMark { room, seq },
                    };
                    read_marks.insert(room, signal);
                }
                UserEvent::MarkedUnread { room, seq } => {
                    read_marks.insert(room, Signal::MarkedUnread { room, seq });
                }
                UserEvent::SettingsChanged { revision } => {
                    settings = Some(Signal::SettingsChanged { revision });
                }
                UserEvent::ThreadMark { room, root, mark } => {
                    threads.insert((room, root), Signal::ThreadMark { room, root, mark });
                }
                UserEvent::ScheduleChanged { is_due } => {
                    let was_due = matches!(schedule, Some(Signal::ScheduleChanged { is_due: true }));
                    schedule = Some(Signal::ScheduleChanged { is_due: is_due || was_due });
                }
                UserEvent::Renamed { user, .. } => renamed = Some(Signal::Renamed(user)),
                UserEvent::Draft(_) | UserEvent::SessionEnded(_) | UserEvent::SessionRevoked(_) => {}
            }
        }
        let directory = (!changes.is_empty()).then(|| changes.into_signal());
        let of_rooms = memberships.into_values().chain(read_marks.into_values()).chain(threads.into_values());
        Ok(directory.into_iter().chain(of_rooms).chain(schedule).chain(renamed).chain(settings).collect())
    }
}

impl Generation {
    fn of_directory(&self, Bookmark(since): Bookmark) -> impl Iterator<Item = &DirectoryEvent> {
        self.of_directory.range(since..).map(|(_, event)| event)
    }

    fn of(&self, user: UserId, Bookmark(since): Bookmark) -> impl Iterator<Item = &UserEvent> {
        self.personal.range((user, since)..=(user, u64::MAX)).map(|(_, event)| event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{DraftPlace, KeptDraft, MessageText, Millis, RoomId, Seq, User};

    fn remember_read(recent: &mut Recent, user: i64, seq: i64) {
        let event = UserEvent::ReadMark { room: RoomId(1), seq: Seq(seq), is_shared: false };
        recent.remember_user_event(UserId(user), &event);
    }

    fn told(recent: &Recent, since: Bookmark) -> Result<Vec<Signal>, Forgotten> {
        recent.signals(UserId(1), since)
    }

    fn is_read(seq: i64) -> Result<Vec<Signal>, Forgotten> {
        Ok(vec![Signal::ReadMark { room: RoomId(1), seq: Seq(seq) }])
    }

    #[test]
    fn what_came_before_is_not_told() {
        let mut recent = Recent::default();
        remember_read(&mut recent, 1, 1);
        let since = recent.bookmark();
        assert_eq!(told(&recent, since), Ok(Vec::new()));
        remember_read(&mut recent, 1, 2);
        remember_read(&mut recent, 2, 3);
        assert_eq!(told(&recent, since), is_read(2));
        assert_eq!(told(&recent, recent.bookmark()), Ok(Vec::new()));
    }

    #[test]
    fn what_is_forgotten_is_known_to_be() {
        let mut recent = Recent::default();
        let begin = recent.bookmark();
        remember_read(&mut recent, 1, 1);
        let second = recent.bookmark();
        for _ in 1..2 * GENERATION {
            remember_read(&mut recent, 2, 1);
        }
        assert_eq!(told(&recent, begin), is_read(1));
        remember_read(&mut recent, 1, 2);
        assert_eq!((told(&recent, begin), told(&recent, second)), (Err(Forgotten), Err(Forgotten)));
        assert_eq!(told(&recent, Bookmark(GENERATION as u64)), is_read(2));
        assert_eq!(recent.bookmark(), Bookmark(2 * GENERATION as u64 + 1));
    }

    #[test]
    fn of_drafts_nothing_is_kept() {
        let mut recent = Recent::default();
        let since = recent.bookmark();
        remember_read(&mut recent, 1, 1);
        let text = MessageText::exact("hel", 3).ok();
        let place = DraftPlace { room: RoomId(1), thread: None };
        let draft = KeptDraft { place, text, reply_to: None, at: Millis(1) };
        for _ in 0..2 * GENERATION {
            recent.remember_user_event(UserId(1), &UserEvent::Draft(Box::new(draft.clone())));
        }
        assert_eq!((recent.new.personal.len(), recent.old.personal.len()), (1, 0));
        assert_eq!(told(&recent, since), is_read(1));
    }

    #[test]
    fn of_several_names_the_last_is_told() {
        let mut recent = Recent::default();
        let since = recent.bookmark();
        let called = |name: &str| User::guest(UserId(1), name);
        for name in ["Ann", "Anna"] {
            recent.remember_user_event(UserId(1), &UserEvent::Renamed { user: called(name), renames: 1 });
        }
        assert_eq!(told(&recent, since), Ok(vec![Signal::Renamed(called("Anna"))]));
    }
}
