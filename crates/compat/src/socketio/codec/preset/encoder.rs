use super::template::{Template, Terms};
use super::{Preset, Presets};
use crate::Posted;
use crate::socketio::codec::comings::Comings;
use crate::socketio::codec::frame::write_packet;
use crate::socketio::codec::{SocketIoLobbyEncoder, VIA};
use chinwag_core::domain::{
    EventBody, Millis, RoomAddress, RoomChange, RoomEvent, RoomSlug, User, UserId, person_says, server_says,
};
use chinwag_core::ports::{Clock, Encoder, Signal, Typist};
use serde_json::Value;
use std::borrow::Cow;
use std::sync::Arc;

/// Who says what nobody wrote, in vocabularies that know messages only.
const SERVER: &str = "Chinwag";

/// Writes what is said and what happens in a room in the vocabulary of a preset.
#[derive(Clone)]
pub struct SocketIoPresetEncoder {
    preset: Arc<Preset>,
    clock: Arc<dyn Clock>,
}

/// Writes for a client that has said nothing yet: in the lobby vocabulary, and a message in that of each preset whose clients may be silent.
#[derive(Clone)]
pub struct SocketIoSilentEncoder {
    presets: Presets,
}

impl SocketIoPresetEncoder {
    /// An encoder that takes the time of what is not in the log from `clock`.
    #[must_use]
    pub fn new(preset: Arc<Preset>, clock: Arc<dyn Clock>) -> Self {
        Self { preset, clock }
    }
}

impl SocketIoSilentEncoder {
    /// An encoder for clients that may turn out to speak one of these vocabularies.
    #[must_use]
    pub fn new(presets: Presets) -> Self {
        Self { presets }
    }
}

impl Encoder for SocketIoPresetEncoder {
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
        if let Some(message) = Posted::of(event) {
            self.preset.write_message(out, room, message);
        } else if event.body == EventBody::Room(RoomChange::Deleted) {
            self.preset.write_notice(out, room, &format!("#{room} was deleted."), event.at);
        }
        // Who is a member is not told in these vocabularies, but who is present.
    }

    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>) {
        let hears = &self.preset.hears;
        match signal {
            Signal::Presence { room, online, changes, truncated, people } => {
                let Some(room) = &room.slug else { return };
                let terms =
                    Terms { room: room.as_str(), at: self.clock.now(), online: *online, ..Terms::default() };
                self.preset.write_people(out, room, people, *online);
                let Comings { came, left } = Comings::told_to(viewer, changes, *truncated);
                for (names, template) in [(left, &hears.left), (came, &hears.joined)] {
                    for name in &names {
                        write(out, template, &Terms { name, ..terms });
                    }
                }
            }
            Signal::Typing { room, users: _, more: _, started, stopped } => {
                let Some(room) = &room.slug else { return };
                for (people, template) in [(started, &hears.typing), (stopped, &hears.stopped_typing)] {
                    for Typist { user: _, name } in people.iter().filter(|typist| Some(typist.user) != viewer)
                    {
                        write(out, template, &Terms { room: room.as_str(), name, ..Terms::default() });
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

impl Encoder for SocketIoSilentEncoder {
    fn via(&self) -> Option<&'static str> {
        Some(VIA)
    }

    fn hides_self(&self) -> bool {
        true
    }

    fn event(&self, room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        SocketIoLobbyEncoder.event(room, event, out);
        if let (Some(room), Some(message)) = (&room.slug, Posted::of(event)) {
            let mut presets = self.presets.all().filter(|preset| preset.may_be_silent()).peekable();
            while let Some(preset) = presets.next() {
                let is_last = presets.peek().is_none();
                preset.write_message_to(out, room, message, is_last.then_some(""));
            }
        }
    }

    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>) {
        SocketIoLobbyEncoder.signal(signal, viewer, out);
    }
}

impl Preset {
    /// Appends a message.
    pub fn write_message(&self, out: &mut Vec<u8>, room: &RoomSlug, message: Posted<'_>) {
        self.write_message_to(out, room, message, Some(&self.name));
    }

    /// Appends a message with the place behind it, for clients that come back to this preset; without one when more of the message follows.
    fn write_message_to(
        &self,
        out: &mut Vec<u8>,
        room: &RoomSlug,
        message: Posted<'_>,
        preset: Option<&str>,
    ) {
        let id = format!("{room}:{}", message.seq);
        let text = message.text();
        let is_nameless = self.hears.message.iter().any(Template::is_nameless);
        let text = if is_nameless { person_says(&text) } else { Cow::Borrowed(text.as_ref()) };
        // As a [`Offset`](crate::socketio::codec::Offset) is written.
        let (place, name) = (preset.map(|preset| format!("{preset}/{id}")), message.name);
        let terms =
            Terms { room: room.as_str(), id: &id, name, text: &text, at: message.at, ..Terms::default() };
        let Some((last, others)) = self.hears.message.split_last() else { return };
        write(out, others, &terms);
        write_event(out, last.fill(&terms), place);
    }

    /// Appends who is present, where the vocabulary tells it.
    pub fn write_people(&self, out: &mut Vec<u8>, room: &RoomSlug, people: &[User], online: u32) {
        let terms = Terms { room: room.as_str(), online, people, ..Terms::default() };
        write(out, &self.hears.people, &terms);
    }

    /// Appends what is told once to one who came, where the vocabulary has something for that.
    pub fn write_greeting(&self, out: &mut Vec<u8>, room: &RoomSlug, own: &User, online: u32, at: Millis) {
        let id = own.id.to_string();
        let terms = Terms { room: room.as_str(), id: &id, name: &own.name, at, online, ..Terms::default() };
        write(out, &self.hears.greeting, &terms);
    }

    /// Appends a line that nobody wrote, or why something was not done.
    pub fn write_notice(&self, out: &mut Vec<u8>, room: &RoomSlug, text: &str, at: Millis) {
        let terms = Terms { room: room.as_str(), name: SERVER, text, at, ..Terms::default() };
        for template in &self.hears.notice {
            let is_like_a_message = self.hears.message.iter().any(|message| message.is_same_event(template));
            let signed = (is_like_a_message && template.is_nameless()).then(|| server_says(text));
            write(
                out,
                std::slice::from_ref(template),
                &Terms { text: signed.as_deref().unwrap_or(text), ..terms },
            );
        }
    }
}

fn write(out: &mut Vec<u8>, templates: &[Template], terms: &Terms<'_>) {
    for template in templates {
        write_event(out, template.fill(terms), None);
    }
}

fn write_event(out: &mut Vec<u8>, mut event: Vec<Value>, place: Option<String>) {
    match place {
        Some(place) => event.push(place.into()),
        // A string at the end would be taken for a place.
        None if event.last().is_some_and(Value::is_string) => event.push(Value::Null),
        None => {}
    }
    write_packet(out, &[b"42"], &event);
}
