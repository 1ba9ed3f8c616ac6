//! What a node looks up when news may have been lost.

use crate::world::{World, contract, name};
use chinwag_core::domain::{Seq, SessionId};
use chinwag_core::ports::Standing;

contract!(
    the_rooms_that_are_ahead_are_told_and_what_is_missing_of_them_is_read,
    how_it_stands_with_a_sign_in_is_known_until_it_ends,
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
    let [Standing { session, user, renames, rooms }] = &standings[..] else { panic!("{standings:?}") };
    assert_eq!((*session, user.name.as_str(), *renames), (alex.session, "Zoe", 1));
    assert_eq!(rooms[..], [world.room(alex, "general").await]);
    world.store().end_session(alex).await.unwrap();
    assert_eq!(world.store().standings(asked).await, Ok(Vec::new()));
}
