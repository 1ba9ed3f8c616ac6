use super::looks::Looks;
use super::outbox::Outbox;
use super::peers::{Heard, Peers};
use super::settling::Questions;
use super::{BusMetrics, RedisUrl};
use crate::broker::NodeReceiver;
use chinwag_core::domain::NodeId;
use chinwag_core::ports::{BusAnswer, BusCodec, BusMark, BusMessage, PresenceNews, Publication};
use parking_lot::Mutex;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

/// Told when news may have been lost, to ask the storage for what they were about.
pub trait Repair: Send + Sync {
    /// Takes note of a loss. Must not block. It may be told of the same again and again, and one repair that begins after that is enough
    /// for all.
    fn repair(&self, loss: Loss);
}

/// Why news may have been lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loss {
    /// There is a new subscription: nobody heard what was told before it.
    Subscribed,
    /// A message of this node did not come, or it could not tell something, or told something that is not understood here.
    Missed(NodeId),
    /// This node has a lease and is not heard. Told again while it is so.
    Silent(NodeId),
    /// There is no subscription. Told again while it is so.
    Deaf,
}

/// Tells the nodes of one database from those of others on the same Redis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace(String);

/// What is known of the bus, by what arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusHealth {
    /// Whether this node hears itself.
    pub is_up: bool,
    /// How long ago each other node with a lease was heard.
    pub peers: Vec<(NodeId, Duration)>,
}

/// What the publisher and the subscriber of a node have in common.
pub(crate) struct Link {
    pub(super) url: RedisUrl,
    pub(super) codec: Arc<dyn BusCodec>,
    pub(super) outbox: Outbox,
    pub(super) questions: Questions,
    pub(super) looks: Looks,
    pub(super) metrics: BusMetrics,
    /// Under which number this node publishes; none before it has a lease.
    pub(super) node: watch::Sender<Option<NodeId>>,
    /// Tells the publisher to connect anew: what it tells does not come back.
    pub(super) republish: Notify,
    /// Tells that the others are to hear of all people here.
    pub(super) all_people_wanted: Notify,
    pub(super) receiver: Arc<dyn NodeReceiver>,
    repair: Arc<dyn Repair>,
    inbox: Mutex<Inbox>,
    /// What others wait for, until it is applied here.
    answering: Mutex<HashSet<BusAnswer>>,
    is_up: AtomicBool,
}

/// Locked while a message is handed on, so that those of two subscriptions never cross.
struct Inbox {
    /// The subscription whose messages are taken.
    subscription: u64,
    peers: Peers,
}

