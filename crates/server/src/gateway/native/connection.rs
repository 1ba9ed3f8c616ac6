use super::conversation::Conversation;
use super::hello::greet;
use super::reader::Reader;
use crate::addresses::Place;
use crate::app::App;
use crate::gateway::upgrade::take_over;
use hyper::upgrade::OnUpgrade;
use socket2::SockRef;
use std::collections::VecDeque;
use std::net::Shutdown;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take to close its side after the last frame.
const FAREWELL: Duration = Duration::from_secs(2);

/// Serves a native connection from its upgrade to its last byte.
///
/// What happens once is boxed, and what is kept stands in the boxed conversation alone: this future is most of what an idle
/// connection costs.
pub(super) fn run(app: Arc<App>, upgrade: OnUpgrade, place: Place) -> impl Future<Output = ()> {
    let met = Box::pin(meet(app, upgrade));
    async move {
        if let Some(mut conversation) = met.await {
            conversation.hold().await;
            Box::pin(part(conversation)).await;
        }
        drop(place);
    }
}

/// Takes a connection over and greets its client. `None` when there is nothing to talk about.
async fn meet(app: Arc<App>, upgrade: OnUpgrade) -> Option<Box<Conversation>> {
    let upgraded = take_over(upgrade).await?;
    let stream = Arc::new(upgraded.stream);
    let mut reader = Reader::new(Arc::clone(&stream), app.config.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let Some(greeting) = greet(&app, &stream, &mut reader, &mut received).await else {
        bid_farewell(&mut reader).await;
        return None;
    };
    let mut conversation = Box::new(Conversation::new(greeting.session, reader, received));
    conversation.begin(greeting.rooms, greeting.reference, greeting.resume).await;
    Some(conversation)
}

/// Lets the last frames go out, and the connection go.
async fn part(conversation: Box<Conversation>) {
    // One that reads slowly is to learn that it may resume; one that is dead is given up when it would be anyway.
    let patience = conversation.patience();
    // The person is gone for others from here on, while the last frames may still be on their way.
    let (connection, mut reader) = conversation.end();
    _ = tokio::time::timeout(patience, connection.outbox().closed()).await;
    connection.abandon();
    bid_farewell(&mut reader).await;
}

/// The client closes first or gets time to read: closing at once could destroy what it has not read yet.
async fn bid_farewell(reader: &mut Reader) {
    if SockRef::from(reader.stream()).shutdown(Shutdown::Write).is_ok() {
        _ = tokio::time::timeout(FAREWELL, reader.drain()).await;
    }
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
        assert!(future <= 288, "the future has {future} bytes");
        assert!(conversation <= 232, "the conversation has {conversation} bytes");
    }
}
