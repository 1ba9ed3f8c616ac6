use crate::world::{World, contract, deletion, edit, new_message, rooms_within};
use chinwag_core::domain::{
    Actor, EventBody, MessageContent, MessageEvent, Quote, Refusal, RoomEvent, RoomHistory, Seq, Window,
};
use chinwag_core::ports::{Appended, NewMessage, RoomUpdate};

contract!(
    an_answer_names_the_message_everywhere,
    an_answer_quotes_the_message_as_it_is_now,
    an_answer_quotes_nothing_that_newcomers_may_not_read,
    there_is_nothing_to_answer_but_messages_that_one_reads,
    newcomers_do_not_answer_what_they_do_not_read,
    a_room_that_is_gone_has_nothing_to_be_answered,
    what_was_deleted_may_be_answered,
    a_repeated_answer_answers_the_first_result,
    an_answer_keeps_its_target_through_an_edit,
);

impl World {
    async fn answer(&self, actor: Actor, (room, target): (&str, Seq), id: &str) -> Result<Appended, Refusal> {
        let message = NewMessage { reply_to: Some(target), ..new_message(self.id(room), id, "So it is") };
        self.store().append_message(actor, message).await
    }
}

/// What the events say that these messages answer.
fn answered<'a>(events: impl IntoIterator<Item = &'a RoomEvent>) -> Vec<Option<Seq>> {
    events.into_iter().filter_map(RoomEvent::posted).map(|content| content.reply_to).collect()
}

async fn an_answer_names_the_message_everywhere(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let first = world.say(alex, "general", "It is late").await.unwrap();
    world.broker.take();
    let answer = world.answer(sam, ("general", first.seq), "a").await.unwrap();

    let published = world.broker.take();
    assert_eq!(answered(published.events().iter().map(AsRef::as_ref)), [Some(first.seq)]);
    assert_eq!(answered(&world.log(first.room).await), [None, Some(first.seq)]);
    let page = world.store().history(alex.user, first.room, Window::Latest, 10).await.unwrap();
    let replies: Vec<_> =
        page.messages.iter().map(|message| (message.seq, message.content.reply_to)).collect();
    assert_eq!(replies, [(first.seq, None), (answer.seq, Some(first.seq))]);
}

async fn an_answer_quotes_the_message_as_it_is_now(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let text = format!("<@{}>, shall we\nhave tea?", sam.user);
    let first = world.say(alex, "general", &text).await.unwrap();
    world.broker.take();
    let answer = world.answer(sam, ("general", first.seq), "a").await.unwrap();
    let quoted = |text: &str| Some(Quote { name: "Alex".to_owned(), text: text.to_owned() });
    let of = |content: &MessageContent| content.quote.as_deref().cloned();
    let published = world.broker.take();
    let live: Vec<_> = published.events().iter().filter_map(|event| event.posted().map(of)).collect();
    assert_eq!(live, [quoted("@Sam, shall we have tea?")]);

    let log = async || {
        let log = world.log(first.room).await;
        let found = log.iter().find(|event| event.seq == answer.seq);
        found.and_then(RoomEvent::posted).and_then(of)
    };
    assert_eq!(log().await, quoted("@Sam, shall we have tea?"));
    world.store().edit_message(alex, edit(first.room, first.seq, "e", "Coffee")).await.unwrap();
    assert_eq!(log().await, quoted("Coffee"));
    world.store().delete_message(alex, deletion(first.room, first.seq, "d")).await.unwrap();
    let page = world.store().history(alex.user, first.room, Window::Latest, 10).await.unwrap();
    let last = page.messages.last().map(|message| of(&message.content));
    assert_eq!((log().await, last), (quoted(""), Some(quoted(""))));
}

async fn an_answer_quotes_nothing_that_newcomers_may_not_read(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let first = world.say(alex, "tea", "Between us").await.unwrap();
    world.join(sam, "tea").await.unwrap();
    let joined = RoomUpdate { history: Some(RoomHistory::Joined), ..RoomUpdate::default() };
    world.store().update_room(alex, tea, joined, rooms_within(100)).await.unwrap();
    world.broker.take();
    let answer = world.answer(sam, ("tea", first.seq), "a").await.unwrap();
    let published = world.broker.take();
    let live = published.events().iter().find_map(|event| event.posted()?.quote.as_deref().cloned());
    let page = world.store().history(sam.user, answer.room, Window::Latest, 10).await.unwrap();
    let stored = page.messages.last().and_then(|message| message.content.quote.as_deref().cloned());
    let empty = Some(Quote { name: "Alex".to_owned(), text: String::new() });
    assert_eq!((live, stored), (empty.clone(), empty));
}

