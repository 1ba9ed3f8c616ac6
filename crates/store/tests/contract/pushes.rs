//! What is pushed to devices: found in the logs, kept until it is taken, and let go of when nobody needs it.

use crate::accounts::member;
use crate::world::{World, contract, deletion, new_message, token};
use chinwag_core::domain::{
    Actor, DuePush, InThread, Millis, Moderation, PUSH_DEVICES, PushEnd, PushNews, PushTarget, QueuedPushes,
    Refusal, SessionId, WantedName,
};
use chinwag_core::ports::{Clock as _, Device, MessagesLeft, NewMessage, NewSession};

contract![
    what_came_is_found_once,
    whom_messages_call_is_told,
    nobody_looks_back_before_the_first_device,
    no_page_of_messages_is_left_out,
    what_is_due_comes_again_until_it_is_taken,
    what_nobody_needs_any_more_goes,
    a_device_goes_with_its_sign_in,
    of_many_devices_the_first_goes,
    there_is_one_key,
];

fn target(name: &str) -> PushTarget {
    let page = "https://chat.example/".to_owned();
    PushTarget {
        endpoint: format!("https://push.example/{name}"),
        key: vec![4; 65],
        secret: vec![1; 16],
        page,
        language: "en".to_owned(),
    }
}

async fn news(world: &World, room: &str) -> Option<PushNews> {
    let found = world.store().push_news(100).await.unwrap();
    found.into_iter().find(|of| of.room == world.id(room))
}

/// All of it to all.
fn queued(of: &PushNews) -> QueuedPushes {
    let PushNews { room, since, head, messages, listeners, .. } = of;
    let to = |author| listeners.iter().filter(move |it| it.user != author).map(|it| it.session).collect();
    let wanted = messages.iter().map(|message| (message.seq, to(message.author))).collect();
    QueuedPushes { room: *room, since: *since, head: *head, wanted }
}

/// Finds everything and has all of it be pushed.
async fn queue_all(world: &World) {
    let found = world.store().push_news(100).await.unwrap();
    world.store().queue_pushes(found.iter().map(queued).collect(), world.clock.now()).await.unwrap();
}

async fn due(world: &World) -> Vec<DuePush> {
    let until = Millis(world.clock.now().0 + 1000);
    world.store().take_pushes(100, until).await.unwrap()
}

/// A message waits for a device of this person.
pub(crate) async fn one_waits(world: &World, person: Actor) {
    world.store().push_key(vec![1, 2, 3]).await.unwrap();
    world.store().subscribe(person, target("moved")).await.unwrap();
    let of = news(world, "general").await.unwrap();
    let wanted = vec![(of.head, vec![person.session])];
    world.store().queue_pushes(vec![QueuedPushes { wanted, ..queued(&of) }], Millis(1)).await.unwrap();
}

async fn what_came_is_found_once(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    store.subscribe(sam, target("sam")).await.unwrap();
    world.say(sam, "general", "my own").await.unwrap();
    let said = world.say(alex, "general", &format!("<@{}> hello", sam.user)).await.unwrap().seq;
    let of = news(&world, "general").await.unwrap();
    assert_eq!((of.head, of.is_conversation), (said, false));
    let [listener] = &of.listeners[..] else { panic!("one listens") };
    assert_eq!((listener.user, listener.session, listener.since), (sam.user, sam.session, world.clock.now()));
    let queued = queued(&of);
    assert_eq!(queued.wanted.last(), Some(&(said, vec![sam.session])));
    store.queue_pushes(vec![queued.clone()], world.clock.now()).await.unwrap();
    assert_eq!(news(&world, "general").await, None);
    let [push] = &due(&world).await[..] else { panic!("one is due") };
    assert_eq!((push.seq, push.text.as_str(), push.author.as_str()), (said, "@Sam hello", "Alex"));
    assert_eq!((push.slug.as_deref(), push.title.as_str()), (Some("general"), "General"));
    store.end_push(push.clone(), PushEnd::Taken).await.unwrap();
    // A second node that is as far is too late.
    store.queue_pushes(vec![queued], world.clock.now()).await.unwrap();
    assert_eq!(due(&world).await, []);
    let device = store.push_device(sam).await.unwrap().unwrap();
    assert_eq!((device.pushed_at, device.refused), (Some(world.clock.now()), None));
}

