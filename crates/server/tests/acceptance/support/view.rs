use super::names::Names;
use chinwag_client::protocol::{
    LogBody, LogEvent, MessageBody, PresenceState, ProtocolError, RoomBody, RoomSnapshot, RoomSummary,
};
use chinwag_client::{Event, Fault};
use std::collections::BTreeMap;

/// What a person has seen, folded from the events of the client.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// By the names that tests call them.
    rooms: BTreeMap<String, RoomView>,
    pub(crate) names: Names,
    /// The list of rooms: titles by slug.
    pub(crate) directory: BTreeMap<String, String>,
    /// The rooms as the last welcome told them.
    pub(crate) welcomed: Vec<RoomSummary>,
    /// Connections made.
    pub(crate) connections: usize,
    pub(crate) disconnects: Vec<String>,
    pub(crate) resets: usize,
    pub(crate) gone: Vec<String>,
    pub(crate) stale: usize,
    /// How far others have read, by room and person.
    pub(crate) seen: BTreeMap<(String, i64), i64>,
    pub(crate) read_marks: BTreeMap<String, i64>,
    /// The revisions of the settings that came.
    pub(crate) settings: Vec<i64>,
    /// What the person was told of threads: the room, the root, whether it is followed, and how far it is read.
    pub(crate) thread_marks: Vec<(String, i64, bool, i64)>,
    /// What other devices have begun to write, by room.
    pub(crate) drafts: BTreeMap<i64, String>,
    /// News of what waits for the person, and whether it was due.
    pub(crate) schedule_changes: Vec<bool>,
    pub(crate) memberships: Vec<(String, bool)>,
    /// Names that the person was given on other devices.
    pub(crate) own_names: Vec<String>,
    pub(crate) errors: Vec<ProtocolError>,
    /// What a correct server never gives cause for.
    pub(crate) faults: Vec<Fault>,
}

/// A room through the eyes of one client.
#[derive(Debug, Default)]
pub(crate) struct RoomView {
    pub(crate) title: String,
    /// The head of the snapshot with which it began.
    pub(crate) base: i64,
    /// What the snapshot showed.
    pub(crate) snapshot: Vec<LogEvent>,
    /// Every event after `base`, in the order in which it came.
    pub(crate) log: Vec<LogEvent>,
    /// Ranges of events that were left out of replays.
    pub(crate) skipped: Vec<(i64, i64)>,
    /// People's presence by name, as far as it was told.
    pub(crate) presence: BTreeMap<String, PresenceState>,
    pub(crate) online: u32,
    pub(crate) typing: Vec<String>,
    pub(crate) presence_signals: usize,
    pub(crate) resumed_to: i64,
}

impl View {
    /// A room that was joined.
    pub(crate) fn room(&self, room: &str) -> &RoomView {
        self.rooms.get(room).unwrap_or_else(|| panic!("#{room} was never joined"))
    }

    /// Whether a room was joined.
    pub(crate) fn has(&self, room: &str) -> bool {
        self.rooms.contains_key(room)
    }

    pub(crate) fn apply(&mut self, event: Event) {
        match event {
            Event::Connected(welcome) => {
                self.connections += 1;
                self.names.learn_all(&welcome.rooms);
                self.directory =
                    welcome.rooms.iter().map(|it| (self.names.of(it.room), it.title.clone())).collect();
                self.welcomed = welcome.rooms;
            }
            Event::Disconnected { reason } => self.disconnects.push(reason),
            Event::Joined(snapshot) => self.begin(*snapshot),
            Event::Reset(snapshot) => {
                self.resets += 1;
                self.begin(*snapshot);
            }
            Event::Resumed { room, head_seq } => self.of(room).resumed_to = head_seq,
            Event::Skipped { room, from, to } => self.of(room).skipped.push((from, to)),
            Event::RoomGone { room } => self.gone.push(self.names.of(room)),
            Event::Log(event) => {
                let room = self.of(event.header.room);
                if let LogBody::Room(RoomBody::RoomUpdated(state)) = &event.body {
                    room.title.clone_from(&state.labels.title);
                }
                room.log.push(event);
            }
            Event::Presence { room, online, changes, .. } => {
                let room = self.of(room);
                room.online = online;
                room.presence_signals += 1;
                room.presence.extend(changes.into_iter().map(|member| (member.name, member.state)));
            }
            Event::Typing { room, users, .. } => {
                self.of(room).typing = users.into_iter().map(|user| user.name).collect();
            }
            Event::Seen { room, reads } => {
                let room = self.names.of(room);
                self.seen.extend(reads.into_iter().map(|read| ((room.clone(), read.user_id), read.seq)));
            }
            Event::ReadMark { room, seq } => _ = self.read_marks.insert(self.names.of(room), seq),
            Event::MarkedUnread { room, seq } => _ = self.read_marks.insert(self.names.of(room), seq),
            Event::Draft(draft) => _ = self.drafts.insert(draft.room, draft.text),
            Event::ScheduleChanged { due } => self.schedule_changes.push(due),
            Event::SettingsChanged { revision } => self.settings.push(revision),
            Event::ThreadMark { room, root, follows, read_seq } => {
                self.thread_marks.push((self.names.of(room), root, follows, read_seq));
            }
            Event::Membership { room, member, summary } => {
                self.names.learn_all(summary.as_deref());
                self.memberships.push((self.names.of(room), member));
            }
            Event::UserRenamed(user) => self.own_names.push(user.name),
            Event::Directory { changed, removed, avatars: _, emoji: _ } => {
                let removed: Vec<_> = removed.into_iter().map(|room| self.names.of(room)).collect();
                self.directory.retain(|room, _| !removed.contains(room));
                for room in changed {
                    self.names.learn(room.room, &room.slug);
                    self.directory.insert(room.slug, room.title);
                }
            }
            Event::Stale => self.stale += 1,
            Event::Error(error) => self.errors.push(error),
            Event::Fault(fault) => self.faults.push(fault),
        }
    }

    fn begin(&mut self, snapshot: RoomSnapshot) {
        let summary = snapshot.summary;
        self.names.learn_all([&summary]);
        let room = self.of(summary.room);
        *room = RoomView {
            title: summary.title,
            base: summary.head_seq,
            snapshot: snapshot.messages.into_iter().chain(snapshot.events).collect(),
            presence: snapshot.members.into_iter().map(|member| (member.name, member.state)).collect(),
            online: summary.online,
            ..RoomView::default()
        };
        room.snapshot.sort_by_key(|event| event.header.seq);
    }

    fn of(&mut self, room: i64) -> &mut RoomView {
        self.rooms.entry(self.names.of(room)).or_default()
    }
}

impl RoomView {
    /// The last event known.
    pub(crate) fn head(&self) -> i64 {
        let skipped = self.skipped.iter().map(|(_, to)| *to).filter(|to| *to > self.base).max();
        self.log.last().map_or(self.base, |event| event.header.seq).max(skipped.unwrap_or_default())
    }

    /// Whether a message was seen, in the snapshot or live.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.snapshot.iter().chain(&self.log).rev().any(|event| text_of(event) == Some(text))
    }
}

/// The texts of the messages among events.
pub(crate) fn texts(events: &[LogEvent]) -> Vec<&str> {
    events.iter().filter_map(text_of).collect()
}

fn text_of(event: &LogEvent) -> Option<&str> {
    if let LogBody::Message(MessageBody::Message { text, .. }) = &event.body { Some(text) } else { None }
}
