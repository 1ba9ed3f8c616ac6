use super::{DirectoryRoom, LogEvent, Member, ProtocolError, Ref, RoomSummary, ServerFrame, Typist};
use crate::json_frame::json_frame;
use chinwag_core::chat::Reply;
use chinwag_core::domain::{RoomEvent, RoomSlug, UserId};
use chinwag_core::ports::{Encoder, ListedRoom, Signal};

/// Writes native frames as finished WebSocket text frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct NativeEncoder;

impl Encoder for NativeEncoder {
    fn event(&self, room: &RoomSlug, event: &RoomEvent, out: &mut Vec<u8>) {
        json_frame(&LogEvent::new(room, event), out);
    }

    fn signal(&self, signal: &Signal, _viewer: Option<UserId>, out: &mut Vec<u8>) {
        json_frame(&ServerFrame::from(signal), out);
    }
}

impl NativeEncoder {
    /// Appends the frame of a reply to `out`.
    pub fn reply(self, reference: Option<Ref>, reply: Reply, out: &mut Vec<u8>) {
        json_frame(&ServerFrame::reply(reference, reply), out);
    }

    /// Appends the frame of an error to `out`.
    pub fn error(self, reference: Option<Ref>, error: ProtocolError, out: &mut Vec<u8>) {
        json_frame(&ServerFrame::Error { reference, error }, out);
    }
}

impl ServerFrame {
    /// The frame that answers `reference` with `reply`.
    #[must_use]
    pub fn reply(reference: Option<Ref>, reply: Reply) -> Self {
        match reply {
            Reply::Welcome { user, rooms, limits, server_time } => Self::Welcome {
                reference,
                user: user.into(),
                rooms: rooms.into_iter().map(RoomSummary::from).collect(),
                limits: limits.into(),
                server_time: server_time.0,
            },
            Reply::Joined(view) => Self::Joined { reference, snapshot: (*view).into() },
            Reply::Left { room } => Self::Left { reference, room: text(&room) },
            Reply::Acked { room, seq, at } => {
                Self::Ack { reference, room: text(&room), seq: seq.0, at: at.0 }
            }
            Reply::History { room, page } => Self::History {
                reference,
                messages: LogEvent::list(&room, &page.messages),
                events: LogEvent::list(&room, &page.events),
                room: text(&room),
                has_before: page.has_before,
                has_after: page.has_after,
            },
            Reply::Members { room, members, next } => {
                let members = members.into_iter().map(Member::from).collect();
                Self::Members { reference, room: text(&room), members, next }
            }
            Reply::Rooms(rooms) => {
                Self::Rooms { reference, rooms: rooms.into_iter().map(RoomSummary::from).collect() }
            }
            Reply::Room(room) => Self::Room { reference, room: room.into() },
            Reply::Renamed(user) => Self::Renamed { reference, user: user.into() },
            Reply::Said(effect) => Self::Said { reference, effect: effect.into() },
            Reply::Done => Self::Ok { reference },
        }
    }
}

impl From<&Signal> for ServerFrame {
    fn from(signal: &Signal) -> Self {
        match signal {
            Signal::Resumed { room, head } => Self::Resumed { room: text(room), head_seq: head.0 },
            Signal::Reset(view) => Self::Reset { snapshot: (**view).clone().into() },
            Signal::RoomGone { room } => Self::RoomGone { room: text(room) },
            Signal::Presence { room, online, changes, truncated, people: _ } => Self::Presence {
                room: text(room),
                online: *online,
                changes: changes.iter().map(Member::from).collect(),
                truncated: *truncated,
            },
            Signal::Typing { room, users, more, started: _, stopped: _ } => Self::Typing {
                room: text(room),
                users: users.iter().map(Typist::from).collect(),
                more: *more,
            },
            Signal::ReadMark { room, seq } => Self::ReadMark { room: text(room), seq: seq.0 },
            Signal::Membership { room, member } => Self::Membership { room: text(room), member: *member },
            Signal::Directory { listed, removed } => {
                let room = |it: &ListedRoom| DirectoryRoom {
                    room: text(&it.room),
                    title: it.title.clone(),
                    topic: it.topic.clone(),
                };
                Self::Directory {
                    changed: listed.iter().map(room).collect(),
                    removed: removed.iter().map(text).collect(),
                }
            }
            Signal::Stale => Self::Stale {},
        }
    }
}

fn text(room: &RoomSlug) -> String {
    room.as_str().to_owned()
}
