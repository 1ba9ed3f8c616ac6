//! Messages that are sent later, and reminders.

use crate::accounts::member;
use crate::nodes::enter;
use crate::world::{World, block_on, contract, deletion};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{
    AccountBan, Actor, ClientId, InThread, MessageText, Millis, Moderation, NewScheduled, Plan, Refusal,
    RoomId, SCHEDULED_MESSAGES_AT_ONCE, SCHEDULED_PER_PERSON, SCHEDULED_SPACE_MS, Scheduled, ScheduledState,
    Seq, SlowMode, WantedName, WhyNotSent,
};
use chinwag_core::ports::{Clock as _, RoomUpdate, UserEvent};
use futures_util::future::join_all;

contract![
    a_message_is_sent_when_its_time_has_come,
    it_is_sent_once_and_answers_what_it_was_to,
    whoever_may_not_write_any_more_is_told_why,
    a_slow_room_is_waited_for,
    one_is_reminded_until_it_is_dismissed,
    what_is_deleted_reminds_nobody,
    nobody_schedules_more_than_one_may_or_for_others,
    nothing_waits_for_an_account_that_ended,
    who_is_banned_from_the_server_sends_nothing,
    what_cannot_be_carried_out_lets_others_pass,
    what_waits_for_a_deleted_room_is_its_authors_alone,
    messages_keep_their_distance,
];

pub(crate) fn message(room: RoomId, client_id: &str, due: i64, text: &str) -> NewScheduled {
    let text = MessageText::or_nothing(MessageText::parse(text, 2000)).unwrap();
    let plan = Plan::Message { room, text, reply_to: None, thread: None };
    NewScheduled {
        client_id: ClientId::parse(client_id).unwrap(),
        due: Millis(due),
        plan,
        attachments: Box::default(),
    }
}

pub(crate) fn reminder(about: Option<(RoomId, Seq)>, client_id: &str, due: i64, text: &str) -> NewScheduled {
    let text = MessageText::or_nothing(MessageText::parse(text, 2000)).unwrap();
    let plan = Plan::Reminder { about, text };
    NewScheduled {
        client_id: ClientId::parse(client_id).unwrap(),
        due: Millis(due),
        plan,
        attachments: Box::default(),
    }
}

pub(crate) fn now(world: &World) -> i64 {
    world.clock.now().0
}

pub(crate) async fn listed(world: &World, person: Actor) -> Vec<Scheduled> {
    world.store().scheduled(person.user).await.unwrap()
}

/// What the server does every second.
pub(crate) async fn tick(world: &World) {
    for id in world.store().due(world.clock.now(), 50).await.unwrap() {
        world.store().carry_out(id).await.unwrap();
    }
}

pub(crate) async fn texts(world: &World, room: RoomId) -> Vec<String> {
    let log = world.log(room).await;
    log.iter().filter_map(|event| event.posted().map(|content| content.text.clone())).collect()
}

async fn a_message_is_sent_when_its_time_has_come(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let later = now(&world) + 60_000;
    let second = store.schedule(alex, message(general, "b", later + 1000, "two")).await.unwrap();
    let first = store.schedule(alex, message(general, "a", later, "one")).await.unwrap();
    let again = store.schedule(alex, message(general, "a", later, "one")).await.unwrap();
    assert_eq!(first, again, "a repeat");
    let waiting: Vec<_> = listed(&world, alex).await.into_iter().map(|it| (it.id, it.state)).collect();
    assert_eq!(waiting, [(first, ScheduledState::Waiting), (second, ScheduledState::Waiting)]);
    assert_eq!(listed(&world, sam).await, []);
    tick(&world).await;
    assert_eq!(texts(&world, general).await, Vec::<String>::new());
    store.carry_out(first).await.unwrap();
    assert_eq!(texts(&world, general).await, Vec::<String>::new(), "its time has not come");
    store.reschedule(alex, second, Millis(later - 1000)).await.unwrap();
    world.broker.take();
    world.pass(60_000);
    tick(&world).await;
    assert_eq!(texts(&world, general).await, ["two", "one"]);
    assert_eq!(listed(&world, alex).await, []);
    let changed = UserEvent::ScheduleChanged { is_due: false };
    assert_eq!(world.broker.take().personal(), vec![(alex.user, None, changed); 2]);
}

