use super::SILENCE;
use chinwag_core::domain::NodeId;
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::Instant;

/// What this node has heard of each node, itself among them, and which of them have a lease. A pure structure behind the broker's lock.
///
/// A node lives by its lease alone. Of one that lives and is silent there may be news that did not come.
pub(super) struct Peers {
    own: Own,
    others: HashMap<NodeId, Peer>,
}

/// This node, as it hears itself.
struct Own {
    node: Option<NodeId>,
    heard_at: Instant,
}

struct Peer {
    /// The number of what was heard last; none since the subscription is another one, when numbers may have been passed over
    /// that the repair has made good.
    last: Option<u64>,
    /// When it was heard last, or might have been for the first time.
    heard_at: Instant,
    lease: PeerLease,
}

/// What is known of a node's lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PeerLease {
    /// It was heard, and the storage has not named it yet: it has just begun.
    Unknown,
    Live,
    Over,
}

/// What a publication's number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// It is this node's own.
    Own,
    /// Nothing of its node is missing.
    Next,
    /// So many before it are missing; none when it is not known how many.
    After { lost: Option<u64> },
    /// It came already.
    Again,
}

impl Peers {
    pub(super) fn new(now: Instant) -> Self {
        Self { own: Own { node: None, heard_at: now }, others: HashMap::new() }
    }

    /// Notes under which number this node publishes from now on, and which nodes have a lease.
    pub(super) fn set_leases(&mut self, own: NodeId, leases: &[NodeId], now: Instant) {
        self.own.node = Some(own);
        for peer in self.others.values_mut() {
            if peer.lease == PeerLease::Live {
                peer.lease = PeerLease::Over;
            }
        }
        for node in leases.iter().filter(|node| **node != own) {
            let unheard = Peer { last: None, heard_at: now, lease: PeerLease::Live };
            self.others.entry(*node).or_insert(unheard).lease = PeerLease::Live;
        }
        // What is still on its way of one whose lease is over is news, too, and its number is to be known then.
        self.others.retain(|node, peer| {
            *node != own
                && (peer.lease == PeerLease::Live || now.saturating_duration_since(peer.heard_at) < FORGET)
        });
    }

    /// Whether a node is known to have no lease any more.
    pub(super) fn is_over(&self, node: NodeId) -> bool {
        self.others.get(&node).is_some_and(|peer| peer.lease == PeerLease::Over)
    }

    /// The nodes of which people are known: those with a lease, and those that have just begun.
    pub(super) fn with_people(&self) -> impl Iterator<Item = NodeId> {
        let live = self.others.iter().filter(|(_, peer)| peer.lease != PeerLease::Over);
        live.map(|(node, _)| *node)
    }

    /// Notes that what is heard from now on is heard over another subscription. What was in between is to be repaired.
    pub(super) fn subscribe_anew(&mut self) {
        for peer in self.others.values_mut() {
            peer.last = None;
        }
    }

    /// Notes that everything is heard from now on, so that silence counts from now on.
    pub(super) fn confirmed(&mut self, now: Instant) {
        self.own.heard_at = now;
        for peer in self.others.values_mut() {
            peer.heard_at = now;
        }
    }

    /// Notes a publication by its number. `after_loss` says that its node could not publish everything before.
    pub(super) fn hear(&mut self, node: NodeId, number: u64, after_loss: bool, now: Instant) -> Heard {
        if Some(node) == self.own.node {
            self.own.heard_at = now;
            return Heard::Own;
        }
        let peer =
            self.others.entry(node).or_insert(Peer { last: None, heard_at: now, lease: PeerLease::Unknown });
        if peer.last.is_some_and(|last| number <= last) {
            return Heard::Again;
        }
        peer.heard_at = now;
        let lost = peer.last.replace(number).map(|last| number - last - 1).filter(|lost| *lost > 0);
        if lost.is_some() || after_loss { Heard::After { lost } } else { Heard::Next }
    }

    /// Whether this node has not heard itself for so long that its subscription is dead, whatever the socket says.
    pub(super) fn is_deaf(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.own.heard_at) > SILENCE
    }

    /// Those who have a lease and were not heard for too long.
    pub(super) fn silent(&self, now: Instant) -> impl Iterator<Item = NodeId> {
        let is_silent = move |peer: &Peer| {
            peer.lease == PeerLease::Live && now.saturating_duration_since(peer.heard_at) > SILENCE
        };
        self.others.iter().filter(move |(_, peer)| is_silent(peer)).map(|(node, _)| *node)
    }

    /// How long ago each node with a lease was heard.
    pub(super) fn ages(&self, now: Instant) -> impl Iterator<Item = (NodeId, Duration)> {
        let live = self.others.iter().filter(|(_, peer)| peer.lease == PeerLease::Live);
        live.map(move |(node, peer)| (*node, now.saturating_duration_since(peer.heard_at)))
    }
}

