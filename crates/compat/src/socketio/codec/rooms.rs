//! The rooms vocabulary: one room at a time, names instead of ids.

use super::VIA;
use super::comings::Comings;
use super::frame::write_event;
use crate::{Changed, Posted};
use chinwag_core::domain::{
    EventBody, Message, Millis, RoomAddress, RoomChange, RoomEvent, RoomSlug, User, UserId,
};
use chinwag_core::ports::{Clock, Encoder, Signal, Typist};
use serde::Serialize;
use std::sync::Arc;

/// Writes what is said and what happens in a room in the rooms vocabulary.
#[derive(Clone)]
pub struct SocketIoRoomsEncoder {
    clock: Arc<dyn Clock>,
}

#[derive(Serialize)]
struct MessageArgument<'a> {
    id: String,
    username: &'a str,
    text: &'a str,
    timestamp: i64,
}

#[derive(Serialize)]
struct EditedMessage<'a> {
    id: String,
    text: &'a str,
}

#[derive(Serialize)]
struct DeletedMessage {
    id: String,
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
}

impl Encoder for SocketIoRoomsEncoder {
    fn via(&self) -> Option<&'static str> {
        Some(VIA)
    }

    fn lists_people(&self) -> bool {
        true
    }

    fn hides_self(&self) -> bool {
        true
    }

    fn event(&self, room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        let Some(room) = &room.slug else { return };
        if let Some(posted) = Posted::of(event) {
            write_event(out, "new-message", &MessageArgument::new(room, posted, &posted.text()));
        } else if let Some(changed) = Changed::of(event) {
            write_change(out, room, changed);
        } else if event.body == EventBody::Room(RoomChange::Deleted) {
            write_notice(out, &format!("#{room} was deleted"), event.at);
        }
        // Who is a member is not told in this vocabulary, but who is present.
    }

    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>) {
        match signal {
            Signal::Presence { room, online: _, changes, truncated, people } => {
                let Some(room) = &room.slug else { return };
                write_people(out, people);
                let Comings { came, left } = Comings::told_to(viewer, changes, *truncated);
                for (names, verb) in [(left, "left"), (came, "joined")] {
                    for name in names {
                        write_notice(out, &format!("{name} {verb} #{room}"), self.clock.now());
                    }
                }
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
            | Signal::Skipped { .. }
            | Signal::Reset(_)
            | Signal::RoomGone { .. }
            | Signal::Seen { .. }
            | Signal::ReadMark { .. }
            | Signal::MarkedUnread { .. }
            | Signal::ScheduleChanged { .. }
            | Signal::Draft(_)
            | Signal::SettingsChanged { .. }
            | Signal::ThreadMark { .. }
            | Signal::MembershipBegan(_)
            | Signal::MembershipEnded { .. }
            | Signal::Renamed(_)
            | Signal::Directory { .. }
            | Signal::Stale => {}
        }
    }
}

impl<'a> MessageArgument<'a> {
    fn new(room: &RoomSlug, posted: Posted<'a>, text: &'a str) -> Self {
        Self { id: format!("{room}:{}", posted.seq), username: posted.name, text, timestamp: posted.at.0 }
    }
}

fn write_change(out: &mut Vec<u8>, room: &RoomSlug, changed: Changed<'_>) {
    match changed {
        Changed::Edited { target, text } => {
            let id = format!("{room}:{target}");
            write_event(out, "message-edited", &EditedMessage { id, text: &text });
        }
        Changed::Deleted { target } => {
            write_event(out, "message-deleted", &DeletedMessage { id: format!("{room}:{target}") });
        }
    }
}

/// Appends `message-history`: the room's last messages, oldest first.
pub fn write_history(out: &mut Vec<u8>, room: &RoomSlug, messages: &[Message]) {
    let posted: Vec<_> = Posted::all(messages).map(|posted| (posted, posted.text())).collect();
    let messages: Vec<_> =
        posted.iter().map(|(posted, text)| MessageArgument::new(room, *posted, text)).collect();
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
