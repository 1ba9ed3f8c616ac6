use crate::support::{Actor, within};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;

/// People who write until they are told that it is over.
#[derive(Default)]
pub(super) struct Talk {
    is_over: AtomicBool,
    acked: watch::Sender<usize>,
}

impl Talk {
    /// Writes until it is over. Answers what was acked, with its place.
    pub(super) async fn take_part(&self, person: &Actor) -> Vec<(i64, String)> {
        let mut acked = Vec::new();
        for number in 0.. {
            if self.is_over.load(Ordering::Relaxed) {
                break;
            }
            let text = format!("{} {number}", person.id());
            acked.push((within("an ack", write(person, &text)).await, text));
            self.acked.send_modify(|count| *count += 1);
        }
        acked
    }

    /// Waits until so many more are acked, of all together.
    pub(super) async fn goes_on(&self, count: usize) {
        let mut acked = self.acked.subscribe();
        let aim = *acked.borrow() + count;
        _ = within("more acks", acked.wait_for(|acked| *acked >= aim)).await;
    }

    pub(super) fn is_over(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// Writes a message, again while the storage is away, as everybody does who has not given it up. Answers its place.
pub(super) async fn write(person: &Actor, text: &str) -> i64 {
    let client_id = text.replace(' ', "-");
    let mut attempts = tokio::time::interval(Duration::from_millis(50));
    loop {
        attempts.tick().await;
        // A lost connection is made good by the client itself.
        match person.send_as("general", &client_id, text).await {
            Ok(ack) => return ack.seq,
            Err(error) => assert!(error.refusal().is_some_and(|refusal| refusal.retryable), "{error}"),
        }
    }
}
