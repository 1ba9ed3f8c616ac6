use super::client::{Completion, Mode, SimpleClient};
use crate::posting::Posting;
use chinwag_core::chat::DraftText;
use chinwag_core::domain::MessageKind;
use chinwag_gateway::SessionFactory;
use chinwag_gateway::websocket::InFlight;

impl<F: SessionFactory> SimpleClient<F> {
    /// Posts a text exactly as it is.
    pub(super) async fn on_plain(&mut self, text: &str, in_flight: &mut InFlight<Completion>) {
        let (Mode::Undecided(room) | Mode::Plain(room)) = self.mode else { return };
        let Self { compat, session, written, .. } = self;
        let posting = Posting { room, kind: MessageKind::Text };
        let storing = compat.post(session, posting, DraftText::Exact(text), |_| written.next_id()).await;
        in_flight.push(storing);
    }
}