async fn there_is_nothing_to_answer_but_messages_that_one_reads(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let first = world.say(alex, "general", "It is late").await.unwrap();
    world.broker.take();
    // One's own coming stands there, nothing yet, nothing ever.
    for target in [Seq(1), first.seq.next(), Seq(0), Seq(-7), Seq(i64::MAX)] {
        let refused = world.answer(sam, ("general", target), "a").await;
        assert_eq!(refused, Err(Refusal::MessageNotFound(target)));
    }
    // A message of another room.
    world.join(sam, "tech").await.unwrap();
    world.broker.take();
    let elsewhere = world.answer(sam, ("tech", first.seq), "a").await;
    assert_eq!(elsewhere, Err(Refusal::MessageNotFound(first.seq)));
    assert!(world.broker.take().is_empty(), "what is refused is nowhere");
    // The name is free still.
    assert!(world.answer(sam, ("general", first.seq), "a").await.is_ok());
}

async fn newcomers_do_not_answer_what_they_do_not_read(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let before = world.say(alex, "tea", "Between us").await.unwrap();
    let joined = RoomUpdate { history: Some(RoomHistory::Joined), ..RoomUpdate::default() };
    world.store().update_room(alex, tea, joined, rooms_within(100)).await.unwrap();
    world.join(sam, "tea").await.unwrap();
    let refused = world.answer(sam, ("tea", before.seq), "a").await;
    assert_eq!(refused, Err(Refusal::MessageNotFound(before.seq)));
    let after = world.say(alex, "tea", "Hello Sam").await.unwrap();
    assert!(world.answer(sam, ("tea", after.seq), "a").await.is_ok());
    assert!(world.answer(alex, ("tea", before.seq), "b").await.is_ok());
}

async fn a_room_that_is_gone_has_nothing_to_be_answered(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let said = world.say(alex, "tea", "The kettle is on").await.unwrap();
    world.store().delete_room(alex, tea).await.unwrap();
    let message = NewMessage { reply_to: Some(said.seq), ..new_message(tea, "a", "So it is") };
    let refused = world.store().append_message(sam, message).await;
    assert_eq!(refused, Err(Refusal::RoomNotFound(tea.into())));
}

async fn what_was_deleted_may_be_answered(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let first = world.say(alex, "general", "It is late").await.unwrap();
    world.store().delete_message(alex, deletion(first.room, first.seq, "d")).await.unwrap();
    assert!(world.answer(sam, ("general", first.seq), "a").await.is_ok());
}

async fn a_repeated_answer_answers_the_first_result(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let first = world.say(alex, "general", "It is late").await.unwrap();
    let answer = world.answer(sam, ("general", first.seq), "a").await;
    assert!(answer.is_ok());
    world.broker.take();
    assert_eq!(world.answer(sam, ("general", first.seq), "a").await, answer);
    // Whatever else a repeat says does not count, not even what is not there.
    assert_eq!(world.answer(sam, ("general", Seq(99)), "a").await, answer);
    assert!(world.broker.take().is_empty());
}

async fn an_answer_keeps_its_target_through_an_edit(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let first = world.say(alex, "general", "It is late").await.unwrap();
    let answer = world.answer(alex, ("general", first.seq), "a").await.unwrap();
    world.broker.take();
    let edit = edit(first.room, answer.seq, "e", "So it was");
    world.store().edit_message(alex, edit).await.unwrap();
    // Those who see a new text only are told what it answers, too.
    let told = world.broker.take();
    let [event] = &told.events()[..] else { panic!("{told:?}") };
    let EventBody::Message(MessageEvent::Edited { quote, .. }) = &event.body else { panic!("{event:?}") };
    let expected = Quote { name: "Alex".to_owned(), text: "It is late".to_owned() };
    assert_eq!(quote.as_deref(), Some(&expected));
    let log = world.log(first.room).await;
    let changed = log.iter().rev().find_map(|event| match &event.body {
        EventBody::Message(MessageEvent::Changed(message)) => Some(&message.content),
        EventBody::Message(_) | EventBody::Member(_) | EventBody::Room(_) => None,
    });
    assert_eq!(changed.map(|content| content.reply_to), Some(Some(first.seq)));
}
