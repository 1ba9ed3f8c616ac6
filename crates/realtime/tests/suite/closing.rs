//! A room that is not public any more: who is there without being a member hears nothing from the change on.

use crate::support::{ROOM, Wire, World, event, room, said};
use chinwag_core::domain::permissions::{RoomRole, ServerRole};
use chinwag_core::domain::{
    EventBody, LogAccess, MessageEvent, MessageKind, RoomChange, RoomEvent, RoomKind, RoomLabels,
    RoomSettings, RoomState, Seq, UserId,
};
use chinwag_core::ports::{Broker as _, Publication, ReplayPage, ReplaySpan, RoomLog, StoreFuture};
use chinwag_realtime::{CaughtUp, Replayer};
use futures_util::FutureExt as _;
use std::sync::Arc;

fn became(kind: RoomKind, was: RoomKind) -> EventBody {
    let labels = RoomLabels { slug: Some("den".to_owned()), title: "Den".to_owned(), topic: String::new() };
    EventBody::Room(RoomChange::Updated(RoomState { labels, kind, was, settings: RoomSettings::default() }))
}

/// Something that is said, the change, and something else that is said.
fn log() -> Vec<RoomEvent> {
    let closing = became(RoomKind::Private, RoomKind::Public);
    [said("open"), closing, said("secret")]
        .into_iter()
        .zip(1..)
        .map(|(body, seq)| event(seq, 99, body))
        .collect()
}

/// The right of one who reads from `first` on, at the moment when the log ended at `head`.
fn from(user: i64, first: i64, head: i64) -> LogAccess {
    let log = (Seq(first), Seq(head));
    let role = Some(RoomRole::Member);
    LogAccess::grant(UserId(user), ServerRole::Guest, role, (ROOM, RoomKind::Public), log).unwrap()
}

fn events(wire: &Wire) -> Vec<i64> {
    wire.text().lines().filter_map(|line| line.strip_prefix("den ")?.parse().ok()).collect()
}

#[tokio::test]
async fn a_visitor_does_not_even_hear_the_change() {
    for at_once in [true, false] {
        let world = World::calm();
        let (of_alice, of_bot) = (Wire::new(usize::MAX), Wire::new(usize::MAX));
        let (alice, bot) = (world.connect(1, &of_alice), world.visit(2, &of_bot));
        world.join(&alice);
        world.join(&bot);
        let news = log().into_iter().map(|event| Publication::Room(Arc::new(event)));
        if at_once {
            world.broker.publish(news.collect());
        } else {
            for news in news {
                world.broker.publish(vec![news]);
                tokio::task::yield_now().await;
            }
        }
        of_alice.until(|text| text.contains("den 3\n")).await;
        while world.hub.subscription(&bot, ROOM).is_some() {
            tokio::task::yield_now().await;
        }
        assert_eq!((events(&of_alice), events(&of_bot)), (vec![1, 2, 3], vec![1]));
        assert!(world.hub.subscription(&alice, ROOM).is_some());
        assert_eq!(world.hub.online(ROOM), 1);
    }
}

#[tokio::test]
async fn a_room_that_stays_what_it_is_or_opens_ends_nothing() {
    let world = World::calm();
    let wire = Wire::new(usize::MAX);
    let bot = world.visit(1, &wire);
    world.join(&bot);
    for (seq, was) in [(1, RoomKind::Private), (2, RoomKind::Public)] {
        world.publish(seq, 99, became(RoomKind::Public, was));
    }
    wire.until(|text| text.contains("den 2\n")).await;
    assert!(world.hub.subscription(&bot, ROOM).is_some());
}

struct Log;

impl RoomLog for Log {
    fn replay(&self, access: &LogAccess, span: ReplaySpan) -> StoreFuture<ReplayPage> {
        let ReplaySpan { after, limit, .. } = span;
        assert!(access.has_all_after(after), "nothing is asked for that may not be read");
        let events: Vec<_> =
            log().into_iter().filter(|event| event.seq > after).take(limit as usize).collect();
        let through = events.last().map_or(after, |event| event.seq);
        async move { Ok(ReplayPage { events, through, until: Seq(0) }) }.boxed()
    }
}

#[tokio::test(start_paused = true)]
async fn a_visitor_who_catches_up_is_told_nothing_from_the_change_on() {
    let world = World::calm();
    let replayer = Replayer::new(Arc::new(Log));
    for (authorized_at, told) in [(0, &[1][..]), (1, &[1]), (2, &[1, 2, 3])] {
        let wire = Wire::new(usize::MAX);
        let bot = world.visit(7, &wire);
        let subscription = world.hub.subscribe(&bot, &room()).subscription;
        let right = from(7, 1, authorized_at);
        let position = replayer.replay(&subscription, &right, Seq(0), Seq(3)).await.unwrap();
        assert_eq!((events(&wire), position), (told.to_vec(), Seq(told.len() as i64)));
        world.hub.unregister(&bot);
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_is_told_what_was_before_the_own_time() {
    let world = World::calm();
    let replayer = Replayer::new(Arc::new(Log));
    let wire = Wire::new(usize::MAX);
    let alice = world.connect(1, &wire);
    let subscription = world.hub.subscribe(&alice, &room()).subscription;
    let live = replayer.go_live(&subscription, &from(1, 3, 3), Seq(0), |_| ()).await;
    assert_eq!((live, events(&wire)), (Ok(CaughtUp::Live), vec![3]));
}

#[tokio::test]
async fn what_changes_before_the_own_time_is_passed_over() {
    let world = World::calm();
    let (of_alice, of_bob) = (Wire::new(usize::MAX), Wire::new(usize::MAX));
    let (alice, bob) = (world.connect(1, &of_alice), world.connect(2, &of_bob));
    world.join(&alice);
    let bobs = world.hub.subscribe(&bob, &room()).subscription;
    bobs.go_live(&from(2, 5, 5), Seq(5), || ()).unwrap();
    let edited = |target| {
        let text = "another".to_owned();
        EventBody::Message(MessageEvent::Edited {
            target: Seq(target),
            kind: MessageKind::Text,
            text,
            mentions: Box::default(),
            quote: None,
            attachments: Box::default(),
        })
    };
    for (seq, body) in (1..=6).map(|seq| (seq, said("hi"))).chain([(7, edited(3)), (8, edited(6))]) {
        world.publish(seq, 99, body);
    }
    of_alice.until(|text| text.contains("den 8\n")).await;
    of_bob.until(|text| text.contains("den 8\n")).await;
    assert_eq!((events(&of_alice), events(&of_bob)), ((1..=8).collect(), vec![6, 8]));
}
