use super::guest::{Fate, Guest, Tongue};
use crate::gateway::websocket::InFlight;
use chinwag_core::domain::Refusal;

impl Guest {
    /// Posts a text exactly as it is.
    pub(super) fn hear_plain(&mut self, text: &str, in_flight: &mut InFlight<Fate>) -> Result<(), Refusal> {
        let client_id = self.next_client_id()?;
        if let Tongue::Plain(room) = &self.tongue {
            in_flight.push(self.session.post_exactly(room, client_id, text));
        }
        Ok(())
    }
}