async fn whom_messages_call_is_told(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    for person in [sam, kim] {
        world.join(person, "tea").await.unwrap();
        world.store().subscribe(person, target(&person.user.to_string())).await.unwrap();
    }
    let root = world.say(kim, "tea", "root").await.unwrap().seq;
    let crowd = world.say(alex, "tea", "<@room>").await.unwrap().seq;
    let one = world.say(alex, "tea", &format!("<@{}> and <@{}>", sam.user, alex.user)).await.unwrap().seq;
    let thread = Some(InThread { root, also: false });
    let reply = NewMessage { thread, ..new_message(tea, "reply", "aside") };
    let aside = world.store().append_message(alex, reply).await.unwrap().seq;
    let of = news(&world, "tea").await.unwrap();
    let told: Vec<_> =
        of.messages.iter().map(|it| (it.seq, it.in_thread, it.calls_all, it.calls.clone())).collect();
    let expected = [
        (root, false, false, vec![]),
        (crowd, false, true, vec![]),
        (one, false, false, vec![sam.user]),
        (aside, true, false, vec![kim.user]),
    ];
    assert_eq!(told, expected, "who began a thread follows it");
}

async fn nobody_looks_back_before_the_first_device(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.say(alex, "general", "long ago").await.unwrap();
    assert_eq!(store.push_news(100).await.unwrap(), [], "there is no device");
    store.subscribe(sam, target("sam")).await.unwrap();
    queue_all(&world).await;
    store.unsubscribe(sam).await.unwrap();
    for number in 0..300 {
        world.say(alex, "general", &format!("meanwhile {number}")).await.unwrap();
    }
    store.subscribe(sam, target("sam")).await.unwrap();
    let of = news(&world, "general").await.unwrap();
    assert_eq!(of.since.0, of.head.0 - 200);
}

async fn no_page_of_messages_is_left_out(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    store.subscribe(sam, target("sam")).await.unwrap();
    queue_all(&world).await;
    let mut said = Vec::new();
    for number in 0..450 {
        said.push(world.say(alex, "general", &format!("m{number}")).await.unwrap().seq);
    }
    let mut found = Vec::new();
    while let Some(of) = news(&world, "general").await {
        found.extend(of.messages.iter().map(|message| message.seq));
        store.queue_pushes(vec![queued(&of)], world.clock.now()).await.unwrap();
    }
    assert_eq!(found, said);
    let [push] = &due(&world).await[..] else { panic!("one is due") };
    assert_eq!((push.count, Some(&push.seq)), (450, said.last()));
}

async fn what_is_due_comes_again_until_it_is_taken(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    store.subscribe(sam, target("sam")).await.unwrap();
    for text in ["one", "two"] {
        world.say(alex, "general", text).await.unwrap();
    }
    queue_all(&world).await;
    let [first] = &due(&world).await[..] else { panic!("one is due") };
    assert_eq!((first.text.as_str(), first.count, first.tries), ("two", 2, 1));
    assert_eq!(due(&world).await, [], "it is taken for a while");
    world.clock.advance(1001);
    let [second] = &due(&world).await[..] else { panic!("it is due again") };
    assert_eq!((second.seq, second.tries), (first.seq, 2));
    store.end_push(second.clone(), PushEnd::Again(Millis(world.clock.now().0 + 50))).await.unwrap();
    assert_eq!(due(&world).await, []);
    world.clock.advance(50);
    let [third] = &due(&world).await[..] else { panic!("it is due once more") };
    store.end_push(third.clone(), PushEnd::Refused(400)).await.unwrap();
    world.clock.advance(5000);
    assert_eq!(due(&world).await, []);
    assert_eq!(store.push_device(sam).await.unwrap().unwrap().refused, Some(400));
}

