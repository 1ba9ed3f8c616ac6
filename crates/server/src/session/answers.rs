//! What a client is answered, and when it is answered no more for a while.

use super::{LiveSession, READER_BEHIND};
use bytes::Bytes;
use chinwag_core::domain::Refusal;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What each answer counts beside its bytes.
const ANSWER: usize = 64;
/// What each error counts: it is work for nothing, so that it costs more than its sentence.
const ERROR: usize = 4 * 1024;
/// Answers are counted for the person and the address when they are so many bytes together, since most are short.
const TOGETHER: u32 = 4 * 1024;
/// How long a client is not listened to that was answered too much, at a time.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What one connection was answered.
#[derive(Default)]
pub(super) struct Answers {
    /// Bytes that are not counted yet.
    uncounted: AtomicU32,
    /// Milliseconds for which the client is not listened to from now on.
    pause: AtomicU32,
}

impl LiveSession {
    /// Sends an answer, which counts for the person and the address.
    pub(super) fn answer(&self, frames: Bytes) {
        self.count_answer(frames.len() + ANSWER);
        self.connection.send(frames);
    }

    /// Counts errors among the answers.
    pub(super) fn note_errors(&self, count: usize) {
        if count > 0 {
            self.count_answer(count.saturating_mul(ERROR));
        }
    }

    fn count_answer(&self, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let before = self.answers.uncounted.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) >= TOGETHER {
            let gathered = self.answers.uncounted.swap(0, Ordering::Relaxed).max(bytes);
            let counted = self.app.chat.count_answers(self.actor.user, self.actor.address, gathered as usize);
            if let Err(Refusal::RateLimited { retry_after_ms }) = counted {
                let pause = retry_after_ms.min(LONGEST_PAUSE.as_millis() as u64);
                self.answers.pause.store(pause as u32, Ordering::Relaxed);
            }
        }
    }

    /// Whether nothing new should be begun for the client: too much waits for it, or it was answered too much.
    pub(super) fn has_to_wait(&self) -> bool {
        self.answers.pause.load(Ordering::Relaxed) > 0
            || self.connection.send_queue().waiting() > READER_BEHIND
    }

    /// Resolves when something new may be begun for the client, or it is to be sent away.
    pub(super) async fn may_go_on(&self) {
        let pause = self.answers.pause.swap(0, Ordering::Relaxed);
        let send_queue = self.connection.send_queue();
        if pause > 0 {
            let pause = Duration::from_millis(u64::from(pause));
            _ = tokio::time::timeout(pause, send_queue.ending()).await;
        }
        send_queue.keeps_up().await;
    }
}
