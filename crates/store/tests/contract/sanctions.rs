//! What those do to others who keep order in a room: removing, banning, having them be silent.

use crate::world::{World, contract, name, new_room, rooms_within, title};
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{
    Actor, EventBody, MemberChange, Millis, Moderation, Reason, Refusal, RoomEvent, RoomId, RoomKind, UserId,
    WantedName, Window,
};
use chinwag_core::ports::{Clock as _, NewRoom, Publication, Settling, UserEvent};

contract![
    who_is_banned_does_not_come_in_again,
    a_ban_ends_by_itself_or_by_hand,
    nobody_brings_in_who_is_banned,
    a_visitor_who_is_banned_neither_reads_nor_writes,
    who_has_to_be_silent_reads_and_does_not_write,
    coming_back_ends_no_silence,
    nobody_does_anything_to_one_who_stands_as_high,
    the_log_says_why,
];

fn why(text: &str) -> Option<Reason> {
    Reason::parse(text).unwrap()
}

fn ban(until: Option<Millis>) -> Moderation {
    Moderation::Ban { until, reason: why("Too loud") }
}

fn mute(until: Option<Millis>) -> Moderation {
    Moderation::Mute { until, reason: None }
}

/// A room of Alex's, with a moderator and a member.
async fn tea(world: &World) -> (RoomId, [Actor; 3]) {
    let people = world.members(["Alex", "Sam", "Kim"]).await;
    let tea = world.create_room(people[0], "tea").await.unwrap().id;
    for person in &people[1..] {
        world.join(*person, "tea").await.unwrap();
    }
    world.store().set_role(people[0], tea, people[1].user, RoomRole::Moderator).await.unwrap();
    world.broker.take();
    (tea, people)
}

fn changes(log: &[RoomEvent], subject: UserId) -> Vec<MemberChange> {
    let of_subject = |event: &RoomEvent| match &event.body {
        EventBody::Member(member) if member.subject == subject => Some(member.change.clone()),
        EventBody::Member(_) | EventBody::Message(_) | EventBody::Room(_) => None,
    };
    log.iter().filter_map(of_subject).collect()
}

async fn who_is_banned_does_not_come_in_again(world: World) {
    let (tea, [alex, sam, kim]) = tea(&world).await;
    let store = world.store();
    let endings = store.moderate(sam, tea, kim.user, ban(None)).await.unwrap();
    let told = world.broker.take();
    let [Publication::Room(left), Publication::Person { user, event, .. }, Publication::Room(banned)] =
        &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((left.who_left(), banned.who_left()), (Some(kim.user), Some(kim.user)));
    assert_eq!(endings, [Settling::Room(tea, banned.seq)]);
    let ended = UserEvent::MembershipEnded { room: tea, at: left.seq, is_gone: false };
    assert_eq!((*user, event), (kim.user, &ended));
    let refused = Refusal::Banned { until: None, reason: Some("Too loud".to_owned()) };
    assert_eq!(world.join(kim, "tea").await.map(drop), Err(refused));
    assert_eq!(world.say(kim, "tea", "hello?").await, Err(Refusal::NotMember));
    assert!(world.broker.take().is_empty());
    // A second ban takes the place of the first.
    let until = Millis(world.clock.now().0 + 1000);
    store.moderate(alex, tea, kim.user, ban(Some(until))).await.unwrap();
    let bans = store.bans(sam.user, tea).await.unwrap().bans;
    let [ban] = &bans[..] else { panic!("{bans:?}") };
    assert_eq!((ban.user.0, ban.by.0, ban.until), (kim.user, alex.user, Some(until)));
    assert_eq!(ban.reason.as_deref(), Some("Too loud"));
    assert_eq!(store.bans(kim.user, tea).await, Err(Refusal::Forbidden));
}

async fn a_ban_ends_by_itself_or_by_hand(world: World) {
    let (tea, [alex, sam, kim]) = tea(&world).await;
    let store = world.store();
    let until = Millis(world.clock.now().0 + 10_000);
    store.moderate(sam, tea, kim.user, ban(Some(until))).await.unwrap();
    world.clock.advance(9_999);
    let refused = world.join(kim, "tea").await.unwrap_err();
    assert!(matches!(refused, Refusal::Banned { until: Some(end), .. } if end == until), "{refused:?}");
    world.clock.advance(1);
    world.join(kim, "tea").await.unwrap();
    assert!(store.bans(alex.user, tea).await.unwrap().bans.is_empty(), "what is over is forgotten");
    store.moderate(sam, tea, kim.user, ban(None)).await.unwrap();
    store.moderate(alex, tea, kim.user, Moderation::Unban).await.unwrap();
    world.join(kim, "tea").await.unwrap();
    world.say(kim, "tea", "here again").await.unwrap();
    // Nothing happens when there is no ban.
    world.broker.take();
    store.moderate(alex, tea, kim.user, Moderation::Unban).await.unwrap();
    assert!(world.broker.take().is_empty());
}

