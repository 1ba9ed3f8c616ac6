use super::room::Room;
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{
    self, AccountKind, ConnectionId, DraftPlace, EmojiName, FileId, MessageText, Millis, RoomId, RoomSlug,
    Seq, SessionId, ThreadMark, UserId,
};
use chinwag_core::ports::{self, DirectoryEvent, Publication, ShownAvatar, ShownEmoji, UserEvent};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What is told beside the logs of rooms.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum News<'a> {
    Person(PersonNews<'a>),
    Listed {
        room: ListedRoom<'a>,
        at: i64,
    },
    Removed {
        room: i64,
        at: i64,
    },
    Avatar {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Cow<'a, str>>,
        at: i64,
    },
    Emoji {
        name: Cow<'a, str>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Cow<'a, str>>,
        at: i64,
    },
}

/// Something that cannot be what a node meant.
pub(super) struct NotUnderstood;

#[derive(Serialize, Deserialize)]
pub(super) struct PersonNews<'a> {
    user: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    except: Option<u64>,
    what: What<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum What<'a> {
    ReadMark {
        room: i64,
        seq: i64,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        shared: bool,
    },
    MarkedUnread {
        room: i64,
        seq: i64,
    },
    ScheduleChanged {
        is_due: bool,
    },
    Draft(Box<Draft<'a>>),
    SettingsChanged {
        revision: i64,
    },
    ThreadMark {
        room: i64,
        root: i64,
        follows: bool,
        read: i64,
    },
    MembershipBegan(Box<Room<'a>>),
    MembershipEnded {
        room: i64,
        at: i64,
        is_gone: bool,
    },
    Renamed {
        user: User<'a>,
        renames: u32,
    },
    SessionEnded(i64),
    SessionRevoked(i64),
}

/// What somebody has begun to write.
#[derive(Serialize, Deserialize)]
pub(super) struct Draft<'a> {
    room: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    root: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply: Option<i64>,
    at: i64,
}

/// A person under the name at present.
#[derive(Serialize, Deserialize)]
pub(super) struct User<'a> {
    id: i64,
    name: Cow<'a, str>,
    is: Account,
}

/// A kind of account, or the role that one has on the server.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Account {
    Visitor,
    Guest,
    Member,
    Bot,
    Moderator,
    Admin,
    Owner,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ListedRoom<'a> {
    id: i64,
    slug: Cow<'a, str>,
    title: Cow<'a, str>,
    topic: Cow<'a, str>,
}

impl<'a> News<'a> {
    pub(super) fn of_person(user: UserId, except: Option<ConnectionId>, event: &'a UserEvent) -> Self {
        Self::Person(PersonNews { user: user.0, except: except.map(|it| it.0), what: event.into() })
    }

    pub(super) fn of_directory(event: &'a DirectoryEvent) -> Self {
        match event {
            DirectoryEvent::Listed { room: ports::ListedRoom { id, slug, title, topic }, at } => {
                let slug = slug.as_str().into();
                let room = ListedRoom { id: id.0, slug, title: title.into(), topic: topic.into() };
                Self::Listed { room, at: at.0 }
            }
            DirectoryEvent::Removed { room, at } => Self::Removed { room: room.0, at: at.0 },
            DirectoryEvent::Avatar { shown: ShownAvatar { person, avatar }, at } => {
                let id = avatar.map(|id| id.to_string().into());
                Self::Avatar { user: person.map(|user| user.0), id, at: at.0 }
            }
            DirectoryEvent::Emoji { shown: ShownEmoji { name, picture }, at } => {
                let id = picture.map(|id| id.to_string().into());
                Self::Emoji { name: name.as_str().into(), id, at: at.0 }
            }
        }
    }
}

impl TryFrom<News<'_>> for Publication {
    type Error = NotUnderstood;

    fn try_from(news: News<'_>) -> Result<Self, NotUnderstood> {
        Ok(match news {
            News::Person(PersonNews { user, except, what }) => {
                Self::Person { user: UserId(user), except: except.map(ConnectionId), event: what.try_into()? }
            }
            News::Listed { room: ListedRoom { id, slug, title, topic }, at } => {
                let (slug, title, topic) = (parsed(&slug)?, title.into_owned(), topic.into_owned());
                let room = ports::ListedRoom { id: RoomId(id), slug, title, topic };
                Self::Directory(DirectoryEvent::Listed { room, at: Seq(at) })
            }
            News::Removed { room, at } => {
                Self::Directory(DirectoryEvent::Removed { room: RoomId(room), at: Seq(at) })
            }
            News::Avatar { user, id, at } => {
                let shown = ShownAvatar { person: user.map(UserId), avatar: file(id)? };
                Self::Directory(DirectoryEvent::Avatar { shown, at: Millis(at) })
            }
            News::Emoji { name, id, at } => {
                let name = EmojiName::stored(&name).ok_or(NotUnderstood)?;
                let shown = ShownEmoji { name, picture: file(id)? };
                Self::Directory(DirectoryEvent::Emoji { shown, at: Millis(at) })
            }
        })
    }
}

impl<'a> From<&'a domain::KeptDraft> for Draft<'a> {
    fn from(draft: &'a domain::KeptDraft) -> Self {
        let domain::KeptDraft { place: DraftPlace { room, thread }, text, reply_to, at } = draft;
        Self {
            room: room.0,
            root: thread.map(|root| root.0),
            text: text.as_ref().map(|text| text.as_str().into()),
            reply: reply_to.map(|seq| seq.0),
            at: at.0,
        }
    }
}

