use crate::error::Fault;
use chinwag_wire::native::{LogBody, LogEvent, MemberBody, RoomBody};
use std::collections::{BTreeMap, HashMap};

/// How far this client has seen the log of each room that it follows. It holds the server to one order without a hole.
#[derive(Debug, Default)]
pub(crate) struct RoomLogs {
    rooms: HashMap<i64, Place>,
    /// The epoch of the server in which all of them were seen.
    epoch: Option<String>,
}

/// In place of the last event seen: asks for a fresh view.
const NOTHING_SEEN: i64 = -1;

#[derive(Debug)]
struct Place {
    seen: i64,
    /// The person left or the room was deleted, so nothing follows; unless a replay goes on behind it.
    ended: bool,
}

impl RoomLogs {
    /// Notes in which epoch the server is. What was seen in another one is worth nothing, and is asked for anew even when the connection
    /// breaks before the server has sent it.
    pub(crate) fn enter_epoch(&mut self, epoch: &str) {
        if self.epoch.as_deref().is_some_and(|before| before != epoch) {
            for place in self.rooms.values_mut() {
                place.seen = NOTHING_SEEN;
            }
        }
        self.epoch = Some(epoch.to_owned());
    }

    /// The epoch in which the rooms were seen.
    pub(crate) fn epoch(&self) -> Option<String> {
        self.epoch.clone()
    }

    /// Begins a room, or begins it anew, with a snapshot.
    pub(crate) fn begin(&mut self, room: i64, head: i64) {
        self.rooms.insert(room, Place { seen: head, ended: false });
    }

    /// Takes the next event of a room. `me` is the person whose client this is.
    pub(crate) fn take(&mut self, event: &LogEvent, me: i64) -> Result<(), Fault> {
        let (room, got) = (event.header.room, event.header.seq);
        let due = self.rooms.get(&room).map(|place| place.seen + 1);
        let Some(place) = self.rooms.get_mut(&room).filter(|place| place.seen + 1 == got) else {
            return Err(Fault::OutOfOrder { room, due, got });
        };
        place.seen = got;
        place.ended = match &event.body {
            LogBody::Member(MemberBody::MemberLeft {}) => event.header.user_id == me,
            LogBody::Member(MemberBody::MemberRemoved { subject, .. }) => subject.user_id == me,
            LogBody::Room(RoomBody::RoomDeleted {}) => true,
            LogBody::Member(
                MemberBody::MemberJoined {}
                | MemberBody::MemberAdded { .. }
                | MemberBody::MemberRenamed { .. }
                | MemberBody::MemberBanned { .. }
                | MemberBody::MemberUnbanned { .. }
                | MemberBody::MemberMuted { .. }
                | MemberBody::MemberUnmuted { .. }
                | MemberBody::RoleChanged { .. },
            )
            | LogBody::Room(RoomBody::RoomCreated(_) | RoomBody::RoomUpdated(_))
            | LogBody::Message(_) => false,
        };
        Ok(())
    }

    /// Takes a range of events that were left out of a replay.
    pub(crate) fn skip(&mut self, room: i64, from: i64, to: i64) -> Result<(), Fault> {
        match self.rooms.get_mut(&room) {
            Some(place) if place.seen + 1 == from && from <= to => {
                place.seen = to;
                Ok(())
            }
            other => Err(Fault::OutOfOrder { room, due: other.map(|place| place.seen + 1), got: from }),
        }
    }

    /// Ends the replay of a room, whose last event was `head`.
    pub(crate) fn resumed(&mut self, room: i64, head: i64) -> Result<(), Fault> {
        match self.rooms.get_mut(&room) {
            Some(place) if place.seen == head => {
                place.ended = false;
                Ok(())
            }
            other => {
                let due = other.map(|place| place.seen + 1);
                Err(Fault::OutOfOrder { room, due, got: head + 1 })
            }
        }
    }

    /// Forgets a room that the client does not follow any more.
    pub(crate) fn forget(&mut self, room: i64) {
        self.rooms.remove(&room);
    }

    /// Where to resume each room.
    pub(crate) fn places(&self) -> BTreeMap<i64, i64> {
        let followed = self.rooms.iter().filter(|(_, place)| !place.ended);
        followed.map(|(room, place)| (*room, place.seen)).collect()
    }

