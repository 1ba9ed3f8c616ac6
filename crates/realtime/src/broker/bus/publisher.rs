use super::outbox::Batch;
use super::{ANSWER, BEAT, Link, pause};
use chinwag_core::domain::NodeId;
use chinwag_core::ports::{BusMessage, PresenceNews};
use redis::AsyncConnectionConfig;
use redis::aio::MultiplexedConnection;
use std::sync::Arc;
use tokio::time::{Instant, sleep, sleep_until};

/// Tells the other nodes what waits, for ever. While one message is on its way to Redis, the next gathers.
pub(crate) async fn publish(link: Arc<Link>, channel: Arc<str>) {
    let mut numbers = Numbers::default();
    loop {
        let error = publish_over_one_connection(&link, &channel, &mut numbers).await;
        tracing::debug!(redis = %link.url, %error, "cannot tell the other nodes anything");
        sleep(pause()).await;
    }
}

/// How a node counts its messages.
#[derive(Default)]
struct Numbers {
    node: Option<NodeId>,
    last: u64,
    /// Whether something may not have reached Redis that no later message has said.
    is_after_loss: bool,
}

impl Numbers {
    fn next(&mut self, node: NodeId) -> u64 {
        // A node that lost its lease goes on as another one.
        if self.node.replace(node) != Some(node) {
            self.last = 0;
        }
        self.last += 1;
        self.last
    }
}

async fn publish_over_one_connection(link: &Link, channel: &str, numbers: &mut Numbers) -> String {
    let config =
        AsyncConnectionConfig::new().set_connection_timeout(Some(ANSWER)).set_response_timeout(Some(ANSWER));
    let connecting = link.url.client().get_multiplexed_async_connection_with_config(&config);
    let mut connection = match connecting.await {
        Ok(connection) => connection,
        Err(error) => return error.to_string(),
    };
    let node = link.node.subscribe();
    let mut beat = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = link.republish.notified() => return "nothing of it comes back".to_owned(),
            () = link.outbox.came() => {}
            () = sleep_until(beat) => {}
        }
        beat = Instant::now() + BEAT;
        let Some(node) = *node.borrow() else { continue };
        if let Err(error) = publish_batch((link, channel), numbers, node, &mut connection).await {
            return error.to_string();
        }
    }
}

async fn publish_batch(
    (link, channel): (&Link, &str),
    numbers: &mut Numbers,
    node: NodeId,
    connection: &mut MultiplexedConnection,
) -> redis::RedisResult<()> {
    let Batch { publications, presence, marks, answers, is_after_loss } = link.outbox.take();
    numbers.is_after_loss |= is_after_loss;
    let count = publications.len() as u64;
    let asks_for_people = presence.contains(&PresenceNews::Asked);
    let message = BusMessage {
        node,
        number: numbers.next(node),
        after_loss: numbers.is_after_loss,
        publications,
        presence,
        marks,
        answers,
    };
    let mut bytes = Vec::new();
    link.codec.encode(&message, &mut bytes);
    let published: redis::RedisResult<i64> =
        redis::cmd("PUBLISH").arg(channel).arg(bytes).query_async(connection).await;
    match published {
        Ok(_) => {
            numbers.is_after_loss = false;
            link.metrics.messages.inc();
            link.metrics.publications.inc_by(count);
            Ok(())
        }
        Err(error) => {
            // It may have been heard nevertheless. Telling it again would cost as much as reading the log, and hide how often that happens.
            numbers.is_after_loss = true;
            // That the others ask again does not answer the question of this node.
            if asks_for_people {
                link.outbox.ask_for_people();
            }
            link.metrics.dropped.inc_by(count);
            Err(error)
        }
    }
}
