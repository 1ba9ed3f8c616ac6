use crate::client::Client;
use crate::error::RequestError;
use crate::requests::Repeat;
use crate::verbs::{Ack, unexpected};
use chinwag_wire::native::{ClientFrame, Effect, Say, Send, ServerFrame};

/// What became of a text that a person typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It was a message and is stored.
    Posted(Ack),
    /// It was a command. Where it asks the client to do something, that is left to the caller.
    Effect(Effect),
}

impl Client {
    /// Carries out what a person typed in a room: a message, or a command such as `/nick Alex`.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn say(&self, room: i64, text: &str) -> Result<Said, RequestError> {
        let (client_id, text) = (self.new_client_id(), text.to_owned());
        let make = |reference| {
            ClientFrame::Say(Say {
                reference,
                room,
                client_id,
                text,
                reply_to: None,
                thread: None,
                also: false,
                attachments: Vec::new(),
            })
        };
        let frame = self.ask(Repeat::Safe, make).await?;
        if let ServerFrame::Said { effect, .. } = frame {
            return Ok(Said::Effect(effect));
        }
        let ServerFrame::Ack { seq, at, .. } = frame else { return unexpected(&frame) };
        Ok(Said::Posted(Ack { seq, at }))
    }
}

impl Client {
    /// Writes a message with files that one has [shared](crate::share_file) in the room. With files it may have no text.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn send_with(&self, room: i64, text: &str, files: &[String]) -> Result<Ack, RequestError> {
        let (client_id, text, attachments) = (self.new_client_id(), text.to_owned(), files.to_vec());
        let make = |reference| {
            ClientFrame::Send(Send { attachments, ..Send::new(reference, room, client_id, text) })
        };
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Ack { seq, at, .. } = frame else { return unexpected(&frame) };
        Ok(Ack { seq, at })
    }
}
