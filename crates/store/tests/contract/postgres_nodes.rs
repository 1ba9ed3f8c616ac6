//! Several servers on one database, which only PostgreSQL can serve.

use crate::nodes::enter;
use crate::world::{World, block_on, name, new_guest};
use chinwag_core::domain::{Actor, Millis, NodeId, Refusal, RoomId, WantedName};
use chinwag_core::ports::{Leases, NewNode, NewVisitor, ReturningVisitor, TokenHash, WAY_BACK_MS};
use chinwag_fixtures::Cluster;
use futures_util::FutureExt as _;
use futures_util::future::join;
use std::time::{Duration, Instant};

const LEASE: i64 = 10_000;
const SECRET: TokenHash = TokenHash([7; 32]);

/// Two nodes on one database, of which the first is asked to let time pass.
async fn two() -> (World, World) {
    let first = World::node_on(chinwag_fixtures::database());
    let second = first.another_node();
    enter(&first, "a").await;
    enter(&second, "b").await;
    (first, second)
}

/// Visits on a node; the visitor may come back.
async fn visit(world: &World, wanted: &str) -> Actor {
    world.visitor_with(WantedName::Named(name(wanted)), Some(SECRET)).await.0
}

async fn come_back(world: &World, visitor: Actor) -> Actor {
    let token = new_guest("token").token;
    let returning = ReturningVisitor { user: visitor.user, way_back: SECRET, token };
    let (_, session) = world.store().resume_visit(returning).await.unwrap();
    Actor { session, ..visitor }
}

#[test]
fn each_node_sees_the_others() {
    block_on(async {
        let (first, second) = two().await;
        let names = |leases: Leases| leases.live.into_iter().map(|node| node.name).collect::<Vec<_>>();
        assert_eq!(names(first.nodes().leases().await.unwrap()), ["a", "b"]);
        assert_eq!(names(second.nodes().leases().await.unwrap()), ["a", "b"]);
    });
}

#[test]
fn what_one_node_has_stored_the_other_continues() {
    block_on(async {
        let (first, second) = two().await;
        let [alex] = first.members(["Alex"]).await;
        let [sam] = second.members(["Sam"]).await;
        for number in 0..20 {
            let (one, other) = (format!("a-{number}"), format!("b-{number}"));
            let said = join(first.say(alex, "general", &one), second.say(sam, "general", &other)).await;
            said.0.unwrap();
            said.1.unwrap();
        }
        let log = first.log(RoomId(1)).await;
        assert!(log.iter().map(|event| event.seq.0).eq(1..=42));
        let mut told = [first.broker.log(RoomId(1)), second.broker.log(RoomId(1))].concat();
        told.sort_by_key(|event| event.seq);
        assert!(told.iter().map(|event| &**event).eq(&log), "each event is told by the node that stored it");
    });
}

#[test]
fn a_visit_belongs_to_the_node_where_it_was_taken_up_last() {
    block_on(async {
        let (first, second) = two().await;
        let visitor = visit(&first, "Sam").await;
        let again = come_back(&second, visitor).await;
        // The connection of before is found to be gone on the node where it was.
        first.store().end_session(visitor).await.unwrap();
        second.say(again, "general", "hi").await.unwrap();
        first.pass(LEASE);
        let own = second.nodes().leases().await.unwrap();
        assert_eq!(own.live, [], "both leases are over");
        let before = first.database().ask("SELECT max(id) FROM nodes").parse().unwrap();
        let anew =
            NewNode { name: "b".into(), version: "1.0".into(), process: 1, before: Some(NodeId(before)) };
        second.nodes().enter(anew).await.unwrap();
        assert_eq!(second.store().end_lost_visits().await, Ok(0), "it has nothing to do with the first node");
        second.say(again, "general", "still").await.unwrap();
    });
}

#[test]
fn a_node_that_comes_too_late_has_no_visits() {
    block_on(async {
        let (first, second) = two().await;
        let [visitor, silent] = [visit(&first, "Sam").await, visit(&first, "Kim").await];
        first.say(visitor, "general", "hi").await.unwrap();
        first.pass(LEASE);
        enter(&second, "b").await;
        assert_eq!(second.store().end_lost_visits().await, Ok(2));
        for visitor in [visitor, silent] {
            assert_eq!(first.say(visitor, "general", "late").await, Err(Refusal::NotMember));
        }
        assert!(first.broker.take().personal().is_empty() && second.broker.take().personal().is_empty());
        let again = come_back(&second, visitor).await;
        second.say(again, "general", "again").await.unwrap();
    });
}

#[test]
fn lost_visits_are_ended_once_when_all_nodes_look() {
    block_on(async {
        let (first, second) = two().await;
        let third = first.another_node();
        for number in 0..30 {
            visit(&first, &format!("Bot {number}")).await;
        }
        first.pass(LEASE);
        enter(&second, "b").await;
        enter(&third, "c").await;
        let looks = [&second, &third, &second, &third].map(|world| world.store().end_lost_visits());
        let ended = futures_util::future::try_join_all(looks).await.unwrap();
        assert_eq!(ended.into_iter().sum::<u32>(), 30);
        assert_eq!(first.database().ask("SELECT count(*) FROM sessions"), "0");
    });
}