async fn it_is_sent_once_and_answers_what_it_was_to(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(sam, "general", "when?").await.unwrap().seq;
    let mut new = message(general, "a", now(&world), "now");
    if let Plan::Message { reply_to, thread, .. } = &mut new.plan {
        *reply_to = Some(said);
        *thread = Some(InThread { root: said, also: true });
    }
    let id = store.schedule(alex, new.clone()).await.unwrap();
    for done in join_all((0..8).map(|_| store.carry_out(id))).await {
        done.unwrap();
    }
    assert_eq!(texts(&world, general).await, ["when?", "now"]);
    // Whoever heard no answer schedules it once more: the message has its client id.
    store.schedule(alex, new).await.unwrap();
    tick(&world).await;
    assert_eq!(texts(&world, general).await, ["when?", "now"]);
    assert_eq!(listed(&world, alex).await, []);
    let last = world.log(general).await.pop().unwrap();
    let content = last.posted().unwrap();
    assert_eq!(content.reply_to, Some(said));
    assert_eq!(content.thread, Some(InThread { root: said, also: true }));
}

async fn whoever_may_not_write_any_more_is_told_why(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    assert_eq!(
        store.schedule(sam, message(tea, "no", now(&world), "no")).await,
        Err(Refusal::NotMember),
        "it is looked at now, too"
    );
    world.join(sam, "tea").await.unwrap();
    let id = store.schedule(sam, message(tea, "a", now(&world), "hello")).await.unwrap();
    let problem = async || match listed(&world, sam).await[..] {
        [Scheduled { state: ScheduledState::Failed(why), .. }] => Some(why),
        _ => None,
    };
    let silence = Moderation::Mute { until: None, reason: None };
    store.moderate(alex, tea, sam.user, silence).await.unwrap();
    tick(&world).await;
    assert_eq!(problem().await, Some(WhyNotSent::NotAllowed));
    store.moderate(alex, tea, sam.user, Moderation::Unmute).await.unwrap();
    store.moderate(alex, tea, sam.user, Moderation::Remove { reason: None }).await.unwrap();
    tick(&world).await;
    assert_eq!(problem().await, Some(WhyNotSent::NotAllowed), "it is tried once");
    store.reschedule(sam, id, Millis(now(&world))).await.unwrap();
    tick(&world).await;
    assert_eq!(problem().await, Some(WhyNotSent::NotMember));
    store.delete_room(alex, tea).await.unwrap();
    store.reschedule(sam, id, Millis(now(&world))).await.unwrap();
    tick(&world).await;
    assert_eq!(problem().await, Some(WhyNotSent::RoomGone));
    store.unschedule(sam, id).await.unwrap();
    assert_eq!(listed(&world, sam).await, []);
}

async fn a_slow_room_is_waited_for(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let slow_mode = Some(SlowMode::parse(10).unwrap());
    world.update_room(alex, tea, RoomUpdate { slow_mode, ..RoomUpdate::default() }).await.unwrap();
    world.say(sam, "tea", "one").await.unwrap();
    store.schedule(sam, message(tea, "a", now(&world), "two")).await.unwrap();
    tick(&world).await;
    assert_eq!(texts(&world, tea).await, ["one"]);
    assert_eq!(listed(&world, sam).await[0].state, ScheduledState::Waiting);
    world.pass(10_000);
    tick(&world).await;
    assert_eq!(texts(&world, tea).await, ["one", "two"]);
}

