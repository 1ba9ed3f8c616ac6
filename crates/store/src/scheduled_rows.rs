//! How what is scheduled stands in its table.

use crate::messages;
use crate::sql::{self, DatabaseError, Failure, Transaction, values};
use crate::write::Write;
use chinwag_core::domain::{
    ClientId, InThread, MessageText, Millis, NewScheduled, Plan, ScheduledState, UserId, WhyNotSent,
};

pub(crate) const WAITING: &str = "waiting";
pub(crate) const DUE: &str = "due";
pub(crate) const FAILED: &str = "failed";

pub(crate) const MESSAGE: &str = "message";
const REMINDER: &str = "reminder";

/// A row of the table.
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) client_id: ClientId,
    pub(crate) due: Millis,
    pub(crate) state: ScheduledState,
    pub(crate) plan: Plan,
}

/// One selection for every way to read rows.
macro_rules! scheduled {
    ($which:literal) => {
        concat!(
            "SELECT id, client_id, due_at, state, problem, kind, room_id, seq, text, reply_seq, thread_seq, also
             FROM scheduled WHERE ",
            $which
        )
    };
}

/// Stores something that waits from now on. Answers its number.
pub(crate) fn insert(write: &Write<'_>, user: UserId, new: &NewScheduled) -> Result<i64, Failure> {
    const INSERT: &str = "
        INSERT INTO scheduled (user_id, client_id, kind, room_id, seq, text, reply_seq, thread_seq, also, due_at, state, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    let (kind, room, seq, text, reply_to, thread) = match &new.plan {
        Plan::Message { room, text, reply_to, thread } => {
            (MESSAGE, Some(*room), None, text, *reply_to, *thread)
        }
        Plan::Reminder { about, text } => {
            (REMINDER, about.map(|about| about.0), about.map(|about| about.1), text, None, None)
        }
    };
    let (root, also) = messages::stored_thread(thread);
    let (client_id, text, due, now) = (new.client_id.as_str(), text.as_str(), new.due, write.now);
    let row = values![user, client_id, kind, room, seq, text, reply_to, root, also, due, WAITING, now];
    let id = write.sql.insert(INSERT, row)?;
    Ok(id.ok_or_else(|| DatabaseError::defect("nothing was scheduled"))?)
}

/// Says how something stands.
pub(crate) fn set(
    sql: &dyn Transaction,
    id: i64,
    state: &'static str,
    problem: Option<WhyNotSent>,
) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE scheduled SET state = ?2, problem = ?3 WHERE id = ?1";
    sql.execute(UPDATE, values![id, state, problem.map(stored)])?;
    Ok(())
}

/// All that is there of a person.
pub(crate) fn of(sql: &dyn Transaction, user: UserId) -> Result<Vec<Row>, Failure> {
    Ok(sql.all(scheduled!("user_id = ?1 ORDER BY due_at, id"), values![user], read)?)
}

/// What waits under this number and is due at `now`.
pub(crate) fn waiting(sql: &dyn Transaction, id: i64, now: Millis) -> Result<Option<Row>, Failure> {
    let which = scheduled!("id = ?1 AND state = 'waiting' AND due_at <= ?2");
    Ok(sql.first(which, values![id, now], read)?)
}

fn read(row: sql::Row<'_>) -> Result<Row, DatabaseError> {
    let text = MessageText::or_nothing(MessageText::exact(row.text(8)?, usize::MAX));
    let text = text.map_err(DatabaseError::defect)?;
    let plan = match row.text(5)? {
        MESSAGE => {
            let thread = match row.find(10)? {
                Some(root) => Some(InThread { root, also: row.get::<i64>(11)? != 0 }),
                None => None,
            };
            Plan::Message { room: row.get(6)?, text, reply_to: row.find(9)?, thread }
        }
        REMINDER => Plan::Reminder { about: row.find(6)?.zip(row.find(7)?), text },
        kind => return Err(DatabaseError::defect(format!("unknown kind of plan {kind}"))),
    };
    let state = match row.text(3)? {
        WAITING => ScheduledState::Waiting,
        DUE => ScheduledState::Due,
        FAILED => ScheduledState::Failed(read_problem(row.text(4)?)?),
        state => return Err(DatabaseError::defect(format!("unknown state {state}"))),
    };
    let client_id = ClientId::parse(row.text(1)?).map_err(DatabaseError::defect)?;
    Ok(Row { id: row.get(0)?, client_id, due: row.get(2)?, state, plan })
}

pub(crate) fn stored(problem: WhyNotSent) -> &'static str {
    match problem {
        WhyNotSent::RoomGone => "room",
        WhyNotSent::NotMember => "member",
        WhyNotSent::NotAllowed => "right",
        WhyNotSent::MessageGone => "message",
    }
}

fn read_problem(problem: &str) -> Result<WhyNotSent, DatabaseError> {
    match problem {
        "room" => Ok(WhyNotSent::RoomGone),
        "member" => Ok(WhyNotSent::NotMember),
        "right" => Ok(WhyNotSent::NotAllowed),
        "message" => Ok(WhyNotSent::MessageGone),
        problem => Err(DatabaseError::defect(format!("unknown problem {problem}"))),
    }
}
