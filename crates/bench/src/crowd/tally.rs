use crate::numbers::Histogram;
use std::ops::Sub;

/// Counts since the crowd came together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Messages that were sent.
    pub(crate) sent: u64,
    /// Messages that reached a member, once for each.
    pub(crate) deliveries: u64,
    /// Messages that the server said it keeps.
    pub(crate) acks: u64,
    /// Frames that the server refused.
    pub(crate) errors: u64,
    /// Bytes that came.
    pub(crate) bytes: u64,
}

impl Sub for Tally {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            sent: self.sent - before.sent,
            deliveries: self.deliveries - before.deliveries,
            acks: self.acks - before.acks,
            errors: self.errors - before.errors,
            bytes: self.bytes - before.bytes,
        }
    }
}

/// How long things took, in nanoseconds.
pub(crate) struct Delays {
    /// From the moment in which a message was sent to that in which a member had it.
    pub(crate) of_delivery: Histogram,
    /// The same for members on another node than the sender's alone.
    pub(crate) of_remote_delivery: Histogram,
    /// From the moment in which a message was sent to that in which its sender knew that it is kept.
    pub(crate) of_ack: Histogram,
    /// From the moment in which a message should have been sent, at a steady pace, to that in which it was.
    pub(crate) of_sending: Histogram,
}

impl Delays {
    pub(super) fn new() -> Self {
        Self {
            of_delivery: Histogram::new(),
            of_remote_delivery: Histogram::new(),
            of_ack: Histogram::new(),
            of_sending: Histogram::new(),
        }
    }
}
