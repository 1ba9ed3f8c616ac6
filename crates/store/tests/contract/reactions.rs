//! How people react to messages, and how that is told to those who were away.

use crate::world::{World, contract, deletion, edit, slug};
use chinwag_core::domain::{
    Actor, EMOJI_PER_MESSAGE, Emoji, EventBody, Message, MessageEvent, Moderation, REACTION_USERS, Reaction,
    ReactionChange, Refusal, RoomEvent, RoomId, RoomPosting, Seq, SlowMode, UserId, WantedName, Window,
};
use chinwag_core::ports::{Appended, Purge, Reacting, ReplaySpan, RoomUpdate};

contract!(
    a_reaction_is_stored_and_published,
    what_is_so_already_is_no_event,
    a_reaction_is_told_wherever_a_message_is,
    the_emoji_of_a_message_have_a_limit,
    of_many_people_the_first_are_told_and_all_counted,
    who_may_react,
    what_is_deleted_has_no_reactions,
    nobody_reacts_to_what_is_not_there,
    whoever_was_away_is_told_the_outcome,
    nobody_is_fast_or_slow_with_a_reaction,
);

pub(crate) fn reacting(room: RoomId, target: Seq, emoji: &str, change: ReactionChange) -> Reacting {
    Reacting { room, target, emoji: Emoji::parse(emoji).unwrap(), change }
}

async fn react(world: &World, actor: Actor, said: Appended, emoji: &str) -> Result<(), Refusal> {
    let reacting = reacting(said.room, said.seq, emoji, ReactionChange::Added);
    world.store().react(actor, reacting).await
}

async fn unreact(world: &World, actor: Actor, said: Appended, emoji: &str) -> Result<(), Refusal> {
    let reacting = reacting(said.room, said.seq, emoji, ReactionChange::Removed);
    world.store().react(actor, reacting).await
}

/// The last message of #general as a person reads it.
async fn last(world: &World, reader: Actor) -> Message {
    let page = world.store().snapshot(reader.user, slug("general").into(), 1, 0).await.unwrap().page;
    page.messages.into_iter().next().unwrap()
}

fn reactions(message: &Message) -> Vec<(&str, u32, Vec<UserId>)> {
    let all = message.content.changes.iter().flat_map(|changes| &changes.reactions);
    all.map(|Reaction { emoji, count, users }| (emoji.as_str(), *count, users.clone())).collect()
}

async fn a_reaction_is_stored_and_published(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "hello").await.unwrap();
    world.broker.take();
    react(&world, sam, said, "❤").await.unwrap();
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.seq, event.actor, &*event.name), (said.seq.next(), sam.user, "Sam"));
    let (target, emoji) = (said.seq, "❤️".to_owned());
    let change = ReactionChange::Added;
    assert_eq!(event.body, EventBody::Message(MessageEvent::Reacted { target, emoji, change }));
    let message = last(&world, alex).await;
    assert_eq!(reactions(&message), [("❤️", 1, vec![sam.user])]);
    let changes = message.content.changes.as_deref().unwrap();
    assert_eq!((changes.last, changes.edited, changes.is_deleted), (said.seq.next(), None, false));

    unreact(&world, sam, said, "❤️").await.unwrap();
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    let (emoji, change) = ("❤️".to_owned(), ReactionChange::Removed);
    assert_eq!(event.body, EventBody::Message(MessageEvent::Reacted { target, emoji, change }));
    let message = last(&world, alex).await;
    assert!(reactions(&message).is_empty());
    assert_eq!(message.content.changes.unwrap().last, Seq(said.seq.0 + 2));
}

async fn what_is_so_already_is_no_event(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let said = world.say(alex, "general", "hello").await.unwrap();
    unreact(&world, alex, said, "👍").await.unwrap();
    assert_eq!(world.room(alex, "general").await.head, said.seq);
    react(&world, alex, said, "👍").await.unwrap();
    world.broker.take();
    react(&world, alex, said, "👍").await.unwrap();
    assert!(world.broker.take().is_empty());
    assert_eq!(world.room(alex, "general").await.head, said.seq.next());
}

