use crate::sql::{DatabaseError, Failure, Transaction};
use chinwag_core::domain::{Actor, Millis, Refusal, UserId};
use chinwag_core::ports::{DirectoryEvent, Publication, Settling, StoreFuture, UserEvent};
use futures_channel::oneshot;
use futures_util::FutureExt as _;

/// An open transaction that writes, and what it will tell the world when it is committed.
pub(crate) struct Write<'t> {
    /// The transaction.
    pub(crate) sql: &'t dyn Transaction,
    /// The time of this transaction.
    pub(crate) now: Millis,
    /// What is published after the commit, in the order of the writes.
    pub(crate) publications: Vec<Publication>,
    /// Whether it takes away a text that nobody is to find any more, not in the files of the database either.
    pub(crate) erases: bool,
    /// Whether it has emptied the index of messages, which is to be made anew.
    pub(crate) reindexes: bool,
}

impl<'t> Write<'t> {
    pub(crate) fn new(sql: &'t dyn Transaction, now: Millis) -> Self {
        Self { sql, now, publications: Vec::new(), erases: false, reindexes: false }
    }

    /// Tells all of a person's connections after the commit.
    pub(crate) fn tell_person(&mut self, user: UserId, event: UserEvent) {
        self.publications.push(Publication::Person { user, except: None, event });
    }

    /// Tells the actor's other connections after the commit; the one that caused it gets a reply.
    pub(crate) fn tell_other_devices(&mut self, actor: Actor, event: UserEvent) {
        self.publications.push(Publication::Person { user: actor.user, except: actor.connection, event });
    }

    /// Tells everyone who sees the directory of public rooms after the commit.
    pub(crate) fn tell_directory(&mut self, event: DirectoryEvent) {
        self.publications.push(Publication::Directory(event));
    }
}

/// Does `work`, and says beside its answer what it ended.
pub(crate) fn with_endings<'t, T>(
    write: &mut Write<'t>,
    work: impl FnOnce(&mut Write<'t>) -> Result<T, Failure>,
) -> Result<(T, Vec<Settling>), Failure> {
    let before = write.publications.len();
    let answer = work(write)?;
    Ok((answer, write.publications[before..].iter().filter_map(Publication::ending).collect()))
}

/// One write on its way to the database. Dropped unanswered, it reads as [`Refusal::Unavailable`].
pub(crate) trait Job: Send {
    /// What it is called in the log.
    fn name(&self) -> &'static str;

    /// Runs it in the open transaction and keeps the result. After a rollback it is run again, so it keeps nothing else.
    fn run(&mut self, write: &mut Write<'_>) -> Result<(), DatabaseError>;

    /// Whether the last run was refused. Then it has written nothing.
    fn was_refused(&self) -> bool;

    /// Answers with the result of the last run.
    fn answer(self: Box<Self>);
}

/// A job of `work`, and the answer it will give.
///
/// `work` refuses before it writes: a refusal does not roll back the transaction that it may share with others.
pub(crate) fn job<T, W>(name: &'static str, work: W) -> (Box<dyn Job>, StoreFuture<T>)
where
    T: Send + 'static,
    W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send + 'static,
{
    let (sender, receiver) = oneshot::channel();
    (Box::new(Task { name, work, result: None, sender }), receiving(receiver))
}

/// The answer that comes through `receiver`.
pub(crate) fn receiving<T: Send + 'static>(
    receiver: oneshot::Receiver<Result<T, Refusal>>,
) -> StoreFuture<T> {
    async { receiver.await.unwrap_or(Err(Refusal::Unavailable)) }.boxed()
}

struct Task<T, W> {
    name: &'static str,
    work: W,
    result: Option<Result<T, Refusal>>,
    sender: oneshot::Sender<Result<T, Refusal>>,
}

impl<T, W> Job for Task<T, W>
where
    T: Send,
    W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn run(&mut self, write: &mut Write<'_>) -> Result<(), DatabaseError> {
        self.result = Some(match (self.work)(write) {
            Ok(value) => Ok(value),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::Database(error)) => return Err(error),
        });
        Ok(())
    }

    fn was_refused(&self) -> bool {
        matches!(self.result, Some(Err(_)))
    }

    fn answer(self: Box<Self>) {
        if let Some(result) = self.result {
            // Nobody may be waiting any more; the write stands all the same.
            let _ = self.sender.send(result);
        }
    }
}
