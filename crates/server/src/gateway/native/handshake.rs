use super::handler::NativeHandler;
use super::hello::hello;
use chinwag_gateway::SessionFactory;
use chinwag_gateway::websocket::{ConnectionLoop, Reader, linger, take_over};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::Arc;

/// Takes a connection over, signs its client in and brings it up to date. `None` when there is nothing to talk about.
pub(super) async fn run<F: SessionFactory>(
    sessions: Arc<F>,
    address: IpAddr,
    upgrade: OnUpgrade,
) -> Option<Box<ConnectionLoop<NativeHandler<F::Session>>>> {
    let upgraded = take_over(upgrade).await?;
    let mut reader = Reader::new(Arc::new(upgraded.stream), sessions.limits().frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let Some(hello) = hello(&sessions, address, &mut reader, &mut received).await else {
        linger(&mut reader).await;
        return None;
    };
    let handler = NativeHandler::begin(hello).await;
    Some(ConnectionLoop::new(handler, reader, received))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::addresses::Permit;
    use crate::session::LiveSession;
    use chinwag_gateway::websocket::serve;
    use futures_util::future::BoxFuture;

    type Native = NativeHandler<LiveSession>;
    type Handshake = BoxFuture<'static, Option<Box<ConnectionLoop<Native>>>>;

    fn future_size<F: Future>(_serve: impl Fn(Handshake, Permit) -> F) -> usize {
        size_of::<F>()
    }

    /// In bytes. Ten thousand idle connections feel each of them.
    #[test]
    fn an_idle_connection_takes_little_memory() {
        let (future, connection) = (future_size(serve), size_of::<ConnectionLoop<Native>>());
        assert!(future <= 128, "the future has {future} bytes");
        assert!(connection <= 248, "the loop has {connection} bytes");
    }
}
