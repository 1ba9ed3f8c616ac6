//! What is pushed to devices: found in the logs, kept until it is taken, and let go of when nobody needs it.

use crate::accounts::member;
use crate::world::{World, contract, deletion, new_message, token};
use chinwag_core::domain::{
    Actor, DuePush, InThread, Millis, Moderation, PUSH_DEVICES, PUSHES_WAITING, PushEnd, PushNews,
    PushTarget, QueuedPushes, Refusal, RoomId, SessionId, WantedName,
};
use chinwag_core::ports::{Clock as _, Device, MessagesLeft, NewMessage, NewSession};

contract![
    what_came_is_found_once,
    whom_messages_call_is_told,
    nobody_looks_back_before_the_first_device,
    no_page_of_messages_is_left_out,
    all_rooms_have_their_turn,
    what_is_due_comes_again_until_it_is_taken,
    newer_messages_wait_with_what_is_tried_again,
    of_one_person_few_are_on_their_way,
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
    let found = world.store().push_news(RoomId(0), 100).await.unwrap();
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
    let found = world.store().push_news(RoomId(0), 100).await.unwrap();
    world.store().queue_pushes(found.iter().map(queued).collect(), world.clock.now()).await.unwrap();
}

async fn due(world: &World) -> Vec<DuePush> {
    let until = Millis(world.clock.now().0 + 1000);
    world.store().take_pushes(100, until, Vec::new()).await.unwrap()
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
    assert_eq!(store.push_news(RoomId(0), 100).await.unwrap(), [], "there is no device");
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
    assert_eq!((push.count, Some(&push.seq)), (PUSHES_WAITING, said.last()));
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

/// However much comes in the first ones.
async fn all_rooms_have_their_turn(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let mut rooms = vec![world.id("general")];
    for name in ["tea", "cake"] {
        rooms.push(world.create_room(alex, name).await.unwrap().id);
    }
    store.subscribe(sam, target("sam")).await.unwrap();
    let mut after = RoomId(0);
    let mut found = Vec::new();
    for number in 0..rooms.len() {
        for name in ["general", "tea", "cake"] {
            world.say(alex, name, &format!("{name} {number}")).await.unwrap();
        }
        let news = store.push_news(after, 1).await.unwrap();
        let [of] = &news[..] else { panic!("one at a time") };
        store.queue_pushes(vec![queued(of)], world.clock.now()).await.unwrap();
        after = of.room;
        found.push(after);
    }
    rooms.sort_unstable();
    assert_eq!(found, rooms);
    assert_eq!(store.push_news(after, 1).await.unwrap(), []);
}

/// Also when more comes all the time: a device that never takes anything is let go of, and a push service is left alone for as long as it says.
async fn newer_messages_wait_with_what_is_tried_again(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    store.subscribe(sam, target("sam")).await.unwrap();
    for tries in 1..=3 {
        let mut last = None;
        for number in 0..PUSHES_WAITING + 5 {
            last = Some(world.say(alex, "general", &format!("{tries}: {number}")).await.unwrap().seq);
        }
        queue_all(&world).await;
        let [push] = &due(&world).await[..] else { panic!("one is due") };
        assert_eq!((push.tries, push.count, Some(push.seq)), (tries, PUSHES_WAITING, last));
        world.say(alex, "general", &format!("{tries}: on its way")).await.unwrap();
        queue_all(&world).await;
        assert_eq!(due(&world).await, []);
        let later = Millis(world.clock.now().0 + 60_000);
        store.end_push(push.clone(), PushEnd::Again(later)).await.unwrap();
        world.clock.advance(59_999);
        assert_eq!(due(&world).await, [], "it is to be later");
        world.clock.advance(1);
    }
    let [push] = &due(&world).await[..] else { panic!("one is due") };
    assert_eq!((push.tries, push.text.as_str()), (4, "3: on its way"));
    store.end_push(push.clone(), PushEnd::Refused(0)).await.unwrap();
    world.say(alex, "general", "anew").await.unwrap();
    queue_all(&world).await;
    let [push] = &due(&world).await[..] else { panic!("one is due") };
    assert_eq!((push.tries, push.count), (1, 1));
}

async fn of_one_person_few_are_on_their_way(world: World) {
    let store = world.store();
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let mut devices = vec![sam, kim];
    for number in 0..4 {
        devices.push(Actor { session: another_sign_in(&world, sam, number).await, ..sam });
    }
    for (number, device) in devices.iter().enumerate() {
        store.subscribe(*device, target(&number.to_string())).await.unwrap();
    }
    world.say(alex, "general", "to all").await.unwrap();
    queue_all(&world).await;
    let take = async |limit, on_their_way| {
        let until = Millis(world.clock.now().0 + 1000);
        store.take_pushes(limit, until, on_their_way).await.unwrap()
    };
    let people = |taken: &[DuePush]| {
        let mut people: Vec<_> = taken.iter().map(|push| push.user).collect();
        people.sort_unstable();
        people
    };
    assert_eq!(people(&take(1, vec![sam.user, sam.user]).await), [kim.user]);
    assert_eq!(people(&take(100, vec![sam.user, sam.user]).await), []);
    let first = take(100, vec![sam.user, kim.user]).await;
    assert_eq!(people(&first), [sam.user]);
    assert_eq!(people(&take(100, Vec::new()).await), [sam.user, sam.user]);
    // Whoever is there no more leaves nothing behind.
    store.unsubscribe(devices[4]).await.unwrap();
    store.unsubscribe(devices[5]).await.unwrap();
    assert_eq!(people(&take(100, Vec::new()).await), []);
    world.clock.advance(1000);
    assert_eq!(
        people(&take(100, Vec::new()).await),
        [sam.user, sam.user, kim.user],
        "nobody said what became of them"
    );
    assert_eq!(people(&take(100, Vec::new()).await), [sam.user]);
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
    assert_eq!(store.push_news(RoomId(0), 100).await.unwrap(), []);
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
