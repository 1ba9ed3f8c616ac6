use chinwag_core::domain::{Presence, RoomAddress, RoomEvent, UserId};
use chinwag_core::ports::{Encoder, PresenceChange, Signal};

/// Tells what happens to whom, one line each, and leaves out the viewer's own doings.
pub(crate) struct StoryEncoder {
    pub(crate) via: Option<&'static str>,
    pub(crate) lists_people: bool,
    pub(crate) hides_self: bool,
    pub(crate) hears_ends: bool,
}

impl Encoder for StoryEncoder {
    fn via(&self) -> Option<&'static str> {
        self.via
    }

    fn lists_people(&self) -> bool {
        self.lists_people
    }

    fn hides_self(&self) -> bool {
        self.hides_self
    }

    fn hears_ends(&self) -> bool {
        self.hears_ends
    }

    fn event(&self, _room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        if let Some(content) = event.posted() {
            line(out, &format!("{} says {}", event.name, content.text));
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
