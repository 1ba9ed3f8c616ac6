use crate::crowd::Crowd;
use crate::shelf::Shelf;
use chinwag_core::domain::{Millis, NodeId, Refusal, RoomId, Seq, UserId};
use chinwag_core::ports::{
    Broker as _, BusCodec, Leases, LiveNode, NewNode, Nodes, PersonThere, PresenceNews, Publication,
    Settling, StoreFuture, UserEvent,
};
use chinwag_realtime::broker::{
    BusMetrics, Loss, Namespace, NodeReceiver, Receiver, RedisBroker, RedisBrokerSettings, Repair,
};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

pub(crate) const A: NodeId = NodeId(1);
pub(crate) const B: NodeId = NodeId(2);
/// What the clock of the storage says, always.
pub(crate) const NOW: Millis = Millis(1_700_000_000_000);

/// What two nodes did, in one order.
#[derive(Default)]
pub(crate) struct Story {
    /// Who has a lease, for those who ask.
    pub(crate) live: Mutex<Vec<NodeId>>,
    /// Up to when they have all looked up what they missed.
    pub(crate) repaired: Mutex<Option<Millis>>,
    /// Up to where rooms are delivered, at every node.
    pub(crate) delivered: watch::Sender<Seq>,
    lines: Mutex<Vec<Line>>,
    grew: Notify,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Told { by: NodeId, number: i64 },
    Heard { at: NodeId, by: NodeId, number: i64 },
    Repaired { at: NodeId, loss: Loss },
}

impl Story {
    fn tell(&self, line: Line) {
        self.lines.lock().push(line);
        self.grew.notify_waiters();
    }

    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().clone()
    }

    /// Waits until there is such a line behind the first `after`. Answers how many there are then.
    pub(crate) async fn until(&self, after: usize, what: &str, is_it: impl Fn(&Line) -> bool) -> usize {
        let wait = async {
            loop {
                let mut grew = std::pin::pin!(self.grew.notified());
                grew.as_mut().enable();
                let lines = self.lines();
                if let Some(place) = lines.iter().skip(after).position(&is_it) {
                    return after + place + 1;
                }
                grew.await;
            }
        };
        match tokio::time::timeout(Duration::from_secs(30), wait).await {
            Ok(place) => place,
            Err(_) => panic!("{what} never came"),
        }
    }

    pub(crate) async fn until_heard(&self, at: NodeId, by: NodeId, number: i64) -> usize {
        let what = format!("{number} of {by} at {at}");
        self.until(0, &what, |line| *line == Line::Heard { at, by, number }).await
    }

    pub(crate) async fn until_repaired(&self, after: usize, at: NodeId, loss: Loss) -> usize {
        let what = format!("a repair of {loss:?} at {at}");
        self.until(after, &what, |line| *line == Line::Repaired { at, loss }).await
    }

    pub(crate) fn repairs(&self, at: NodeId, loss: Loss) -> usize {
        self.lines().iter().filter(|line| **line == Line::Repaired { at, loss }).count()
    }

    /// Whatever did not come was made up for: the storage was asked after it was told. And what came, came in order and once.
    /// Answers how many did not come.
    pub(crate) fn check(&self, at: NodeId, by: NodeId) -> usize {
        let lines = self.lines();
        let heard: Vec<_> = lines.iter().filter_map(|line| line.heard(at, by)).collect();
        assert!(heard.is_sorted_by(|one, next| one < next), "{at} heard {by} out of order: {heard:?}");
        let last_repair =
            lines.iter().rposition(|line| matches!(line, Line::Repaired { at: here, .. } if *here == at));
        let mut missing = 0;
        for (place, line) in lines.iter().enumerate() {
            if let Line::Told { by: teller, number } = line
                && *teller == by
                && heard.binary_search(number).is_err()
            {
                missing += 1;
                assert!(
                    last_repair.is_some_and(|repair| repair > place),
                    "{number} of {by} is lost at {at} unnoticed"
                );
            }
        }
        missing
    }
}

