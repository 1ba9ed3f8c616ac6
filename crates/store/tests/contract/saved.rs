//! Messages that people keep for later.

use crate::world::{World, contract, deletion, edit};
use chinwag_core::domain::{Actor, Moderation, Refusal, SAVED_PER_PERSON, Seq, WantedName};
use chinwag_core::ports::Clock as _;

contract![
    what_is_saved_is_read_as_it_is_now,
    what_is_deleted_is_saved_no_longer,
    nobody_reads_by_it_what_one_may_not_read,
    nobody_keeps_more_than_one_may,
];

async fn texts(world: &World, person: Actor) -> Vec<String> {
    let page = world.store().saved(person.user, None, 50).await.unwrap();
    page.saved.into_iter().map(|saved| saved.message.content.text).collect()
}

async fn what_is_saved_is_read_as_it_is_now(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let mut said = Vec::new();
    for text in ["one", "two", "three"] {
        said.push(world.say(alex, "general", text).await.unwrap().seq);
    }
    for seq in [said[2], said[0], said[1], said[0]] {
        store.save(sam, general, seq).await.unwrap();
    }
    assert_eq!(
        texts(&world, sam).await,
        ["two", "one", "three"],
        "the last one saved first, and a repeat is none"
    );
    assert_eq!(texts(&world, alex).await, Vec::<String>::new());
    store.edit_message(alex, edit(general, said[0], "edit", "one, better")).await.unwrap();
    let first = store.saved(sam.user, None, 2).await.unwrap();
    assert_eq!(first.saved[1].message.content.text, "one, better");
    assert_eq!(first.saved[0].at, world.clock.now());
    let rest = store.saved(sam.user, first.next, 2).await.unwrap();
    assert_eq!((rest.saved.len(), rest.next), (1, None));
    for _ in 0..2 {
        store.unsave(sam, general, said[0]).await.unwrap();
    }
    assert_eq!(texts(&world, sam).await, ["two", "three"]);
    let nothing = store.save(sam, general, Seq(404)).await;
    assert_eq!(nothing, Err(Refusal::MessageNotFound(Seq(404))));
}

async fn what_is_deleted_is_saved_no_longer(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let (first, second) = (
        world.say(alex, "general", "one").await.unwrap().seq,
        world.say(alex, "general", "two").await.unwrap().seq,
    );
    for seq in [first, second] {
        store.save(sam, general, seq).await.unwrap();
    }
    store.delete_message(alex, deletion(general, first, "delete")).await.unwrap();
    assert_eq!(texts(&world, sam).await, ["two"]);
    assert_eq!(store.save(sam, general, first).await, Err(Refusal::MessageNotFound(first)));
}

async fn nobody_reads_by_it_what_one_may_not_read(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let said = world.say(alex, "tea", "for members").await.unwrap().seq;
    assert_eq!(store.save(sam, tea, said).await, Err(Refusal::NotMember));
    world.join(sam, "tea").await.unwrap();
    store.save(sam, tea, said).await.unwrap();
    let removal = Moderation::Remove { reason: None };
    store.moderate(alex, tea, sam.user, removal).await.unwrap();
    assert_eq!(texts(&world, sam).await, Vec::<String>::new());
    // It was only out of reach.
    world.join(sam, "tea").await.unwrap();
    assert_eq!(texts(&world, sam).await, ["for members"]);
    let (bot, _) = world.visitor(WantedName::Numbered("Bot")).await;
    assert!(store.save(bot, tea, said).await.is_err());
}

async fn nobody_keeps_more_than_one_may(world: World) {
    let store = world.store();
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    let mut last = Seq(0);
    for number in 0..=SAVED_PER_PERSON {
        last = world.say(alex, "general", &number.to_string()).await.unwrap().seq;
        if number < SAVED_PER_PERSON {
            store.save(alex, general, last).await.unwrap();
        }
    }
    let limit = SAVED_PER_PERSON;
    assert_eq!(store.save(alex, general, last).await, Err(Refusal::SavedLimit { limit }));
    store.unsave(alex, general, Seq(last.0 - 1)).await.unwrap();
    store.save(alex, general, last).await.unwrap();
    // Of a room that one has left nothing is listed, and it takes no place.
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let said = world.say(alex, "tea", "hello").await.unwrap().seq;
    store.leave(alex, general).await.unwrap();
    store.save(alex, tea, said).await.unwrap();
    assert_eq!(texts(&world, alex).await, ["hello"]);
}
