use crate::world::{World, contract, name};
use chinwag_core::domain::{Actor, Millis, NodeId, Refusal, WantedName};
use chinwag_core::ports::{Leases, LiveNode, NewNode};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeMap;

contract!(
    a_lease_lasts_ten_seconds,
    a_lease_is_prolonged,
    a_lease_that_was_over_is_not_prolonged,
    a_lease_is_given_back,
    what_a_node_has_repaired_is_kept,
    visits_of_a_node_end_with_its_lease,
    visits_of_a_node_that_lives_go_on,
    a_node_that_enters_anew_takes_its_visits_along,
    a_node_that_enters_once_more_after_it_got_no_answer_takes_its_visits_along,
    many_lost_visits_are_ended_bit_by_bit,
    a_random_script_of_leases_agrees_with_the_model,
);

/// Of one database: after a move there is another one, and no node of before.
mod a_number_of_a_node_is_never_given_twice {
    use crate::world::{Backend, World, run};

    #[test]
    fn sqlite_file() {
        run(Backend::SqliteFile, test);
    }

    #[test]
    fn postgres() {
        run(Backend::Postgres, test);
    }

    async fn test(mut world: World) {
        let first = super::enter(&world, "a").await;
        world.nodes().leave(first).await.unwrap();
        world.reopen();
        assert!(super::enter(&world, "a").await > first);
    }
}

const LEASE: i64 = 10_000;
/// Less than a lease by more than a slow machine takes for the rest.
const A_WHILE: i64 = 4_000;

fn node(name: &str, before: Option<NodeId>) -> NewNode {
    NewNode { name: name.into(), version: "1.0".into(), process: rand::random(), before }
}

pub(crate) async fn enter(world: &World, name: &str) -> NodeId {
    world.nodes().enter(node(name, None)).await.unwrap()
}

fn numbers(leases: &Leases) -> Vec<NodeId> {
    leases.live.iter().map(|node| node.id).collect()
}

async fn live(world: &World) -> Vec<NodeId> {
    numbers(&world.nodes().leases().await.unwrap())
}

async fn visit(world: &World, wanted: &str) -> (Actor, String) {
    world.visitor(WantedName::Named(name(wanted))).await
}

async fn a_lease_lasts_ten_seconds(world: World) {
    assert_eq!(live(&world).await, []);
    let first = enter(&world, "a").await;
    world.pass(A_WHILE);
    let second = enter(&world, "b").await;
    let of = |id, name: &str| LiveNode { id, name: name.into(), version: "1.0".into(), repaired_at: None };
    assert_eq!(world.nodes().leases().await.unwrap().live, [of(first, "a"), of(second, "b")]);
    world.pass(LEASE - A_WHILE);
    assert_eq!(live(&world).await, [second]);
    world.pass(A_WHILE);
    assert_eq!(live(&world).await, []);
}

async fn a_lease_is_prolonged(world: World) {
    let (first, _) = (enter(&world, "a").await, enter(&world, "b").await);
    for _ in 0..4 {
        world.pass(A_WHILE);
        let leases = world.nodes().renew(first, None).await.unwrap();
        assert!(numbers(&leases).contains(&first));
    }
    assert_eq!(live(&world).await, [first]);
}

async fn a_lease_that_was_over_is_not_prolonged(world: World) {
    let first = enter(&world, "a").await;
    world.pass(LEASE);
    assert_eq!(world.nodes().renew(first, None).await, Err(Refusal::Unauthorized));
    assert_eq!(world.nodes().renew(NodeId(404), None).await, Err(Refusal::Unauthorized));
    assert_eq!(live(&world).await, []);
    let again = world.nodes().enter(node("a", Some(first))).await.unwrap();
    assert_eq!(numbers(&world.nodes().renew(again, None).await.unwrap()), [again]);
    assert_eq!(world.nodes().renew(first, None).await, Err(Refusal::Unauthorized));
}

