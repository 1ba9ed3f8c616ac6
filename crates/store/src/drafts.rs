//! What people have begun to write, for all of their devices.

use crate::engine::{Engine, SqlStore};
use crate::rooms;
use crate::sql::{DatabaseError, Failure, Lock, Row, values};
use crate::write::Write;
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{
    Actor, DRAFTS_PER_PERSON, DraftPlace, KeptDraft, MessageText, Millis, Refusal, RoomId, Seq, UserId,
};
use chinwag_core::ports::{Drafts, StoreFuture, UserEvent};

impl<E: Engine> Drafts for SqlStore<E> {
    fn keep_draft(&self, actor: Actor, draft: KeptDraft) -> StoreFuture<()> {
        self.0.write("keep_draft", move |write| keep(write, actor, &draft))
    }

    fn drafts(&self, user: UserId) -> StoreFuture<Vec<KeptDraft>> {
        self.0.read("drafts", move |sql| {
            const SELECT: &str = "
                SELECT room_id, root_seq, text, reply_seq, at FROM drafts WHERE user_id = ?1 ORDER BY at DESC";
            Ok(sql.all(SELECT, values![user], read)?)
        })
    }
}

fn keep(write: &mut Write<'_>, actor: Actor, draft: &KeptDraft) -> Result<(), Failure> {
    const BEFORE: &str = "SELECT at FROM drafts WHERE user_id = ?1 AND room_id = ?2 AND root_seq = ?3";
    const COUNT: &str = "SELECT count(*) FROM drafts WHERE user_id = ?1";
    const DELETE: &str = "DELETE FROM drafts WHERE user_id = ?1 AND room_id = ?2 AND root_seq = ?3";
    const KEEP: &str = "
        INSERT INTO drafts (user_id, room_id, root_seq, text, reply_seq, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (user_id, room_id, root_seq) DO UPDATE SET text = excluded.text, reply_seq = excluded.reply_seq, at = excluded.at";
    let DraftPlace { room, thread } = draft.place;
    let root = root_of(thread);
    write.sql.lock(Lock::People(&[actor.user]))?;
    let before: Option<Millis> =
        write.sql.first(BEFORE, values![actor.user, room, root], |row| row.get(0))?;
    if let Some(text) = &draft.text {
        // Held, so that the membership does not end meanwhile, and the draft with it.
        let found = rooms::hold(write.sql, actor.user, &room.into())?;
        // A visitor is there for as long as a connection.
        found.check(Action::MarkRead)?;
        if before.is_none()
            && write.sql.one(COUNT, values![actor.user], |row| row.get::<u32>(0))? >= DRAFTS_PER_PERSON
        {
            return Err(Refusal::DraftLimit { limit: DRAFTS_PER_PERSON }.into());
        }
        let at = later_than(before, write.now);
        write.sql.execute(KEEP, values![actor.user, room, root, text.as_str(), draft.reply_to, at])?;
        write.tell_other_devices(actor, UserEvent::Draft(Box::new(KeptDraft { at, ..draft.clone() })));
    } else if let Some(before) = before {
        write.sql.execute(DELETE, values![actor.user, room, root])?;
        write.erases = true;
        let at = later_than(Some(before), write.now);
        write.tell_other_devices(actor, UserEvent::Draft(Box::new(KeptDraft { at, ..draft.clone() })));
    }
    Ok(())
}

/// This moment, and in any case later than the one before: a clock may stand still or be put back.
fn later_than(before: Option<Millis>, now: Millis) -> Millis {
    before.map_or(now, |before| now.max(Millis(before.0.saturating_add(1))))
}

/// How the place of a draft stands in the table: no message has the place 0.
fn root_of(thread: Option<Seq>) -> Seq {
    thread.unwrap_or_default()
}

fn read(row: Row<'_>) -> Result<KeptDraft, DatabaseError> {
    let root: Seq = row.get(1)?;
    let text = MessageText::exact(row.text(2)?, usize::MAX).map_err(DatabaseError::defect)?;
    let thread = (root != Seq::default()).then_some(root);
    let place = DraftPlace { room: row.get(0)?, thread };
    Ok(KeptDraft { place, text: Some(text), reply_to: row.find(3)?, at: row.get(4)? })
}

/// Forgets what was to answer a message that is deleted, or to stand under it, and tells of it.
pub(crate) fn erase(write: &mut Write<'_>, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const DELETE: &str = "
        DELETE FROM drafts WHERE room_id = ?1 AND (reply_seq = ?2 OR root_seq = ?2) RETURNING user_id, root_seq, at";
    let gone: Vec<(UserId, Seq, Millis)> =
        write.sql.all(DELETE, values![room, seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for (user, root, before) in gone {
        let place = DraftPlace { room, thread: (root != Seq::default()).then_some(root) };
        let at = later_than(Some(before), write.now);
        let draft = KeptDraft { place, text: None, reply_to: None, at };
        write.tell_person(user, UserEvent::Draft(Box::new(draft)));
    }
    Ok(())
}

/// Forgets what somebody has begun in a room of whom that is no member any more.
pub(crate) fn forget_member(write: &mut Write<'_>, room: RoomId, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM drafts WHERE user_id = ?1 AND room_id = ?2";
    if write.sql.execute(DELETE, values![user, room])? > 0 {
        write.erases = true;
    }
    Ok(())
}

/// Forgets what was begun in a room that is deleted.
pub(crate) fn forget_room(write: &mut Write<'_>, room: RoomId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM drafts WHERE room_id = ?1";
    if write.sql.execute(DELETE, values![room])? > 0 {
        write.erases = true;
    }
    Ok(())
}
