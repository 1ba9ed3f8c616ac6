use chinwag_core::domain::{NodeId, Presence, User, UserId};
use chinwag_core::ports::{PersonThere, PresenceNews};
use parking_lot::Mutex;
use std::collections::{BTreeSet, HashMap, HashSet};
use tokio::sync::{Notify, watch};

/// The people of a node, and whom it knows to be on others.
#[derive(Default)]
pub(crate) struct Crowd {
    here: Mutex<BTreeSet<UserId>>,
    changed: Mutex<HashSet<UserId>>,
    pub(crate) came: Notify,
    pub(crate) elsewhere: watch::Sender<HashMap<NodeId, BTreeSet<UserId>>>,
}

impl Crowd {
    pub(crate) fn enter(&self, users: impl IntoIterator<Item = i64>) {
        self.change(users, |here, user| here.insert(user));
    }

    pub(crate) fn exit(&self, users: impl IntoIterator<Item = i64>) {
        self.change(users, |here, user| here.remove(&user));
    }

    fn change(
        &self,
        users: impl IntoIterator<Item = i64>,
        change: impl Fn(&mut BTreeSet<UserId>, UserId) -> bool,
    ) {
        let (mut here, mut changed) = (self.here.lock(), self.changed.lock());
        for user in users {
            change(&mut here, UserId(user));
            changed.insert(UserId(user));
        }
        self.came.notify_one();
    }

    pub(crate) fn here(&self) -> BTreeSet<UserId> {
        self.here.lock().clone()
    }

    pub(crate) fn take(&self) -> Vec<PresenceNews> {
        let here = self.here.lock();
        let (came, gone): (Vec<_>, Vec<_>) =
            self.changed.lock().drain().partition(|user| here.contains(user));
        vec![PresenceNews::Changed(came.into_iter().map(there).collect()), PresenceNews::Gone(gone)]
    }

    pub(crate) fn after(&self, after: UserId, limit: usize) -> (Vec<PersonThere>, UserId) {
        let here = self.here.lock();
        let users: Vec<_> = here.iter().filter(|user| **user > after).take(limit).copied().collect();
        let until = users.last().filter(|_| users.len() == limit).map_or(UserId(i64::MAX), |last| *last);
        (users.into_iter().map(there).collect(), until)
    }

    pub(crate) fn hear(&self, node: NodeId, news: PresenceNews) {
        self.elsewhere.send_modify(|elsewhere| {
            let known = elsewhere.entry(node).or_default();
            match news {
                PresenceNews::Changed(people) => known.extend(people.into_iter().map(|it| it.user.id)),
                PresenceNews::Gone(users) => known.retain(|user| !users.contains(user)),
                PresenceNews::Part { after, until, people } => {
                    known.retain(|user| *user <= after || *user > until);
                    known.extend(people.into_iter().map(|it| it.user.id));
                }
                PresenceNews::Typing { .. } | PresenceNews::Asked => panic!("nobody told {news:?}"),
            }
        });
    }

    pub(crate) fn keep(&self, nodes: &[NodeId]) {
        self.elsewhere.send_modify(|elsewhere| elsewhere.retain(|node, _| nodes.contains(node)));
    }

    /// Waits until exactly these are known to be on a node.
    pub(crate) async fn until_on(&self, node: NodeId, people: &BTreeSet<UserId>) {
        let mut elsewhere = self.elsewhere.subscribe();
        let wait =
            elsewhere.wait_for(|known| known.get(&node).map_or(people.is_empty(), |known| known == people));
        let came = tokio::time::timeout(std::time::Duration::from_secs(30), wait).await;
        assert!(came.is_ok(), "{people:?} are on {node}");
    }
}

fn there(user: UserId) -> PersonThere {
    let user = User::guest(user, "Somebody");
    PersonThere { user, presence: Presence::Online, via: None, rooms: Vec::new() }
}