impl Line {
    fn heard(&self, here: NodeId, teller: NodeId) -> Option<i64> {
        match self {
            Self::Heard { at, by, number } if *at == here && *by == teller => Some(*number),
            Self::Heard { .. } | Self::Told { .. } | Self::Repaired { .. } => None,
        }
    }
}

/// A node that has only a broker.
pub(crate) struct Node {
    pub(crate) id: NodeId,
    pub(crate) broker: Arc<RedisBroker>,
    pub(crate) metrics: BusMetrics,
    /// Held while this node is too slow to take anything.
    pub(crate) gate: Arc<Mutex<()>>,
    pub(crate) crowd: Arc<Crowd>,
    story: Arc<Story>,
    task: JoinHandle<()>,
}

struct Ear {
    at: NodeId,
    crowd: Arc<Crowd>,
    gate: Arc<Mutex<()>>,
    story: Arc<Story>,
}

impl Receiver for Ear {
    fn receive(&self, publication: Publication) {
        let Publication::Person { user, event: UserEvent::ReadMark { seq, .. }, .. } = publication else {
            panic!("nobody told {publication:?}")
        };
        drop(self.gate.lock());
        let by = NodeId(user.0);
        if by != self.at {
            self.story.tell(Line::Heard { at: self.at, by, number: seq.0 });
        }
    }

    fn applied(&self, what: Settling) -> BoxFuture<'static, ()> {
        let Settling::Room(_, seq) = what else { panic!("nobody asked for {what:?}") };
        let mut delivered = self.story.delivered.subscribe();
        async move { _ = delivered.wait_for(|place| *place >= seq).await }.boxed()
    }
}

impl NodeReceiver for Ear {
    fn receive_from_elsewhere(&self, publication: Publication) {
        self.receive(publication);
    }

    fn tell_others(&self) {}

    fn receive_presence(&self, node: NodeId, news: PresenceNews) {
        self.crowd.hear(node, news);
    }

    fn presence_came(&self) -> BoxFuture<'_, ()> {
        self.crowd.came.notified().boxed()
    }

    fn take_presence(&self) -> (Vec<PresenceNews>, bool) {
        (self.crowd.take(), false)
    }

    fn own_people(&self, after: UserId, limit: usize) -> (Vec<PersonThere>, UserId) {
        self.crowd.after(after, limit)
    }

    fn keep_nodes(&self, live: &[NodeId]) {
        self.crowd.keep(live);
    }

    fn repair_rooms(self: Arc<Self>) -> BoxFuture<'static, Result<(), Refusal>> {
        panic!("the broker repairs nothing itself")
    }

    fn repair(self: Arc<Self>) -> BoxFuture<'static, Result<(), Refusal>> {
        panic!("the broker repairs nothing itself")
    }
}

impl Nodes for Story {
    fn enter(&self, node: NewNode) -> StoreFuture<NodeId> {
        panic!("the broker takes no lease for {node:?}")
    }

    fn leave(&self, node: NodeId) -> StoreFuture<()> {
        panic!("the broker does not give back the lease of {node}")
    }

    fn leases(&self) -> StoreFuture<Leases> {
        let repaired = *self.repaired.lock();
        let node = |id: &NodeId| LiveNode {
            id: *id,
            name: String::new(),
            version: String::new(),
            repaired_at: repaired,
        };
        let live = self.live.lock().iter().map(node).collect();
        ready(Ok(Leases { now: NOW, live, is_outdated: false })).boxed()
    }

    fn renew(&self, node: NodeId, _repaired: Option<Millis>) -> StoreFuture<Leases> {
        panic!("the broker does not prolong the lease of {node}")
    }
}

impl Repair for Ear {
    fn repair(&self, loss: Loss) {
        self.story.tell(Line::Repaired { at: self.at, loss });
    }
}

impl Node {
    pub(crate) fn start(id: NodeId, url: &str, story: &Arc<Story>, shelf: &Arc<Shelf>) -> Self {
        Self::start_on(&Handle::current(), id, url, story, shelf)
    }

