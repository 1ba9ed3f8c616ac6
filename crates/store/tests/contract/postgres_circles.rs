//! Two who hold what the other needs wait a second until PostgreSQL ends one of them. Here nobody ever does.

use crate::postgres_lanes::everywhere;
use crate::world::{World, block_on, name, new_message};
use chinwag_core::domain::{RoomId, Seq};
use chinwag_fixtures::Cluster;
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use std::time::{Duration, Instant};

const GENERAL: RoomId = RoomId(1);
const TECH: RoomId = RoomId(2);

/// Ends the world, and with it its sessions: then they tell what they have counted.
fn check(cluster: &Cluster, world: World) {
    drop(world);
    while cluster.ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'chinwag'") != "0" {}
    assert_eq!(cluster.ask("SELECT sum(deadlocks) FROM pg_stat_database"), "0");
}

/// Waits until so many sessions wait for others.
fn wait_for(cluster: &Cluster, count: &str) {
    let begin = Instant::now();
    while cluster.ask("SELECT count(*) FROM pg_locks WHERE NOT granted") != count {
        assert!(begin.elapsed() < Duration::from_secs(30), "not {count} of them wait");
    }
}

#[test]
fn messages_and_markers_of_the_same_people_do_not_wait_in_a_circle() {
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let [alex, sam, zoe] = world.members(["Alex", "Sam", "Zoe"]).await;
        let held =
            world.database().hold(&format!("UPDATE members SET read_seq = 0 WHERE user_id = {}", sam.user));
        // One batch of messages waits for Sam's membership, and then one of markers for what that holds.
        world.broker.hold();
        let mut answers = vec![world.say(zoe, "general", "first").map(|said| said.map(drop)).boxed()];
        world.broker.wait_until_held();
        for actor in [sam, alex] {
            answers.push(world.say(actor, "general", "hello").map(|said| said.map(drop)).boxed());
        }
        world.broker.release();
        held.wait_until_in_the_way();
        world.broker.hold();
        answers.push(world.store().mark_read(zoe, GENERAL, Seq(99)));
        answers.push(world.store().mark_read(sam, GENERAL, Seq(99)));
        answers.push(world.store().mark_read(alex, GENERAL, Seq(99)));
        world.broker.release();
        wait_for(&cluster, "2");
        drop(held);
        assert!(join_all(answers).await.into_iter().all(|answer| answer.is_ok()));
        check(&cluster, world);
    });
}

#[test]
fn two_lanes_with_the_same_client_ids_do_not_wait_in_a_circle() {
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let alex = everywhere(&world, "Alex").await;
        for round in 0..6 {
            let [one, other] = [format!("{round}-a"), format!("{round}-b")];
            let held = world.database().hold(&format!(
                "INSERT INTO messages (room_id, seq, author_id, client_id, kind, text, at)
                 VALUES (3, {}, {}, '{other}', 'text', '', 0)",
                1_000 + round,
                alex.user,
            ));
            let send = |room, id: &str| world.store().append_message(alex, new_message(room, id, "hello"));
            let gather = [send(GENERAL, &format!("{round}-first")), send(TECH, &format!("{round}-second"))];
            let mut answers = Vec::new();
            for (room, ids) in [(GENERAL, [&other, &one]), (TECH, [&one, &other])] {
                answers.extend(ids.map(|id| send(room, id)));
            }
            wait_for(&cluster, "2");
            drop(held);
            join_all(gather).await;
            let stored = join_all(answers).await.into_iter().filter(Result::is_ok).count();
            assert_eq!(stored, 2, "each of the two stands once");
        }
        let again = world.commits.why_again();
        assert!(again.iter().any(|code| code == "23505"), "one finds what the other has stored: {again:?}");
        check(&cluster, world);
    });
}

#[test]
fn who_writes_reads_and_is_renamed_at_once_does_not_wait_in_a_circle() {
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let mut people = Vec::new();
        for number in 0..8 {
            people.push(everywhere(&world, &format!("person {number}")).await);
        }
        for round in 0..30 {
            let mut answers = Vec::new();
            for (place, actor) in people.iter().enumerate() {
                // Each in another order.
                for turn in 0..3 {
                    let room = RoomId(1 + (place as i64 * 2 + turn + round) % 3);
                    let id = format!("{round}-{turn}");
                    let said = world.store().append_message(*actor, new_message(room, &id, &id));
                    answers.push(said.map(|said| said.map(drop)).boxed());
                    answers.push(world.store().mark_read(*actor, room, Seq(round * 20 + turn)));
                    answers.push(world.store().touch(vec![people[(place + 3) % 8].user, actor.user]));
                }
                if place == round as usize % 8 {
                    let renamed = world.store().rename(*actor, name(&format!("name {round}")));
                    answers.push(renamed.map(|renamed| renamed.map(drop)).boxed());
                }
            }
            assert!(join_all(answers).await.into_iter().all(|answer| answer.is_ok()));
        }
        check(&cluster, world);
    });
}
