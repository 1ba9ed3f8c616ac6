use super::{RoomPerson, RoomServerFrame, VIA};
use crate::{Changed, Posted};
use chinwag_core::chat::RoomView;
use chinwag_core::domain::{EventBody, Presence, RoomAddress, RoomChange, RoomEvent, RoomSlug, User, UserId};
use chinwag_core::ports::{Encoder, PresenceChange, Signal};
use chinwag_wire::json_frame;
use serde_json::value::RawValue;

/// Writes the room vocabulary of the simple protocol as finished WebSocket text frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimpleRoomEncoder;

/// Bytes of lists of people in what one signal becomes. Each frame of somebody who came or went has the whole list, so in a
/// large room some of those who come at once are told by the list alone.
const LISTS: usize = 64 * 1024;

impl Encoder for SimpleRoomEncoder {
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
            json_frame(&RoomServerFrame::<()>::of_message(room, message), out);
        } else if let Some(changed) = Changed::of(event) {
            json_frame(&RoomServerFrame::<()>::of_change(room, changed), out);
        } else if event.body == EventBody::Room(RoomChange::Deleted) {
            self.system(format!("{} has deleted #{room}.", event.name), out);
        }
        // Coming and going is told by presence, and a room has no title here.
    }

    fn signal(&self, signal: &Signal, viewer: Option<UserId>, out: &mut Vec<u8>) {
        match signal {
            Signal::Presence { changes, people, .. } => presence(changes, people, viewer, out),
            Signal::Typing { started, stopped, .. } => {
                let started = started.iter().map(|typist| (typist, true));
                for (typist, is_typing) in started.chain(stopped.iter().map(|typist| (typist, false))) {
                    if Some(typist.user) != viewer {
                        let (user_id, username) = (typist.user.to_string(), typist.name.clone());
                        json_frame(&RoomServerFrame::<()>::Typing { user_id, username, is_typing }, out);
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

impl SimpleRoomEncoder {
    /// Appends the frame that answers a `join`.
    pub fn joined(self, user: &User, room: &RoomSlug, view: &RoomView, out: &mut Vec<u8>) {
        json_frame(
            &RoomServerFrame::Joined {
                client_id: user.id.to_string(),
                username: user.name.clone(),
                room: room.as_str().to_owned(),
                history: Posted::all(&view.page.messages)
                    .map(|message| RoomServerFrame::of_message(room, message))
                    .collect(),
                users: view.people.iter().map(RoomPerson::from).collect::<Vec<_>>(),
            },
            out,
        );
    }

    /// Appends the list of those who are present.
    pub fn users(self, people: &[User], out: &mut Vec<u8>) {
        let users = people.iter().map(RoomPerson::from).collect::<Vec<_>>();
        json_frame(&RoomServerFrame::Users { users }, out);
    }

    /// Appends a hint for one client.
    pub fn system(self, message: String, out: &mut Vec<u8>) {
        json_frame(&RoomServerFrame::<()>::System { message }, out);
    }

    /// Appends why something was not done.
    pub fn error(self, message: String, out: &mut Vec<u8>) {
        json_frame(&RoomServerFrame::<()>::Error { message }, out);
    }
}

/// Who came, who went, and the list of those who are there; to `viewer`, what the others did.
fn presence(changes: &[PresenceChange], people: &[User], viewer: Option<UserId>, out: &mut Vec<u8>) {
    let others = PresenceChange::told_to(changes, viewer);
    let people: Vec<_> = people.iter().map(RoomPerson::from).collect();
    // Written once for all frames. It cannot fail, as with every frame.
    let Ok(users) = serde_json::value::to_raw_value(&people) else { return };
    let users: &RawValue = &users;
    let most = (LISTS / users.get().len()).max(1);
    let frames: Vec<_> = others.iter().filter_map(|change| came_or_went(change, users)).take(most).collect();
    frames.iter().for_each(|frame| json_frame(frame, out));
    // Nobody came or went, but somebody may have another name.
    if frames.is_empty() && !others.is_empty() {
        json_frame(&RoomServerFrame::Users { users }, out);
    }
}

fn came_or_went<'a>(change: &PresenceChange, users: &'a RawValue) -> Option<RoomServerFrame<&'a RawValue>> {
    let (user_id, username) = (change.user.id.to_string(), change.user.name.clone());
    match (change.before, change.presence) {
        (_, Presence::Offline) => Some(RoomServerFrame::UserLeft { user_id, username, users }),
        (Presence::Offline, Presence::Online | Presence::Away) => {
            Some(RoomServerFrame::UserJoined { user_id, username, users })
        }
        (Presence::Online | Presence::Away, Presence::Online | Presence::Away) => None,
    }
}
