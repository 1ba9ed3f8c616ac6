//! What PostgreSQL does for many at once.

use crate::world::{Backend, World, new_message};
use chinwag_core::domain::{Actor, Refusal, RoomId, Seq, WantedName};
use chinwag_core::ports::Appended;
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use std::time::{Duration, Instant};

const GENERAL: RoomId = RoomId(1);
/// The one of the first rooms whose messages take another way.
const TECH: RoomId = RoomId(2);

fn run(test: impl AsyncFnOnce(World)) {
    crate::world::run(Backend::Postgres, test);
}

/// Somebody who is in all of the first rooms.
pub(crate) async fn everywhere(world: &World, name: &str) -> Actor {
    let actor = world.guest(name).await;
    for room in ["general", "tech", "random"] {
        world.join(actor, room).await.unwrap();
    }
    world.broker.take();
    actor
}

#[test]
fn messages_that_gather_during_a_commit_share_the_next_statement() {
    run(async |world| {
        let [alex] = world.members(["Alex"]).await;
        world.commits.take();
        world.broker.hold();
        let mut answers = vec![world.say(alex, "general", "first")];
        world.broker.wait_until_held();
        answers.extend((0..1_100).map(|number| world.say(alex, "general", &number.to_string())));
        world.broker.release();
        for (answer, seq) in answers.into_iter().zip(2..) {
            assert_eq!(answer.await.unwrap().seq, Seq(seq));
        }
        assert_eq!(world.commits.take(), [1, 1_024, 76]);
    });
}

#[test]
fn read_markers_that_gather_share_the_next_statement() {
    run(async |world| {
        let [alex, sam] = world.members(["Alex", "Sam"]).await;
        for number in 0..9 {
            world.say(alex, "general", &number.to_string()).await.unwrap();
        }
        world.broker.take();
        world.commits.take();
        world.broker.hold();
        let first = world.store().mark_read(sam, GENERAL, Seq(3));
        world.broker.wait_until_held();
        // Back, forward, the same again, past the head, and by somebody who is not there.
        let seqs = [2, 5, 5, 4, 7, 99];
        let marks: Vec<_> = seqs.map(|seq| world.store().mark_read(sam, GENERAL, Seq(seq))).into();
        let touched = world.store().touch(vec![alex.user, sam.user]);
        let elsewhere = world.store().mark_read(sam, TECH, Seq(1));
        world.broker.release();
        assert_eq!(first.await, Ok(()));
        assert!(join_all(marks).await.into_iter().all(|marked| marked.is_ok()));
        assert_eq!((touched.await, elsewhere.await), (Ok(()), Err(Refusal::NotMember)));
        assert_eq!(world.commits.take(), [1, 6, 1, 1]);
        let told = world.broker.take().personal().into_iter().map(|(_, _, event)| format!("{event:?}"));
        let expected = [3, 5, 7, 11]
            .map(|seq| format!("ReadMark {{ room: RoomId(1), seq: Seq({seq}), is_shared: true }}"));
        assert!(told.eq(expected));
        assert_eq!(world.room(sam, "general").await.read, Seq(11));
    });
}

#[test]
fn a_room_that_is_held_does_not_hold_up_those_of_the_other_lane() {
    run(async |world| {
        let alex = everywhere(&world, "Alex").await;
        let held = world.database().hold("SELECT FROM rooms WHERE id = 1 FOR UPDATE");
        let mut waits = world.say(alex, "general", "hello");
        held.wait_until_in_the_way();
        world.say(alex, "tech", "hi").await.unwrap();
        assert_eq!((&mut waits).now_or_never(), None);
        drop(held);
        waits.await.unwrap();
    });
}

