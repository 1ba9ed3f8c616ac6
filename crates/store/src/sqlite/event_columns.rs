//! How an event beside messages stands in its row: its kind, its subject, and a payload as JSON.

use chinwag_core::domain::{EventBody, MemberChange, MemberEvent, RoomChange, RoomLabels, UserId};
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};
use serde::{Deserialize, Serialize};

const MEMBER_JOINED: &str = "memberJoined";
const MEMBER_LEFT: &str = "memberLeft";
const MEMBER_RENAMED: &str = "memberRenamed";
const ROOM_CREATED: &str = "roomCreated";
const ROOM_UPDATED: &str = "roomUpdated";
const ROOM_DELETED: &str = "roomDeleted";

/// What is stored of an event.
pub(super) struct Columns {
    pub(super) kind: &'static str,
    /// Whose membership it is, where that is not the actor's own.
    pub(super) subject: Option<UserId>,
    pub(super) payload: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Renaming {
    old_name: String,
}

#[derive(Serialize, Deserialize)]
struct Labels {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    title: String,
    topic: String,
}

/// The columns of an event of `actor`.
pub(super) fn of(actor: UserId, body: &EventBody) -> rusqlite::Result<Columns> {
    let (kind, subject, payload) = match body {
        EventBody::Message(_) => {
            return Err(rusqlite::Error::ToSqlConversionFailure("a message has a table of its own".into()));
        }
        EventBody::Member(MemberEvent { subject, subject_name: _, change }) => {
            let (kind, payload) = match change {
                MemberChange::Joined => (MEMBER_JOINED, None),
                MemberChange::Left => (MEMBER_LEFT, None),
                MemberChange::Renamed { old_name } => {
                    (MEMBER_RENAMED, Some(json(&Renaming { old_name: old_name.clone() })?))
                }
            };
            (kind, Some(*subject).filter(|subject| *subject != actor), payload)
        }
        EventBody::Room(change) => {
            let (kind, payload) = match change {
                RoomChange::Created(labels) => (ROOM_CREATED, Some(written(labels)?)),
                RoomChange::Updated(labels) => (ROOM_UPDATED, Some(written(labels)?)),
                RoomChange::Deleted => (ROOM_DELETED, None),
            };
            (kind, None, payload)
        }
    };
    Ok(Columns { kind, subject, payload })
}

fn written(RoomLabels { slug, title, topic }: &RoomLabels) -> rusqlite::Result<String> {
    json(&Labels { slug: slug.clone(), title: title.clone(), topic: topic.clone() })
}

fn json(payload: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(payload).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Reads what changed from a row with actor, name, kind, payload, subject and the subject's name in the columns 2 to 7.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<EventBody> {
    let kind = row.get_ref(4)?.as_str()?;
    Ok(match kind {
        MEMBER_JOINED => member(row, MemberChange::Joined)?,
        MEMBER_LEFT => member(row, MemberChange::Left)?,
        MEMBER_RENAMED => {
            member(row, MemberChange::Renamed { old_name: payload::<Renaming>(row)?.old_name })?
        }
        ROOM_CREATED => EventBody::Room(RoomChange::Created(labels(row)?)),
        ROOM_UPDATED => EventBody::Room(RoomChange::Updated(labels(row)?)),
        ROOM_DELETED => EventBody::Room(RoomChange::Deleted),
        _ => return Err(unreadable(format!("unknown kind of event {kind}"))),
    })
}

fn member(row: &Row<'_>, change: MemberChange) -> rusqlite::Result<EventBody> {
    let (subject, subject_name) = match row.get::<_, Option<i64>>(6)? {
        Some(subject) => (UserId(subject), row.get(7)?),
        None => (UserId(row.get(2)?), row.get(3)?),
    };
    Ok(EventBody::Member(MemberEvent { subject, subject_name, change }))
}

fn labels(row: &Row<'_>) -> rusqlite::Result<RoomLabels> {
    let Labels { slug, title, topic } = payload(row)?;
    Ok(RoomLabels { slug, title, topic })
}

fn payload<T: for<'json> Deserialize<'json>>(row: &Row<'_>) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(5)?.as_str()?).map_err(unreadable)
}

fn unreadable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(5, Type::Text, Box::new(FromSqlError::Other(cause.into())))
}
