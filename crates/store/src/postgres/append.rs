use super::batch::{Batched, Carried};
use super::connection::Connection;
use super::error::database_error;
use super::rights::{Standing, rights};
use super::transaction::WRITES;
use crate::messages::{self, stored_kind, stored_thread};
use crate::room_settings::read_posting;
use crate::sql::{Cause, DatabaseError, Failure, Transaction};
use crate::write::Write;
use chinwag_core::domain::permissions::{Action, Writing};
use chinwag_core::domain::{
    Actor, InThread, Mentioned, Message, MessageContent, Millis, Quote, Refusal, RoomId, RoomSettings, Seq,
    SlowMode, UserId, calls_many, mentioned,
};
use chinwag_core::ports::{Appended, NewMessage, Publication};
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;
use tokio_postgres::Row;

/// A message to be appended. [`messages::append`] says by which rules.
pub(super) struct Append {
    pub(super) actor: Actor,
    pub(super) message: NewMessage,
}

/// Who has used which client id in a batch, by their hashes: two that meet are only apart in two batches.
#[derive(Default)]
pub(super) struct ClientIds {
    hasher: RandomState,
    seen: HashSet<u64>,
    /// Whether one is among them that is written alone.
    has_loner: bool,
}

impl Batched for Append {
    type Answer = Appended;
    type Company = ClientIds;

    const NAME: &'static str = "append_message";

    /// A repeat has to find the first one, so it comes with the next batch.
    /// One with files, or one that mentions many at once, comes alone: it is written as everything else that is seldom, in its place among the others.
    fn joins(&self, company: &mut ClientIds) -> bool {
        let is_loner = self.is_loner();
        if company.has_loner || is_loner && !company.seen.is_empty() {
            return false;
        }
        company.has_loner = is_loner;
        let key = company.hasher.hash_one((self.actor.user.0, &self.message.client_id));
        company.seen.insert(key)
    }

    fn carry_out(
        connection: &Connection,
        batch: &[Self],
        now: Millis,
    ) -> Result<Carried<Appended>, DatabaseError> {
        if let [alone] = batch
            && alone.is_loner()
        {
            return alone.carry_out_alone(connection, now);
        }
        const APPEND: &str = "
            SELECT room_found, name, seq, first_room_id, first_seq, first_at, standing, kind, role, named_a_change,
                   posting, slow_mode_s, is_archived, wrote_at, muted_until, banned_until, is_answerable, is_root, mentioned, quote
            FROM append_messages_1(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        let column = |read: fn(&Self) -> i64| batch.iter().map(read).collect::<Vec<_>>();
        let texts = |read: fn(&Self) -> &str| batch.iter().map(read).collect::<Vec<_>>();
        let (mention_ords, mention_users) = mentions_of(batch);
        let rows = connection.ask(
            APPEND,
            &[
                &column(|append| append.actor.user.0),
                &column(|append| append.message.room.0),
                &texts(|append| append.message.client_id.as_str()),
                &texts(|append| stored_kind(append.message.kind)),
                &texts(|append| append.message.text.as_str()),
                &batch.iter().map(|append| append.message.reply_to.map(|seq| seq.0)).collect::<Vec<_>>(),
                &batch.iter().map(|append| append.thread().0.map(|root| root.0)).collect::<Vec<_>>(),
                &column(|append| append.thread().1),
                &mention_ords,
                &mention_users,
                &now.0,
                &rights(Action::SendMessage),
                &rights(Action::WriteAnyTime),
            ],
        )?;
        let mut carried = Carried::with_capacity(batch.len());
        for (append, row) in batch.iter().zip(&rows) {
            let found = Found::read(row)?;
            let result = match found.seq {
                Some(seq) => {
                    let name = found.name.unwrap_or_default();
                    let about = (found.mentions, found.quote);
                    carried.publications.push(append.publication(seq, now, name, about));
                    Ok(Appended { room: append.message.room, seq, at: now })
                }
                None => append.why_not(found, now)?,
            };
            carried.results.push(result);
        }
        Ok(carried)
    }

    fn told(&self, sql: &dyn Transaction) -> Result<Option<Publication>, Failure> {
        let stored = messages::stored(sql, self.actor.user, self.message.client_id.as_str())?;
        Ok(stored.map(|message| Publication::Room(Arc::new(message.into()))))
    }
}

impl Append {
    fn carry_out_alone(
        &self,
        connection: &Connection,
        now: Millis,
    ) -> Result<Carried<Appended>, DatabaseError> {
        let transaction = connection.begin(WRITES)?;
        let mut write = Write::new(&transaction, now);
        let appended = messages::append(&mut write, self.actor, &self.message);
        let publications = write.publications;
        match appended {
            Ok(appended) => {
                transaction.commit()?;
                Ok(Carried { results: vec![Ok(appended)], publications })
            }
            Err(Failure::Refused(refusal)) => {
                transaction.roll_back()?;
                Ok(Carried { results: vec![Err(refusal)], publications: Vec::new() })
            }
            Err(Failure::Database(error)) => {
                if error.cause != Cause::Disconnected {
                    transaction.roll_back()?;
                }
                Err(error)
            }
        }
    }

