use std::convert::Infallible;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What a write waits for that comes after what was asked for before in other queues.
pub(super) struct Fence(Receiver<Infallible>);

/// Stands in a queue. When all of one fence are gone, however they went, there is nothing to wait for any more.
#[derive(Clone)]
pub(super) struct Post(#[expect(dead_code, reason = "it only has to be dropped")] Sender<Infallible>);

impl Fence {
    pub(super) fn new() -> (Self, Post) {
        let (sender, receiver) = channel();
        (Self(receiver), Post(sender))
    }

    /// One that nobody waits at.
    pub(super) fn behind_nothing() -> Self {
        Self::new().0
    }

    /// Waits until all its posts are gone.
    pub(super) fn wait(&self) {
        let Err(_) = self.0.recv();
    }
}
