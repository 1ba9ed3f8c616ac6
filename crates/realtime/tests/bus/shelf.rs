use chinwag_core::ports::{BusCodec, BusMessage};
use parking_lot::Mutex;

/// Puts messages on a shelf, and sends the number of the place. The format is a matter of another crate.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Vec<BusMessage>>);

/// So that a message takes room as a real one does.
const BYTES_OF_A_PUBLICATION: usize = 256;

impl BusCodec for Shelf {
    fn encode(&self, message: &BusMessage, out: &mut Vec<u8>) {
        let mut shelf = self.0.lock();
        out.extend_from_slice(&(shelf.len() as u64).to_be_bytes());
        out.resize(out.len() + message.publications.len() * BYTES_OF_A_PUBLICATION, 0);
        shelf.push(message.clone());
    }

    fn decode(&self, bytes: &[u8]) -> Option<BusMessage> {
        let place = u64::from_be_bytes(*bytes.first_chunk()?);
        self.0.lock().get(usize::try_from(place).ok()?).cloned()
    }
}
