use chinwag_core::domain::Refusal;
use parking_lot::{Condvar, Mutex};
use std::collections::VecDeque;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle, current};
use std::time::Instant;

/// Threads that carry out jobs from one bounded queue.
///
/// Closing it lets them finish what is queued; what comes later is refused.
pub(crate) struct WorkerPool<T> {
    queue: Queue<T>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// The queue, as the threads see it.
///
/// A mutex and a condition variable: channels spin before they sleep, and for a queue that is empty most of the time this was
/// a third of what the writer's thread cost.
pub(crate) struct Queue<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    state: Mutex<State<T>>,
    came: Condvar,
    bound: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

/// What a wait with an end brought.
pub(crate) enum Next<T> {
    Job(T),
    Nothing,
    Closed,
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<T> Queue<T> {
    fn new(bound: usize) -> Self {
        let state = Mutex::new(State { waiting: VecDeque::new(), closed: false });
        Self { shared: Arc::new(Shared { state, came: Condvar::new(), bound: bound.max(1) }) }
    }

    /// Waits for the next job. `None` when the pool is closed and nothing is left to do.
    pub(crate) fn next(&self) -> Option<T> {
        let mut state = self.shared.state.lock();
        loop {
            if let Some(job) = state.waiting.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            self.shared.came.wait(&mut state);
        }
    }

    /// As [`next`](Self::next), but not longer than until `deadline`.
    pub(crate) fn next_until(&self, deadline: Instant) -> Next<T> {
        let mut state = self.shared.state.lock();
        loop {
            if let Some(job) = state.waiting.pop_front() {
                return Next::Job(job);
            }
            if state.closed {
                return Next::Closed;
            }
            if self.shared.came.wait_until(&mut state, deadline).timed_out() {
                return Next::Nothing;
            }
        }
    }

    /// Whether a job waits.
    pub(crate) fn has_waiting(&self) -> bool {
        !self.shared.state.lock().waiting.is_empty()
    }

    /// Moves jobs that wait already into `batch`, at most `limit` of them.
    pub(crate) fn take_waiting(&self, limit: usize, batch: &mut Vec<T>) {
        let mut state = self.shared.state.lock();
        let count = state.waiting.len().min(limit);
        batch.extend(state.waiting.drain(..count));
    }

    fn submit(&self, job: T) -> Result<(), Refusal> {
        let mut state = self.shared.state.lock();
        if state.closed {
            return Err(Refusal::Unavailable);
        }
        if state.waiting.len() >= self.shared.bound {
            return Err(Refusal::Busy);
        }
        state.waiting.push_back(job);
        drop(state);
        self.shared.came.notify_one();
        Ok(())
    }

    fn close(&self) {
        self.shared.state.lock().closed = true;
        self.shared.came.notify_all();
    }
}

impl<T> WorkerPool<T> {
    /// Starts one thread per worker; they share a queue of at most `bound` waiting jobs.
    pub(crate) fn start<W>(name: &str, bound: usize, workers: Vec<W>) -> std::io::Result<Self>
    where
        T: Send + 'static,
        W: FnOnce(Queue<T>) + Send + 'static,
    {
        let pool = Self { queue: Queue::new(bound), threads: Mutex::default() };
        for worker in workers {
            let queue = pool.queue.clone();
            let thread = Builder::new().name(name.into()).spawn(move || worker(queue))?;
            pool.threads.lock().push(thread);
        }
        Ok(pool)
    }

    /// Puts a job into the queue without ever waiting for room in it.
    pub(crate) fn submit(&self, job: T) -> Result<(), Refusal> {
        self.queue.submit(job)
    }

    /// Lets the threads finish what is in the queue, and waits for their end.
    pub(crate) fn close(&self) {
        self.queue.close();
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

impl<T> Drop for WorkerPool<T> {
    fn drop(&mut self) {
        self.close();
    }
}
