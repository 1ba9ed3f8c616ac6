//! Messages that are pinned.

use super::frame::frame;
use chinwag_core::chat::ClientCommand;
use chinwag_core::domain::{PinChange, RoomId, Seq};
use chinwag_core::ports::Pinning;

frame!(
    /// Hold a message up for everybody in the room.
    Pin {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message.
        #[ts(type = "number")]
        target: i64,
    }
);
frame!(
    /// End that.
    Unpin {
        #[ts(type = "number")]
        room: i64,
        /// The `seq` of the message.
        #[ts(type = "number")]
        target: i64,
    }
);

impl Pin {
    pub(super) fn command(self) -> ClientCommand {
        pinning(self.room, self.target, PinChange::Pinned)
    }
}

impl Unpin {
    pub(super) fn command(self) -> ClientCommand {
        pinning(self.room, self.target, PinChange::Unpinned)
    }
}

fn pinning(room: i64, target: i64, change: PinChange) -> ClientCommand {
    ClientCommand::Pin(Pinning { room: RoomId(room), target: Seq(target), change })
}
