//! What people have begun to write.

use crate::world::{World, contract, deletion};
use chinwag_core::domain::{
    Actor, DRAFTS_PER_PERSON, DraftPlace, KeptDraft, MessageText, Millis, Moderation, Refusal, RoomId, Seq,
};
use chinwag_core::ports::{Clock as _, UserEvent};

contract![
    the_last_draft_of_a_place_counts,
    a_draft_ends_with_the_membership_and_the_account,
    a_draft_ends_with_what_it_was_to_answer,
    a_draft_ends_with_the_message_under_which_it_stands,
    nobody_has_a_draft_where_one_is_not,
];

pub(crate) fn draft(room: RoomId, thread: Option<Seq>, text: &str) -> KeptDraft {
    let text = MessageText::exact(text, 8000).ok();
    KeptDraft { place: DraftPlace { room, thread }, text, reply_to: None, at: Millis(0) }
}

async fn texts(world: &World, person: Actor) -> Vec<String> {
    let drafts = world.store().drafts(person.user).await.unwrap();
    drafts.into_iter().map(|draft| draft.text.unwrap().as_str().to_owned()).collect()
}

async fn the_last_draft_of_a_place_counts(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    store.keep_draft(alex, draft(general, None, "hel")).await.unwrap();
    world.broker.take();
    store.keep_draft(alex, draft(general, None, " hello ")).await.unwrap();
    let told = world.broker.take().personal();
    let [(user, except, UserEvent::Draft(first))] = &told[..] else { panic!("{told:?}") };
    assert_eq!((*user, *except), (alex.user, alex.connection));
    // The clock stands still, and yet the second one is the later.
    assert_eq!(first.at, Millis(world.clock.now().0 + 1));
    assert_eq!(texts(&world, alex).await, [" hello "]);
    let root = world.say(sam, "general", "root").await.unwrap().seq;
    store.keep_draft(alex, draft(general, Some(root), "below")).await.unwrap();
    assert_eq!(texts(&world, alex).await.len(), 2);
    assert_eq!(texts(&world, sam).await, Vec::<String>::new());
    world.broker.take();
    for _ in 0..2 {
        store.keep_draft(alex, draft(general, None, "")).await.unwrap();
    }
    let told = world.broker.take().personal();
    let [(_, _, UserEvent::Draft(last))] = &told[..] else { panic!("{told:?}") };
    assert!(last.text.is_none() && last.at > first.at);
    assert_eq!(texts(&world, alex).await, ["below"]);
}

async fn a_draft_ends_with_the_membership_and_the_account(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let general = world.id("general");
    world.join(sam, "tea").await.unwrap();
    for room in [tea, general] {
        store.keep_draft(sam, draft(room, None, &format!("in {room}"))).await.unwrap();
    }
    store.moderate(alex, tea, sam.user, Moderation::Remove { reason: None }).await.unwrap();
    assert_eq!(texts(&world, sam).await, [format!("in {general}")]);
    world.join(sam, "tea").await.unwrap();
    assert_eq!(texts(&world, sam).await.len(), 1, "it does not come back");
    store.keep_draft(alex, draft(tea, None, "mine")).await.unwrap();
    store.delete_room(alex, tea).await.unwrap();
    assert_eq!(texts(&world, alex).await, Vec::<String>::new());
    store.end_session(sam).await.unwrap();
    assert_eq!(texts(&world, sam).await, Vec::<String>::new());
}

async fn a_draft_ends_with_what_it_was_to_answer(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(sam, "general", "the plan").await.unwrap().seq;
    let answer = KeptDraft { reply_to: Some(said), ..draft(general, None, "no, because") };
    store.keep_draft(alex, answer).await.unwrap();
    world.broker.take();
    store.delete_message(sam, deletion(general, said, "delete")).await.unwrap();
    let told = world.broker.take().personal();
    let gone = |event: &UserEvent| matches!(event, UserEvent::Draft(draft) if draft.text.is_none());
    assert!(told.iter().any(|(user, _, event)| *user == alex.user && gone(event)), "{told:?}");
    assert_eq!(texts(&world, alex).await, Vec::<String>::new());
}

async fn a_draft_ends_with_the_message_under_which_it_stands(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let root = world.say(sam, "general", "root").await.unwrap().seq;
    let other = world.say(sam, "general", "other").await.unwrap().seq;
    for (thread, text) in [(None, "beside"), (Some(other), "under other"), (Some(root), "under root")] {
        store.keep_draft(alex, draft(general, thread, text)).await.unwrap();
        world.pass(1);
    }
    world.broker.take();
    store.delete_message(sam, deletion(general, root, "delete")).await.unwrap();
    let told = world.broker.take().personal();
    let gone = |event: &UserEvent| matches!(event, UserEvent::Draft(draft) if draft.text.is_none() && draft.place.thread == Some(root));
    assert!(told.iter().any(|(user, _, event)| *user == alex.user && gone(event)), "{told:?}");
    assert_eq!(texts(&world, alex).await, ["under other", "beside"]);
}

async fn nobody_has_a_draft_where_one_is_not(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    assert_eq!(store.keep_draft(sam, draft(tea, None, "x")).await, Err(Refusal::NotMember));
    let nowhere = RoomId(404);
    let none = store.keep_draft(sam, draft(nowhere, None, "x")).await;
    assert_eq!(none, Err(Refusal::RoomNotFound(nowhere.into())));
    let general = world.id("general");
    for root in 1..=i64::from(DRAFTS_PER_PERSON) {
        store.keep_draft(sam, draft(general, Some(Seq(root)), "x")).await.unwrap();
    }
    let limit = DRAFTS_PER_PERSON;
    let more = store.keep_draft(sam, draft(general, None, "x")).await;
    assert_eq!(more, Err(Refusal::DraftLimit { limit }));
    store.keep_draft(sam, draft(general, Some(Seq(1)), "y")).await.unwrap();
}
