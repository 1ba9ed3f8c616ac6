use super::{ChatServerFrame, VIA};
use crate::{Changed, Posted};
use chinwag_core::domain::{EventBody, RoomAddress, RoomChange, RoomEvent, UserId};
use chinwag_core::ports::{Encoder, Signal};
use chinwag_wire::json_frame;

/// Writes the chat vocabulary of the simple protocol as finished WebSocket text frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimpleChatEncoder;

impl Encoder for SimpleChatEncoder {
    fn via(&self) -> Option<&'static str> {
        Some(VIA)
    }

    fn event(&self, room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        let Some(room) = &room.slug else { return };
        if let Some(message) = Posted::of(event) {
            let chat = ChatServerFrame::Chat {
                id: format!("{room}:{}", message.seq),
                room: room.as_str().to_owned(),
                message: message.text().into_owned(),
                user_id: message.author.0,
                name: message.name.to_owned(),
                timestamp: message.at.0,
            };
            json_frame(&chat, out);
        } else if let Some(changed) = Changed::of(event) {
            let changed = match changed {
                Changed::Edited { target, text } => {
                    ChatServerFrame::MessageEdited { id: format!("{room}:{target}"), text: text.into_owned() }
                }
                Changed::Deleted { target } => {
                    ChatServerFrame::MessageDeleted { id: format!("{room}:{target}") }
                }
            };
            json_frame(&changed, out);
        } else if event.body == EventBody::Room(RoomChange::Deleted) {
            self.system(format!("{} has deleted #{room}.", event.name), out);
        }
    }

    fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
}

impl SimpleChatEncoder {
    /// Appends a hint for one client.
    pub fn system(self, message: String, out: &mut Vec<u8>) {
        json_frame(&ChatServerFrame::System { message }, out);
    }

    /// Appends why something was not done.
    pub fn error(self, message: String, out: &mut Vec<u8>) {
        json_frame(&ChatServerFrame::Error { message }, out);
    }
}
