use super::conversation::Conversation;
use super::hello::greet;
use crate::addresses::Place;
use crate::app::App;
use crate::gateway::websocket::{Reader, bid_farewell, part, take_over};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::sync::Arc;

/// Serves a native connection from its upgrade to its last byte.
///
/// What happens once is boxed, and what is kept stands in the boxed conversation alone: this future is most of what an idle
/// connection costs.
pub(super) fn run(app: Arc<App>, upgrade: OnUpgrade, place: Place) -> impl Future<Output = ()> {
    let met = Box::pin(meet(app, upgrade));
    async move {
        if let Some(mut conversation) = met.await {
            conversation.hold().await;
            let patience = conversation.patience();
            // The person is gone for others from here on, while the last frames may still be on their way.
            let (connection, reader) = conversation.end();
            Box::pin(part(connection, reader, patience)).await;
        }
        drop(place);
    }
}

/// Takes a connection over and greets its client. `None` when there is nothing to talk about.
async fn meet(app: Arc<App>, upgrade: OnUpgrade) -> Option<Box<Conversation>> {
    let upgraded = take_over(upgrade).await?;
    let mut reader = Reader::new(Arc::new(upgraded.stream), app.config.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let Some(greeting) = greet(&app, &mut reader, &mut received).await else {
        bid_farewell(&mut reader).await;
        return None;
    };
    let mut conversation = Box::new(Conversation::new(greeting.session, reader, received));
    conversation.begin(greeting.rooms, greeting.reference, greeting.resume).await;
    Some(conversation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn future_size<A, B, C, F: Future>(_run: impl Fn(A, B, C) -> F) -> usize {
        size_of::<F>()
    }

    /// In bytes. Ten thousand idle connections feel each of them.
    #[test]
    fn an_idle_connection_takes_little_memory() {
        let (future, conversation) = (future_size(run), size_of::<Conversation>());
        assert!(future <= 128, "the future has {future} bytes");
        assert!(conversation <= 232, "the conversation has {conversation} bytes");
    }
}
