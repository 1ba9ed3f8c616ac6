//! The rooms that whoever vouches for a person names. As for the operator, they are found whoever is in them.

use crate::administration::OPERATOR;
use crate::found_room::stored_kind;
use crate::members::{self, Named};
use crate::rooms::{self, Labels};
use crate::sql::{DatabaseError, Failure, Lock, values};
use crate::write::Write;
use crate::{events, others};
use chinwag_core::domain::permissions::Operator;
use chinwag_core::domain::{EventBody, RoomChange, RoomId, RoomKind, RoomSlug, RoomTitle, User, UserId};

/// Holds the rooms at these addresses, and makes those that are not there; with them the rooms that `user` is in, whose names may change. The
/// caller holds the person.
pub(crate) fn hold(
    write: &mut Write<'_>,
    slugs: &[RoomSlug],
    user: Option<UserId>,
) -> Result<Vec<RoomId>, Failure> {
    const EXISTS: &str = "SELECT 1 FROM rooms WHERE id = ?1 AND deleted_at IS NULL";
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for slug in slugs {
        match find(write, slug)? {
            Some(room) => found.push(room),
            None => missing.push(slug),
        }
    }
    let mut held = user.map(|user| members::rooms_of(write.sql, user)).transpose()?.unwrap_or_default();
    held.extend(&found);
    held.sort_unstable();
    held.dedup();
    write.sql.lock(Lock::Rooms(&held))?;
    let mut there = Vec::new();
    for room in found {
        // One may have ended before the lock.
        if write.sql.exists(EXISTS, values![room])? {
            there.push(room);
        }
    }
    for slug in missing {
        there.push(make(write, slug)?);
    }
    there.sort_unstable();
    there.dedup();
    Ok(there)
}

/// Makes a person a member of rooms that the caller holds.
pub(crate) fn bring_in(write: &mut Write<'_>, rooms: &[RoomId], user: &User) -> Result<(), Failure> {
    let present = members::rooms_of(write.sql, user.id)?;
    for room in rooms.iter().filter(|room| !present.contains(room)) {
        others::bring_in(write, *room, user, Named { id: user.id, name: &user.name })?;
    }
    Ok(())
}

fn find(write: &Write<'_>, slug: &RoomSlug) -> Result<Option<RoomId>, Failure> {
    const PRESENT: &str = "SELECT id FROM rooms WHERE slug = ?1 AND deleted_at IS NULL";
    const FORMER: &str = "
        SELECT rooms.id FROM former_slugs JOIN rooms ON rooms.id = former_slugs.room_id
        WHERE former_slugs.slug = ?1 AND rooms.deleted_at IS NULL";
    let present = write.sql.first(PRESENT, values![slug.as_str()], |row| row.get(0))?;
    match present {
        Some(room) => Ok(Some(room)),
        None => Ok(write.sql.first(FORMER, values![slug.as_str()], |row| row.get(0))?),
    }
}

/// Makes a private room that is nobody's. Its address is not secret, as those of others are: whoever embeds this server has chosen it.
fn make(write: &mut Write<'_>, slug: &RoomSlug) -> Result<RoomId, Failure> {
    const INSERT: &str = "
        INSERT INTO rooms (kind, slug, title, topic, sort_key, search_key, creator_id, created_at)
        VALUES (?1, ?2, ?3, '', ?4, ?5, ?6, ?7)
        ON CONFLICT DO NOTHING";
    let title = RoomTitle::of(slug);
    let labels = Labels { slug: Some(slug), title: title.as_str(), topic: "" };
    let (sort, search) = labels.keys();
    let kind = stored_kind(RoomKind::Private);
    let columns = values![kind, slug.as_str(), labels.title, &sort, &search, OPERATOR, write.now];
    let id = write.sql.insert(INSERT, columns)?;
    let id = RoomId(id.ok_or_else(|| DatabaseError::conflict("an address that was free is taken by now"))?);
    rooms::take_over(write.sql, slug)?;
    let created = EventBody::Room(RoomChange::Created(labels.to_event()));
    events::append(write, id, OPERATOR, Operator::NAME, created)?;
    Ok(id)
}
