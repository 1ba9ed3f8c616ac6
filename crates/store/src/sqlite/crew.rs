use chinwag_core::domain::Refusal;
use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle, current};

/// Threads that carry out orders from one bounded queue.
///
/// Closing it lets them finish what is queued; what comes later is refused.
pub(super) struct Crew<T> {
    orders: Orders<T>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// The queue, as the threads see it.
///
/// A mutex and a condition variable: channels spin before they sleep, and for a queue that is empty most of the time this was
/// a third of what the writer's thread cost.
pub(super) struct Orders<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    queue: Mutex<Queue<T>>,
    came: Condvar,
    bound: usize,
}

struct Queue<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

impl<T> Clone for Orders<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<T> Orders<T> {
    fn new(bound: usize) -> Self {
        let queue = Mutex::new(Queue { waiting: VecDeque::new(), closed: false });
        Self { shared: Arc::new(Shared { queue, came: Condvar::new(), bound: bound.max(1) }) }
    }

    /// Waits for the next order. `None` when the crew is closed and nothing is left to do.
    pub(super) fn next(&self) -> Option<T> {
        let mut queue = self.shared.queue.lock();
        loop {
            if let Some(order) = queue.waiting.pop_front() {
                return Some(order);
            }
            if queue.closed {
                return None;
            }
            self.shared.came.wait(&mut queue);
        }
    }

    /// Moves orders that wait already into `batch`, at most `limit` of them.
    pub(super) fn take_waiting(&self, limit: usize, batch: &mut Vec<T>) {
        let mut queue = self.shared.queue.lock();
        let count = queue.waiting.len().min(limit);
        batch.extend(queue.waiting.drain(..count));
    }

    fn submit(&self, order: T) -> Result<(), Refusal> {
        let mut queue = self.shared.queue.lock();
        if queue.closed {
            return Err(Refusal::Unavailable);
        }
        if queue.waiting.len() >= self.shared.bound {
            return Err(Refusal::Busy);
        }
        queue.waiting.push_back(order);
        drop(queue);
        self.shared.came.notify_one();
        Ok(())
    }

    fn close(&self) {
        self.shared.queue.lock().closed = true;
        self.shared.came.notify_all();
    }
}

impl<T> Crew<T> {
    /// Starts one thread per worker; they share a queue of at most `queue` waiting orders.
    pub(super) fn start<W>(name: &str, queue: usize, workers: Vec<W>) -> std::io::Result<Self>
    where
        T: Send + 'static,
        W: FnOnce(Orders<T>) + Send + 'static,
    {
        let crew = Self { orders: Orders::new(queue), threads: Mutex::default() };
        for worker in workers {
            let orders = crew.orders.clone();
            let thread = Builder::new().name(name.into()).spawn(move || worker(orders))?;
            crew.threads.lock().push(thread);
        }
        Ok(crew)
    }

    /// Puts work into the queue without ever waiting for room in it.
    pub(super) fn submit(&self, work: T) -> Result<(), Refusal> {
        self.orders.submit(work)
    }

    /// Lets the threads finish what is in the queue, and waits for their end.
    pub(super) fn close(&self) {
        self.orders.close();
        let threads = std::mem::take(&mut *self.threads.lock());
        if threads.iter().any(|thread| thread.thread().id() == current().id()) {
            // The last handle was dropped on one of the threads, which cannot wait for itself. They end with the queue.
            return;
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
