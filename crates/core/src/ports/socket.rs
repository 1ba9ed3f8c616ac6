use futures_util::future::BoxFuture;
use std::io;

/// The writing side of a client's connection, as its gateway provides it.
pub trait Socket: Send + Sync {
    /// Writes as many of these bytes as fit now. Never waits.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when nothing fits; any other error means that the connection is broken.
    fn try_write(&self, frames: &[u8]) -> io::Result<usize>;

    /// Resolves when [`try_write`](Self::try_write) may succeed again.
    fn writable(&self) -> BoxFuture<'_, io::Result<()>>;

    /// The offset at which the frame ends into which the first `written` bytes of these whole frames reach.
    fn frame_end(&self, frames: &[u8], written: usize) -> usize;

    /// The last frame, which tells the client why the connection ends.
    fn close_frame(&self, reason: CloseReason) -> Vec<u8>;

    /// The frame that asks the client for a sign of life.
    fn ping_frame(&self) -> &'static [u8];

    /// Whether clients give up a server that does not ping, even while it sends other things.
    fn needs_pings(&self) -> bool {
        false
    }
}

/// Why the server ends a connection. Each protocol says it in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The client closed; its own code, when it gave one, is echoed.
    Requested(Option<u16>),
    /// The server restarts: come back and resume.
    Restart,
    /// This connection cannot go on: come back at once and resume.
    BeginAnew,
    /// The server cannot keep a promise now, because it is busy or its storage failed: come back in a moment and resume.
    Busy,
    /// The send queue is full: come back and resume.
    TooSlow,
    /// No sign of life.
    Timeout,
    /// The token is unknown or has ended.
    Unauthorized,
    /// The token that others signed is over, and no other one came.
    TokenEnded,
    /// The session was signed out.
    SignedOut,
    /// The session was ended from another device, or by another password.
    Revoked,
    /// The first frame was not a `hello`, or came too late.
    NoHello,
    /// The client broke the protocol: a code of the transport and a reason.
    Violation(u16, &'static str),
}

/// What the live side of a connection asks of its gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionEvent {
    /// Tell the client who is present: it missed presence while it did not read, and its protocol has no word for that.
    PresenceMissed,
    /// A subscription ended because its person left the room or the room was deleted. Told only to gateways whose encoder
    /// [asks for it](super::Encoder::hears_ends).
    SubscriptionEnded,
    /// Finish what has begun for the client, then close the connection for this reason.
    CloseRequested(CloseReason),
    /// Let go of the connection: a close was begun, or it broke.
    Ended,
}
