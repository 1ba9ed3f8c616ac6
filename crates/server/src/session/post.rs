//! Messages on their way into a room.

use super::LiveSession;
use chinwag_core::chat::{Draft, DraftText};
use chinwag_core::domain::{ClientId, FileId, InThread, MessageKind, Refusal, RoomId, Seq};
use chinwag_core::ports::{Appended, StoreFuture};
use futures_util::FutureExt as _;
use futures_util::future::ready;

/// What a message belongs to, and what comes with it.
#[derive(Default)]
pub(super) struct Place {
    pub(super) reply_to: Option<Seq>,
    pub(super) thread: Option<InThread>,
    pub(super) attachments: Box<[FileId]>,
}

impl LiveSession {
    /// Writes a message without the white space around its text. It takes its place when this is called.
    pub(super) fn post(
        &mut self,
        room: RoomId,
        client_id: ClientId,
        (kind, text): (MessageKind, &str),
        Place { reply_to, thread, attachments }: Place,
    ) -> StoreFuture<Appended> {
        let here = self.app.hub.called(room, text);
        let text = DraftText::Trimmed(text);
        self.post_draft(Draft { room, client_id, kind, text, reply_to, thread, attachments, here })
    }

    /// Writes a message. It takes its place when this is called. One whose subscribers cannot be served as fast as people write takes a
    /// breath.
    pub(crate) fn post_draft(&mut self, draft: Draft<'_>) -> StoreFuture<Appended> {
        if std::mem::take(&mut self.said_away) {
            self.app.hub.set_away(&self.connection, false);
        }
        let subscription = self.app.hub.subscription(&self.connection, draft.room);
        if subscription.is_some_and(|subscription| subscription.is_congested()) {
            return ready(Err(Refusal::Busy)).boxed();
        }
        self.app.chat.send_message(self.actor, draft)
    }
}
