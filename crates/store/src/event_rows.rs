//! Events beside messages as they stand in their table: a kind, a subject, and a payload as JSON.

use crate::found_room::{read_kind, read_role, stored_kind, stored_role};
use crate::messages::{self, message_columns};
use crate::room_settings::{read_history, read_posting, stored_history, stored_posting};
use crate::sql::{DatabaseError, Failure, Row, Transaction, Value, values};
use crate::write::Write;
use chinwag_core::domain::{
    EventBody, MemberChange, MemberEvent, MessageEvent, Millis, RoomChange, RoomEvent, RoomId, RoomLabels,
    RoomSettings, RoomState, Seq, SlowMode, UserId,
};
use chinwag_core::ports::Appended;
use serde::{Deserialize, Serialize};

const MESSAGE_EDITED: &str = "messageEdited";
const MESSAGE_DELETED: &str = "messageDeleted";
const REACTION_ADDED: &str = "reactionAdded";
const REACTION_REMOVED: &str = "reactionRemoved";
const MESSAGE_PINNED: &str = "messagePinned";
const MESSAGE_UNPINNED: &str = "messageUnpinned";
const MEMBER_JOINED: &str = "memberJoined";
const MEMBER_ADDED: &str = "memberAdded";
const MEMBER_LEFT: &str = "memberLeft";
const MEMBER_REMOVED: &str = "memberRemoved";
const MEMBER_BANNED: &str = "memberBanned";
const MEMBER_UNBANNED: &str = "memberUnbanned";
const MEMBER_MUTED: &str = "memberMuted";
const MEMBER_UNMUTED: &str = "memberUnmuted";
const MEMBER_RENAMED: &str = "memberRenamed";
const ROLE_CHANGED: &str = "roleChanged";
const ROOM_CREATED: &str = "roomCreated";
const ROOM_UPDATED: &str = "roomUpdated";
const ROOM_DELETED: &str = "roomDeleted";

/// One selection for every way to read events beside messages, in the order that [`read`] expects.
macro_rules! events {
    ($which:literal) => {
        concat!(
            "SELECT events.seq, events.at, events.actor_id, users.name, events.kind, events.payload,
                    events.subject_id, subjects.name, ",
            message_columns!(),
            " FROM events
             JOIN users ON users.id = events.actor_id
             LEFT JOIN users AS subjects ON subjects.id = events.subject_id
             LEFT JOIN messages ON messages.room_id = events.room_id AND messages.seq = events.target
             LEFT JOIN users AS authors ON authors.id = messages.author_id
             WHERE events.room_id = ?1 AND ",
            $which
        )
    };
}

/// Stores an event of `actor`.
pub(crate) fn insert(
    write: &Write<'_>,
    room: RoomId,
    seq: Seq,
    actor: UserId,
    body: &EventBody,
) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO events (room_id, seq, kind, actor_id, subject_id, at, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Columns { kind, subject, payload } = columns(actor, body)?;
    write.sql.execute(INSERT, values![room, seq, kind, actor, subject, write.now, payload.as_ref()])?;
    Ok(())
}

/// Stores that `actor` changed a message, under the actor's name for it if there is one.
pub(crate) fn insert_change(
    write: &Write<'_>,
    (room, seq, actor): (RoomId, Seq, UserId),
    (change, target): (MessageChange, Seq),
    client_id: Option<&str>,
) -> Result<(), Failure> {
    const INSERT: &str = "
        INSERT INTO events (room_id, seq, kind, actor_id, target, client_id, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    write.sql.execute(INSERT, values![room, seq, change.kind(), actor, target, client_id, write.now])?;
    Ok(())
}

/// A change of a message that was stored.
pub(crate) struct StoredChange {
    /// Where and when.
    pub(crate) appended: Appended,
    /// What it was, and of which message.
    pub(crate) what: (MessageChange, Seq),
}

/// The change that `actor` made under this name.
pub(crate) fn find_change(
    sql: &dyn Transaction,
    actor: UserId,
    client_id: &str,
) -> Result<Option<StoredChange>, Failure> {
    const SELECT: &str =
        "SELECT room_id, seq, at, kind, target FROM events WHERE actor_id = ?1 AND client_id = ?2";
    Ok(sql.first(SELECT, values![actor, client_id], |row| {
        let appended = Appended { room: row.get(0)?, seq: row.get(1)?, at: row.get(2)? };
        Ok(StoredChange { appended, what: (MessageChange::read(row.text(3)?)?, row.get(4)?) })
    })?)
}

/// What may happen to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MessageChange {
    Edited,
    Deleted,
    ReactionAdded,
    ReactionRemoved,
    Pinned,
    Unpinned,
}