#[test]
fn what_is_written_seldom_comes_after_the_messages_and_marks_before_it() {
    run(async |world| {
        let alex = everywhere(&world, "Alex").await;
        for room in ["general", "tech"] {
            world.broker.hold();
            let first = world.say(alex, room, &format!("first-{room}"));
            world.broker.wait_until_held();
            let second = world.say(alex, room, &format!("second-{room}"));
            let mut left = world.store().leave(alex, world.id(room));
            assert_eq!((&mut left).now_or_never(), None);
            world.broker.release();
            let first = first.await.unwrap().seq;
            assert_eq!(second.await.map(|said| said.seq), Ok(first.next()), "it was said before the leave");
            left.await.unwrap();
            assert_eq!(world.log(world.id(room)).await.last().unwrap().seq, first.next().next());
        }
        let held = world.database().hold("SELECT FROM members WHERE room_id = 3 FOR UPDATE");
        let marked = world.store().mark_read(alex, RoomId(3), Seq(1));
        let left = world.store().leave(alex, RoomId(3));
        drop(held);
        assert_eq!(marked.await, Ok(()), "it was marked before the leave");
        left.await.unwrap();
    });
}

#[test]
fn a_dropped_write_undoes_nothing() {
    run(async |world| {
        let alex = everywhere(&world, "Alex").await;
        world.broker.hold();
        let first = world.say(alex, "general", "first");
        world.broker.wait_until_held();
        drop(world.say(alex, "general", "dropped"));
        drop(world.store().leave(alex, GENERAL));
        world.broker.release();
        first.await.unwrap();
        assert_eq!(world.say(alex, "tech", "last").await.map(|said| said.seq), Ok(Seq(2)));
        while world.room(alex, "general").await.head < Seq(4) {
            tokio::task::yield_now().await;
        }
        assert_eq!(world.say(alex, "general", "late").await, Err(Refusal::NotMember));
    });
}

#[test]
fn a_repeat_in_one_batch_finds_the_first() {
    run(async |world| {
        let [alex, sam] = world.members(["Alex", "Sam"]).await;
        world.join(alex, "random").await.unwrap();
        world.broker.hold();
        let begin = world.say(alex, "general", "begin");
        world.broker.wait_until_held();
        let said = [
            world.send(alex, "general", "id", "hello"),
            world.send(alex, "general", "id", "again"),
            world.send(sam, "general", "id", "hello"),
            world.send(alex, "random", "id", "elsewhere"),
            // What was refused leaves its client id free.
            world.send(sam, "random", "other", "hello"),
            world.send(sam, "general", "other", "hello"),
        ];
        world.broker.take();
        world.broker.release();
        begin.await.unwrap();
        let said = join_all(said).await.into_iter().map(|said| said.map(|said| said.seq.0));
        let reused = Err(Refusal::ClientIdReused);
        let expected = [Ok(4), Ok(4), Ok(5), reused, Err(Refusal::NotMember), Ok(6)];
        assert_eq!(said.collect::<Vec<_>>(), expected);
        assert_eq!(world.broker.take().events().len(), 3);
    });
}

#[test]
fn a_message_that_the_database_does_not_take_does_not_take_its_batch_down() {
    run(async |world| {
        let [alex] = world.members(["Alex"]).await;
        world.database().execute("ALTER TABLE messages ADD CHECK (text <> 'doomed')");
        world.broker.hold();
        let first = world.say(alex, "general", "first");
        world.broker.wait_until_held();
        let said: Vec<_> = (0..20)
            .map(|number| match number {
                3 | 11 => world.send(alex, "general", &number.to_string(), "doomed"),
                _ => world.say(alex, "general", &number.to_string()),
            })
            .collect();
        world.broker.release();
        first.await.unwrap();
        let mut seq = Seq(2);
        for (number, said) in join_all(said).await.into_iter().enumerate() {
            if number == 3 || number == 11 {
                assert_eq!(said, Err(Refusal::Unavailable));
            } else {
                seq = seq.next();
                assert_eq!(said.map(|said| said.seq), Ok(seq));
            }
        }
        assert!(world.broker.log(GENERAL).iter().map(|event| &**event).eq(&world.log(GENERAL).await));
    });
}

