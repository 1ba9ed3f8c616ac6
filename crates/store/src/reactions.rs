//! Reactions: who answered which message with which emoji. Their number stands nowhere; whoever reads messages has them counted.

use crate::engine::{Engine, SqlStore};
use crate::event_rows::MessageChange;
use crate::members::Named;
use crate::sql::{Dialect, Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{activity, custom_emoji, message_changes, messages, rooms};
use chinwag_core::domain::{
    Actor, EMOJI_PER_MESSAGE, Emoji, MessageEvent, REACTION_USERS, Reaction, ReactionChange, ReactionPeople,
    Refusal, RoomId, Seq, UserId,
};
use chinwag_core::ports::{Reacting, Reactions, StoreFuture};
use std::collections::HashMap;

impl<E: Engine> Reactions for SqlStore<E> {
    fn react(&self, actor: Actor, reacting: Reacting) -> StoreFuture<()> {
        self.0.write("react", move |write| react(write, actor, &reacting))
    }

    fn reactions(&self, user: UserId, room: RoomId, target: Seq) -> StoreFuture<Vec<ReactionPeople>> {
        self.0.read("reactions", move |sql| of_message(sql, user, room, target))
    }
}

fn react(write: &mut Write<'_>, actor: Actor, reacting: &Reacting) -> Result<(), Failure> {
    let Reacting { room, target, ref emoji, change } = *reacting;
    write.sql.lock(Lock::Named(&[actor.user]))?;
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    room.check_reacting(write.now)?;
    let by = Named { id: actor.user, name: room.actor_name()? };
    let author = messages::shown(write.sql, &room, target)?.author;
    let is_change = match change {
        ReactionChange::Added => add(write, actor.user, (room.id, target), emoji)?,
        ReactionChange::Removed => remove(write.sql, actor.user, (room.id, target), emoji.as_str())?,
    };
    if is_change {
        let what = match change {
            ReactionChange::Added => {
                activity::note_reaction(write, (room.id, target, author), actor.user, emoji.as_str())?;
                MessageChange::ReactionAdded
            }
            ReactionChange::Removed => {
                activity::forget_reaction(write, (room.id, target), actor.user, emoji.as_str())?;
                MessageChange::ReactionRemoved
            }
        };
        let told = MessageEvent::Reacted { target, emoji: emoji.as_str().to_owned(), change };
        let done = message_changes::append(write, (room.id, room.head), by, (what, target), None, told)?;
        message_changes::note(write, room.id, target, done.seq)?;
    }
    Ok(())
}

/// Adds a reaction, unless it is there. One may react with an emoji as others did that the server has no more.
fn add(
    write: &Write<'_>,
    user: UserId,
    (room, target): (RoomId, Seq),
    emoji: &Emoji,
) -> Result<bool, Failure> {
    const IS_KNOWN: &str = "SELECT 1 FROM reactions WHERE room_id = ?1 AND seq = ?2 AND emoji = ?3 LIMIT 1";
    const COUNT: &str = "SELECT count(DISTINCT emoji) FROM reactions WHERE room_id = ?1 AND seq = ?2";
    const INSERT: &str = "
        INSERT INTO reactions (room_id, seq, emoji, user_id, at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (room_id, seq, emoji, user_id) DO NOTHING";
    let text = emoji.as_str();
    if !write.sql.exists(IS_KNOWN, values![room, target, text])? {
        if let Emoji::Custom(name) = emoji
            && !custom_emoji::is_shown(write.sql, name)?
        {
            return Err(Refusal::EmojiNotFound(name.clone()).into());
        }
        let others: u32 = write.sql.one(COUNT, values![room, target], |row| row.get(0))?;
        if others >= EMOJI_PER_MESSAGE {
            return Err(Refusal::ReactionLimit { limit: EMOJI_PER_MESSAGE }.into());
        }
    }
    Ok(write.sql.execute(INSERT, values![room, target, text, user, write.now])? > 0)
}

/// Takes a reaction back, if it is there.
fn remove(
    sql: &dyn Transaction,
    user: UserId,
    (room, target): (RoomId, Seq),
    emoji: &str,
) -> Result<bool, Failure> {
    const DELETE: &str =
        "DELETE FROM reactions WHERE room_id = ?1 AND seq = ?2 AND emoji = ?3 AND user_id = ?4";
    Ok(sql.execute(DELETE, values![room, target, emoji, user])? > 0)
}

/// Leaves no reaction to a message.
pub(crate) fn erase(sql: &dyn Transaction, room: RoomId, target: Seq) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM reactions WHERE room_id = ?1 AND seq = ?2";
    sql.execute(DELETE, values![room, target])?;
    Ok(())
}

/// Everybody who reacted to a message.
fn of_message(
    sql: &dyn Transaction,
    user: UserId,
    room: RoomId,
    target: Seq,
) -> Result<Vec<ReactionPeople>, Failure> {
    const SELECT: &str = "
        SELECT reactions.emoji, reactions.user_id, users.name
        FROM reactions JOIN users ON users.id = reactions.user_id
        WHERE reactions.room_id = ?1 AND reactions.seq = ?2 ORDER BY reactions.at, reactions.emoji, reactions.user_id";
    let room = rooms::find(sql, user, &room.into())?;
    room.log_access()?;
    messages::shown(sql, &room, target)?;
    let rows = sql.all(SELECT, values![room.id, target], |row| {
        Ok((row.get::<String>(0)?, (row.get(1)?, row.get(2)?)))
    })?;
    let mut found = Vec::<ReactionPeople>::new();
    for (emoji, person) in rows {
        match found.iter_mut().find(|reaction| reaction.emoji == emoji) {
            Some(reaction) => reaction.people.push(person),
            None => found.push(ReactionPeople { emoji, people: vec![person] }),
        }
    }
    Ok(found)
}

/// The reactions to the messages at these places.
pub(crate) fn of_messages(
    sql: &dyn Transaction,
    room: RoomId,
    reader: Option<UserId>,
    places: &[i64],
) -> Result<HashMap<Seq, Vec<Reaction>>, Failure> {
    macro_rules! reactions {
        ($among:literal) => {
            concat!(
                "SELECT seq, emoji, user_id, total FROM (
                     SELECT seq, emoji, user_id, count(*) OVER alike AS total, min(at) OVER alike AS since,
                         row_number() OVER (PARTITION BY seq, emoji ORDER BY CASE WHEN user_id = ?3 THEN 0 ELSE 1 END, at, user_id) AS place
                     FROM reactions WHERE room_id = ?1 AND seq ",
                $among,
                " WINDOW alike AS (PARTITION BY seq, emoji)
                 ) AS ranked WHERE place <= ?4 ORDER BY seq, since, emoji, place"
            )
        };
    }
    const SQLITE: &str = reactions!("IN (SELECT value FROM json_each(?2))");
    const POSTGRES: &str = reactions!("= ANY(?2)");
    let select = match sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let rows = sql.all(select, values![room, places, reader, REACTION_USERS], |row| {
        Ok((row.get::<Seq>(0)?, row.get::<String>(1)?, row.get(2)?, row.get(3)?))
    })?;
    let mut found = HashMap::<_, Vec<Reaction>>::new();
    for (seq, emoji, user, count) in rows {
        let reactions = found.entry(seq).or_default();
        match reactions.last_mut().filter(|last| last.emoji == emoji) {
            Some(last) => last.users.push(user),
            None => reactions.push(Reaction { emoji, count, users: vec![user] }),
        }
    }
    Ok(found)
}
