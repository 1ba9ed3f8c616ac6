use super::client::{Completion, Mode, SimpleClient};
use chinwag_core::domain::Refusal;
use chinwag_gateway::websocket::InFlight;
use chinwag_gateway::{ClientSession as _, SessionFactory};

impl<F: SessionFactory> SimpleClient<F> {
    /// Posts a text exactly as it is.
    pub(super) fn on_plain(
        &mut self,
        text: &str,
        in_flight: &mut InFlight<Completion>,
    ) -> Result<(), Refusal> {
        let client_id = self.next_client_id()?;
        if let Mode::Plain(room) = self.mode {
            in_flight.push(self.session.post_exactly(room, client_id, text));
        }
        Ok(())
    }
}