impl TryFrom<Draft<'_>> for domain::KeptDraft {
    type Error = NotUnderstood;

    fn try_from(draft: Draft<'_>) -> Result<Self, NotUnderstood> {
        let Draft { room, root, text, reply, at } = draft;
        let text = text.map(|text| MessageText::exact(&text, usize::MAX)).transpose();
        Ok(Self {
            place: DraftPlace { room: RoomId(room), thread: root.map(Seq) },
            text: text.map_err(|_| NotUnderstood)?,
            reply_to: reply.map(Seq),
            at: Millis(at),
        })
    }
}

impl<'a> From<&'a domain::User> for User<'a> {
    fn from(user: &'a domain::User) -> Self {
        let domain::User { id, name, kind, role } = user;
        Self { id: id.0, name: name.into(), is: Account::new(*kind, *role) }
    }
}

impl From<User<'_>> for domain::User {
    fn from(user: User<'_>) -> Self {
        let User { id, name, is } = user;
        let (kind, role) = match is {
            Account::Visitor => (AccountKind::Visitor, ServerRole::Visitor),
            Account::Guest => (AccountKind::Guest, ServerRole::Guest),
            Account::Bot => (AccountKind::Bot, ServerRole::Member),
            Account::Member => (AccountKind::Member, ServerRole::Member),
            Account::Moderator => (AccountKind::Member, ServerRole::Moderator),
            Account::Admin => (AccountKind::Member, ServerRole::Admin),
            Account::Owner => (AccountKind::Member, ServerRole::Owner),
        };
        Self { id: UserId(id), name: name.into_owned(), kind, role }
    }
}

impl Account {
    fn new(kind: AccountKind, role: ServerRole) -> Self {
        match (kind, role) {
            (AccountKind::Visitor, _) => Self::Visitor,
            (AccountKind::Guest, _) => Self::Guest,
            (AccountKind::Bot, _) => Self::Bot,
            (AccountKind::Member, ServerRole::Moderator) => Self::Moderator,
            (AccountKind::Member, ServerRole::Admin) => Self::Admin,
            (AccountKind::Member, ServerRole::Owner) => Self::Owner,
            (AccountKind::Member, ServerRole::Visitor | ServerRole::Guest | ServerRole::Member) => {
                Self::Member
            }
        }
    }
}

impl<'a> From<&'a UserEvent> for What<'a> {
    fn from(event: &'a UserEvent) -> Self {
        match event {
            UserEvent::ReadMark { room, seq, is_shared } => {
                Self::ReadMark { room: room.0, seq: seq.0, shared: *is_shared }
            }
            UserEvent::MarkedUnread { room, seq } => Self::MarkedUnread { room: room.0, seq: seq.0 },
            UserEvent::Draft(draft) => Self::Draft(Box::new((&**draft).into())),
            UserEvent::ScheduleChanged { is_due } => Self::ScheduleChanged { is_due: *is_due },
            UserEvent::SettingsChanged { revision } => Self::SettingsChanged { revision: *revision },
            UserEvent::ThreadMark { room, root, mark: ThreadMark { follows, read } } => {
                Self::ThreadMark { room: room.0, root: root.0, follows: *follows, read: read.0 }
            }
            UserEvent::MembershipBegan(room) => Self::MembershipBegan(Box::new((&**room).into())),
            UserEvent::MembershipEnded { room, at, is_gone } => {
                Self::MembershipEnded { room: room.0, at: at.0, is_gone: *is_gone }
            }
            UserEvent::Renamed { user, renames } => Self::Renamed { user: user.into(), renames: *renames },
            UserEvent::SessionEnded(session) => Self::SessionEnded(session.0),
            UserEvent::SessionRevoked(session) => Self::SessionRevoked(session.0),
        }
    }
}

impl TryFrom<What<'_>> for UserEvent {
    type Error = NotUnderstood;

    fn try_from(what: What<'_>) -> Result<Self, NotUnderstood> {
        Ok(match what {
            What::ReadMark { room, seq, shared } => {
                Self::ReadMark { room: RoomId(room), seq: Seq(seq), is_shared: shared }
            }
            What::MarkedUnread { room, seq } => Self::MarkedUnread { room: RoomId(room), seq: Seq(seq) },
            What::Draft(draft) => Self::Draft(Box::new((*draft).try_into()?)),
            What::ScheduleChanged { is_due } => Self::ScheduleChanged { is_due },
            What::SettingsChanged { revision } => Self::SettingsChanged { revision },
            What::ThreadMark { room, root, follows, read } => {
                let mark = ThreadMark { follows, read: Seq(read) };
                Self::ThreadMark { room: RoomId(room), root: Seq(root), mark }
            }
            What::MembershipBegan(room) => Self::MembershipBegan(Box::new((*room).try_into()?)),
            What::MembershipEnded { room, at, is_gone } => {
                Self::MembershipEnded { room: RoomId(room), at: Seq(at), is_gone }
            }
            What::Renamed { user, renames } => Self::Renamed { user: user.into(), renames },
            What::SessionEnded(session) => Self::SessionEnded(SessionId(session)),
            What::SessionRevoked(session) => Self::SessionRevoked(SessionId(session)),
        })
    }
}

fn file(id: Option<Cow<'_, str>>) -> Result<Option<FileId>, NotUnderstood> {
    id.map(|id| FileId::parse(&id).ok_or(NotUnderstood)).transpose()
}

pub(super) fn parsed(slug: &str) -> Result<RoomSlug, NotUnderstood> {
    RoomSlug::parse(slug).map_err(|_| NotUnderstood)
}
