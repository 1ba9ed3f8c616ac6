use super::{
    AvatarChange, Ban, DirectoryRoom, EmojiPicture, FollowedThread, LogEvent, Member, Person, ProtocolError,
    ReadBy, Ref, RoomSummary, ServerFrame,
};
use crate::json_frame::json_frame;
use chinwag_core::chat::Reply;
use chinwag_core::domain::{Bans, RoomAddress, RoomEvent, ThreadListPage, UserId};
use chinwag_core::ports::{Encoder, Signal};

/// Writes native frames as finished WebSocket text frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct NativeEncoder;

impl Encoder for NativeEncoder {
    fn event(&self, _room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        json_frame(&LogEvent::from(event), out);
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
            Reply::Welcome { epoch, user, rooms, limits, server_time } => Self::Welcome {
                reference,
                epoch,
                user: user.into(),
                rooms: rooms.into_iter().map(RoomSummary::from).collect(),
                limits: limits.into(),
                server_time: server_time.0,
            },
            Reply::Joined(view) => Self::Joined { reference, snapshot: (*view).into() },
            Reply::Left { room } => Self::Left { reference, room: room.0 },
            Reply::Acked { room, seq, at } => Self::Ack { reference, room: room.0, seq: seq.0, at: at.0 },
            Reply::History { room, page } => Self::History {
                reference,
                room: room.0,
                messages: LogEvent::list(page.messages.into_iter().map(RoomEvent::from)),
                events: LogEvent::list(page.events),
                events_from: page.events_from.0,
                has_before: page.has_before,
                has_after: page.has_after,
            },
            Reply::Thread(page) => Self::Thread { reference, page: Box::new((*page).into()) },
            Reply::Threads(page) => {
                let ThreadListPage { threads, next } = *page;
                let threads = threads.into_iter().map(FollowedThread::from).collect();
                Self::Threads { reference, threads, next: next.map(|next| next.to_string()) }
            }
            Reply::Members { room, members, next } => {
                let members = members.into_iter().map(Member::from).collect();
                Self::Members { reference, room: room.0, members, next }
            }
            Reply::Rooms { rooms, next } => Self::Rooms {
                reference,
                rooms: rooms.into_iter().map(RoomSummary::from).collect(),
                next: next.map(|next| next.to_string()),
            },
            Reply::Found(found) => Self::Found { reference, found: (*found).into() },
            Reply::Bans(Bans { room, bans }) => {
                Self::Bans { reference, room: room.0, bans: bans.into_iter().map(Ban::from).collect() }
            }
            Reply::Room(room) => Self::Room { reference, room: room.into() },
            Reply::Renamed(user) => Self::Renamed { reference, user: user.into() },
            Reply::Effect(effect) => Self::Said { reference, effect: effect.into() },
            Reply::Done => Self::Ok { reference },
        }
    }
}

impl From<&Signal> for ServerFrame {
    fn from(signal: &Signal) -> Self {
        match signal {
            Signal::Resumed { room, head } => Self::Resumed { room: room.0, head_seq: head.0 },
            Signal::Skipped { room, from, to } => Self::Skipped { room: room.0, from: from.0, to: to.0 },
            Signal::Reset(view) => Self::Reset { snapshot: (**view).clone().into() },
            Signal::RoomGone { room } => Self::RoomGone { room: room.0 },
            Signal::Presence { room, online, changes, truncated, people: _ } => Self::Presence {
                room: room.id.0,
                online: *online,
                changes: changes.iter().map(Member::from).collect(),
                truncated: *truncated,
            },
            Signal::Typing { room, users, more, started: _, stopped: _ } => {
                Self::Typing { room: room.id.0, users: users.iter().map(Person::from).collect(), more: *more }
            }
            Signal::Seen { room, reads } => {
                Self::Seen { room: room.0, reads: reads.iter().copied().map(ReadBy::from).collect() }
            }
            Signal::ReadMark { room, seq } => Self::ReadMark { room: room.0, seq: seq.0 },
            Signal::MarkedUnread { room, seq } => Self::MarkedUnread { room: room.0, seq: seq.0 },
            Signal::Draft(draft) => Self::Draft { draft: (&**draft).into() },
            Signal::ScheduleChanged { is_due } => Self::ScheduleChanged { due: *is_due },
            Signal::SettingsChanged { revision } => Self::SettingsChanged { revision: *revision },
            Signal::ThreadMark { room, root, mark } => {
                Self::ThreadMark { room: room.0, root: root.0, follows: mark.follows, read_seq: mark.read.0 }
            }
            Signal::MembershipBegan(listing) => Self::Membership {
                room: listing.room.id.0,
                member: true,
                summary: Some((**listing).clone().into()),
            },
            Signal::MembershipEnded { room } => {
                Self::Membership { room: room.0, member: false, summary: None }
            }
            Signal::Renamed(user) => Self::UserRenamed { user: user.clone().into() },
            Signal::Directory { listed, removed, avatars, emoji } => Self::Directory {
                changed: listed.iter().map(DirectoryRoom::from).collect(),
                removed: removed.iter().map(|room| room.0).collect(),
                avatars: avatars.iter().copied().map(AvatarChange::from).collect(),
                emoji: emoji.iter().map(EmojiPicture::from).collect(),
            },
            Signal::Stale => Self::Stale {},
        }
    }
}