async fn a_lease_is_given_back(world: World) {
    let (first, second) = (enter(&world, "a").await, enter(&world, "b").await);
    world.nodes().leave(first).await.unwrap();
    world.nodes().leave(first).await.unwrap();
    assert_eq!(live(&world).await, [second]);
    assert_eq!(world.nodes().renew(first, None).await, Err(Refusal::Unauthorized));
}

async fn what_a_node_has_repaired_is_kept(world: World) {
    let first = enter(&world, "a").await;
    let repaired = |leases: Leases| leases.live[0].repaired_at;
    let leases = world.nodes().renew(first, None).await.unwrap();
    let now = leases.now;
    assert_eq!(repaired(leases), None);
    assert_eq!(repaired(world.nodes().renew(first, Some(now)).await.unwrap()), Some(now));
    assert_eq!(repaired(world.nodes().renew(first, None).await.unwrap()), Some(now));
    assert_eq!(repaired(world.nodes().leases().await.unwrap()), Some(now));
    let again = world.nodes().enter(node("a", Some(first))).await.unwrap();
    assert_eq!(repaired(world.nodes().renew(again, None).await.unwrap()), None, "it has missed something");
}

async fn visits_of_a_node_end_with_its_lease(world: World) {
    let [alex] = world.members(["Alex"]).await;
    enter(&world, "a").await;
    let (visitor, _) = visit(&world, "Sam").await;
    world.say(visitor, "general", "hi").await.unwrap();
    world.pass(LEASE);
    assert_eq!(world.store().end_lost_visits().await, Ok(1));
    assert_eq!(world.store().end_lost_visits().await, Ok(0));
    assert_eq!(world.say(visitor, "general", "still").await, Err(Refusal::NotMember));
    world.say(alex, "general", "here").await.unwrap();
    assert_eq!(visit(&world, "Sam").await.1, "Sam", "the name is free");
}

async fn visits_of_a_node_that_lives_go_on(world: World) {
    let (before_it_entered, _) = visit(&world, "Kim").await;
    let first = enter(&world, "a").await;
    let (visitor, _) = visit(&world, "Sam").await;
    world.pass(A_WHILE);
    assert_eq!(world.store().end_lost_visits().await, Ok(1));
    assert_eq!(world.say(before_it_entered, "general", "hi").await, Err(Refusal::NotMember));
    world.say(visitor, "general", "hi").await.unwrap();
    // After the end of its lease nobody answers for the visits of a node.
    world.nodes().leave(first).await.unwrap();
    assert_eq!(world.store().end_lost_visits().await, Ok(1));
    assert_eq!(world.say(visitor, "general", "still").await, Err(Refusal::NotMember));
}

async fn a_node_that_enters_anew_takes_its_visits_along(world: World) {
    let first = enter(&world, "a").await;
    let (visitor, _) = visit(&world, "Sam").await;
    world.pass(LEASE);
    world.nodes().enter(node("a", Some(first))).await.unwrap();
    assert_eq!(world.store().end_lost_visits().await, Ok(0));
    world.say(visitor, "general", "hi").await.unwrap();
    let (other, _) = visit(&world, "Zoe").await;
    assert_eq!(world.store().end_lost_visits().await, Ok(0), "the next ones belong to the new number");
    world.say(other, "general", "hi").await.unwrap();
}

async fn a_node_that_enters_once_more_after_it_got_no_answer_takes_its_visits_along(world: World) {
    let of_process = |before| NewNode { process: 7, ..node("a", before) };
    let first = world.nodes().enter(of_process(None)).await.unwrap();
    let (visitor, _) = visit(&world, "Sam").await;
    world.pass(LEASE);
    for _ in 0..2 {
        world.nodes().enter(of_process(Some(first))).await.unwrap();
    }
    let last = world.nodes().enter(of_process(None)).await.unwrap();
    assert_eq!(live(&world).await, [last], "of one process there is one node");
    assert_eq!(world.store().end_lost_visits().await, Ok(0));
    world.say(visitor, "general", "hi").await.unwrap();
}