impl Namespace {
    /// A namespace of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The channel of its nodes.
    pub(crate) fn channel(&self) -> Arc<str> {
        format!("{self}:bus").into()
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Link {
    pub(crate) fn new(
        url: RedisUrl,
        codec: Arc<dyn BusCodec>,
        (receiver, repair): (Arc<dyn NodeReceiver>, Arc<dyn Repair>),
        metrics: BusMetrics,
    ) -> Self {
        Self {
            url,
            codec,
            outbox: Outbox::default(),
            questions: Questions::default(),
            looks: Looks::default(),
            metrics,
            node: watch::Sender::new(None),
            republish: Notify::new(),
            all_people_wanted: Notify::new(),
            receiver,
            repair,
            inbox: Mutex::new(Inbox { subscription: 0, peers: Peers::new(Instant::now()) }),
            answering: Mutex::default(),
            is_up: AtomicBool::new(false),
        }
    }

    /// Takes what is to be told to the other nodes. Never waits.
    pub(crate) fn put(&self, publications: &[Publication]) {
        let given_up = self.outbox.put(publications);
        if given_up > 0 {
            self.metrics.dropped.inc_by(given_up as u64);
            tracing::warn!(
                publications = given_up,
                "too much waits for Redis; the other nodes read it from the database"
            );
        }
    }

    pub(crate) fn set_leases(&self, own: NodeId, leases: &[NodeId]) {
        let mut inbox = self.inbox.lock();
        inbox.peers.set_leases(own, leases, Instant::now());
        let with_people: Vec<_> = inbox.peers.with_people().collect();
        self.receiver.keep_nodes(&with_people);
        drop(inbox);
        if self.node.send_if_modified(|node| node.replace(own) != Some(own)) {
            // Under another number this is another node, of which nobody knows anybody.
            self.all_people_wanted.notify_one();
        }
    }

    pub(crate) fn metrics(&self) -> &BusMetrics {
        &self.metrics
    }

    pub(crate) fn health(&self) -> BusHealth {
        let peers = self.inbox.lock().peers.ages(Instant::now()).collect();
        BusHealth { is_up: self.is_up(), peers }
    }

    pub(super) fn is_up(&self) -> bool {
        self.is_up.load(Ordering::SeqCst)
    }

    pub(super) fn lost(&self, loss: Loss) {
        if matches!(loss, Loss::Subscribed | Loss::Missed(_)) {
            self.outbox.ask_for_people();
        }
        self.repair.repair(loss);
    }

    /// Begins another subscription: from now on nothing is taken of those before.
    pub(super) fn begin_subscription(&self) -> u64 {
        let mut inbox = self.inbox.lock();
        inbox.subscription += 1;
        inbox.peers.subscribe_anew();
        inbox.subscription
    }

    /// Notes that Redis confirmed the subscription: everything told from now on is heard.
    pub(super) fn confirm_subscription(&self) {
        self.inbox.lock().peers.confirmed(Instant::now());
        self.metrics.subscriptions.inc();
        self.metrics.up.set(1);
        if !self.is_up.swap(true, Ordering::SeqCst) {
            tracing::info!(redis = %self.url, "hears the other nodes");
        }
        self.lost(Loss::Subscribed);
    }

    pub(super) fn subscription_ended(&self, why: &dyn fmt::Display) {
        self.metrics.up.set(0);
        // One that comes to nothing again and again is told of once.
        if self.is_up.swap(false, Ordering::SeqCst) {
            tracing::warn!(redis = %self.url, %why, "does not hear the other nodes; reads the database instead until it does");
        } else {
            tracing::debug!(redis = %self.url, %why, "still does not hear the other nodes");
        }
    }

    /// Takes a message of a subscription, and hands on what it tells.
    pub(super) fn take(self: &Arc<Self>, subscription: u64, bytes: &[u8]) {
        let message = self.codec.decode(bytes);
        let mut inbox = self.inbox.lock();
        if inbox.subscription != subscription {
            return;
        }
        let Some(BusMessage { node, number, after_loss, publications, presence, marks, answers }) = message
        else {
            // Whose it is is not known; the next one of that node has a number that shows the loss.
            self.metrics.unreadable.inc();
            return;
        };
        match inbox.peers.hear(node, number, after_loss, Instant::now()) {
            Heard::Own | Heard::Again => return,
            Heard::Next => {}
            Heard::After { lost } => {
                self.metrics.lost.inc_by(lost.unwrap_or(0));
                self.lost(Loss::Missed(node));
            }
        }
        self.metrics.heard.inc();
        for publication in publications {
            self.receiver.receive_from_elsewhere(publication);
        }
        for news in presence {
            if news == PresenceNews::Asked {
                self.all_people_wanted.notify_one();
            } else if !inbox.peers.is_over(node) {
                self.receiver.receive_presence(node, news);
            }
        }
        drop(inbox);
        for mark in marks {
            self.answer(node, mark);
        }
        let own = *self.node.borrow();
        for answer in answers.iter().filter(|answer| Some(answer.to) == own) {
            self.questions.answered(answer.id, node);
        }
    }

    /// Answers another node when this one has applied what it asks for. It asks again and again meanwhile.
    fn answer(self: &Arc<Self>, to: NodeId, mark: BusMark) {
        let answer = BusAnswer { to, id: mark.id };
        if !self.answering.lock().insert(answer) {
            return;
        }
        let link = Arc::clone(self);
        tokio::spawn(async move {
            link.receiver.applied(mark.what).await;
            link.answering.lock().remove(&answer);
            link.outbox.answer(answer);
        });
    }

    /// Whether this node does not hear itself, and the others that are silent though they have a lease.
    pub(super) fn silence(&self) -> (bool, Vec<NodeId>) {
        let (inbox, now) = (self.inbox.lock(), Instant::now());
        (inbox.peers.is_deaf(now), inbox.peers.silent(now).collect())
    }
}
