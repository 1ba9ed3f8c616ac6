use super::template::Terms;
use super::{Answers, Preset};
use crate::socketio::codec::answer::{Done, write_ack, write_arguments};
use chinwag_wire::native::ProtocolError;

impl Preset {
    /// Appends the packet that acknowledges an event, as this vocabulary's clients expect their callbacks to be called.
    pub fn write_ack(&self, out: &mut Vec<u8>, ack: u64, result: &Result<Done, ProtocolError>) {
        let Some(Answers { joined, done, refused }) = &self.answers else {
            return write_ack(out, ack, result);
        };
        let arguments = match result {
            Ok(Done { seq: _, entered: Some(entered) }) => {
                let (room, name) = (entered.room.as_str(), &*entered.username);
                joined.fill(&Terms { room, name, ..Terms::default() })
            }
            Ok(Done { seq: _, entered: None }) => done.fill(&Terms::default()),
            Err(error) => refused.fill(&Terms { text: &error.message, ..Terms::default() }),
        };
        write_arguments(out, ack, &arguments);
    }
}