    /// The same with threads of its own.
    pub(crate) fn start_on(
        runtime: &Handle,
        id: NodeId,
        url: &str,
        story: &Arc<Story>,
        shelf: &Arc<Shelf>,
    ) -> Self {
        let gate = Arc::<Mutex<()>>::default();
        let crowd = Arc::<Crowd>::default();
        let ear = Arc::new(Ear {
            at: id,
            crowd: Arc::clone(&crowd),
            gate: Arc::clone(&gate),
            story: Arc::clone(story),
        });
        let metrics = BusMetrics::default();
        let settings = RedisBrokerSettings {
            url: url.parse().unwrap(),
            codec: Arc::clone(shelf) as Arc<dyn BusCodec>,
            repair: Arc::clone(&ear) as Arc<dyn Repair>,
            metrics: metrics.clone(),
        };
        let broker = RedisBroker::new(ear, settings);
        broker.set_leases(id, &[A, B]);
        let task = runtime
            .spawn(Arc::clone(&broker).run(Namespace::new("test"), Arc::clone(story) as Arc<dyn Nodes>));
        Self { id, broker, metrics, gate, crowd, story: Arc::clone(story), task }
    }

    pub(crate) fn tell(&self, number: i64) {
        self.story.tell(Line::Told { by: self.id, number });
        // Who tells stands in it as the user.
        self.broker.publish(vec![Publication::Person {
            user: UserId(self.id.0),
            except: None,
            event: UserEvent::ReadMark { room: RoomId(1), seq: Seq(number), is_shared: false },
        }]);
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Two nodes that hear each other.
pub(crate) struct Pair {
    pub(crate) a: Node,
    pub(crate) b: Node,
    pub(crate) story: Arc<Story>,
    next: i64,
}

impl Pair {
    /// Of which `a` reaches Redis at one address, and `b` at another.
    pub(crate) async fn start(a: &str, b: &str) -> Self {
        Self::start_on(&Handle::current(), a, b).await
    }

    /// The same, with the second of them on a runtime of its own.
    pub(crate) async fn start_on(runtime: &Handle, a: &str, b: &str) -> Self {
        let (story, shelf) = (Arc::<Story>::default(), Arc::<Shelf>::default());
        let (a, b) = (Node::start(A, a, &story, &shelf), Node::start_on(runtime, B, b, &story, &shelf));
        for at in [A, B] {
            story.until_repaired(0, at, Loss::Subscribed).await;
        }
        let mut pair = Self { a, b, story, next: 1 };
        pair.hear_each_other().await;
        pair
    }

    /// Has both tell something new until each has heard the very last of the other. By then, whatever was told before has come or is lost.
    pub(crate) async fn hear_each_other(&mut self) {
        const PATIENCE: Duration = Duration::from_secs(1);
        let told = async {
            loop {
                self.tell(1).await;
                let last = self.next - 1;
                let heard = async {
                    self.story.until_heard(A, B, last).await;
                    self.story.until_heard(B, A, last).await;
                };
                // What was told to a connection that is given up does not come.
                if tokio::time::timeout(PATIENCE, heard).await.is_ok() {
                    break;
                }
            }
        };
        let told = tokio::time::timeout(Duration::from_secs(30), told).await;
        assert!(
            told.is_ok(),
            "they do not hear each other: {:?}",
            self.story.lines().iter().rev().take(20).collect::<Vec<_>>()
        );
    }

    /// Both tell `count` things, one after the other.
    pub(crate) async fn tell(&mut self, count: i64) {
        for number in self.next..self.next + count {
            self.a.tell(number);
            self.b.tell(number);
            tokio::task::yield_now().await;
        }
        self.next += count;
    }

    /// The first of them tells `count` things, one after the other.
    pub(crate) async fn tell_by_a(&mut self, count: i64) {
        for number in self.next..self.next + count {
            self.a.tell(number);
            tokio::task::yield_now().await;
        }
        self.next += count;
    }

    /// Waits until they hear each other, and checks that nothing is lost unnoticed. Answers how many did not come at `a` and at `b`.
    pub(crate) async fn check(&mut self) -> (usize, usize) {
        self.hear_each_other().await;
        (self.story.check(A, B), self.story.check(B, A))
    }
}
