//! What a person does with messages that are there.

use crate::client::Client;
use crate::error::RequestError;
use crate::requests::Repeat;
use crate::verbs::{Ack, done, unexpected};
use chinwag_wire::native::{ClientFrame, Delete, Edit, Pin, React, ServerFrame, Unpin, Unreact};

impl Client {
    /// Gives an own message another text. Over lost connections it is asked for again, and done once.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn edit(&self, room: i64, target: i64, text: &str) -> Result<Ack, RequestError> {
        self.edit_as(room, target, &self.new_client_id(), text).await
    }

    /// The same under a client id of one's own choice. A repeat of it gets the first ack.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn edit_as(
        &self,
        room: i64,
        target: i64,
        client_id: &str,
        text: &str,
    ) -> Result<Ack, RequestError> {
        let (client_id, text) = (client_id.to_owned(), text.to_owned());
        let make = |reference| ClientFrame::Edit(Edit { reference, room, target, client_id, text });
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Ack { seq, at, .. } = frame else { return unexpected(&frame) };
        Ok(Ack { seq, at })
    }

    /// Deletes a message. Over lost connections it is asked for again, and done once.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn delete_message(&self, room: i64, target: i64) -> Result<Ack, RequestError> {
        let client_id = self.new_client_id();
        let make = |reference| ClientFrame::Delete(Delete { reference, room, target, client_id });
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Ack { seq, at, .. } = frame else { return unexpected(&frame) };
        Ok(Ack { seq, at })
    }

    /// Reacts to a message with an emoji. It is harmless when one has done so.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn react(&self, room: i64, target: i64, emoji: &str) -> Result<(), RequestError> {
        let emoji = emoji.to_owned();
        let make = |reference| ClientFrame::React(React { reference, room, target, emoji });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }

    /// Takes a reaction back. It is harmless when there is none.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn unreact(&self, room: i64, target: i64, emoji: &str) -> Result<(), RequestError> {
        let emoji = emoji.to_owned();
        let make = |reference| ClientFrame::Unreact(Unreact { reference, room, target, emoji });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }

    /// Pins a message. It is harmless when it is pinned.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn pin(&self, room: i64, target: i64) -> Result<(), RequestError> {
        let make = |reference| ClientFrame::Pin(Pin { reference, room, target });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }

    /// Ends that. It is harmless when the message is not pinned.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn unpin(&self, room: i64, target: i64) -> Result<(), RequestError> {
        let make = |reference| ClientFrame::Unpin(Unpin { reference, room, target });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }
}
