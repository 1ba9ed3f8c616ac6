use super::{ANSWER, Link, Loss, pause};
use redis::{AsyncConnectionConfig, PushInfo, PushKind, Value};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{interval, sleep};

/// From one look whether somebody is silent to the next.
const LOOK: Duration = Duration::from_millis(250);

/// Hears the other nodes, for ever. Each subscription has a connection of its own, which is not mended but replaced, so it is known from when on
/// everything is heard: first the subscription is confirmed, and then the storage is asked for what was before.
pub(crate) async fn subscribe(link: Arc<Link>, channel: Arc<str>) {
    loop {
        let why = listen(&link, &channel).await;
        link.subscription_ended(&why);
        sleep(pause()).await;
    }
}

/// Answers why the subscription ended.
async fn listen(link: &Arc<Link>, channel: &str) -> String {
    let ended = Arc::new(Notify::new());
    let number = link.begin_subscription();
    let take = {
        let (link, ended) = (Arc::clone(link), Arc::clone(&ended));
        // Called where the socket is read, which so waits for what is done here: there is no queue that could grow.
        move |push: PushInfo| -> Result<(), Infallible> {
            match (push.kind, push.data.as_slice()) {
                (PushKind::Message, [_channel, Value::BulkString(bytes)]) => link.take(number, bytes),
                (PushKind::Disconnection, _) => ended.notify_one(),
                _ => {}
            }
            Ok(())
        }
    };
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(ANSWER))
        .set_response_timeout(Some(ANSWER))
        .set_push_sender(take);
    let mut connection = match link.url.client().get_multiplexed_async_connection_with_config(&config).await {
        Ok(connection) => connection,
        Err(error) => return error.to_string(),
    };
    if let Err(error) = connection.subscribe(channel).await {
        return error.to_string();
    }
    link.confirm_subscription();
    let mut looks = interval(LOOK);
    loop {
        tokio::select! {
            () = ended.notified() => return "Redis closed the connection".to_owned(),
            _ = looks.tick() => {}
        }
        if link.silence().0 {
            // One of the two connections leads nowhere, or each to another server.
            link.republish.notify_one();
            return "this node does not hear itself".to_owned();
        }
    }
}

/// Has the storage asked again and again while this node hears nobody, or not everybody. For ever.
pub(crate) async fn watch_over(link: Arc<Link>) {
    let mut looks = interval(LOOK);
    loop {
        looks.tick().await;
        if link.is_up() {
            for node in link.silence().1 {
                link.lost(Loss::Silent(node));
            }
        } else {
            link.lost(Loss::Deaf);
        }
    }
}