/// What began under none would be ended at once, and under one that is gone as well.
#[test]
fn a_visit_begins_under_a_number_that_is_there() {
    block_on(async {
        let first = World::node_on(chinwag_fixtures::database());
        let visitor = NewVisitor {
            name: WantedName::Named(name("Sam")),
            token: new_guest("token").token,
            way_back: None,
        };
        let visit = async || first.store().create_visitor(visitor.clone()).await.map(drop);
        assert_eq!(visit().await, Err(Refusal::Unavailable), "it has no number yet");
        enter(&first, "a").await;
        first.database().execute("DELETE FROM nodes");
        assert_eq!(visit().await, Err(Refusal::Unavailable), "its number is gone");
        let own = enter(&first, "a").await;
        assert_eq!(visit().await, Ok(()));
        first.nodes().leave(own).await.unwrap();
        assert_eq!(visit().await, Err(Refusal::Unavailable), "it is about to stop");
    });
}

/// Another node may have brought a newer version, which has migrated the database.
#[test]
fn a_node_is_told_when_it_is_too_old_for_the_database() {
    block_on(async {
        let world = World::node_on(chinwag_fixtures::database());
        let own = enter(&world, "a").await;
        let is_outdated = async || world.nodes().renew(own, None).await.unwrap().is_outdated;
        assert!(!is_outdated().await);
        world.database().execute("UPDATE chinwag SET schema = 2");
        assert!(!is_outdated().await, "the newer version leaves what this one needs");
        world.database().execute("UPDATE chinwag SET schema = 3, readable_from = 2");
        assert!(is_outdated().await);
    });
}

#[test]
fn nodes_that_are_gone_for_long_are_forgotten() {
    const HOUR: i64 = 60 * 60 * 1000;
    block_on(async {
        let (first, second) = two().await;
        let count = || first.database().ask("SELECT count(*) FROM nodes");
        first.pass(HOUR / 2);
        enter(&second, "b").await;
        assert_eq!(count(), "3", "whoever looks sees who was here lately");
        first.pass(HOUR / 2 + LEASE);
        enter(&second, "b").await;
        assert_eq!(count(), "2");
    });
}

/// A server that has the database alone knows that nobody else lives, whatever a node that was killed has left.
#[test]
fn no_lease_outlives_the_last_node() {
    let database = chinwag_fixtures::database();
    block_on(async {
        let mut world = World::node_on(database);
        enter(&world, "a").await;
        visit(&world, "Sam").await;
        world.reopen();
        assert_eq!(world.store().end_lost_visits().await, Ok(0), "it may live");
        world.be_alone();
        assert_eq!(world.store().end_lost_visits().await, Ok(1));
    });
}

/// What a commit did whose answer was lost is looked up when the session that asked for it has ended, and not before.
#[test]
fn a_session_is_followed_by_another_when_it_has_ended() {
    const OWN: &str = "
        SELECT own.classid::bigint << 32 | own.objid::bigint FROM pg_locks AS own JOIN pg_locks AS place USING (pid)
        WHERE own.locktype = 'advisory' AND own.mode = 'ExclusiveLock'
        AND place.locktype = 'advisory' AND place.mode = 'ShareLock'";
    const WAIT: &str = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::node_on(cluster.database());
        let [alex] = world.members(["Alex"]).await;
        let own = cluster.ask(OWN);
        let until_waiting = || {
            let begin = Instant::now();
            while cluster.ask(WAIT) != "1" {
                assert!(begin.elapsed() < Duration::from_secs(60), "nobody waits");
            }
        };
        // In the place of the session of before, which is gone for this side only.
        let hold = std::thread::scope(|scope| {
            let hold = scope.spawn(|| world.database().hold(&format!("SELECT pg_advisory_lock({own})")));
            until_waiting();
            let end = "SELECT pg_terminate_backend(pid) FROM pg_locks
                       WHERE locktype = 'advisory' AND granted AND mode = 'ShareLock'";
            cluster.execute(end);
            hold.join().unwrap()
        });
        let mut renamed = world.store().rename(alex, name("Zoe"));
        until_waiting();
        assert_eq!((&mut renamed).now_or_never(), None, "nobody knows yet what the session before has done");
        drop(hold);
        renamed.await.unwrap();
    });
}

#[test]
fn one_node_at_a_time_removes_the_idle() {
    const CLAIM: &str =
        "SELECT pg_advisory_xact_lock(hashtextextended('NAME', 'chinwag'::regclass::oid::bigint))";
    block_on(async {
        let (first, second) = two().await;
        first.guest("Alex").await;
        let before = Millis(i64::MAX);
        let held = first.database().hold(&CLAIM.replace("NAME", "remove_idle_guests"));
        assert_eq!(second.store().remove_idle_guests(before).await, Ok(0), "another node is at it");
        drop(held);
        assert_eq!(second.store().remove_idle_guests(before).await, Ok(1));
        let visitor = visit(&first, "Sam").await;
        first.store().end_session(visitor).await.unwrap();
        second.clock.advance(2 * WAY_BACK_MS);
        let held = first.database().hold(&CLAIM.replace("NAME", "forget_past_visits"));
        assert_eq!(second.store().forget_past_visits().await, Ok(0), "another node is at it");
        drop(held);
        assert_eq!(second.store().forget_past_visits().await, Ok(1));
    });
}