async fn one_is_reminded_until_it_is_dismissed(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(sam, "general", "the plan").await.unwrap().seq;
    let about = Some((general, said));
    let nothing = store.schedule(alex, reminder(Some((general, Seq(404))), "no", now(&world), "")).await;
    assert_eq!(nothing, Err(Refusal::MessageNotFound(Seq(404))));
    let id = store.schedule(alex, reminder(about, "a", now(&world) + 1000, "")).await.unwrap();
    world.pass(1000);
    world.broker.take();
    tick(&world).await;
    let due = UserEvent::ScheduleChanged { is_due: true };
    assert_eq!(world.broker.take().personal(), [(alex.user, None, due)]);
    let [reminded] = &listed(&world, alex).await[..] else { panic!("it stays") };
    assert_eq!(reminded.state, ScheduledState::Due);
    assert_eq!(reminded.message.as_ref().unwrap().content.text, "the plan");
    tick(&world).await;
    assert!(world.broker.take().is_empty(), "once");
    store.reschedule(alex, id, Millis(now(&world) + 1000)).await.unwrap();
    assert_eq!(listed(&world, alex).await[0].state, ScheduledState::Waiting);
    store.unschedule(sam, id).await.unwrap();
    assert_eq!(store.reschedule(sam, id, Millis(0)).await, Err(Refusal::ScheduledNotFound));
    assert_eq!(listed(&world, alex).await.len(), 1, "it is nobody else's");
    store.leave(alex, general).await.unwrap();
    assert_eq!(listed(&world, alex).await[0].message, None, "what one may not read is not shown");
    for _ in 0..2 {
        store.unschedule(alex, id).await.unwrap();
    }
    assert_eq!(listed(&world, alex).await, []);
}

async fn what_is_deleted_reminds_nobody(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(sam, "general", "the plan").await.unwrap().seq;
    store.schedule(alex, reminder(Some((general, said)), "a", now(&world), "")).await.unwrap();
    store.schedule(alex, reminder(None, "b", now(&world), "tea")).await.unwrap();
    store.delete_message(sam, deletion(general, said, "delete")).await.unwrap();
    let left: Vec<_> = listed(&world, alex).await.into_iter().map(|it| it.plan).collect();
    assert_eq!(left, [reminder(None, "b", 0, "tea").plan]);
}

async fn nobody_schedules_more_than_one_may_or_for_others(world: World) {
    let store = world.store();
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    for number in 0..SCHEDULED_PER_PERSON {
        store.schedule(alex, reminder(None, &format!("r-{number}"), 1, "tea")).await.unwrap();
    }
    let limit = SCHEDULED_PER_PERSON;
    let more = message(general, "more", 1, "more");
    assert_eq!(store.schedule(alex, more.clone()).await, Err(Refusal::ScheduleLimit { limit }));
    let first = listed(&world, alex).await[0].id;
    store.unschedule(alex, first).await.unwrap();
    store.schedule(alex, more).await.unwrap();
    let (bot, _) = world.visitor(WantedName::Numbered("Bot")).await;
    assert_eq!(store.schedule(bot, reminder(None, "a", 1, "tea")).await, Err(Refusal::Forbidden));
}

async fn nothing_waits_for_an_account_that_ended(world: World) {
    let store = world.store();
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    store.schedule(alex, message(general, "a", now(&world), "from beyond")).await.unwrap();
    store.end_session(alex).await.unwrap();
    tick(&world).await;
    assert_eq!(listed(&world, alex).await, []);
    assert_eq!(texts(&world, general).await, Vec::<String>::new());
}

async fn who_is_banned_from_the_server_sends_nothing(world: World) {
    let store = world.store();
    let (mia, ida) = (member(&world, "Mia").await, member(&world, "Ida").await);
    store.set_server_role(Operator::at_the_console(), mia.user, ServerRole::Moderator).await.unwrap();
    world.join(ida, "general").await.unwrap();
    let general = world.id("general");
    let id = store.schedule(ida, message(general, "a", now(&world), "spam")).await.unwrap();
    store.ban_account(mia, ida.user, AccountBan { until: None, reason: None }).await.unwrap();
    tick(&world).await;
    assert_eq!(texts(&world, general).await, Vec::<String>::new());
    assert_eq!(listed(&world, ida).await[0].state, ScheduledState::Failed(WhyNotSent::NotAllowed));
    // Nothing but the ban was in the way.
    store.unban_account(mia, ida.user).await.unwrap();
    store.reschedule(ida, id, Millis(now(&world))).await.unwrap();
    tick(&world).await;
    assert_eq!(texts(&world, general).await, ["spam"]);
}

