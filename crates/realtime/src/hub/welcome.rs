//! What a client must hear again that was welcomed with what the storage held a moment before.

use super::Hub;
use crate::connection::Connection;
use crate::directory::Bookmark;
use std::sync::Arc;

impl Hub {
    /// The place of this moment among user and directory events, to be asked for before the storage is asked for what a client is
    /// welcomed with.
    #[must_use]
    pub fn bookmark(&self) -> Bookmark {
        self.directory.bookmark()
    }

    /// Tells a client that was just welcomed what became known since the storage was asked: it may have been welcomed with what was
    /// before.
    pub fn repeat_events(&self, connection: &Arc<Connection>, since: Bookmark) {
        self.directory.repeat(connection, since, |room| self.online(room));
    }
}
