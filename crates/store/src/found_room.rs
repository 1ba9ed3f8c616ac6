//! Rooms as one person finds them. There is no other way to a room.

use crate::others::Subject;
use crate::sql::{DatabaseError, Failure, Lock, Row, Transaction, values};
use crate::{mentions, messages, people, room_settings, standing, threads};
use chinwag_core::domain::permissions::{
    Action, RoomRole, SMALL_ROOM, ServerRole, Writing, check, check_reacting, check_sharing, check_writing,
    may_when_archived, outranks,
};
use chinwag_core::domain::{
    LogAccess, Millis, Refusal, RoomId, RoomKind, RoomOverview, RoomReference, RoomSettings, RoomSlug, Seq,
    SlowMode, User, UserId,
};

const PUBLIC: &str = "public";
const PRIVATE: &str = "private";
const DIRECT: &str = "direct";
const GROUP: &str = "group";

const MEMBER: &str = "member";
const MODERATOR: &str = "moderator";
const OWNER: &str = "owner";

/// A room that exists and that a person may see.
pub(crate) struct FoundRoom {
    pub(crate) id: RoomId,
    pub(crate) kind: RoomKind,
    pub(crate) slug: Option<RoomSlug>,
    pub(crate) title: String,
    pub(crate) topic: String,
    pub(crate) head: Seq,
    /// The person's read marker; none for one who is no member.
    pub(crate) read: Option<Seq>,
    /// How many members it has.
    pub(crate) members: u64,
    pub(crate) settings: RoomSettings,
    /// The first place of the log that is open to newcomers.
    open_from: Seq,
    /// The first place that the person may read, who is a member.
    history_from: Option<Seq>,
    /// When the person wrote there last, who is a member, as far as the membership knows it.
    wrote_at: Option<Millis>,
    /// Up to when the person has to be silent.
    muted_until: Option<Millis>,
    /// Up to when the person is banned, who is no member.
    banned_until: Option<Millis>,
    /// Whether the others may see how far the person has read.
    shares_reads: bool,
    /// The person who asks.
    user: UserId,
    name: Option<String>,
    server_role: ServerRole,
    role: Option<RoomRole>,
}

/// What a person has not seen of a room.
#[derive(Clone, Copy, Default)]
pub(crate) struct Unread {
    /// Messages of others.
    pub(crate) messages: u32,
    /// Mentions of the person.
    pub(crate) mentions: u32,
    /// Threads that the person follows.
    pub(crate) threads: u32,
}

/// What [`FoundRoom::read_row`] reads.
macro_rules! columns {
    () => {
        concat!(
            "rooms.id, rooms.kind, rooms.slug, rooms.title, rooms.topic, members.role, rooms.head_seq,
             rooms.members, members.read_seq, users.name, coalesce(users.role, users.kind), rooms.open_from,
             members.history_from, members.wrote_at,
             CASE WHEN members.user_id IS NULL AND rooms.sanctions > 0
                  THEN (SELECT until FROM sanctions
                        WHERE sanctions.room_id = rooms.id AND sanctions.user_id = users.id AND sanctions.kind = 'mute')
                  ELSE members.muted_until END,
             CASE WHEN members.user_id IS NULL AND rooms.sanctions > 0
                  THEN (SELECT until FROM sanctions
                        WHERE sanctions.room_id = rooms.id AND sanctions.user_id = users.id AND sanctions.kind = 'ban')
                  END, coalesce(users.share_reads, 0), ",
            $crate::room_settings::settings_columns!()
        )
    };
}
pub(crate) use columns;

/// Where [`settings_columns!`](room_settings::settings_columns) begin.
const SETTINGS: usize = 17;
/// How many columns [`columns!`] are.
pub(crate) const COLUMNS: usize = SETTINGS + room_settings::COLUMNS;

/// One selection for every way in which one person finds a room, so that all of them see the same: public rooms, and those that the person
/// is in. For everybody else there is no other room, whatever they are on the server.
macro_rules! found {
    ($($which:literal),+) => {
        concat!(
            "SELECT ", $crate::found_room::columns!(), "
             FROM rooms
             LEFT JOIN members ON members.room_id = rooms.id AND members.user_id = ?1
             LEFT JOIN users ON users.id = ?1 AND users.removed_at IS NULL
             WHERE rooms.deleted_at IS NULL AND (rooms.kind = 'public' OR members.user_id IS NOT NULL) ",
            $($which),+
        )
    };
}
pub(crate) use found;

/// Which room an address leads to.
macro_rules! at_address {
    ($slug:literal) => {
        concat!(
            "coalesce((SELECT id FROM rooms WHERE slug = ",
            $slug,
            " AND deleted_at IS NULL), (SELECT room_id FROM former_slugs WHERE slug = ",
            $slug,
            "))"
        )
    };
}

