use super::{ChatServerFrame, VIA};
use chinwag_wire::json_frame;
use chinwag_core::domain::{EventBody, RoomEvent, RoomSlug, UserId};
use chinwag_core::ports::{Encoder, Signal};

/// Writes the chat vocabulary of the simple protocol as finished WebSocket text frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct SimpleChatEncoder;

impl Encoder for SimpleChatEncoder {
    fn via(&self) -> Option<&'static str> {
        Some(VIA)
    }

    fn event(&self, room: &RoomSlug, event: &RoomEvent, out: &mut Vec<u8>) {
        match &event.body {
            EventBody::Message { text, client_id: _ } => {
                let chat = ChatServerFrame::Chat {
                    room: room.as_str().to_owned(),
                    message: text.clone(),
                    user_id: event.actor.0,
                    name: event.name.clone(),
                    timestamp: event.at.0,
                };
                json_frame(&chat, out);
            }
            EventBody::RoomDeleted => self.system(format!("{} has deleted #{room}.", event.name), out),
            EventBody::MemberJoined
            | EventBody::MemberLeft
            | EventBody::MemberRenamed { .. }
            | EventBody::RoomCreated { .. }
            | EventBody::RoomUpdated { .. } => {}
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
