//! What a node knows of the people of others, and finds out when news were lost.

use crate::sequence::{Log, with};
use crate::support::{NATIVE, PLAIN, ROOM, Wire, World, access, overview, room, user};
use chinwag_core::domain::{NodeId, Presence, RoomOverview, Seq, SessionId, User, UserId};
use chinwag_core::ports::{PersonThere, PresenceNews, Standing};
use chinwag_realtime::broker::NodeReceiver as _;
use chinwag_realtime::{Cause, NotLive, Repairer, Trust};
use futures_util::FutureExt as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

const B: NodeId = NodeId(2);
const C: NodeId = NodeId(3);

fn there(id: i64, presence: Presence) -> PersonThere {
    PersonThere { user: user(id), presence, via: None, rooms: vec![ROOM] }
}

fn online(world: &World) -> u32 {
    world.hub.online(ROOM)
}

#[tokio::test(start_paused = true)]
async fn those_on_other_nodes_are_present_and_their_coming_and_going_is_told() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    let hear = |node, news| world.hub.receive_presence(node, news);
    hear(B, PresenceNews::Changed(vec![there(2, Presence::Online)]));
    assert_eq!(online(&world), 1, "though nobody subscribes here");
    assert_eq!(world.hub.present(ROOM, 9)[0].user, user(2));
    world.join(&world.connect(1, &wire));
    assert_eq!(online(&world), 2);
    wire.until(|text| text == "presence 2\n").await;
    hear(B, PresenceNews::Changed(vec![there(3, Presence::Away)]));
    wire.until(|text| text.ends_with("presence 3\n")).await;
    assert_eq!(world.hub.member(ROOM, user(3)).presence, Presence::Away);
    hear(C, PresenceNews::Changed(vec![there(3, Presence::Online)]));
    assert_eq!(world.hub.member(ROOM, user(3)).presence, Presence::Online, "online when any says so");
    hear(C, PresenceNews::Gone(vec![UserId(3)]));
    assert_eq!((online(&world), world.hub.member(ROOM, user(3)).presence), (3, Presence::Away));
    hear(B, PresenceNews::Part { after: UserId(2), until: UserId(9), people: Vec::new() });
    assert_eq!(online(&world), 2, "the part has nobody any more");
    world.hub.keep_nodes(&[C]);
    assert_eq!(online(&world), 1, "the node has no lease any more");
}

#[tokio::test(start_paused = true)]
async fn one_on_two_nodes_is_one_person_and_stays_until_the_last_is_gone() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    let alice = world.connect_by(PLAIN, true, 1, &wire);
    world.join(&alice);
    world.hub.receive_presence(B, PresenceNews::Changed(vec![there(1, Presence::Online)]));
    assert_eq!((online(&world), world.hub.nodes_of(UserId(1))), (1, 2));
    assert_eq!(world.hub.member(ROOM, user(1)).via, None, "native when any connection is");
    world.hub.unregister(&alice);
    assert_eq!((online(&world), world.hub.take_lately_here().len()), (1, 1));
    assert!(world.hub.take_lately_here().is_empty(), "who is elsewhere is told of by that node");
    world.hub.receive_presence(B, PresenceNews::Gone(vec![UserId(1)]));
    sleep(Duration::from_millis(50)).await;
    assert_eq!((online(&world), world.hub.nodes_of(UserId(1))), (0, 1));
}

#[tokio::test(start_paused = true)]
async fn typing_on_another_node_is_told_here() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    world.hub.receive_presence(B, PresenceNews::Changed(vec![there(2, Presence::Online)]));
    let types = |types| PresenceNews::Typing { room: ROOM, user: UserId(2), types };
    world.hub.receive_presence(B, types(true));
    wire.until(|text| text.contains("typing 1\n")).await;
    world.hub.receive_presence(B, types(false));
    wire.until(|text| text.ends_with("typing 0\n")).await;
}