impl FoundRoom {
    /// Reads [`columns!`] of a room as `user` sees it.
    pub(crate) fn read_row(user: UserId, row: Row<'_>) -> Result<Self, DatabaseError> {
        // An account that was removed counts as a guest's.
        let server_role =
            row.find_text(10)?.map(standing::parse).transpose()?.map_or(ServerRole::Guest, |it| it.1);
        Ok(Self {
            id: row.get(0)?,
            kind: read_kind(row.text(1)?)?,
            slug: read_slug(row)?,
            title: row.get(3)?,
            topic: row.get(4)?,
            role: row.find_text(5)?.map(read_role).transpose()?,
            head: row.get(6)?,
            members: row.get::<i64>(7)?.unsigned_abs(),
            read: row.find(8)?,
            open_from: row.get(11)?,
            history_from: row.find(12)?,
            wrote_at: row.find(13)?,
            muted_until: row.find(14)?,
            banned_until: row.find(15)?,
            shares_reads: row.get::<i64>(16)? != 0,
            settings: room_settings::read(row, SETTINGS)?,
            user,
            name: row.find(9)?,
            server_role,
        })
    }

    pub(crate) fn is_member(&self) -> bool {
        self.role.is_some()
    }

    /// Whether the others in the room hear how far the person has read it.
    pub(crate) fn shares_reads(&self) -> bool {
        self.shares_reads && self.members <= SMALL_ROOM
    }

    /// Whether the person was banned, who is no member; that may be over.
    pub(crate) fn has_ban(&self) -> bool {
        self.banned_until.is_some()
    }

    /// Refuses what the person may not do here.
    pub(crate) fn check(&self, action: Action) -> Result<(), Refusal> {
        check(self.server_role, self.kind, self.role, action)?;
        if self.settings.archived && !may_when_archived(action) { Err(Refusal::Archived) } else { Ok(()) }
    }

    /// Refuses what the person may not write here at this time.
    pub(crate) fn check_writing(&self, sql: &dyn Transaction, now: Millis) -> Result<(), Failure> {
        let mut wrote_at = self.wrote_at;
        if wrote_at.is_none() && self.settings.slow_mode != SlowMode::default() {
            // One who is no member, or came back: leaving makes nobody faster.
            wrote_at = messages::last_written(sql, self.id, self.user)?;
        }
        Ok(check_writing(self.server_role, self.kind, self.role, self.writing(wrote_at, now))?)
    }

    /// Refuses one who may not write here at present, and so changes nothing that was written. How fast one writes does not matter.
    pub(crate) fn check_editing(&self, now: Millis) -> Result<(), Refusal> {
        self.check(Action::EditMessage)?;
        check_writing(self.server_role, self.kind, self.role, self.writing(None, now))
    }

    /// Refuses one who may not share files here at present.
    pub(crate) fn check_sharing(&self, now: Millis) -> Result<(), Refusal> {
        check_sharing(self.server_role, self.kind, self.role, self.writing(None, now))
    }

    /// Refuses one who may not react to messages here at present.
    pub(crate) fn check_reacting(&self, now: Millis) -> Result<(), Refusal> {
        check_reacting(self.server_role, self.kind, self.role, self.writing(None, now))
    }

    fn writing(&self, wrote_at: Option<Millis>, now: Millis) -> Writing {
        let (settings, muted_until, banned_until) = (self.settings, self.muted_until, self.banned_until);
        Writing { settings, muted_until, banned_until, wrote_at, now }
    }

    /// Refuses what is done to one who is no lower than the person.
    pub(crate) fn check_above(&self, them: &Subject) -> Result<(), Refusal> {
        let is_above = outranks(self.server_role, self.kind, self.role, (them.server, them.role));
        if is_above { Ok(()) } else { Err(Refusal::Forbidden) }
    }

    /// The person's right to read the log.
    pub(crate) fn log_access(&self) -> Result<LogAccess, Refusal> {
        // One that is over is forgotten when the person comes.
        if let Some(until) = self.banned_until {
            return Err(Refusal::Banned { until: until.if_finite(), reason: None });
        }
        let open = (self.first_readable(), self.head);
        LogAccess::grant(self.user, self.server_role, self.role, (self.id, self.kind), open)
    }

    /// Whether the person reads what stands at this place, or would by coming into the room.
    pub(crate) fn shows(&self, seq: Seq) -> bool {
        let is_open = self.kind == RoomKind::Public && seq >= self.open_from;
        self.history_from.map_or(is_open, |first| seq >= first)
    }

    /// Whether what stands at this place was said before the time of the person, who may read here.
    pub(crate) fn hides(&self, seq: Seq) -> bool {
        self.log_access().is_ok_and(|log| seq < log.first())
    }

    /// From where on the person reads the log. For one who is no member it begins as for one who comes now.
    fn first_readable(&self) -> Seq {
        let newcomers = || self.settings.history.first_for_newcomer(self.open_from, self.head.next());
        self.history_from.unwrap_or_else(newcomers)
    }

