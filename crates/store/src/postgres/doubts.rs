use super::connection::Connection;
use super::transaction::READS;
use crate::sql::{DatabaseError, Failure};
use crate::{events, sessions};
use chinwag_core::domain::{EventBody, Millis, RoomEvent, Seq, SessionId, UserId};
use chinwag_core::ports::{Publication, UserEvent};

/// Commits that were sent and never answered. Those that stand were told to nobody: whoever asked repeats it and is given the first result,
/// but whoever listens would wait for the next event of the room.
#[derive(Default)]
pub(super) struct Doubts {
    publications: Vec<Vec<Publication>>,
}

impl Doubts {
    /// Notes what a commit would have told.
    pub(super) fn note(&mut self, publications: Vec<Publication>) {
        if !publications.is_empty() {
            self.publications.push(publications);
        }
    }

    /// What those tell that stand; nothing is in doubt any more then. Their session has ended: before that, none could be opened that writes.
    ///
    /// A write without an event in a log is not found, and not told but for the sessions that it ended, which are gone. Clients learn of
    /// the rest with their next welcome.
    pub(super) fn resolve(&mut self, connection: &Connection) -> Result<Vec<Publication>, DatabaseError> {
        let mut told = Vec::new();
        for publications in &self.publications {
            let event = publications.iter().find_map(|publication| match publication {
                Publication::Room(event) => Some(event),
                Publication::Person { .. } | Publication::Directory(_) => None,
            });
            match event {
                Some(event) if stands(connection, event)? => told.extend(publications.iter().cloned()),
                Some(_) => {}
                None => {
                    for publication in publications {
                        if let Publication::Person {
                            event: UserEvent::SessionEnded(session) | UserEvent::SessionRevoked(session),
                            ..
                        } = publication
                            && has_ended(connection, *session)?
                        {
                            told.push(publication.clone());
                        }
                    }
                }
            }
        }
        self.publications.clear();
        Ok(told)
    }
}

/// Whether the log has this event.
fn stands(connection: &Connection, event: &RoomEvent) -> Result<bool, DatabaseError> {
    let transaction = connection.begin(READS)?;
    let stored = events::events_after(&transaction, event.room, Seq(event.seq.0 - 1), 1);
    transaction.roll_back()?;
    match stored {
        Ok(stored) => Ok(stored.first().is_some_and(|stored| is_same(stored, event))),
        Err(Failure::Database(error)) => Err(error),
        Err(Failure::Refused(_)) => Ok(false),
    }
}

/// Whether the log tells of this event. It tells of a message, and of a change, with the message as it is at present.
fn is_same(stored: &RoomEvent, event: &RoomEvent) -> bool {
    fn place(event: &RoomEvent) -> (Seq, UserId, Millis, Option<Seq>, Option<&str>) {
        let client_id = event.posted().map(|content| content.client_id.as_str());
        (event.seq, event.actor, event.at, event.target(), client_id)
    }
    let is_of_message = matches!(event.body, EventBody::Message(_));
    stored == event || is_of_message && place(stored) == place(event)
}

/// Whether a session is over, by whomever it was ended.
fn has_ended(connection: &Connection, session: SessionId) -> Result<bool, DatabaseError> {
    let transaction = connection.begin(READS)?;
    let ended = sessions::has_ended(&transaction, session);
    transaction.roll_back()?;
    ended
}
