use super::send_queue_total::SendQueueTotal;
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::Arc;

/// What waits for one client: chunks of whole frames, of which the first may be partly written.
pub(super) struct Backlog {
    chunks: VecDeque<Bytes>,
    /// Bytes of the first chunk that are written.
    written: usize,
    /// Bytes that are not written.
    waiting: usize,
    /// Memory that the chunks take. A chunk is kept whole until all of it is written.
    held: usize,
    /// What waits for all clients.
    total: Arc<SendQueueTotal>,
}

/// What a chunk takes beside its bytes, about: its place in the queue, and the heads of two allocations. A queue of many small answers
/// is mostly this.
const CHUNK: usize = 96;

impl Backlog {
    pub(super) fn new(total: Arc<SendQueueTotal>) -> Self {
        Self { chunks: VecDeque::new(), written: 0, waiting: 0, held: 0, total }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Bytes that are not written, with what their chunks take beside them.
    pub(super) fn size(&self) -> usize {
        self.waiting + self.chunks.len() * CHUNK
    }

    /// Memory that it takes.
    pub(super) fn held(&self) -> usize {
        self.held
    }

    /// Whether so much waits for all clients that nothing more may.
    pub(super) fn is_overflowing(&self) -> bool {
        self.total.is_overflowing()
    }

    /// Adds a chunk of which the first `written` bytes are written; that is possible when nothing waits.
    pub(super) fn push(&mut self, chunk: Bytes, written: usize) {
        if self.chunks.is_empty() {
            self.written = written;
        }
        self.waiting += chunk.len() - written;
        let size = chunk.len() + CHUNK;
        self.held += size;
        self.chunks.push_back(chunk);
        self.total.add(size);
    }

    /// The first chunk, and how much of it is written.
    pub(super) fn first(&self) -> Option<(Bytes, usize)> {
        self.chunks.front().map(|chunk| (chunk.clone(), self.written))
    }

    /// Notes that more of the first chunk is written.
    pub(super) fn advance(&mut self, count: usize) {
        self.written += count;
        self.waiting -= count;
        if let Some(chunk) = self.chunks.pop_front_if(|chunk| chunk.len() == self.written) {
            let size = chunk.len() + CHUNK;
            self.held -= size;
            self.total.subtract(size);
            self.written = 0;
        }
    }

    /// Forgets everything, and gives the memory back.
    pub(super) fn clear(&mut self) {
        self.chunks = VecDeque::new();
        (self.written, self.waiting) = (0, 0);
        self.total.subtract(std::mem::take(&mut self.held));
    }

    /// Forgets everything but the frame that is half written; `frame_end` tells where it ends.
    pub(super) fn clear_behind_frame(&mut self, frame_end: impl FnOnce(&[u8], usize) -> usize) {
        let first = self.first();
        self.clear();
        if let Some((chunk, written)) = first
            && let Some(rest @ [_, ..]) = chunk.get(written..frame_end(&chunk, written))
        {
            // Copied, since the whole chunk may be a long page.
            self.push(Bytes::copy_from_slice(rest), 0);
        }
    }
}

impl Drop for Backlog {
    fn drop(&mut self) {
        self.clear();
    }
}