impl MessageChange {
    fn kind(self) -> &'static str {
        match self {
            Self::Edited => MESSAGE_EDITED,
            Self::Deleted => MESSAGE_DELETED,
            Self::ReactionAdded => REACTION_ADDED,
            Self::ReactionRemoved => REACTION_REMOVED,
            Self::Pinned => MESSAGE_PINNED,
            Self::Unpinned => MESSAGE_UNPINNED,
        }
    }

    fn read(kind: &str) -> Result<Self, DatabaseError> {
        match kind {
            MESSAGE_EDITED => Ok(Self::Edited),
            MESSAGE_DELETED => Ok(Self::Deleted),
            REACTION_ADDED => Ok(Self::ReactionAdded),
            REACTION_REMOVED => Ok(Self::ReactionRemoved),
            MESSAGE_PINNED => Ok(Self::Pinned),
            MESSAGE_UNPINNED => Ok(Self::Unpinned),
            kind => Err(DatabaseError::defect(format!("{kind} is no change of a message"))),
        }
    }
}

/// At most `limit` events after `after`, oldest first.
pub(crate) fn after(
    sql: &dyn Transaction,
    room: RoomId,
    after: Seq,
    limit: u32,
) -> Result<Vec<RoomEvent>, Failure> {
    const SELECT: &str = events!("events.seq > ?2 ORDER BY events.seq LIMIT ?3");
    query(sql, room, SELECT, values![room, after, limit])
}

/// The last `limit` events from `first` to `last`, both included, that are not about single messages; newest first.
pub(crate) fn last_between(
    sql: &dyn Transaction,
    room: RoomId,
    first: Seq,
    last: Seq,
    limit: i64,
) -> Result<Vec<RoomEvent>, Failure> {
    const SELECT: &str =
        events!("events.target IS NULL AND events.seq BETWEEN ?2 AND ?3 ORDER BY events.seq DESC LIMIT ?4");
    query(sql, room, SELECT, values![room, first, last, limit])
}