async fn many_lost_visits_are_ended_bit_by_bit(world: World) {
    const MANY: u32 = 210;
    let coming: Vec<_> = (0..MANY).map(|_| visit(&world, "Sam")).collect();
    futures_util::future::join_all(coming).await;
    let (mut ended, mut rounds) = (0, 0);
    loop {
        match world.store().end_lost_visits().await.unwrap() {
            0 => break,
            some => (ended, rounds) = (ended + some, rounds + 1),
        }
    }
    assert_eq!((ended, rounds), (MANY, 2));
    assert_eq!(visit(&world, "Sam").await.1, "Sam");
}

/// When a lease ends: not before the first, and not after the second time. They are one where the clock stands.
#[derive(Clone, Copy, Debug)]
struct Until(i64, i64);

impl Until {
    /// Whether it is over at a moment between two times; none when that cannot be told.
    fn is_over(self, earliest: i64, latest: i64) -> Option<bool> {
        if self.1 <= earliest {
            Some(true)
        } else if self.0 > latest {
            Some(false)
        } else {
            None
        }
    }
}

async fn a_random_script_of_leases_agrees_with_the_model(world: World) {
    let seed = match std::env::var("CHINWAG_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => rand::random(),
    };
    println!("CHINWAG_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let now = async || world.nodes().leases().await.unwrap().now.0;
    let (mut model, mut all) = (BTreeMap::<NodeId, Until>::new(), Vec::new());
    for step in 0..200 {
        let before = now().await;
        let any = match random.random_range(0..=all.len()) {
            0 => None,
            place => Some(all[place - 1]),
        };
        let does = random.random_range(0..10);
        println!("{step}: {does} {any:?} at {before}, {model:?}");
        match (does, any) {
            (0..2, any) => {
                let id = world.nodes().enter(node("a", any)).await.unwrap();
                assert!(all.last() < Some(&id), "it was given before");
                all.push(id);
                if let Some(any) = any {
                    model.remove(&any);
                }
                model.insert(id, Until(before + LEASE, now().await + LEASE));
            }
            (2, Some(any)) => {
                world.nodes().leave(any).await.unwrap();
                model.remove(&any);
            }
            (3..7, Some(any)) => {
                let repaired = random.random_bool(0.5).then_some(Millis(before));
                let renewed = world.nodes().renew(any, repaired).await;
                let after = now().await;
                let over = model.get(&any).map_or(Some(true), |until| until.is_over(before, after));
                match renewed {
                    Ok(leases) => {
                        assert_ne!(over, Some(true), "it was over");
                        let own = leases.live.iter().find(|node| node.id == any).unwrap();
                        assert!(repaired.is_none() || own.repaired_at == repaired);
                        model.insert(any, Until(before + LEASE, after + LEASE));
                    }
                    Err(refusal) => {
                        assert_eq!((refusal, over.unwrap_or(true)), (Refusal::Unauthorized, true));
                        model.remove(&any);
                    }
                }
            }
            _ => {
                let passed = random.random_range(0..6_000);
                world.pass(passed);
                // That of the database has not moved, and the leases have.
                if now().await < before + passed {
                    model
                        .values_mut()
                        .for_each(|until| (until.0, until.1) = (until.0 - passed, until.1 - passed));
                }
            }
        }
        let earliest = now().await;
        let told = world.nodes().leases().await.unwrap();
        let has_lease = |id: &NodeId| told.live.iter().any(|node| node.id == *id);
        for id in &all {
            let over = model.get(id).map_or(Some(true), |until| until.is_over(earliest, told.now.0));
            assert!(over.is_none_or(|over| over != has_lease(id)), "{id}");
        }
        assert!(told.live.is_sorted_by_key(|node| node.id));
    }
}
