use chinwag_core::domain::{EventBody, Presence, RoomEvent, RoomSlug, UserId};
use chinwag_core::ports::{Encoder, PresenceChange, Signal};

/// Tells what happens to whom, one line each, and leaves out the viewer's own doings.
pub(crate) struct StoryEncoder;

impl Encoder for StoryEncoder {
    fn event(&self, _room: &RoomSlug, event: &RoomEvent, out: &mut Vec<u8>) {
        if let EventBody::Message { text, .. } = &event.body {
            line(out, &format!("{} says {text}", event.name));
        }
    }

    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>) {
        match signal {
            Signal::Presence { changes, people, online, .. } => {
                for change in PresenceChange::told_to(changes, viewer) {
                    line(out, &format!("{} {}", change.user.name, happened(change)));
                }
                let names: Vec<_> = people.iter().map(|user| user.name.as_str()).collect();
                line(out, &format!("{online} here: {}", names.join(", ")));
            }
            Signal::Typing { started, stopped, .. } => {
                for (typists, happened) in [(stopped, "stopped"), (started, "types")] {
                    for typist in typists.iter().filter(|typist| Some(typist.user) != viewer) {
                        line(out, &format!("{} {happened}", typist.name));
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

fn happened(change: &PresenceChange) -> &'static str {
    match (change.before, change.presence) {
        (_, Presence::Offline) => "left",
        (Presence::Offline, Presence::Online | Presence::Away) => "came",
        (Presence::Online | Presence::Away, Presence::Online) => "is online",
        (Presence::Online | Presence::Away, Presence::Away) => "is away",
    }
}

fn line(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
    out.push(b'\n');
}