fn query(
    sql: &dyn Transaction,
    room: RoomId,
    select: &'static str,
    which: &[Value<'_>],
) -> Result<Vec<RoomEvent>, Failure> {
    Ok(sql.all(select, which, |row| read(room, row))?)
}

fn read(room: RoomId, row: Row<'_>) -> Result<RoomEvent, DatabaseError> {
    Ok(RoomEvent {
        room,
        seq: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        name: row.get(3)?,
        body: read_body(room, row)?,
    })
}

/// What is stored of an event.
struct Columns {
    kind: &'static str,
    /// Whose membership it is, where that is not the actor's own.
    subject: Option<UserId>,
    payload: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renaming {
    old_name: String,
}

/// Up to when, and why.
#[derive(Serialize, Deserialize)]
struct Imposed {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl Imposed {
    fn new(until: Option<Millis>, reason: Option<&String>) -> Self {
        Self { until: until.map(|until| until.0), reason: reason.cloned() }
    }
}

#[derive(Serialize, Deserialize)]
struct Role {
    role: String,
}

#[derive(Serialize, Deserialize)]
struct Labels {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    title: String,
    topic: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    #[serde(flatten)]
    labels: Labels,
    kind: String,
    was: String,
    history: String,
    posting: String,
    slow_mode_s: u32,
    archived: bool,
}

/// The columns of an event of `actor`.
fn columns(actor: UserId, body: &EventBody) -> Result<Columns, DatabaseError> {
    let (kind, subject, payload) = match body {
        EventBody::Message(_) => {
            return Err(DatabaseError::defect("what is said of a message is stored in another way"));
        }
        EventBody::Member(MemberEvent { subject, subject_name: _, change }) => {
            let (kind, payload) = match change {
                MemberChange::Joined if *subject == actor => (MEMBER_JOINED, None),
                MemberChange::Joined => (MEMBER_ADDED, None),
                MemberChange::Left if *subject == actor => (MEMBER_LEFT, None),
                MemberChange::Left => (MEMBER_REMOVED, None),
                MemberChange::Removed { reason } => {
                    let imposed = Imposed { until: None, reason: Some(reason.clone()) };
                    (MEMBER_REMOVED, Some(json(&imposed)?))
                }
                MemberChange::Banned { until, reason } => {
                    (MEMBER_BANNED, Some(json(&Imposed::new(*until, reason.as_ref()))?))
                }
                MemberChange::Muted { until, reason } => {
                    (MEMBER_MUTED, Some(json(&Imposed::new(*until, reason.as_ref()))?))
                }
                MemberChange::Unbanned => (MEMBER_UNBANNED, None),
                MemberChange::Unmuted => (MEMBER_UNMUTED, None),
                MemberChange::Renamed { old_name } => {
                    (MEMBER_RENAMED, Some(json(&Renaming { old_name: old_name.clone() })?))
                }
                MemberChange::RoleChanged { role } => {
                    (ROLE_CHANGED, Some(json(&Role { role: stored_role(*role).to_owned() })?))
                }
            };
            (kind, Some(*subject).filter(|subject| *subject != actor), payload)
        }
        EventBody::Room(change) => {
            let (kind, payload) = match change {
                RoomChange::Created(labels) => (ROOM_CREATED, Some(written(labels)?)),
                RoomChange::Updated(state) => (ROOM_UPDATED, Some(json(&State::from(state))?)),
                RoomChange::Deleted => (ROOM_DELETED, None),
            };
            (kind, None, payload)
        }
    };
    Ok(Columns { kind, subject, payload })
}

fn written(labels: &RoomLabels) -> Result<String, DatabaseError> {
    json(&Labels::from(labels))
}

impl From<&RoomLabels> for Labels {
    fn from(RoomLabels { slug, title, topic }: &RoomLabels) -> Self {
        Self { slug: slug.clone(), title: title.clone(), topic: topic.clone() }
    }
}

impl From<Labels> for RoomLabels {
    fn from(Labels { slug, title, topic }: Labels) -> Self {
        Self { slug, title, topic }
    }
}

impl From<&RoomState> for State {
    fn from(RoomState { labels, kind, was, settings }: &RoomState) -> Self {
        let RoomSettings { history, posting, slow_mode, archived } = *settings;
        Self {
            labels: labels.into(),
            kind: stored_kind(*kind).to_owned(),
            was: stored_kind(*was).to_owned(),
            history: stored_history(history).to_owned(),
            posting: stored_posting(posting).to_owned(),
            slow_mode_s: slow_mode.seconds(),
            archived,
        }
    }
}

impl State {
    fn read(self) -> Result<RoomState, DatabaseError> {
        let Self { labels, kind, was, history, posting, slow_mode_s, archived } = self;
        let settings = RoomSettings {
            history: read_history(&history)?,
            posting: read_posting(&posting)?,
            slow_mode: SlowMode::nearest(slow_mode_s),
            archived,
        };
        Ok(RoomState { labels: labels.into(), kind: read_kind(&kind)?, was: read_kind(&was)?, settings })
    }
}

fn json(payload: &impl Serialize) -> Result<String, DatabaseError> {
    serde_json::to_string(payload).map_err(DatabaseError::defect)
}

fn read_body(room: RoomId, row: Row<'_>) -> Result<EventBody, DatabaseError> {
    Ok(match row.text(4)? {
        MESSAGE_EDITED | MESSAGE_DELETED | REACTION_ADDED | REACTION_REMOVED | MESSAGE_PINNED
        | MESSAGE_UNPINNED => {
            EventBody::Message(MessageEvent::Changed(Box::new(messages::read(room, row, 8)?)))
        }
        MEMBER_JOINED | MEMBER_ADDED => member(row, MemberChange::Joined)?,
        MEMBER_LEFT => member(row, MemberChange::Left)?,
        MEMBER_REMOVED => {
            let reason = match row.find_text(5)? {
                Some(_) => payload::<Imposed>(row)?.reason,
                None => None,
            };
            member(row, reason.map_or(MemberChange::Left, |reason| MemberChange::Removed { reason }))?
        }
        MEMBER_BANNED => {
            let Imposed { until, reason } = payload(row)?;
            member(row, MemberChange::Banned { until: until.map(Millis), reason })?
        }
        MEMBER_MUTED => {
            let Imposed { until, reason } = payload(row)?;
            member(row, MemberChange::Muted { until: until.map(Millis), reason })?
        }
        MEMBER_UNBANNED => member(row, MemberChange::Unbanned)?,
        MEMBER_UNMUTED => member(row, MemberChange::Unmuted)?,
        MEMBER_RENAMED => {
            member(row, MemberChange::Renamed { old_name: payload::<Renaming>(row)?.old_name })?
        }
        ROLE_CHANGED => {
            member(row, MemberChange::RoleChanged { role: read_role(&payload::<Role>(row)?.role)? })?
        }
        ROOM_CREATED => EventBody::Room(RoomChange::Created(labels(row)?)),
        ROOM_UPDATED => EventBody::Room(RoomChange::Updated(payload::<State>(row)?.read()?)),
        ROOM_DELETED => EventBody::Room(RoomChange::Deleted),
        kind => return Err(DatabaseError::defect(format!("unknown kind of event {kind}"))),
    })
}

fn member(row: Row<'_>, change: MemberChange) -> Result<EventBody, DatabaseError> {
    let (subject, subject_name) = match row.find(6)? {
        Some(subject) => (subject, row.get(7)?),
        None => (row.get(2)?, row.get(3)?),
    };
    Ok(EventBody::Member(MemberEvent { subject, subject_name, change }))
}

fn labels(row: Row<'_>) -> Result<RoomLabels, DatabaseError> {
    Ok(payload::<Labels>(row)?.into())
}

fn payload<T: for<'json> Deserialize<'json>>(row: Row<'_>) -> Result<T, DatabaseError> {
    serde_json::from_str(row.text(5)?).map_err(DatabaseError::defect)
}
