//! What a node looks up when news may have been lost.

use crate::world::{World, contract, name};
use chinwag_core::domain::{RoomId, Seq, SessionId, UserId};
use chinwag_core::ports::Standing;

contract!(
    the_rooms_that_are_ahead_are_told_and_what_is_missing_of_them_is_read,
    how_it_stands_with_a_sign_in_is_known_until_it_ends,
    how_it_stands_with_many_is_what_each_of_them_sees,
);

async fn the_rooms_that_are_ahead_are_told_and_what_is_missing_of_them_is_read(world: World) {
    let [alex] = world.members(["Alex"]).await;
    for text in ["one", "two"] {
        world.say(alex, "general", text).await.unwrap();
    }
    let [general, tech] = ["general", "tech"].map(|room| world.id(room));
    let head = world.room(alex, "general").await.head;
    let known = |seq| vec![(general, seq), (tech, Seq(9))];
    assert_eq!(world.store().heads(known(Seq(1))).await, Ok(vec![(general, head)]));
    assert_eq!(world.store().heads(known(head)).await, Ok(Vec::new()));
    let missed = world.store().missed_events(general, Seq(1), 1).await.unwrap();
    assert_eq!(missed.iter().map(|event| event.seq).collect::<Vec<_>>(), [Seq(2)]);
    assert_eq!(missed[0], world.log(general).await[1]);
}

async fn how_it_stands_with_a_sign_in_is_known_until_it_ends(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.store().rename(alex, name("Zoe")).await.unwrap();
    let asked = vec![(alex.user, alex.session), (alex.user, SessionId(404))];
    let standings = world.store().standings(asked.clone()).await.unwrap();
    let [Standing { session, user, renames, rooms, settings: 0 }] = &standings[..] else {
        panic!("{standings:?}")
    };
    assert_eq!((*session, user.name.as_str(), *renames), (alex.session, "Zoe", 1));
    assert_eq!(rooms[..], [world.room(alex, "general").await]);
    world.store().end_session(alex).await.unwrap();
    assert_eq!(world.store().standings(asked).await, Ok(Vec::new()));
}

async fn how_it_stands_with_many_is_what_each_of_them_sees(world: World) {
    const PEOPLE: usize = 40;
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let person = world.guest(&format!("p{number}")).await;
        people.push(person);
        for (place, room) in ["general", "tech", "random"].into_iter().enumerate() {
            if number % (place + 2) == 0 {
                world.join(person, room).await.unwrap();
                world.say(person, room, &format!("{room}-{number}")).await.unwrap();
            }
        }
    }
    let own = world.create_room(people[3], "own").await.unwrap();
    world.store().mark_read(people[2], world.id("general"), Seq(9)).await.unwrap();
    world.store().end_session(people[7]).await.unwrap();
    // Of nobody, of another person, and none.
    let wrong = [
        (UserId(404), people[1].session),
        (people[4].user, people[5].session),
        (people[0].user, SessionId(404)),
    ];
    let known = people.iter().map(|person| (person.user, person.session));
    let asked: Vec<_> = known.chain(wrong).collect();
    let mut standings = world.store().standings(asked).await.unwrap();
    standings.sort_by_key(|standing| standing.session);
    people.remove(7);
    let sessions: Vec<_> = standings.iter().map(|standing| (standing.user.id, standing.session)).collect();
    assert_eq!(sessions, people.iter().map(|person| (person.user, person.session)).collect::<Vec<_>>());
    for mut standing in standings {
        let mut rooms = world.rooms(standing.user.id).await;
        rooms.retain(|room| room.role.is_some());
        rooms.sort_by_key(|room| room.id);
        standing.rooms.sort_by_key(|room| room.id);
        assert_eq!(standing.rooms, rooms, "{}", standing.user.name);
    }
    let rooms: Vec<_> =
        ["general", "tech", "random"].map(|room| (world.id(room), Seq(1))).into_iter().collect();
    let mut heads = world
        .store()
        .heads([&rooms[..], &[(own.id, own.head), (RoomId(404), Seq(0))]].concat())
        .await
        .unwrap();
    heads.sort();
    let mut expected = Vec::new();
    for room in ["general", "tech", "random"] {
        expected.push((world.id(room), world.room(people[0], room).await.head));
    }
    assert_eq!(heads, expected);
}