#[test]
fn what_another_node_stores_meanwhile_under_the_client_id_is_found() {
    const STORED: &str = "
        UPDATE rooms SET head_seq = 7 WHERE id = 2;
        INSERT INTO messages (room_id, seq, author_id, client_id, kind, text, at)
        SELECT 2, 7, id, 'id', 'text', 'hello', 5 FROM users WHERE name = 'Alex'";
    run(async |world| {
        let alex = everywhere(&world, "Alex").await;
        let held = world.database().hold(STORED);
        // The rooms are not the same, so the second is only found when it stands.
        let said = world.send(alex, "general", "id", "hello");
        held.wait_until_in_the_way();
        let before = world.say(alex, "general", "next");
        held.commit();
        assert_eq!(said.await, Err(Refusal::ClientIdReused));
        before.await.unwrap();
        let again = world.send(alex, "tech", "id", "hello").await;
        assert_eq!(again.map(|said| (said.room, said.seq, said.at.0)), Ok((TECH, Seq(7), 5)));
    });
}

#[test]
fn one_client_id_in_two_lanes_is_stored_once() {
    run(async |world| {
        let alex = everywhere(&world, "Alex").await;
        let say = |number: usize| {
            let (one, other) = if number.is_multiple_of(3) { (GENERAL, TECH) } else { (TECH, GENERAL) };
            let say = |room| {
                let id = (number * 7919 % 300).to_string();
                world.store().append_message(alex, new_message(room, &id, &id))
            };
            [say(one), say(other)]
        };
        let said: Vec<Result<Appended, Refusal>> = join_all((0..300).flat_map(say)).await;
        for pair in said.chunks(2) {
            assert_eq!(pair.iter().filter(|said| said.is_ok()).count(), 1, "{pair:?}");
            assert!(pair.contains(&Err(Refusal::ClientIdReused)), "{pair:?}");
        }
    });
}

#[test]
fn who_is_removed_while_a_message_waits_is_refused() {
    run(async |world| {
        let [alex] = world.members(["Alex"]).await;
        let held = world.database().hold("SELECT FROM rooms WHERE id = 1 FOR UPDATE; DELETE FROM members");
        let said = world.say(alex, "general", "hello");
        held.wait_until_in_the_way();
        held.commit();
        assert_eq!(said.await, Err(Refusal::NotMember));
    });
}

#[test]
fn who_is_forgotten_while_a_message_waits_leaves_none_behind() {
    run(async |world| {
        let name = WantedName::Named(crate::world::name("Bot"));
        let (bot, _) = world.visitor(name).await;
        let held = world.database().hold("DELETE FROM sessions; DELETE FROM users WHERE kind = 'visitor'");
        let said = world.say(bot, "general", "hello");
        held.wait_until_in_the_way();
        held.commit();
        assert_eq!(said.await, Err(Refusal::NotMember));
        assert_eq!(world.database().ask("SELECT count(*) FROM messages"), "0");
    });
}

#[test]
fn what_comes_while_the_oldest_waits_for_long_is_refused_at_once() {
    run(async |world| {
        let alex = everywhere(&world, "Alex").await;
        let held = world.database().hold("SELECT FROM rooms WHERE id = 1 FOR UPDATE");
        let first = world.say(alex, "general", "first");
        held.wait_until_in_the_way();
        let begin = Instant::now();
        let mut queued = Vec::new();
        for number in 0.. {
            let mut said = world.say(alex, "general", &number.to_string());
            if let Some(said) = (&mut said).now_or_never() {
                assert_eq!(said, Err(Refusal::Unavailable));
                break;
            }
            assert!(begin.elapsed() < Duration::from_secs(30));
            queued.push(said);
            // Each takes a moment, so that they are few enough for the queue.
            world.room(alex, "general").await;
        }
        assert!(begin.elapsed() > Duration::from_secs(1), "the oldest is not so old yet");
        // The other lane goes on.
        world.say(alex, "tech", "hi").await.unwrap();
        drop(held);
        let first = first.await;
        assert!(matches!(first, Ok(_) | Err(Refusal::Unavailable)), "{first:?}");
        // Each has an answer, and what was said stands once and without a hole.
        let said = join_all(queued).await.into_iter().chain([first]).filter(Result::is_ok).count();
        let log = world.log(GENERAL).await;
        assert_eq!(log.len(), said + 1);
        assert!(log.iter().map(|event| event.seq).eq((1..).map(Seq).take(said + 1)));
    });
}
