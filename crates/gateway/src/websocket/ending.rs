use super::reader::Reader;
use super::source::Source;
use chinwag_realtime::Connection;
use socket2::SockRef;
use std::net::Shutdown;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take to close its side after the last frame.
const FAREWELL: Duration = Duration::from_secs(2);

/// Lets the last frames go out, and the connection go.
///
/// One that reads slowly is to learn why it was closed; one that is dead is given up after `patience`, when it would be anyway.
pub(super) async fn part<T, S: Source<T>>(connection: Arc<Connection>, mut source: S, patience: Duration) {
    _ = tokio::time::timeout(patience, connection.outbox().closed()).await;
    connection.abandon();
    source.bid_farewell().await;
}

/// The client closes first or gets time to read: closing at once could destroy what it has not read yet.
pub(crate) async fn bid_farewell(reader: &mut Reader) {
    if SockRef::from(reader.stream()).shutdown(Shutdown::Write).is_ok() {
        _ = tokio::time::timeout(FAREWELL, reader.drain()).await;
    }
}