    /// The last place seen of a room.
    pub(crate) fn seen(&self, room: i64) -> Option<i64> {
        self.rooms.get(&room).map(|place| place.seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_wire::native::{EventHeader, Person};

    const ME: i64 = 7;

    const GENERAL: i64 = 1;

    fn event(seq: i64, user_id: i64, body: LogBody) -> LogEvent {
        LogEvent { body, header: EventHeader { room: GENERAL, seq, at: 0, user_id, name: "Alex".to_owned() } }
    }

    fn joined(seq: i64) -> LogEvent {
        event(seq, ME, LogBody::Member(MemberBody::MemberJoined {}))
    }

    fn left(seq: i64, user_id: i64) -> LogEvent {
        event(seq, user_id, LogBody::Member(MemberBody::MemberLeft {}))
    }

    fn general(head: i64) -> RoomLogs {
        let mut logs = RoomLogs::default();
        logs.begin(GENERAL, head);
        logs
    }

    fn fault(due: Option<i64>, got: i64) -> Result<(), Fault> {
        Err(Fault::OutOfOrder { room: GENERAL, due, got })
    }

    #[test]
    fn holes_and_repeats_are_faults() {
        let mut logs = general(3);
        assert_eq!(logs.take(&joined(4), ME), Ok(()));
        assert_eq!(logs.take(&joined(4), ME), fault(Some(5), 4));
        assert_eq!(logs.take(&joined(6), ME), fault(Some(5), 6));
        assert_eq!(logs.take(&joined(5), ME), Ok(()), "a fault does not move the place");
        assert_eq!(logs.seen(GENERAL), Some(5));
    }

    #[test]
    fn what_was_left_out_counts_as_seen_and_leaves_no_hole() {
        let mut logs = general(3);
        assert_eq!(logs.skip(GENERAL, 4, 9), Ok(()));
        assert_eq!(logs.take(&joined(10), ME), Ok(()));
        assert_eq!(logs.skip(GENERAL, 12, 13), fault(Some(11), 12));
        assert_eq!(logs.skip(GENERAL, 9, 13), fault(Some(11), 9));
        assert_eq!(logs.seen(GENERAL), Some(10));
    }

    #[test]
    fn a_room_that_is_not_followed_has_no_events() {
        let mut logs = general(3);
        logs.forget(GENERAL);
        assert_eq!(logs.take(&joined(4), ME), fault(None, 4));
    }

    #[test]
    fn a_replay_ends_where_the_server_says() {
        let mut logs = general(3);
        assert_eq!(logs.resumed(GENERAL, 4), fault(Some(4), 5));
        assert_eq!(logs.resumed(GENERAL, 3), Ok(()));
    }

    #[test]
    fn what_was_seen_in_another_epoch_is_asked_for_anew() {
        let mut logs = general(3);
        logs.enter_epoch("a");
        logs.enter_epoch("a");
        assert_eq!((logs.epoch().as_deref(), logs.places()), (Some("a"), BTreeMap::from([(GENERAL, 3)])));
        logs.enter_epoch("b");
        assert_eq!((logs.epoch().as_deref(), logs.places()), (Some("b"), BTreeMap::from([(GENERAL, -1)])));
        logs.begin(GENERAL, 2);
        assert_eq!(logs.take(&joined(3), ME), Ok(()));
    }

    #[test]
    fn a_room_that_was_left_is_not_resumed() {
        let mut logs = general(3);
        logs.take(&left(4, ME + 1), ME).unwrap();
        assert_eq!(logs.places(), BTreeMap::from([(GENERAL, 4)]));
        logs.take(&left(5, ME), ME).unwrap();
        assert_eq!(logs.places(), BTreeMap::new());
    }

    #[test]
    fn leaving_and_coming_back_during_a_gap_is_no_end() {
        let mut logs = general(3);
        logs.take(&left(4, ME), ME).unwrap();
        logs.take(&joined(5), ME).unwrap();
        assert_eq!(logs.places(), BTreeMap::from([(GENERAL, 5)]));
    }

    #[test]
    fn whom_somebody_else_removed_has_left() {
        let mut logs = general(3);
        let subject = Person { user_id: ME, name: "Alex".to_owned() };
        let removed = LogBody::Member(MemberBody::MemberRemoved { subject, reason: None });
        logs.take(&event(4, ME + 1, removed), ME).unwrap();
        assert_eq!(logs.places(), BTreeMap::new());
    }
}
