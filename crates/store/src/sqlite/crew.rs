use chinwag_core::domain::Refusal;
use crossbeam_channel::{Receiver, Sender, TrySendError};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, JoinHandle, current};

/// What a thread of a [`Crew`] takes from the queue.
pub(super) enum Order<T> {
    /// Work.
    Do(T),
    /// The last order that this thread carries out.
    Close,
}

/// Threads that carry out orders from one bounded queue.
///
/// Closing is itself an order, so whatever was submitted before it is still done, and submitting needs no lock. What comes
/// later is dropped unanswered when the last thread leaves.
pub(super) struct Crew<T> {
    orders: Sender<Order<T>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl<T> Crew<T> {
    /// Starts one thread per worker; they share a queue of at most `queue` waiting orders.
    pub(super) fn start<W>(name: &str, queue: usize, workers: Vec<W>) -> std::io::Result<Self>
    where
        T: Send + 'static,
        W: FnOnce(Receiver<Order<T>>) + Send + 'static,
    {
        let (orders, waiting) = crossbeam_channel::bounded(queue.max(1));
        let crew = Self { orders, threads: Mutex::default() };
        for worker in workers {
            let waiting = waiting.clone();
            let thread = Builder::new().name(name.into()).spawn(move || worker(waiting))?;
            crew.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        }
        Ok(crew)
    }

    /// Puts work into the queue without ever waiting for room in it.
    pub(super) fn submit(&self, work: T) -> Result<(), Refusal> {
        self.orders.try_send(Order::Do(work)).map_err(|error| match error {
            TrySendError::Full(_) => Refusal::Busy,
            TrySendError::Disconnected(_) => Refusal::Unavailable,
        })
    }

    /// Lets the threads finish what is in the queue, and waits for their end.
    pub(super) fn close(&self) {
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        if threads.iter().any(|thread| thread.thread().id() == current().id()) {
            // The last handle was dropped on one of the threads, which cannot wait for itself. They end with the queue.
            return;
        }
        for _ in &threads {
            // It fails only when the threads are gone already.
            let _ = self.orders.send(Order::Close);
        }
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the storage ended with a panic");
            }
        }
    }
}

impl<T> Drop for Crew<T> {
    fn drop(&mut self) {
        self.close();
    }
}
