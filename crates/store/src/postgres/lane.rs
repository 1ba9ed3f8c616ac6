use super::batch::{Batched, Waiting};
use super::carrier::Carrier;
use super::fence::Post;
use super::writes::PATIENCE;
use crate::worker_pool::{Next, Queue, WorkerPool};
use chinwag_core::domain::Refusal;
use chinwag_core::ports::StoreFuture;
use futures_util::FutureExt as _;
use futures_util::future::ready;
use parking_lot::Mutex;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Most that one statement does. What is above it waits for the next: rooms are held meanwhile.
const MOST: usize = 1_024;

/// From one look for what became of a lost batch to the next.
const PAUSE: Duration = Duration::from_millis(100);

/// A queue whose thread takes all that waits and does it with one statement. While that is under way the next batch gathers.
pub(super) struct Lane<B: Batched> {
    pool: WorkerPool<Queued<B>>,
    progress: Arc<Progress>,
}

enum Queued<B: Batched> {
    Work(B, Waiting<B::Answer>),
    Fence(Post),
}

/// How far the thread is.
#[derive(Default)]
struct Progress {
    /// How many wait for their answers.
    pending: AtomicUsize,
    /// Since when the oldest of the batch waits that is under way.
    oldest: Mutex<Option<Instant>>,
}

impl<B: Batched> Lane<B> {
    pub(super) fn start(name: &str, bound: usize, carrier: Carrier<B>) -> io::Result<Self> {
        let progress = Arc::<Progress>::default();
        let worker = Worker { carrier, progress: Arc::clone(&progress), queued: Vec::new() };
        let pool = WorkerPool::start(name, bound, vec![move |queue: Queue<_>| worker.run(&queue)])?;
        Ok(Self { pool, progress })
    }

    /// Takes a place in the order now.
    pub(super) fn submit(&self, work: B) -> StoreFuture<B::Answer> {
        // Whoever is refused at once comes back when the server may be there again. In the queue all would wait for one that is not.
        let is_stuck = self.progress.oldest.lock().is_some_and(|since| since.elapsed() > PATIENCE);
        if is_stuck {
            return ready(Err(Refusal::Unavailable)).boxed();
        }
        let (waiting, answer) = Waiting::new();
        self.progress.pending.fetch_add(1, Ordering::AcqRel);
        match self.pool.submit(Queued::Work(work, waiting)) {
            Ok(()) => answer,
            Err(refusal) => {
                self.progress.pending.fetch_sub(1, Ordering::AcqRel);
                ready(Err(refusal)).boxed()
            }
        }
    }

    /// Puts `post` behind what was submitted before, if any of that is under way.
    pub(super) fn fence(&self, post: &Post) -> Result<(), Refusal> {
        if self.progress.pending.load(Ordering::Acquire) == 0 {
            return Ok(());
        }
        self.pool.submit(Queued::Fence(post.clone()))
    }

    /// Finishes what is queued.
    pub(super) fn close(&self) {
        self.pool.close();
    }
}

/// The thread of a lane.
struct Worker<B: Batched> {
    carrier: Carrier<B>,
    progress: Arc<Progress>,
    /// What was taken from the queue and is not done yet.
    queued: Vec<Queued<B>>,
}

impl<B: Batched> Worker<B> {
    fn run(mut self, queue: &Queue<Queued<B>>) {
        while self.take(queue) {
            let count = self.next_batch();
            let mut batch = Vec::with_capacity(count);
            let mut waiting = Vec::with_capacity(count);
            let mut posts = Vec::new();
            for queued in self.queued.drain(..count) {
                match queued {
                    Queued::Work(work, who) => {
                        batch.push(work);
                        waiting.push(who);
                    }
                    Queued::Fence(post) => posts.push(post),
                }
            }
            let works = batch.len();
            if let Some(oldest) = waiting.first() {
                *self.progress.oldest.lock() = Some(oldest.since);
                self.carrier.carry_out(batch, waiting);
                *self.progress.oldest.lock() = None;
            }
            self.progress.pending.fetch_sub(works, Ordering::AcqRel);
            drop(posts);
        }
    }

    /// Waits for something to do, and takes what else is there. Meanwhile it looks for what became of a batch that got no answer.
    fn take(&mut self, queue: &Queue<Queued<B>>) -> bool {
        while self.queued.is_empty() {
            let next = match self.carrier.is_in_doubt() {
                true => queue.next_until(Instant::now() + PAUSE),
                false => queue.next().map_or(Next::Closed, Next::Job),
            };
            match next {
                Next::Job(first) => self.queued.push(first),
                Next::Nothing => self.carrier.settle_doubts(),
                Next::Closed => return false,
            }
        }
        queue.take_waiting(MOST.saturating_sub(self.queued.len()), &mut self.queued);
        true
    }

    /// How many of those that are queued are the next batch.
    fn next_batch(&self) -> usize {
        let mut company = B::Company::default();
        let mut joins = |queued: &Queued<B>| match queued {
            Queued::Work(work, _) => work.joins(&mut company),
            Queued::Fence(_) => true,
        };
        self.queued.iter().take_while(|queued| joins(queued)).count()
    }
}
