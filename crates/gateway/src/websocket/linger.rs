use super::reader::Reader;
use socket2::SockRef;
use std::net::Shutdown;
use std::time::Duration;

/// How long a client may take to close its side after the last frame.
const LINGER: Duration = Duration::from_secs(2);

/// Closes in order: the client closes first or gets time to read, since closing at once could destroy what it has not read yet.
pub async fn linger(reader: &mut Reader) {
    if SockRef::from(reader.stream()).shutdown(Shutdown::Write).is_ok() {
        _ = tokio::time::timeout(LINGER, reader.drain()).await;
    }
}
