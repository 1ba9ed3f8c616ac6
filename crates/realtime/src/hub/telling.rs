//! What a hub tells one connection, or all who speak one protocol.

use super::Hub;
use crate::connection::Connection;
use crate::protocol::Protocol;
use crate::recent::{Forgotten, Moment};
use crate::socket::CloseReason;
use bytes::Bytes;
use chinwag_core::domain::{RoomEvent, RoomSlug};
use chinwag_core::ports::Signal;
use std::sync::Arc;

impl Hub {
    /// The place of this moment in the news, to be asked for before the storage is asked for what a client is greeted with.
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.notices.recent().moment()
    }

    /// Tells a client that was just greeted what became known since the storage was asked: it may have been greeted with what was
    /// before. Nothing newer is noted meanwhile, so what it hears last is what is so.
    pub fn repeat_news(&self, connection: &Arc<Connection>, since: Moment) {
        let recent = self.notices.recent();
        match recent.signals(connection.user, since) {
            Ok(signals) => connection.send(self.encode_signals(connection.protocol(), &signals)),
            Err(Forgotten) => connection.ask_to_close(CloseReason::BeginAnew),
        }
    }

    /// The frames of log events for one connection.
    #[must_use]
    pub fn encode_events(&self, connection: &Connection, room: &RoomSlug, events: &[RoomEvent]) -> Vec<u8> {
        let encoder = self.room_shared.encoders.of(connection.protocol());
        let mut frames = Vec::new();
        for event in events.iter().filter(|event| connection.hears(event)) {
            encoder.event(room, event, &mut frames);
        }
        frames
    }

    /// Sends a signal to one connection.
    pub fn signal(&self, connection: &Arc<Connection>, signal: &Signal) {
        connection.send(self.encode_signals(connection.protocol(), std::slice::from_ref(signal)));
    }

    /// The frames of signals for everyone who speaks this protocol.
    pub(crate) fn encode_signals(&self, protocol: Protocol, signals: &[Signal]) -> Bytes {
        let encoder = self.room_shared.encoders.of(protocol);
        let mut frames = Vec::new();
        for signal in signals {
            encoder.signal(signal, None, &mut frames);
        }
        Bytes::from(frames)
    }
}