#[tokio::test(start_paused = true)]
async fn the_others_are_told_how_our_people_are_now() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    let early = world.connect(7, &wire);
    assert_eq!(world.hub.take_presence().0, [], "nobody asked yet");
    world.hub.tell_others();
    let alice = world.connect_by(NATIVE, true, 1, &wire);
    timeout(Duration::from_secs(1), world.hub.presence_came()).await.unwrap();
    let without_rooms = PersonThere { rooms: Vec::new(), ..there(1, Presence::Online) };
    assert_eq!(world.hub.take_presence().0, [PresenceNews::Changed(vec![without_rooms])]);
    world.join(&alice);
    world.hub.set_away(&alice, true);
    world.hub.typing(&alice, ROOM);
    let types = PresenceNews::Typing { room: ROOM, user: UserId(1), types: true };
    assert_eq!(world.hub.take_presence().0, [PresenceNews::Changed(vec![there(1, Presence::Away)]), types]);
    let hidden = world.hub.subscribe_hidden(&early, &room());
    let all: Vec<_> =
        world.hub.own_people(UserId(0), 9).0.iter().map(|it| (it.user.id.0, it.rooms.len())).collect();
    assert_eq!(all, [(1, 1), (7, 0)], "one who is hidden is present nowhere");
    drop(hidden);
    world.hub.receive_presence(B, PresenceNews::Changed(vec![there(1, Presence::Online)]));
    let first = (vec![there(1, Presence::Away)], UserId(1));
    assert_eq!(world.hub.own_people(UserId(0), 1), first, "as we know it ourselves");
    assert_eq!(world.hub.own_people(UserId(7), 1), (Vec::new(), UserId(i64::MAX)), "nobody is behind");
    world.hub.unregister(&alice);
    assert_eq!(world.hub.take_presence().0, [PresenceNews::Gone(vec![UserId(1)])]);
}

#[tokio::test(start_paused = true)]
async fn a_repair_reads_what_no_news_told() {
    let log = Log::up_to(3);
    let (world, wire, other) = (with(&log), Wire::new(usize::MAX), Wire::new(usize::MAX));
    let alice = world.connect(1, &wire);
    world.join(&alice);
    let _bob = world.connect(2, &other);
    sleep(Duration::from_millis(1)).await;
    let den = RoomOverview { read: Seq(2), ..overview() };
    let renamed = User { name: "Ann".to_owned(), ..user(1) };
    let standing =
        Standing { session: SessionId(1), user: renamed, renames: 1, rooms: vec![den], settings: 0 };
    log.standings.lock().push(standing);
    Arc::clone(&world.hub).repair().await.unwrap();
    wire.until(|text| text.contains("den 3\n") && text.contains("ReadMark") && text.contains("Ann")).await;
    other.until(|text| text.ends_with("close SignedOut\n")).await;
    wire.until(|text| text.contains("presence 1\n")).await;
    let told = wire.text().len();
    Arc::clone(&world.hub).repair().await.unwrap();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(wire.text().len(), told, "what is known is told to nobody: {}", wire.text());
    *log.is_away.lock() = true;
    assert!(Arc::clone(&world.hub).repair_rooms().await.is_err());
}