    /// The person's name; a late command of an account that was removed meanwhile has none.
    pub(crate) fn actor_name(&self) -> Result<&str, Refusal> {
        self.name.as_deref().ok_or(Refusal::Unauthorized)
    }

    /// How many messages of others the person has not read, and how many mentions. The threads are counted by whoever asks.
    pub(crate) fn unread(&self, sql: &dyn Transaction) -> Result<Unread, Failure> {
        // Most have read everything: nothing is counted then.
        let Some(read) = self.read.filter(|read| *read < self.head) else { return Ok(Unread::default()) };
        let read = read.max(Seq(self.first_readable().0 - 1));
        Ok(Unread {
            messages: messages::unread(sql, self.id, self.user, read)?,
            mentions: mentions::unread(sql, self.id, self.user, read)?,
            threads: 0,
        })
    }

    pub(crate) fn into_overview(self, sql: &dyn Transaction) -> Result<RoomOverview, Failure> {
        let threads = if self.is_member() { threads::unread(sql, self.id, self.user)? } else { 0 };
        let unread = Unread { threads, ..self.unread(sql)? };
        let people = if self.kind.is_conversation() {
            people::of_conversations(sql, self.user, &[self.id])?.remove(&self.id).unwrap_or_default()
        } else {
            Vec::new()
        };
        Ok(self.completed(unread, people))
    }

    /// The room with how much of it is unread, and the others of a conversation.
    pub(crate) fn completed(self, unread: Unread, people: Vec<User>) -> RoomOverview {
        RoomOverview {
            id: self.id,
            kind: self.kind,
            role: self.role,
            people,
            slug: self.slug,
            title: self.title,
            topic: self.topic,
            head: self.head,
            read: self.read.unwrap_or_default(),
            unread: unread.messages,
            mentions: unread.mentions,
            threads: unread.threads,
            settings: self.settings,
        }
    }
}

/// The room through `user`, or [`Refusal::RoomNotFound`].
pub(crate) fn find(sql: &dyn Transaction, user: UserId, room: &RoomReference) -> Result<FoundRoom, Failure> {
    const BY_ID: &str = found!("AND rooms.id = ?2");
    const BY_SLUG: &str = concat!(found!("AND rooms.id = "), at_address!("?2"));
    let read = |row: Row<'_>| FoundRoom::read_row(user, row);
    let found = match room {
        RoomReference::Id(id) => sql.first(BY_ID, values![user, *id], read),
        RoomReference::Slug(slug) => sql.first(BY_SLUG, values![user, slug.as_str()], read),
    };
    Ok(found?.ok_or_else(|| Refusal::RoomNotFound(room.clone()))?)
}

/// The room through `user`, which is held first, so that it stays as it is found: for those who write.
pub(crate) fn hold(sql: &dyn Transaction, user: UserId, room: &RoomReference) -> Result<FoundRoom, Failure> {
    const AT_ADDRESS: &str = concat!("SELECT ", at_address!("?1"));
    if sql.is_alone() {
        return find(sql, user, room);
    }
    let held = match room {
        RoomReference::Id(id) => Some(*id),
        RoomReference::Slug(slug) => sql.one(AT_ADDRESS, values![slug.as_str()], |row| row.find(0))?,
    };
    sql.lock(Lock::Rooms(held.as_slice()))?;
    let found = find(sql, user, room)?;
    if Some(found.id) == held {
        Ok(found)
    } else {
        Err(DatabaseError::conflict("the address leads to another room by now").into())
    }
}

/// How a kind of room stands in the table.
pub(crate) fn stored_kind(kind: RoomKind) -> &'static str {
    match kind {
        RoomKind::Public => PUBLIC,
        RoomKind::Private => PRIVATE,
        RoomKind::Direct => DIRECT,
        RoomKind::Group => GROUP,
    }
}

/// The kind that stands so in the table.
pub(crate) fn read_kind(kind: &str) -> Result<RoomKind, DatabaseError> {
    let known = RoomKind::ALL.into_iter().find(|known| stored_kind(*known) == kind);
    known.ok_or_else(|| DatabaseError::defect(format!("unknown kind of room {kind}")))
}

/// How a role in a room stands in the table.
pub(crate) fn stored_role(role: RoomRole) -> &'static str {
    match role {
        RoomRole::Member => MEMBER,
        RoomRole::Moderator => MODERATOR,
        RoomRole::Owner => OWNER,
    }
}

/// The role that stands so in the table.
pub(crate) fn read_role(role: &str) -> Result<RoomRole, DatabaseError> {
    let known = RoomRole::ALL.into_iter().find(|known| stored_role(*known) == role);
    known.ok_or_else(|| DatabaseError::defect(format!("unknown role {role}")))
}

pub(crate) fn read_slug(row: Row<'_>) -> Result<Option<RoomSlug>, DatabaseError> {
    let slug = row.find_text(2)?;
    slug.map(RoomSlug::parse).transpose().map_err(DatabaseError::defect)
}
