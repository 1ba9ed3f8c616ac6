use super::batch::{Batched, Carried};
use super::connection::Connection;
use super::error::database_error;
use super::rights::{Standing, rights};
use crate::sql::{DatabaseError, Failure, Transaction};
use chinwag_core::domain::permissions::{Action, SMALL_ROOM};
use chinwag_core::domain::{Actor, Millis, Refusal, RoomId, Seq, UserId};
use chinwag_core::ports::{Publication, UserEvent};
use std::mem::{Discriminant, discriminant};
use tokio_postgres::Row;

/// What is noted of people beside what they write. [`members::mark_read`](crate::members::mark_read) and
/// [`sessions::touch`](crate::sessions::touch) say by which rules.
pub(super) enum Note {
    /// How far somebody has read.
    ReadMark { actor: Actor, room: RoomId, seq: Seq },
    /// Who is here.
    Here(Vec<UserId>),
}

impl Batched for Note {
    type Answer = ();
    type Company = Option<Discriminant<Self>>;

    const NAME: &'static str = "mark_read or touch";

    /// One kind of them in each batch.
    fn joins(&self, company: &mut Self::Company) -> bool {
        *company.get_or_insert(discriminant(self)) == discriminant(self)
    }

    fn carry_out(connection: &Connection, batch: &[Self], now: Millis) -> Result<Carried<()>, DatabaseError> {
        let (mut marks, mut here) = (Vec::new(), Vec::new());
        for note in batch {
            match note {
                Self::ReadMark { actor, room, seq } => {
                    marks.push(Mark { actor: *actor, room: *room, seq: *seq })
                }
                Self::Here(people) => here.extend(people.iter().map(|user| user.0)),
            }
        }
        if !marks.is_empty() {
            return mark_read(connection, &marks);
        }
        const TOUCH: &str = "SELECT FROM touch_1(?1, ?2)";
        connection.ask(TOUCH, &[&here, &now.0])?;
        Ok(Carried { results: batch.iter().map(|_| Ok(())).collect(), publications: Vec::new() })
    }

    /// No log has it. Clients learn of it with their next welcome.
    fn told(&self, _: &dyn Transaction) -> Result<Option<Publication>, Failure> {
        Ok(None)
    }
}

struct Mark {
    actor: Actor,
    room: RoomId,
    seq: Seq,
}

fn mark_read(connection: &Connection, marks: &[Mark]) -> Result<Carried<()>, DatabaseError> {
    const MARK: &str = "
        SELECT room_found, moved_to, standing, kind, role, is_shared FROM mark_read_1(?1, ?2, ?3, ?4, ?5)";
    const SMALL: i64 = SMALL_ROOM.cast_signed();
    let column = |read: fn(&Mark) -> i64| marks.iter().map(read).collect::<Vec<_>>();
    let people = column(|mark| mark.actor.user.0);
    let rooms = column(|mark| mark.room.0);
    let seqs = column(|mark| mark.seq.0);
    let rows = connection.ask(MARK, &[&people, &rooms, &seqs, &rights(Action::MarkRead), &SMALL])?;
    let mut carried = Carried::with_capacity(marks.len());
    for (mark, row) in marks.iter().zip(&rows) {
        let (result, moved) = mark.outcome(row)?;
        carried.results.push(result);
        let is_shared = row.try_get(5).map_err(database_error)?;
        // The connection that caused it gets a reply.
        carried.publications.extend(moved.map(|seq| Publication::Person {
            user: mark.actor.user,
            except: mark.actor.connection,
            event: UserEvent::ReadMark { room: mark.room, seq, is_shared },
        }));
    }
    Ok(carried)
}

impl Mark {
    /// What became of it, and where the marker is if it moved.
    fn outcome(&self, row: &Row) -> Result<(Result<(), Refusal>, Option<Seq>), DatabaseError> {
        if !row.try_get::<_, bool>(0).map_err(database_error)? {
            return Ok((Err(Refusal::RoomNotFound(self.room.into())), None));
        }
        let allowed = Standing::read(row, 2)?.check(Action::MarkRead);
        Ok((allowed, row.try_get::<_, Option<i64>>(1).map_err(database_error)?.map(Seq)))
    }
}