/// How long the number of a node without a lease is remembered.
const FORGET: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: NodeId = NodeId(1);
    const PEER: NodeId = NodeId(2);

    fn peers(now: Instant) -> Peers {
        let mut peers = Peers::new(now);
        peers.set_leases(OWN, &[OWN, PEER], now);
        peers
    }

    fn silent(peers: &Peers, now: Instant) -> Vec<NodeId> {
        peers.silent(now).collect()
    }

    #[test]
    fn a_number_that_is_passed_over_is_a_loss_and_one_that_comes_again_is_none() {
        let now = Instant::now();
        let mut peers = peers(now);
        let mut hear = |number, after_loss| peers.hear(PEER, number, after_loss, now);
        assert_eq!(hear(7, false), Heard::Next, "what was before the subscription is repaired once for all");
        assert_eq!(hear(8, false), Heard::Next);
        assert_eq!(hear(11, false), Heard::After { lost: Some(2) });
        assert_eq!(hear(11, false), Heard::Again);
        assert_eq!(hear(9, true), Heard::Again);
        assert_eq!(hear(12, true), Heard::After { lost: None }, "its node knows of a loss");
        assert_eq!(hear(13, false), Heard::Next);
    }

    #[test]
    fn the_numbers_of_a_new_subscription_begin_anywhere() {
        let now = Instant::now();
        let mut peers = peers(now);
        peers.hear(PEER, 3, false, now);
        peers.subscribe_anew();
        assert_eq!(peers.hear(PEER, 9, false, now), Heard::Next);
        assert_eq!(peers.hear(PEER, 11, false, now), Heard::After { lost: Some(1) });
        peers.subscribe_anew();
        assert_eq!(peers.hear(PEER, 14, true, now), Heard::After { lost: None });
    }

    #[test]
    fn one_with_a_lease_is_silent_after_three_beats_and_one_without_never() {
        let begin = Instant::now();
        let (soon, late) = (begin + SILENCE, begin + SILENCE + Duration::from_millis(1));
        let mut peers = peers(begin);
        peers.hear(NodeId(3), 1, false, begin);
        assert_eq!(silent(&peers, soon), []);
        assert_eq!(silent(&peers, late), [PEER]);
        peers.hear(PEER, 1, false, late);
        assert_eq!(silent(&peers, late + SILENCE), []);
        peers.set_leases(OWN, &[OWN], late);
        assert_eq!(silent(&peers, late + FORGET), []);
    }

    #[test]
    fn one_is_deaf_who_does_not_hear_oneself() {
        let begin = Instant::now();
        let late = begin + SILENCE + Duration::from_millis(1);
        let mut peers = peers(begin);
        peers.hear(PEER, 1, false, late);
        assert!(!peers.is_deaf(begin + SILENCE) && peers.is_deaf(late));
        assert_eq!(peers.hear(OWN, 1, false, late), Heard::Own);
        assert!(!peers.is_deaf(late + SILENCE));
        peers.confirmed(late + SILENCE + SILENCE);
        assert!(!peers.is_deaf(late + SILENCE + SILENCE), "it has had no time to hear itself yet");
    }

    #[test]
    fn the_people_of_a_node_go_with_its_lease_and_not_before_it_is_known() {
        let begin = Instant::now();
        let mut peers = peers(begin);
        peers.hear(NodeId(3), 1, false, begin);
        let with_people = |peers: &Peers| peers.with_people().collect::<std::collections::BTreeSet<_>>();
        peers.set_leases(OWN, &[OWN, PEER], begin);
        assert_eq!(with_people(&peers), [PEER, NodeId(3)].into(), "it began after the storage was asked");
        peers.set_leases(OWN, &[OWN, NodeId(3)], begin);
        assert_eq!(with_people(&peers), [NodeId(3)].into());
        peers.set_leases(OWN, &[OWN], begin);
        peers.hear(NodeId(3), 2, false, begin);
        assert_eq!(with_people(&peers), [].into(), "what comes late brings nobody back");
    }

    #[test]
    fn a_node_without_a_lease_is_forgotten_but_not_at_once() {
        let begin = Instant::now();
        let mut peers = peers(begin);
        peers.hear(PEER, 5, false, begin);
        peers.set_leases(OWN, &[OWN], begin + FORGET - Duration::from_millis(1));
        assert_eq!(peers.hear(PEER, 7, false, begin), Heard::After { lost: Some(1) });
        peers.set_leases(OWN, &[OWN], begin + FORGET);
        assert_eq!(peers.hear(PEER, 9, false, begin + FORGET), Heard::Next);
    }
}
