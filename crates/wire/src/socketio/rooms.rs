//! The rooms vocabulary: one room at a time, names instead of ids.

use super::frame::write_event;
use chinwag_core::domain::{EventBody, Millis, Presence, RoomEvent, RoomSlug, User, UserId};
use chinwag_core::ports::{Clock, Encoder, PresenceChange, Signal, Typist};
use serde::Serialize;
use std::sync::Arc;

/// Lines about single people in one turn; when there are more, one line tells of all.
const LINES: usize = 5;
/// People whom the line of many names.
const NAMED: usize = 2;

/// Writes what is said and what happens in a room in the rooms vocabulary.
#[derive(Clone)]
pub struct SocketIoRoomsEncoder {
    clock: Arc<dyn Clock>,
}

#[derive(Serialize)]
struct Message<'a> {
    id: String,
    username: &'a str,
    text: &'a str,
    timestamp: i64,
}

#[derive(Serialize)]
struct SystemMessage<'a> {
    text: &'a str,
    timestamp: i64,
}

#[derive(Serialize)]
struct Name<'a> {
    username: &'a str,
}

#[derive(Serialize)]
struct ErrorMessage<'a> {
    message: &'a str,
}

impl SocketIoRoomsEncoder {
    /// An encoder that takes the time of what is not in the log from `clock`.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }

    fn presence(
        &self,
        room: &RoomSlug,
        changes: &[PresenceChange],
        truncated: bool,
        viewer: Option<UserId>,
        out: &mut Vec<u8>,
    ) {
        let others = || PresenceChange::told_to(changes, viewer);
        let here = |presence| presence != Presence::Offline;
        let came = others().filter(|change| !here(change.before) && here(change.presence));
        let left = others().filter(|change| here(change.before) && !here(change.presence));
        for (people, verb) in [(names(came), "joined"), (names(left), "left")] {
            for line in lines(&people, verb, room, truncated) {
                write_notice(out, &line, self.clock.now());
            }
        }
    }
}

impl Encoder for SocketIoRoomsEncoder {
    fn event(&self, room: &RoomSlug, event: &RoomEvent, out: &mut Vec<u8>) {
        match &event.body {
            EventBody::Message { .. } => {
                if let Some(message) = message(room, event) {
                    write_event(out, "new-message", &message);
                }
            }
            EventBody::RoomDeleted => write_notice(out, &format!("#{room} was deleted"), event.at),
            // Who is a member is not told in this vocabulary, but who is present.
            EventBody::MemberJoined
            | EventBody::MemberLeft
            | EventBody::MemberRenamed { .. }
            | EventBody::RoomCreated { .. }
            | EventBody::RoomUpdated { .. } => {}
        }
    }

    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>) {
        match signal {
            Signal::Presence { room, online: _, changes, truncated, people } => {
                write_people(out, people);
                self.presence(room, changes, *truncated, viewer, out);
            }
            Signal::Typing { room: _, users: _, more: _, started, stopped } => {
                for (people, name) in [(started, "typing"), (stopped, "stopped-typing")] {
                    for Typist { user: _, name: username } in
                        people.iter().filter(|typist| Some(typist.user) != viewer)
                    {
                        write_event(out, name, &Name { username });
                    }
                }
            }
            Signal::Resumed { .. }
            | Signal::Reset(_)
            | Signal::RoomGone { .. }
            | Signal::ReadMark { .. }
            | Signal::Membership { .. }
            | Signal::Directory { .. }
            | Signal::Stale => {}
        }
    }
}

fn names<'a>(changes: impl Iterator<Item = &'a PresenceChange>) -> Vec<&'a str> {
    let mut names: Vec<_> = changes.map(|change| change.user.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// What is told of those who came or left. Bounded, so that many who come at once cost each member no more than a few.
fn lines(people: &[&str], verb: &str, room: &RoomSlug, truncated: bool) -> Vec<String> {
    if people.len() <= LINES {
        return people.iter().map(|name| format!("{name} {verb} #{room}")).collect();
    }
    let (named, others) = people.split_at(NAMED);
    let others = if truncated { "many".to_owned() } else { others.len().to_string() };
    vec![format!("{} and {others} others {verb} #{room}", named.join(", "))]
}

fn message<'a>(room: &RoomSlug, event: &'a RoomEvent) -> Option<Message<'a>> {
    let EventBody::Message { text, client_id: _ } = &event.body else { return None };
    Some(Message { id: format!("{room}:{}", event.seq), username: &event.name, text, timestamp: event.at.0 })
}

/// Appends `message-history`: the room's last messages, oldest first.
pub fn write_history(out: &mut Vec<u8>, room: &RoomSlug, messages: &[RoomEvent]) {
    let messages: Vec<_> = messages.iter().filter_map(|event| message(room, event)).collect();
    write_event(out, "message-history", &messages);
}

/// Appends `room-users`: the names of those who are present.
pub fn write_people(out: &mut Vec<u8>, people: &[User]) {
    write_event(out, "room-users", &people.iter().map(|user| user.name.as_str()).collect::<Vec<_>>());
}

/// Appends `system-message`: a line that nobody wrote.
pub fn write_notice(out: &mut Vec<u8>, text: &str, at: Millis) {
    write_event(out, "system-message", &SystemMessage { text, timestamp: at.0 });
}

/// Appends `error-message`: why something was not done.
pub fn write_error(out: &mut Vec<u8>, message: &str) {
    write_event(out, "error-message", &ErrorMessage { message });
}