#[tokio::test(start_paused = true)]
async fn without_a_lease_nothing_is_delivered_until_it_is_renewed() {
    let (world, wire) = (World::of_node(), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    world.message(1);
    world.rename(1, "Ann");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(wire.text(), "");
    world.hub.trust().renew(Trust::now(), Duration::from_secs(60));
    wire.until(|text| text.contains("den 1\n") && text.contains("Ann") && text.contains("presence 1\n"))
        .await;
    world.hub.trust().end();
    let told = wire.text().len();
    world.message(2);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(wire.text().len(), told);
    world.hub.trust().renew(Trust::now(), Duration::from_secs(60));
    wire.until(|text| text.ends_with("den 2\n")).await;
}

#[tokio::test(start_paused = true)]
async fn the_repairer_does_not_rest_before_the_storage_has_answered() {
    let log = Log::up_to(2);
    let (world, wire) = (with(&log), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    log.standings.lock().push(standing());
    let repairer = Repairer::new(Arc::clone(&world.hub), world.metrics.clone());
    tokio::spawn(Arc::clone(&repairer).run());
    let mut repaired = repairer.repaired();
    *log.is_away.lock() = true;
    let begun = Instant::now();
    repairer.want_everything(Cause::Lease);
    repairer.want_rooms(Cause::Deaf);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(*repaired.borrow_and_update(), None);
    *log.is_away.lock() = false;
    repaired.changed().await.unwrap();
    assert!(repaired.borrow().is_some_and(|since| since > begun));
    wire.until(|text| text.contains("den 2\n")).await;
}

/// While nobody takes what is told of them, people come and go, and only those who are here can be told of later.
#[tokio::test(start_paused = true)]
async fn of_very_many_changes_everybody_is_told_of_instead() {
    let (world, wire) = (World::calm(), Wire::new(usize::MAX));
    world.hub.tell_others();
    for user in 1..=20_000 {
        let guest = world.connect(user, &wire);
        world.hub.unregister(&guest);
    }
    let (news, is_everybody) = world.hub.take_presence();
    assert!(is_everybody && news.is_empty(), "{} pieces are kept", news.len());
    let _alice = world.connect(1, &wire);
    let (news, is_everybody) = world.hub.take_presence();
    assert_eq!((news.len(), is_everybody), (1, false));
}

/// A node that may deliver nothing hears the others still. It does not keep all of it, and has all of it in order when it may.
#[tokio::test(start_paused = true)]
async fn of_what_comes_without_a_lease_so_much_is_kept_and_the_rest_is_read() {
    const HEAD: i64 = 40_000;
    let log = Log::up_to(HEAD);
    let (world, wire) = (World::of_node(), Wire::new(usize::MAX));
    tokio::spawn(Arc::clone(&world.hub).fill_gaps(Arc::<Log>::clone(&log)));
    world.join(&world.connect(1, &wire));
    log.standings.lock().push(standing());
    sleep(Duration::from_millis(1)).await;
    for seq in 1..=HEAD {
        world.message(seq);
    }
    timeout(Duration::from_secs(60), Arc::clone(&world.hub).repair()).await.unwrap().unwrap();
    assert_eq!(world.metrics.sequence_filled.get(), 0, "nothing is read that there is no room for");
    world.hub.trust().renew(Trust::now(), Duration::from_secs(600));
    wire.until(|text| text.ends_with(&format!("den {HEAD}\n"))).await;
    let told: Vec<_> =
        wire.lines().iter().filter_map(|line| line.strip_prefix("den ")?.parse::<i64>().ok()).collect();
    assert!(told.iter().copied().eq(1..=HEAD), "in order, once");
    assert!(world.metrics.sequence_filled.get() > 10_000);
}

/// Whoever waits for an end takes a repair for the word that it is one here.
#[tokio::test(start_paused = true)]
async fn a_repair_is_done_when_what_it_found_is_delivered() {
    let log = Log::up_to(3);
    let (world, wire) = (with(&log), Wire::new(usize::MAX));
    world.join(&world.connect(1, &wire));
    log.standings.lock().push(standing());
    sleep(Duration::from_millis(1)).await;
    *log.is_slow.lock() = true;
    let repair = Arc::clone(&world.hub).repair().shared();
    assert!(timeout(Duration::from_secs(5), repair.clone()).await.is_err(), "it cannot be read yet");
    *log.is_slow.lock() = false;
    repair.await.unwrap();
    assert!(wire.text().contains("den 3\n"));
}

/// A token is looked up, its sign-in ends and news of that get lost, a repair looks at all who are here, and only then the connection is.
#[tokio::test(start_paused = true)]
async fn who_comes_in_around_a_repair_is_looked_at_once_more() {
    let log = Log::up_to(0);
    let (world, wire, late) = (with(&log), Wire::new(usize::MAX), Wire::new(usize::MAX));
    log.standings.lock().push(standing());
    let _alice = world.connect(1, &wire);
    sleep(Duration::from_millis(1)).await;
    Arc::clone(&world.hub).repair().await.unwrap();
    let _bob = world.connect(2, &late);
    late.until(|text| text.ends_with("close SignedOut\n")).await;
    let _phone = world.connect(1, &wire);
    sleep(Duration::from_secs(1)).await;
    assert!(!wire.text().contains("close"), "the sign-in of the other stands");
}

/// A client that is coming in has a room, and nobody is live there: what it does not hear of while it reads, it has to read.
#[tokio::test(start_paused = true)]
async fn a_repair_looks_at_rooms_in_which_nobody_is_live_yet() {
    let log = Log::up_to(3);
    let (world, wire) = (with(&log), Wire::new(usize::MAX));
    let subscription = world.hub.subscribe(&world.connect(1, &wire), &room()).subscription;
    log.standings.lock().push(standing());
    sleep(Duration::from_millis(1)).await;
    Arc::clone(&world.hub).repair().await.unwrap();
    assert_eq!(subscription.go_live(&access(1, 2), Seq(2), || ()), Err(NotLive::Behind(Seq(3))));
}

/// That the sign-in of the first person has not ended.
fn standing() -> Standing {
    Standing { session: SessionId(1), user: user(1), renames: 0, rooms: Vec::new(), settings: 0 }
}