async fn a_reaction_is_told_wherever_a_message_is(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "hello").await.unwrap();
    react(&world, alex, said, "🎉").await.unwrap();
    world.clock.advance(1);
    react(&world, alex, said, "👍").await.unwrap();
    world.clock.advance(1);
    react(&world, sam, said, "👍").await.unwrap();
    let told = |first, second| vec![("🎉", 1, vec![alex.user]), ("👍", 2, vec![first, second])];
    assert_eq!(reactions(&last(&world, alex).await), told(alex.user, sam.user));
    assert_eq!(reactions(&last(&world, sam).await), told(sam.user, alex.user), "before others who asks");
    let page = world.store().history(alex.user, said.room, Window::Around(said.seq), 5).await.unwrap();
    assert_eq!(reactions(&page.messages[0]), told(alex.user, sam.user));
    // What nodes tell each other is read for nobody.
    let missed = world.store().missed_events(said.room, said.seq, 10).await.unwrap();
    for event in &missed {
        let EventBody::Message(MessageEvent::Changed(message)) = &event.body else { panic!("{event:?}") };
        assert_eq!(reactions(message), told(alex.user, sam.user));
    }
    assert_eq!(missed.len(), 3);

    let all = world.store().reactions(sam.user, said.room, said.seq).await.unwrap();
    let all: Vec<_> = all.into_iter().map(|reaction| (reaction.emoji, reaction.people)).collect();
    let (alex, sam) = ((alex.user, "Alex".to_owned()), (sam.user, "Sam".to_owned()));
    assert_eq!(all, [("🎉".to_owned(), vec![alex.clone()]), ("👍".to_owned(), vec![alex, sam])]);
}

async fn the_emoji_of_a_message_have_a_limit(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "hello").await.unwrap();
    let all = "😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔";
    let mut emoji: Vec<_> = all.chars().map(String::from).collect();
    let more = emoji.pop().unwrap();
    for emoji in &emoji {
        react(&world, alex, said, emoji).await.unwrap();
    }
    let limit = EMOJI_PER_MESSAGE;
    let refused = Err(Refusal::ReactionLimit { limit });
    assert_eq!(react(&world, sam, said, &more).await, refused);
    react(&world, sam, said, &emoji[3]).await.unwrap();
    assert_eq!(react(&world, sam, said, &more).await, refused);
    assert_eq!(reactions(&last(&world, sam).await).len(), limit as usize);
    unreact(&world, alex, said, &emoji[7]).await.unwrap();
    react(&world, sam, said, &more).await.unwrap();
}

async fn of_many_people_the_first_are_told_and_all_counted(world: World) {
    let mut people = Vec::new();
    for number in 0..=REACTION_USERS + 1 {
        let person = world.guest(&format!("Person {number}")).await;
        world.join(person, "general").await.unwrap();
        people.push(person);
    }
    let said = world.say(people[0], "general", "hello").await.unwrap();
    for person in &people {
        world.clock.advance(1);
        react(&world, *person, said, "👍").await.unwrap();
    }
    let first: Vec<_> = people.iter().take(REACTION_USERS as usize).map(|person| person.user).collect();
    assert_eq!(reactions(&last(&world, people[0]).await), [("👍", REACTION_USERS + 2, first.clone())]);
    let late = people.last().unwrap();
    let mut with_late = vec![late.user];
    with_late.extend(&first[..first.len() - 1]);
    assert_eq!(reactions(&last(&world, *late).await), [("👍", REACTION_USERS + 2, with_late)]);
    let all = world.store().reactions(late.user, said.room, said.seq).await.unwrap();
    assert_eq!(all[0].people.len(), people.len());
}

async fn who_may_react(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let said = world.say(alex, "tea", "hello").await.unwrap();
    let late = world.guest("Late").await;
    assert_eq!(react(&world, late, said, "👍").await, Err(Refusal::NotMember));
    assert_eq!(world.store().reactions(late.user, room, said.seq).await, Err(Refusal::NotMember));
    let visitor = world.visitor(WantedName::Numbered("Guest")).await.0;
    assert_eq!(react(&world, visitor, said, "👍").await, Err(Refusal::Forbidden));

    let silence = Moderation::Mute { until: None, reason: None };
    world.store().moderate(alex, room, sam.user, silence).await.unwrap();
    assert_eq!(react(&world, sam, said, "👍").await, Err(Refusal::Muted { until: None }));
    world.store().moderate(alex, room, sam.user, Moderation::Unmute).await.unwrap();
    react(&world, sam, said, "👍").await.unwrap();
    let archive = RoomUpdate { archived: Some(true), ..RoomUpdate::default() };
    world.update_room(alex, room, archive).await.unwrap();
    assert_eq!(unreact(&world, sam, said, "👍").await, Err(Refusal::Archived));
}