    /// Whether it is seldom, and has what the statement for many does not know.
    fn is_loner(&self) -> bool {
        !self.message.attachments.is_empty() || calls_many(self.message.text.as_str())
    }

    fn thread(&self) -> (Option<Seq>, i64) {
        stored_thread(self.message.thread)
    }

    fn publication(
        &self,
        seq: Seq,
        at: Millis,
        name: String,
        (mentions, quote): (Box<[Mentioned]>, Option<Box<Quote>>),
    ) -> Publication {
        let NewMessage { room, kind, client_id, text, reply_to, thread, attachments: _, here: _ } =
            &self.message;
        let content = MessageContent {
            reply_to: *reply_to,
            quote,
            thread: *thread,
            mentions,
            ..MessageContent::new(*kind, text.as_str(), client_id.as_str())
        };
        let message = Message { room: *room, seq, at, author: self.actor.user, name, content };
        Publication::Room(Arc::new(message.into()))
    }

    /// Why nothing was stored: in the order of [`messages::append`].
    fn why_not(&self, found: Found, now: Millis) -> Result<Result<Appended, Refusal>, DatabaseError> {
        let room = self.message.room;
        if !found.room_found {
            return Ok(Err(Refusal::RoomNotFound(room.into())));
        }
        let first = match found.named_a_change {
            true => Err(Refusal::ClientIdReused),
            false => messages::in_room(found.first, room),
        };
        let Restraint { settings, wrote_at, muted_until, banned_until } = found.restraint;
        let writing = Writing { settings, muted_until, banned_until, wrote_at, now };
        if let Err(refusal) = found.standing.check_writing(writing) {
            return Ok(first.and_then(|first| first.ok_or(refusal)));
        }
        if found.name.is_none() {
            return Ok(Err(Refusal::Unauthorized));
        }
        if let Some(first) = first.transpose() {
            return Ok(first);
        }
        if let Some(target) = self.message.reply_to.filter(|_| !found.is_answerable) {
            return Ok(Err(Refusal::MessageNotFound(target)));
        }
        if let Some(InThread { root, .. }) = self.message.thread.filter(|_| !found.is_root) {
            return Ok(Err(Refusal::MessageNotFound(root)));
        }
        // Another message of the same person came before it in the same batch.
        match settings.slow_mode.millis().unsigned_abs() {
            0 => Err(DatabaseError::defect("a message was neither stored nor refused")),
            retry_after_ms => Ok(Err(Refusal::SlowMode { retry_after_ms })),
        }
    }
}

/// Whom the messages of a batch mention: the place of the message in it, from 1, and the person.
fn mentions_of(batch: &[Append]) -> (Vec<i64>, Vec<i64>) {
    let places = (1..).zip(batch);
    places
        .flat_map(|(place, append)| {
            mentioned(append.message.text.as_str()).into_iter().map(move |user| (place, user.0))
        })
        .unzip()
}

/// What the database found of one message.
struct Found {
    room_found: bool,
    name: Option<String>,
    /// Its place, if it was stored.
    seq: Option<Seq>,
    /// The message that has its client id already.
    first: Option<Appended>,
    /// Whether its author has changed a message under its client id.
    named_a_change: bool,
    standing: Standing,
    restraint: Restraint,
    /// Whether there is the message that it answers, if it answers one.
    is_answerable: bool,
    /// Whether there may be a thread under the message that it names, if it names one.
    is_root: bool,
    /// The members whom it mentions, if it was stored.
    mentions: Box<[Mentioned]>,
    /// How that begins which it answers, if it was stored.
    quote: Option<Box<Quote>>,
}

/// What the room asks of those who write.
struct Restraint {
    settings: RoomSettings,
    wrote_at: Option<Millis>,
    muted_until: Option<Millis>,
    banned_until: Option<Millis>,
}

impl Restraint {
    /// Reads the columns from `first` on. Without a room there is none.
    fn read(row: &Row, first: usize) -> Result<Self, DatabaseError> {
        let number = |column| row.try_get::<_, Option<i64>>(column).map_err(database_error);
        let posting = row.try_get::<_, Option<&str>>(first).map_err(database_error)?;
        let archived = row.try_get::<_, Option<bool>>(first + 2).map_err(database_error)?;
        let slow_mode = number(first + 1)?.map(u32::try_from).transpose().map_err(DatabaseError::defect)?;
        let settings = RoomSettings {
            posting: posting.map(read_posting).transpose()?.unwrap_or_default(),
            slow_mode: SlowMode::nearest(slow_mode.unwrap_or_default()),
            archived: archived.unwrap_or_default(),
            ..RoomSettings::default()
        };
        let time = |column| Ok::<_, DatabaseError>(number(column)?.map(Millis));
        Ok(Self {
            settings,
            wrote_at: time(first + 3)?,
            muted_until: time(first + 4)?,
            banned_until: time(first + 5)?,
        })
    }
}

/// Reads a list of pairs, if there is one.
fn read_mentions(pairs: Option<&str>) -> Result<Box<[Mentioned]>, DatabaseError> {
    let Some(pairs) = pairs else { return Ok(Box::default()) };
    Ok(people(serde_json::from_str(pairs).map_err(DatabaseError::defect)?))
}

/// Reads who wrote what is answered, how that begins, and whom it mentions.
fn read_quote(parts: Option<&str>) -> Result<Option<Box<Quote>>, DatabaseError> {
    let Some(parts) = parts else { return Ok(None) };
    let (name, text, mentioned): (String, String, Option<Vec<_>>) =
        serde_json::from_str(parts).map_err(DatabaseError::defect)?;
    Ok(Some(Box::new(Quote::of(name, &text, &people(mentioned.unwrap_or_default())))))
}

fn people(pairs: Vec<(i64, String)>) -> Box<[Mentioned]> {
    pairs.into_iter().map(|(user, name)| Mentioned { user: UserId(user), name }).collect()
}

impl Found {
    fn read(row: &Row) -> Result<Self, DatabaseError> {
        let number = |column| row.try_get::<_, Option<i64>>(column).map_err(database_error);
        let first = match (number(3)?, number(4)?, number(5)?) {
            (Some(room), Some(seq), Some(at)) => {
                Some(Appended { room: RoomId(room), seq: Seq(seq), at: Millis(at) })
            }
            _ => None,
        };
        Ok(Self {
            room_found: row.try_get(0).map_err(database_error)?,
            name: row.try_get(1).map_err(database_error)?,
            seq: number(2)?.map(Seq),
            first,
            named_a_change: row.try_get(9).map_err(database_error)?,
            standing: Standing::read(row, 6)?,
            restraint: Restraint::read(row, 10)?,
            is_answerable: row.try_get(16).map_err(database_error)?,
            is_root: row.try_get(17).map_err(database_error)?,
            mentions: read_mentions(row.try_get(18).map_err(database_error)?)?,
            quote: read_quote(row.try_get(19).map_err(database_error)?)?,
        })
    }
}
