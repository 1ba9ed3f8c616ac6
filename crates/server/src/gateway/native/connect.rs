use super::dialect::Native;
use super::hello::greet;
use crate::app::App;
use crate::gateway::websocket::{Conversation, Reader, bid_farewell, take_over};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::sync::Arc;

/// Takes a connection over and greets its client. `None` when there is nothing to talk about.
pub(super) async fn meet(app: Arc<App>, upgrade: OnUpgrade) -> Option<Box<Conversation<Native>>> {
    let upgraded = take_over(upgrade).await?;
    let mut reader = Reader::new(Arc::new(upgraded.stream), app.config.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let Some(greeting) = greet(&app, &mut reader, &mut received).await else {
        bid_farewell(&mut reader).await;
        return None;
    };
    let native = Native::new(greeting.session);
    native.begin(greeting.rooms, greeting.since, greeting.reference, greeting.resume).await;
    Some(Conversation::new(native, reader, received))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::websocket::serve;
    use futures_util::future::BoxFuture;

    type Meeting = BoxFuture<'static, Option<Box<Conversation<Native>>>>;

    fn future_size<P, F: Future>(_serve: impl Fn(Meeting, P) -> F) -> usize {
        size_of::<F>()
    }

    /// In bytes. Ten thousand idle connections feel each of them.
    #[test]
    fn an_idle_connection_takes_little_memory() {
        let (future, conversation) = (future_size(serve), size_of::<Conversation<Native>>());
        assert!(future <= 128, "the future has {future} bytes");
        assert!(conversation <= 248, "the conversation has {conversation} bytes");
    }
}
