//! How far a person has read.

use crate::client::Client;
use crate::error::RequestError;
use crate::requests::Repeat;
use crate::verbs::done;
use chinwag_wire::native::{ClientFrame, MarkUnread, Read};

impl Client {
    /// Marks a room as read up to a place.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn read(&self, room: i64, seq: i64) -> Result<(), RequestError> {
        let make = |reference| ClientFrame::Read(Read { reference, room, seq });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }

    /// Marks the message at `seq`, and all behind it, as unread.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn mark_unread(&self, room: i64, seq: i64) -> Result<(), RequestError> {
        let make = |reference| ClientFrame::MarkUnread(MarkUnread { reference, room, seq });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }
}
