//! How a room changes: what it is called, who finds it, how it is kept.

use crate::found_room::{FoundRoom, stored_kind};
use crate::room_settings::{stored_history, stored_posting};
use crate::rooms::{self, Labels, hold, keep_former, refuse_taken, take_over};
use crate::sql::{DatabaseError, Failure, values};
use crate::write::Write;
use crate::{events, others};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, EventBody, Refusal, RoomChange, RoomId, RoomKind, RoomOverview, RoomSettings, RoomSlug, RoomState,
    RoomTitle, RoomTopic, Seq,
};
use chinwag_core::ports::{DirectoryEvent, RoomLimits, RoomUpdate, Settling};

/// What a room is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State<'a> {
    labels: Labels<'a>,
    kind: RoomKind,
    settings: RoomSettings,
}

pub(crate) fn update(
    write: &mut Write<'_>,
    actor: Actor,
    room: RoomId,
    update: &RoomUpdate,
    limits: RoomLimits,
) -> Result<(RoomOverview, Vec<Settling>), Failure> {
    let room = hold(write.sql, actor.user, &room.into())?;
    let name = room.actor_name()?;
    room.check(if update.is_pace_alone() { Action::SetPace } else { Action::UpdateRoom })?;
    let labels = Labels { slug: room.slug.as_ref(), title: &room.title, topic: &room.topic };
    let before = State { labels, kind: room.kind, settings: room.settings };
    let kind = kind_after(&room, update)?;
    let address = address_after(&room, kind, update)?;
    let after = State {
        labels: Labels {
            slug: address.as_ref(),
            title: update.title.as_ref().map_or(before.labels.title, RoomTitle::as_str),
            topic: update.topic.as_ref().map_or(before.labels.topic, RoomTopic::as_str),
        },
        kind,
        settings: settings_after(before.settings, update),
    };
    if kind == RoomKind::Private && before.kind == RoomKind::Public {
        check_closing(write, actor, &room, limits)?;
    }
    let mut at = room.head;
    if after != before {
        if before.settings.archived && after.settings.archived {
            return Err(Refusal::Archived.into());
        }
        move_address(write, room.id, before.labels.slug, after.labels.slug)?;
        let state =
            RoomState { labels: after.labels.to_event(), kind, was: before.kind, settings: after.settings };
        at = events::append(write, room.id, actor.user, name, EventBody::Room(RoomChange::Updated(state)))?;
        store(write, room.id, before.kind, after, at)?;
        tell(write, room.id, before.kind, after, at);
    }
    // Whoever repeats it waits again.
    let endings = (update.kind == Some(RoomKind::Private)).then_some(Settling::Room(room.id, at));
    Ok((rooms::overview(write.sql, actor.user, room.id)?, endings.into_iter().collect()))
}

fn kind_after(room: &FoundRoom, update: &RoomUpdate) -> Result<RoomKind, Refusal> {
    match update.kind {
        None => Ok(room.kind),
        Some(kind @ (RoomKind::Public | RoomKind::Private)) => Ok(kind),
        Some(RoomKind::Direct | RoomKind::Group) => {
            Err(Refusal::RoomInvalid("A room is public or private; openDirect opens a conversation."))
        }
    }
}

fn address_after(room: &FoundRoom, kind: RoomKind, update: &RoomUpdate) -> Result<Option<RoomSlug>, Failure> {
    let title = || update.title.as_ref().map_or(&*room.title, RoomTitle::as_str);
    match (&update.slug, kind) {
        (Some(_), RoomKind::Private | RoomKind::Direct | RoomKind::Group) => {
            Err(Refusal::RoomInvalid("A private room has the address that the server made.").into())
        }
        (Some(slug), RoomKind::Public) => Ok(Some(slug.clone())),
        (None, _) if kind == room.kind => Ok(room.slug.clone()),
        (None, RoomKind::Public) => Ok(Some(RoomSlug::parse(title())?)),
        (None, RoomKind::Private | RoomKind::Direct | RoomKind::Group) => match &update.secret {
            Some(secret) => Ok(Some(secret.clone())),
            None => Err(DatabaseError::defect("a room became private without a new address").into()),
        },
    }
}

fn settings_after(before: RoomSettings, update: &RoomUpdate) -> RoomSettings {
    RoomSettings {
        history: update.history.unwrap_or(before.history),
        posting: update.posting.unwrap_or(before.posting),
        slow_mode: update.slow_mode.unwrap_or(before.slow_mode),
        archived: update.archived.unwrap_or(before.archived),
    }
}

/// Refuses that a room becomes private which would be nobody's then, or which the actor would not find any more.
fn check_closing(
    write: &Write<'_>,
    actor: Actor,
    room: &FoundRoom,
    limits: RoomLimits,
) -> Result<(), Failure> {
    if !room.is_member() {
        return Err(Refusal::NotMember.into());
    }
    if others::somebody(write.sql, actor.user, RoomKind::Private, limits).is_err() {
        return Err(Refusal::Forbidden.into());
    }
    if others::has_owner(write.sql, room.id)? { Ok(()) } else { Err(Refusal::LastOwner.into()) }
}

/// Takes the address that the room has then, and lets the one that it gives up lead to it still.
fn move_address(
    write: &Write<'_>,
    room: RoomId,
    before: Option<&RoomSlug>,
    after: Option<&RoomSlug>,
) -> Result<(), Failure> {
    if let Some(slug) = after.filter(|_| after != before) {
        refuse_taken(write.sql, slug, Some(room))?;
        take_over(write.sql, slug)?;
        if let Some(former) = before {
            keep_former(write.sql, former, room)?;
        }
    }
    Ok(())
}

/// Stores what the room is from the place `at` of its log on.
fn store(
    write: &Write<'_>,
    room: RoomId,
    was: RoomKind,
    State { labels, kind, settings }: State<'_>,
    at: Seq,
) -> Result<(), Failure> {
    const UPDATE: &str = "
        UPDATE rooms SET title = ?2, topic = ?3, slug = ?4, sort_key = ?5, search_key = ?6, kind = ?7
        WHERE id = ?1";
    const KEEP: &str = "
        UPDATE rooms SET history = ?2, posting = ?3, slow_mode_s = ?4, archived_at = ?5 WHERE id = ?1";
    const OPEN: &str = "UPDATE rooms SET open_from = ?2 WHERE id = ?1";
    let slug = labels.slug.map(RoomSlug::as_str);
    let (sort, search) = labels.keys();
    let columns = values![room, labels.title, labels.topic, slug, &sort, &search, stored_kind(kind)];
    write.sql.execute(UPDATE, columns)?;
    let RoomSettings { history, posting, slow_mode, archived } = settings;
    let (history, posting) = (stored_history(history), stored_posting(posting));
    let archived_at = archived.then_some(write.now);
    write.sql.execute(KEEP, values![room, history, posting, slow_mode.seconds(), archived_at])?;
    if kind == RoomKind::Public && was != RoomKind::Public {
        // What was said among a few is not told to everybody by a change.
        write.sql.execute(OPEN, values![room, at])?;
    }
    Ok(())
}

/// Tells everyone who sees the directory.
fn tell(write: &mut Write<'_>, room: RoomId, was: RoomKind, after: State<'_>, at: Seq) {
    if was == RoomKind::Public && after.kind != RoomKind::Public {
        write.tell_directory(DirectoryEvent::Removed { room, at });
    } else {
        after.labels.tell(write, (room, after.kind), at);
    }
}