async fn what_cannot_be_carried_out_lets_others_pass(world: World) {
    let store = world.store();
    let [alex] = world.members(["Alex"]).await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(store.schedule(alex, reminder(None, &format!("r-{number}"), 1, "tea")).await.unwrap());
    }
    let due = async || store.due(world.clock.now(), 50).await.unwrap();
    assert_eq!(due().await, ids, "of one time the first comes first");
    let later = Millis(now(&world) + 60_000);
    store.put_off(ids[0], later).await.unwrap();
    assert_eq!(due().await, ids[1..]);
    world.pass(60_000);
    assert_eq!(due().await, [ids[1], ids[2], ids[0]], "it is tried again");
    store.carry_out(ids[1]).await.unwrap();
    store.reschedule(alex, ids[2], Millis(later.0 + 1000)).await.unwrap();
    for id in &ids[1..] {
        store.put_off(*id, later).await.unwrap();
    }
    assert_eq!(due().await, ids[..1], "neither what happened nor what waits longer");
}

async fn what_waits_for_a_deleted_room_is_its_authors_alone(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let said = world.say(alex, "tea", "the plan").await.unwrap().seq;
    let later = now(&world) + 1000;
    let mine = message(tea, "a", later, "not to be lost");
    store.schedule(sam, mine.clone()).await.unwrap();
    store.schedule(sam, reminder(Some((tea, said)), "b", later, "note")).await.unwrap();
    let elsewhere = (message(world.id("general"), "c", later, "elsewhere"), ScheduledState::Waiting);
    store.schedule(sam, elsewhere.0.clone()).await.unwrap();
    world.broker.take();
    store.delete_room(alex, tea).await.unwrap();
    let changed = (sam.user, None, UserEvent::ScheduleChanged { is_due: false });
    assert_eq!(world.broker.take().personal().into_iter().filter(|told| *told == changed).count(), 1);
    let left: Vec<_> = listed(&world, sam).await.into_iter().map(|it| (it.plan, it.state)).collect();
    let failed = (mine.plan, ScheduledState::Failed(WhyNotSent::RoomGone));
    assert_eq!(left, [failed, (elsewhere.0.plan, elsewhere.1)]);
}

async fn messages_keep_their_distance(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let due = now(&world) + 60_000;
    for number in 0..i64::from(SCHEDULED_MESSAGES_AT_ONCE) {
        let id = format!("m-{number}");
        store.schedule(alex, message(general, &id, due + number * 100, &id)).await.unwrap();
    }
    let more = message(general, "more", due + SCHEDULED_SPACE_MS - 1, "more");
    let refused = |answer: Result<i64, Refusal>| matches!(answer, Err(Refusal::ScheduleInvalid(_)));
    assert!(refused(store.schedule(alex, more.clone()).await));
    store.schedule(sam, more).await.unwrap();
    let note = store.schedule(alex, reminder(None, "note", due, "tea")).await.unwrap();
    store.reschedule(alex, note, Millis(due + 1)).await.unwrap();
    let far = due + 2 * SCHEDULED_SPACE_MS;
    let id = store.schedule(alex, message(general, "far", far, "far")).await.unwrap();
    assert!(refused(store.reschedule(alex, id, Millis(due)).await.map(|()| id)));
    assert_eq!(listed(&world, alex).await.last().unwrap().due, Millis(far));
    let first = listed(&world, alex).await[0].id;
    store.reschedule(alex, first, Millis(due + 1)).await.unwrap();
}

#[test]
fn two_nodes_send_each_message_once() {
    block_on(async {
        let first = World::node_on(chinwag_fixtures::database());
        let second = first.another_node();
        enter(&first, "a").await;
        enter(&second, "b").await;
        let [alex, sam] = first.members(["Alex", "Sam"]).await;
        let general = first.id("general");
        let mut ids = Vec::new();
        for number in 0..20 {
            let (author, text) = (if number % 2 == 0 { alex } else { sam }, format!("m-{number}"));
            ids.push(
                first.store().schedule(author, message(general, &text, now(&first), &text)).await.unwrap(),
            );
        }
        let each = |id: &i64| [first.store().carry_out(*id), second.store().carry_out(*id)];
        for done in join_all(ids.iter().flat_map(each)).await {
            done.unwrap();
        }
        let mut sent = texts(&first, general).await;
        sent.sort();
        sent.dedup();
        assert_eq!((sent.len(), texts(&first, general).await.len()), (20, 20));
    });
}
