//! How a text is posted that somebody wrote on a page which knows no limits.

use crate::Compat;
use crate::long_text::parts;
use chinwag_core::chat::{Draft, DraftText, TypedText};
use chinwag_core::domain::{ClientId, MessageKind, MessageText, Refusal, RoomId};
use chinwag_core::ports::{Appended, StoreFuture};
use chinwag_gateway::{ClientSession as _, SessionFactory, Typed};
use futures_util::FutureExt as _;
use futures_util::future::ready;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// From one try to the next while the server is busy.
const BUSY: Duration = Duration::from_millis(100);

/// What is posted, apart from its text.
#[derive(Clone, Copy)]
pub(crate) struct Posting {
    pub(crate) room: RoomId,
    pub(crate) kind: MessageKind,
}

impl<F: SessionFactory> Compat<F> {
    /// Carries out what somebody typed in a room. Only the commands that there are count as such.
    pub(crate) async fn say(
        &self,
        session: &mut F::Session,
        room: RoomId,
        text: &str,
        mut client_id: impl FnMut(usize) -> Result<ClientId, Refusal> + Send,
    ) -> Result<Typed, Refusal> {
        let (kind, text) = match TypedText::parse_known(text)? {
            TypedText::Message(text) => (MessageKind::Text, text),
            TypedText::Action(text) => (MessageKind::Action, text),
            TypedText::Nick(_)
            | TypedText::Join(_)
            | TypedText::Leave
            | TypedText::Who
            | TypedText::Away
            | TypedText::Remind(..)
            | TypedText::Logout
            | TypedText::Help
            | TypedText::Hint(_) => return session.say(room, client_id(0)?, text).await,
        };
        let storing = self.post(session, Posting { room, kind }, DraftText::Trimmed(text), client_id).await;
        Ok(Typed::Message(storing))
    }

    /// Posts a text as one message, or as several, one behind the other, when it is too long for one. The answer is that of the last.
    ///
    /// The first is subject to the limits on messages like every other one. Those behind it wait for them, and each waits until the one before
    /// it is stored, so that no part is missing between others. Whatever the client says next waits with them.
    pub(crate) async fn post(
        &self,
        session: &mut F::Session,
        Posting { room, kind }: Posting,
        text: DraftText<'_>,
        mut client_id: impl FnMut(usize) -> Result<ClientId, Refusal> + Send,
    ) -> StoreFuture<Appended> {
        let (DraftText::Trimmed(whole) | DraftText::Exact(whole)) = text;
        // How long all parts may wait together: less than the silence that a client is allowed, who is not heard meanwhile, and as a rule
        // far more than they need for the longest text.
        let end = Instant::now() + self.sessions.limits().silence * 2 / 3;
        let parts = parts(whole, self.sessions.limits().message_length);
        let last = parts.len() - 1;
        if last > 0
            && let Err(refusal) = MessageText::exact(whole, usize::MAX)
        {
            // Whole or not at all: what no message may have can be in any part.
            return ready(Err(refusal)).boxed();
        }
        for (number, part) in parts.into_iter().enumerate() {
            let text = match text {
                DraftText::Trimmed(_) => DraftText::Trimmed(part),
                DraftText::Exact(_) => DraftText::Exact(part),
            };
            let client_id = match client_id(number) {
                Ok(client_id) => client_id,
                Err(refusal) => return ready(Err(refusal)).boxed(),
            };
            loop {
                let mut storing = session.post(Draft {
                    room,
                    client_id: client_id.clone(),
                    kind,
                    text,
                    reply_to: None,
                    thread: None,
                    attachments: Box::default(),
                    here: Box::default(),
                });
                let stored = if number < last {
                    Some(storing.as_mut().await)
                } else {
                    storing.as_mut().now_or_never()
                };
                match stored {
                    None => return storing,
                    Some(Ok(_)) if number < last => break,
                    Some(Err(refusal)) if number > 0 && refusal.is_passing() => {
                        if !self.pause(&refusal, end).await || !session.is_open() {
                            return ready(Err(refusal)).boxed();
                        }
                    }
                    Some(answer) => return ready(answer).boxed(),
                }
            }
        }
        ready(Err(Refusal::MessageEmpty)).boxed()
    }

    /// Waits until what was refused may be tried again, though not beyond `end`. Answers whether it is worth it.
    async fn pause(&self, refusal: &Refusal, end: Instant) -> bool {
        let limit =
            if let Refusal::RateLimited { retry_after_ms } = refusal { Some(*retry_after_ms) } else { None };
        let again = Instant::now() + limit.map_or(BUSY, Duration::from_millis);
        if again > end {
            return false;
        }
        tokio::select! {
            () = sleep_until(again) => true,
            () = self.sessions.drained() => false,
        }
    }
}