async fn what_nobody_needs_any_more_goes(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    store.subscribe(sam, target("sam")).await.unwrap();
    let read = world.say(alex, "general", "read").await.unwrap().seq;
    let deleted = world.say(alex, "general", "deleted").await.unwrap().seq;
    let kept = world.say(alex, "general", "kept").await.unwrap().seq;
    queue_all(&world).await;
    store.mark_read(sam, general, read).await.unwrap();
    store.delete_message(alex, deletion(general, deleted, "delete")).await.unwrap();
    let [push] = &due(&world).await[..] else { panic!("one is due") };
    assert_eq!((push.seq, push.count), (kept, 1));
    store.end_push(push.clone(), PushEnd::Again(world.clock.now())).await.unwrap();
    world.create_room(alex, "tea").await.unwrap();
    world.join(sam, "tea").await.unwrap();
    world.say(alex, "tea", "for members").await.unwrap();
    queue_all(&world).await;
    store.moderate(alex, world.id("tea"), sam.user, Moderation::Remove { reason: None }).await.unwrap();
    store.block(sam, alex.user).await.unwrap();
    assert_eq!(due(&world).await, [], "whoever left, or blocks, is told nothing");
    store.unblock(sam, alex.user).await.unwrap();
    world.clock.advance(5000);
    assert_eq!(due(&world).await, [], "and not later either");
}

async fn a_device_goes_with_its_sign_in(world: World) {
    let store = world.store();
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    store.subscribe(sam, target("one browser")).await.unwrap();
    store.subscribe(alex, target("one browser")).await.unwrap();
    assert_eq!(store.push_device(sam).await.unwrap(), None, "another account in that browser");
    let there = store.push_device(alex).await.unwrap().unwrap();
    assert_eq!(there.target, target("one browser"));
    store.end_session(alex).await.unwrap();
    assert_eq!(store.push_device(alex).await.unwrap(), None);
    assert_eq!(store.push_news(100).await.unwrap(), []);
    assert_eq!(store.subscribe(alex, target("late")).await, Err(Refusal::Unauthorized));
    store.subscribe(sam, target("gone")).await.unwrap();
    world.say(kim, "general", "hello").await.unwrap();
    queue_all(&world).await;
    let [push] = &due(&world).await[..] else { panic!("one is due") };
    store.subscribe(sam, target("anew")).await.unwrap();
    store.end_push(push.clone(), PushEnd::Gone).await.unwrap();
    assert_eq!(store.push_device(sam).await.unwrap().unwrap().target, target("anew"));
    let gone = DuePush { target: target("anew"), ..push.clone() };
    store.end_push(gone, PushEnd::Gone).await.unwrap();
    assert_eq!(store.push_device(sam).await.unwrap(), None);
    let (visitor, _) = world.visitor(WantedName::Numbered("Bot")).await;
    assert_eq!(store.subscribe(visitor, target("bot")).await, Err(Refusal::Forbidden));
}

async fn another_sign_in(world: &World, person: Actor, number: usize) -> SessionId {
    let token = token((1 << 55) + u64::try_from(number).unwrap());
    let session = NewSession { token, device: Device::default() };
    world.store().begin_session(person.user, session).await.unwrap().1
}

async fn of_many_devices_the_first_goes(world: World) {
    let store = world.store();
    let ida = member(&world, "Ida").await;
    let mut devices = vec![ida];
    for number in 0..PUSH_DEVICES {
        devices.push(Actor { session: another_sign_in(&world, ida, number).await, ..ida });
    }
    for (number, device) in devices.iter().enumerate() {
        world.clock.advance(1);
        store.subscribe(*device, target(&number.to_string())).await.unwrap();
    }
    assert_eq!(store.push_device(devices[0]).await.unwrap(), None);
    for device in &devices[1..] {
        assert!(store.push_device(*device).await.unwrap().is_some());
    }
    world.store().end_account(ida, MessagesLeft::Keep).await.unwrap();
    assert_eq!(store.push_device(devices[1]).await.unwrap(), None, "they go with the account");
}

async fn there_is_one_key(world: World) {
    let store = world.store();
    assert_eq!(store.push_key(vec![1, 2]).await, Ok(vec![1, 2]));
    assert_eq!(store.push_key(vec![3, 4]).await, Ok(vec![1, 2]));
}
