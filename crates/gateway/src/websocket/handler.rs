use super::in_flight::InFlight;
use crate::ClientSession;
use chinwag_core::ports::CloseReason;

/// What a protocol makes of a connection: it works on what the client says and tells what became of its messages.
pub trait ProtocolHandler: Send {
    /// Whose connection it is.
    type Session: ClientSession;
    /// A text message of a client, as far as it can be read without knowing the client.
    type Frame: Send;
    /// What became of a message that was on its way to the storage.
    type Completion: Send;

    /// Whose connection it is.
    fn session(&self) -> &Self::Session;

    /// Works on one text message. What is not done at its end is handed to `in_flight`.
    fn on_frame(
        &mut self,
        frame: Self::Frame,
        in_flight: &mut InFlight<Self::Completion>,
    ) -> impl Future<Output = ()> + Send;

    /// Tells the client what became of some of its messages.
    fn complete(&mut self, completions: Vec<Self::Completion>);

    /// Tells the client who is there, since it may have missed something of that. Nothing in protocols that do not tell it at all, or
    /// whose clients know what they missed.
    fn on_presence_missed(&mut self) -> impl Future<Output = ()> + Send {
        async {}
    }

    /// Why the connection ends when a room does to which the client listened, in protocols whose clients have one room from their
    /// beginning to their end; others stay.
    fn on_subscription_ended(&self) -> Option<CloseReason> {
        None
    }

    /// Whether the client has left the session but not the connection, over which it may begin another one.
    fn has_left(&self) -> bool {
        false
    }

    /// Waits for everything that is on its way, and tells what became of it.
    fn settle(&mut self, in_flight: &mut InFlight<Self::Completion>) -> impl Future<Output = ()> + Send {
        async {
            while let Some(completions) = in_flight.next().await {
                self.complete(completions);
            }
        }
    }
}
