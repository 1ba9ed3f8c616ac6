use super::conversation::Conversation;
use super::hello::{Greeting, greet};
use super::reader::Reader;
use crate::app::App;
use crate::gateway::upgrade::Upgraded;
use socket2::SockRef;
use std::collections::VecDeque;
use std::net::Shutdown;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take to close its side after the last frame.
const FAREWELL: Duration = Duration::from_secs(2);

/// Serves a native connection from its first byte to its last.
pub(super) async fn run(app: Arc<App>, upgraded: Upgraded) {
    let stream = Arc::new(upgraded.stream);
    let mut reader = Reader::new(Arc::clone(&stream), app.config.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    if let Some(greeting) = greet(&app, &stream, &mut reader, &mut received).await {
        let connection = Arc::clone(greeting.session.connection());
        // When this returns the person is gone for others, while the last frames may still be on their way.
        let Greeting { session, rooms, reference, resume } = greeting;
        Conversation::new(session, &mut reader, received).hold(rooms, reference, resume).await;
        // One that reads slowly is to learn that it may resume; one that is dead is given up when it would be anyway.
        let patience = Duration::from_millis(app.config.silence_limit_ms);
        _ = tokio::time::timeout(patience, connection.outbox().closed()).await;
        connection.abandon();
    }
    // The client closes first or gets time to read: closing at once could destroy what it has not read yet.
    if SockRef::from(stream.as_ref()).shutdown(Shutdown::Write).is_ok() {
        _ = tokio::time::timeout(FAREWELL, reader.drain()).await;
    }
}