async fn nobody_brings_in_who_is_banned(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let people = vec![sam.user, kim.user];
    let den = NewRoom { kind: RoomKind::Private, people, title: title("Den"), ..new_room("den-7f3a") };
    let den = world.store().create_room(alex, den, rooms_within(100)).await.unwrap().id;
    let store = world.store();
    store.moderate(alex, den, kim.user, ban(None)).await.unwrap();
    let refused = store.add_member(sam, den, kim.user, rooms_within(100)).await;
    assert_eq!(refused, Err(Refusal::TheyAreBanned { name: "Kim".to_owned() }));
    let gone = store.room(kim.user, den.into()).await.map(drop);
    assert_eq!(gone, Err(Refusal::RoomNotFound(den.into())));
    store.moderate(alex, den, kim.user, Moderation::Unban).await.unwrap();
    store.add_member(sam, den, kim.user, rooms_within(100)).await.unwrap();
}

async fn a_visitor_who_is_banned_neither_reads_nor_writes(world: World) {
    let (tea, [_, sam, _]) = tea(&world).await;
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    let (other, _) = world.visitor(WantedName::Named(name("Other"))).await;
    world.say(bot, "tea", "spam").await.unwrap();
    let until = Millis(world.clock.now().0 + 10_000);
    world.store().moderate(sam, tea, bot.user, ban(Some(until))).await.unwrap();
    let banned = Refusal::Banned { until: Some(until), reason: None };
    assert_eq!(world.say(bot, "tea", "more spam").await, Err(banned.clone()));
    let read = world.store().history(bot.user, tea, Window::Latest, 10).await;
    assert_eq!(read.map(drop), Err(banned));
    assert!(matches!(world.join(bot, "tea").await, Err(Refusal::Banned { .. })));
    world.say(other, "tea", "no spam").await.unwrap();
    world.clock.advance(10_000);
    world.join(bot, "tea").await.unwrap();
    world.say(bot, "tea", "sorry").await.unwrap();
    assert!(world.store().history(bot.user, tea, Window::Latest, 10).await.is_ok());
}

async fn who_has_to_be_silent_reads_and_does_not_write(world: World) {
    let (tea, [_, sam, kim]) = tea(&world).await;
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    let store = world.store();
    for actor in [kim, bot] {
        store.moderate(sam, tea, actor.user, mute(None)).await.unwrap();
        assert_eq!(world.say(actor, "tea", "one").await, Err(Refusal::Muted { until: None }));
        assert!(store.history(actor.user, tea, Window::Latest, 10).await.is_ok());
        store.moderate(sam, tea, actor.user, Moderation::Unmute).await.unwrap();
        world.say(actor, "tea", "one").await.unwrap();
        let until = Millis(world.clock.now().0 + 10_000);
        store.moderate(sam, tea, actor.user, mute(Some(until))).await.unwrap();
        world.clock.advance(9_999);
        assert_eq!(world.say(actor, "tea", "two").await, Err(Refusal::Muted { until: Some(until) }));
        world.clock.advance(1);
        world.say(actor, "tea", "two").await.unwrap();
    }
}

async fn coming_back_ends_no_silence(world: World) {
    let (tea, [_, sam, kim]) = tea(&world).await;
    world.store().moderate(sam, tea, kim.user, mute(None)).await.unwrap();
    world.store().leave(kim, tea).await.unwrap();
    world.join(kim, "tea").await.unwrap();
    assert_eq!(world.say(kim, "tea", "back").await, Err(Refusal::Muted { until: None }));
}

async fn nobody_does_anything_to_one_who_stands_as_high(world: World) {
    let (tea, [alex, sam, kim]) = tea(&world).await;
    let store = world.store();
    for what in [Moderation::Remove { reason: None }, ban(None), mute(None)] {
        for (actor, user) in [(kim, sam), (kim, alex), (sam, alex), (sam, sam), (alex, alex), (kim, kim)] {
            let refused = store.moderate(actor, tea, user.user, what.clone()).await;
            assert_eq!(refused.map(drop), Err(Refusal::Forbidden), "{what:?}");
        }
    }
    let nobody = UserId(424_242);
    assert_eq!(store.moderate(sam, tea, nobody, ban(None)).await, Err(Refusal::UserNotFound(nobody)));
    store.moderate(alex, tea, sam.user, ban(None)).await.unwrap();
}

async fn the_log_says_why(world: World) {
    let (tea, [alex, _, kim]) = tea(&world).await;
    let store = world.store();
    let until = Some(Millis(world.clock.now().0 + 60_000));
    store.moderate(alex, tea, kim.user, mute(until)).await.unwrap();
    store.moderate(alex, tea, kim.user, Moderation::Unmute).await.unwrap();
    let removal = Moderation::Remove { reason: why("Come back tomorrow") };
    store.moderate(alex, tea, kim.user, removal).await.unwrap();
    store.moderate(alex, tea, kim.user, ban(until)).await.unwrap();
    store.moderate(alex, tea, kim.user, Moderation::Unban).await.unwrap();
    let published: Vec<_> = world.broker.take().events().iter().map(|event| (**event).clone()).collect();
    let log = world.log(tea).await;
    assert!(log.ends_with(&published));
    let expected = [
        MemberChange::Joined,
        MemberChange::Muted { until, reason: None },
        MemberChange::Unmuted,
        MemberChange::Removed { reason: "Come back tomorrow".to_owned() },
        MemberChange::Banned { until, reason: Some("Too loud".to_owned()) },
        MemberChange::Unbanned,
    ];
    assert_eq!(changes(&log, kim.user), expected);
}
