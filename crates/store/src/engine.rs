use crate::nodes::OwnNode;
use crate::sql::{Failure, Transaction};
use crate::write::Write;
use crate::{members, messages, sessions};
use chinwag_core::domain::{Actor, Millis, RoomId, Seq, UserId};
use chinwag_core::ports::{Appended, NewMessage, Store, StoreFuture};

/// A database and the threads that serve it. What is written and by which rules is the nouns' affair, the same for each engine.
pub(crate) trait Engine: Send + Sync + 'static {
    /// Runs `work` in a transaction that is committed before the answer comes. It takes its place in the order now, may share the
    /// transaction with others, and may be run again: after a rollback, or where another transaction was in its way.
    fn write<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send + 'static;

    /// As [`write`](Self::write), beside the others' writes and not behind them: a node that has much to write is not gone. It tells nothing.
    fn write_lease<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send + 'static,
    {
        self.write(name, work)
    }

    /// Runs `work`, which changes nothing and is told the time, where it is in the way of no [`write_lease`](Self::write_lease).
    fn read_lease<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction, Millis) -> Result<T, Failure> + Send + 'static,
    {
        self.write(name, move |write| work(write.sql, write.now))
    }

    /// Runs `work` in a transaction that sees one moment, not before now. It may be run again.
    fn read<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static;

    /// Runs `work` as [`read`](Self::read) does, where no other read waits for it, because it may take long. Of those there are few at once.
    fn search<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
    {
        self.read(name, work)
    }

    /// The time of the first message that is not in the index yet; none when all are.
    fn indexed_to(&self) -> Option<Millis> {
        None
    }

    /// See [`Store::epoch`].
    fn epoch(&self) -> &str;

    /// See [`Store::ready`].
    fn ready(&self) -> StoreFuture<()>;

    /// Appends a message. An engine that can do many of them at once has its own way, by the same rules: the contract suite and the random script
    /// hold both to them.
    fn append_message(&self, actor: Actor, message: NewMessage) -> StoreFuture<Appended> {
        self.write("append_message", move |write| messages::append(write, actor, &message))
    }

    /// Moves a read marker. As [`append_message`](Self::append_message).
    fn mark_read(&self, actor: Actor, room: RoomId, seq: Seq) -> StoreFuture<()> {
        self.write("mark_read", move |write| members::mark_read(write, actor, room, seq))
    }

    /// Notes who is here. As [`append_message`](Self::append_message).
    fn touch(&self, users: Vec<UserId>) -> StoreFuture<()> {
        self.write("touch", move |write| sessions::touch(write, &users))
    }
}

/// A storage on one of the engines, and the number by which its server has a lease. The nouns are implemented on it, once.
pub struct SqlStore<E>(pub(crate) E, pub(crate) OwnNode);

impl<E: Engine> Store for SqlStore<E> {
    fn epoch(&self) -> &str {
        self.0.epoch()
    }

    fn ready(&self) -> StoreFuture<()> {
        self.0.ready()
    }
}
