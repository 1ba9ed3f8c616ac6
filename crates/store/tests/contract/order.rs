use crate::world::{World, contract, new_guest, new_message, new_room, rooms_within, slug};
use chinwag_core::domain::{Actor, RoomId, Seq};
use futures_util::FutureExt as _;
use std::sync::Arc;

contract!(
    concurrent_writers_get_places_without_gaps,
    each_persons_messages_keep_their_order,
    what_is_answered_is_published,
    a_read_sees_all_that_was_answered,
    one_name_for_one_of_many_at_once,
);

const WRITERS: usize = 8;
const MESSAGES: usize = 100;
const GUESTS: usize = 20;

/// Eight people write into two rooms at once, mostly without waiting for an answer, while guests come and go.
async fn crowd(world: &World) -> (Vec<Actor>, [RoomId; 2]) {
    let names = ["ann", "bob", "cat", "dan", "eve", "fay", "gus", "hal"];
    let actors: [Actor; WRITERS] = world.members(names).await;
    for actor in actors {
        world.join(actor, "tech").await.unwrap();
    }
    let rooms = [world.room(actors[0], "general").await.id, world.room(actors[0], "tech").await.id];
    let mut tasks = Vec::new();
    for actor in actors {
        let store = Arc::clone(world.store());
        tasks.push(tokio::spawn(async move {
            let mut answers = Vec::new();
            for number in 0..MESSAGES {
                let room = rooms[number % 2];
                let number = number.to_string();
                answers.push(store.append_message(actor, new_message(room, &number, &number)));
                if number.ends_with('7') {
                    answers.pop().unwrap().await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
            for answer in answers {
                answer.await.unwrap();
            }
        }));
    }
    for number in 0..GUESTS {
        let guest = world.guest(&format!("guest {number}")).await;
        world.join(guest, "tech").await.unwrap();
        world.store().end_session(guest).await.unwrap();
    }
    for task in tasks {
        task.await.unwrap();
    }
    (actors.to_vec(), rooms)
}

async fn concurrent_writers_get_places_without_gaps(world: World) {
    let (_, rooms) = crowd(&world).await;
    for (room, comings_and_goings) in rooms.into_iter().zip([WRITERS, WRITERS + 2 * GUESTS]) {
        let log = world.log(room).await;
        let count = WRITERS * MESSAGES / 2 + comings_and_goings;
        assert_eq!(log.len(), count);
        assert!(log.iter().map(|event| event.seq).eq((1..).map(Seq).take(count)));
        // What was published of a room is its log. Where several write, its listeners put it in order by its places, but messages come in theirs.
        let mut published = world.broker.log(room);
        assert!(
            published.iter().filter(|event| event.posted().is_some()).is_sorted_by_key(|event| event.seq)
        );
        published.sort_by_key(|event| event.seq);
        assert!(published.iter().map(|event| &**event).eq(log.iter()));
    }
}

async fn each_persons_messages_keep_their_order(world: World) {
    let (actors, rooms) = crowd(&world).await;
    for room in rooms {
        let log = world.log(room).await;
        for actor in &actors {
            let own = log.iter().filter(|event| event.actor == actor.user).filter_map(|event| event.posted());
            let numbers: Vec<usize> = own.map(|content| content.text.parse().unwrap()).collect();
            assert!(numbers.is_sorted());
            assert_eq!(numbers.len(), MESSAGES / 2);
        }
    }
}

async fn what_is_answered_is_published(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.broker.hold();
    let mut answer = world.say(alex, "general", "hello");
    world.broker.wait_until_held();
    // It is committed and published, but the broker has not returned: no answer yet.
    assert_eq!(world.broker.take().events().len(), 1);
    assert_eq!((&mut answer).now_or_never(), None);
    world.broker.release();
    assert_eq!(answer.await.unwrap().seq, Seq(2));
}

async fn a_read_sees_all_that_was_answered(world: World) {
    let [alex] = world.members(["Alex"]).await;
    for number in 0..100 {
        let said = world.say(alex, "general", &number.to_string()).await.unwrap();
        let (room, snapshot, log) = (
            world.room(alex, "general").await,
            world.store().snapshot(alex.user, slug("general").into(), 1, 10).await.unwrap(),
            world.store().missed_events(said.room, Seq(said.seq.0 - 1), 1).await.unwrap(),
        );
        assert_eq!((room.head, snapshot.room.head, log[0].seq), (said.seq, said.seq, said.seq));
    }
}

async fn one_name_for_one_of_many_at_once(world: World) {
    let alex = world.guest("Alex").await;
    let guests: Vec<_> = (0..10).map(|_| world.store().create_guest(new_guest("Sam"))).collect();
    let rooms: Vec<_> =
        (0..10).map(|_| world.store().create_room(alex, new_room("tea"), rooms_within(100))).collect();
    assert_eq!(futures_util::future::join_all(guests).await.iter().filter(|guest| guest.is_ok()).count(), 1);
    assert_eq!(futures_util::future::join_all(rooms).await.iter().filter(|room| room.is_ok()).count(), 1);
}