async fn nobody_is_fast_or_slow_with_a_reaction(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let said = world.say(sam, "tea", "hello").await.unwrap();
    let update = RoomUpdate {
        slow_mode: Some(SlowMode::parse(60).unwrap()),
        posting: Some(RoomPosting::Moderators),
        ..RoomUpdate::default()
    };
    world.update_room(alex, room, update).await.unwrap();
    assert_eq!(react(&world, sam, said, "👍").await, Ok(()));
    assert_eq!(react(&world, sam, said, "🎉").await, Ok(()));
}

async fn what_is_deleted_has_no_reactions(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    for number in 0..2 {
        let said = world.say(sam, "tea", &format!("hello {number}")).await.unwrap();
        react(&world, alex, said, "👍").await.unwrap();
        if number == 0 {
            world.store().delete_message(sam, deletion(room, said.seq, "d")).await.unwrap();
        } else {
            let purge = Purge { room, user: sam.user, since: Default::default() };
            assert_eq!(world.store().purge_messages(alex, purge, 10).await, Ok(1));
        }
        let page = world.store().history(alex.user, room, Window::Around(said.seq), 1).await.unwrap();
        assert!(page.messages[0].content.is_deleted());
        assert!(reactions(&page.messages[0]).is_empty());
        let refused = Refusal::MessageNotFound(said.seq);
        assert_eq!(react(&world, alex, said, "👍").await, Err(refused.clone()));
        assert_eq!(unreact(&world, alex, said, "👍").await, Err(refused.clone()));
        assert_eq!(world.store().reactions(alex.user, room, said.seq).await, Err(refused));
    }
}

async fn nobody_reacts_to_what_is_not_there(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    // The place 1 is that of a join.
    for place in [-1, 0, 1, 2, i64::MAX] {
        let target = reacting(general, Seq(place), "👍", ReactionChange::Added);
        let refused = world.store().react(alex, target).await;
        assert_eq!(refused, Err(Refusal::MessageNotFound(Seq(place))));
    }
}

async fn whoever_was_away_is_told_the_outcome(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "one").await.unwrap();
    let other = world.say(alex, "general", "two").await.unwrap();
    for _ in 0..150 {
        react(&world, alex, said, "👍").await.unwrap();
        unreact(&world, alex, said, "👍").await.unwrap();
    }
    react(&world, alex, said, "🎉").await.unwrap();
    world.store().edit_message(alex, edit(other.room, other.seq, "e", "three")).await.unwrap();
    let head = Seq(other.seq.0 + 302);
    let access = world.store().room(sam.user, said.room.into()).await.unwrap().log.unwrap();
    let (mut events, mut after) = (Vec::<RoomEvent>::new(), other.seq);
    while after < head {
        let span = ReplaySpan { seen: other.seq, after, limit: 100 };
        let page = world.store().replay(&access, span).await.unwrap();
        events.extend(page.events);
        after = page.through;
    }
    assert_eq!(after, head);
    let told: Vec<_> = events.iter().map(|event| (event.seq.0 - other.seq.0, event.target())).collect();
    assert_eq!(told, [(301, Some(said.seq)), (302, Some(other.seq))]);
    let EventBody::Message(MessageEvent::Changed(message)) = &events[0].body else { panic!("{events:?}") };
    assert_eq!((reactions(message), &*message.content.text), (vec![("🎉", 1, vec![alex.user])], "one"));

    // One who comes later has it in the message itself.
    let span = ReplaySpan { seen: Seq(0), after: Seq(0), limit: 1000 };
    let page = world.store().replay(&access, span).await.unwrap();
    let first = page.events.into_iter().find(|event| event.seq == said.seq).unwrap();
    let content = first.posted().unwrap();
    assert_eq!(content.changes.as_ref().unwrap().reactions.len(), 1);
}
