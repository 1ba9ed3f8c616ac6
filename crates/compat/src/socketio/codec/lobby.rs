//! The lobby vocabulary: one room for all, every event is a `server_event` with a `type`.

use super::VIA;
use super::frame::write_event;
use crate::{Changed, Posted};
use chinwag_core::domain::{EventBody, Presence, RoomAddress, RoomChange, RoomEvent, Seq, User, UserId};
use chinwag_core::ports::{Encoder, PresenceChange, Signal};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// Writes what is said and who comes and goes in the lobby vocabulary.
#[derive(Clone, Copy, Debug, Default)]
pub struct SocketIoLobbyEncoder;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum ServerEvent<'a> {
    Welcome { client: ClientArgument<'a>, clients: Vec<ClientArgument<'a>>, online_count: u32 },
    Presence { action: PresenceAction, client: ClientArgument<'a>, online_count: u32 },
    ChatMessage { id: String, text: &'a str, client: ClientArgument<'a>, sent_at: SentAt },
    MessageEdited { id: String, text: &'a str },
    MessageDeleted { id: String },
    Profile { client: ClientArgument<'a> },
    Error { message: &'a str },
}

#[derive(Clone, Copy, Serialize)]
struct ClientArgument<'a> {
    id: i64,
    name: &'a str,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum PresenceAction {
    Joined,
    Updated,
    Left,
}

/// A time in the form of ISO 8601, to the millisecond, in UTC.
struct SentAt(Timestamp);

impl Serialize for SentAt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:.3}", self.0))
    }
}

impl<'a> From<&'a User> for ClientArgument<'a> {
    fn from(user: &'a User) -> Self {
        Self { id: user.id.0, name: &user.name }
    }
}

impl Encoder for SocketIoLobbyEncoder {
    fn via(&self) -> Option<&'static str> {
        Some(VIA)
    }

    fn hides_self(&self) -> bool {
        true
    }

    fn event(&self, room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        if let Some(message) = Posted::of(event) {
            let client = ClientArgument { id: message.author.0, name: message.name };
            // The times of a log are those of a clock, far within what can be written.
            let sent_at = SentAt(Timestamp::from_millisecond(message.at.0).unwrap_or_default());
            let id = id(room, message.seq);
            write(out, &ServerEvent::ChatMessage { id, text: &message.text(), client, sent_at });
        } else if let Some(changed) = Changed::of(event) {
            match changed {
                Changed::Edited { target, text } => {
                    write(out, &ServerEvent::MessageEdited { id: id(room, target), text: &text });
                }
                Changed::Deleted { target } => {
                    write(out, &ServerEvent::MessageDeleted { id: id(room, target) })
                }
            }
        } else if event.body == EventBody::Room(RoomChange::Deleted)
            && let Some(room) = &room.slug
        {
            write_error(out, &format!("#{room} was deleted."));
        }
        // Who is a member is not told in this vocabulary, but who is present.
    }

    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>) {
        match signal {
            Signal::Presence { room: _, online, changes, truncated: _, people: _ } => {
                // A client has listened since its welcome, which was before its own coming: it is told of all others.
                let others = changes.iter().filter(|change| Some(change.user.id) != viewer);
                for change in PresenceChange::ends_first(others) {
                    let client = ClientArgument::from(&change.user);
                    write(
                        out,
                        &ServerEvent::Presence { action: action(change), client, online_count: *online },
                    );
                }
            }
            Signal::Typing { .. }
            | Signal::Resumed { .. }
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

/// How a message is named, also where its room has no address.
fn id(room: &RoomAddress, seq: Seq) -> String {
    match &room.slug {
        Some(slug) => format!("{slug}:{seq}"),
        None => format!("{}:{seq}", room.id),
    }
}

fn action(change: &PresenceChange) -> PresenceAction {
    match (change.before, change.presence) {
        (_, Presence::Offline) => PresenceAction::Left,
        (Presence::Offline, Presence::Online | Presence::Away) => PresenceAction::Joined,
        (Presence::Online | Presence::Away, Presence::Online | Presence::Away) => PresenceAction::Updated,
    }
}

fn write(out: &mut Vec<u8>, event: &ServerEvent<'_>) {
    write_event(out, "server_event", event);
}

/// Appends the greeting: who one is, who is there, and how many, oneself among them.
pub fn write_welcome(out: &mut Vec<u8>, own: &User, people: &[User], online: u32) {
    let clients = people.iter().map(ClientArgument::from).collect();
    write(out, &ServerEvent::Welcome { client: own.into(), clients, online_count: online });
}

/// Appends what one's account is now.
pub fn write_profile(out: &mut Vec<u8>, own: &User) {
    write(out, &ServerEvent::Profile { client: own.into() });
}

/// Appends why something was not done, or what else is for this person alone.
pub fn write_error(out: &mut Vec<u8>, message: &str) {
    write(out, &ServerEvent::Error { message });
}
