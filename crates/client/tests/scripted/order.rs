use crate::script::{Line, Script, start, until};
use chinwag_client::{Client, Event, Events, Fault};
use serde_json::{Value, json};

/// A client that follows `general` from event 3 on.
async fn following() -> (Script, Line, Client, Events) {
    let (script, client, events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let joining = tokio::spawn({
        let client = client.clone();
        async move { client.join(1, 0).await }
    });
    let join = line.next().await;
    line.joined(&join["ref"], 3).await;
    assert_eq!(joining.await.unwrap().unwrap().summary.head_seq, 3);
    (script, line, client, events)
}

fn fault(event: Event) -> Option<Fault> {
    if let Event::Fault(fault) = event { Some(fault) } else { None }
}

fn log(event: Event) -> Option<i64> {
    if let Event::Log(event) = event { Some(event.header.seq) } else { None }
}

fn out_of_order(due: Option<i64>, got: i64) -> Fault {
    Fault::OutOfOrder { room: 1, due, got }
}

#[tokio::test]
async fn events_in_order_pass() {
    let (_script, mut line, client, mut events) = following().await;
    for seq in 4..=6 {
        line.event(seq).await;
        assert_eq!(until(&mut events, log).await, seq);
        assert_eq!(client.seen(1), Some(seq));
    }
}

#[tokio::test]
async fn a_hole_is_told_and_resumed_from_the_last_good_place() {
    let (script, mut line, client, mut events) = following().await;
    line.event(4).await;
    line.event(6).await;
    assert_eq!(until(&mut events, fault).await, out_of_order(Some(5), 6));
    let (mut line, hello) = script.welcome().await;
    assert_eq!(hello["rooms"], json!({"1": 4}));
    for seq in 5..=6 {
        line.event(seq).await;
        assert_eq!(until(&mut events, log).await, seq);
    }
    line.say(json!({"type": "resumed", "room": 1, "headSeq": 6})).await;
    until(&mut events, |event| matches!(event, Event::Resumed { head_seq: 6, .. }).then_some(())).await;
    assert_eq!(client.seen(1), Some(6));
}

#[tokio::test]
async fn a_repeat_is_told_and_left_out() {
    let (_script, mut line, _client, mut events) = following().await;
    line.event(4).await;
    line.event(4).await;
    line.event(5).await;
    assert_eq!(until(&mut events, log).await, 4);
    let Some(Event::Fault(fault)) = events.next().await else { panic!("the repeat is not told") };
    assert_eq!(fault, out_of_order(Some(5), 4));
    assert_eq!(until(&mut events, log).await, 5);
}

#[tokio::test]
async fn a_replay_that_ends_too_early_is_told_and_resumed() {
    let (script, line, _client, mut events) = following().await;
    line.close(4000).await;
    let (mut line, _) = script.welcome().await;
    line.event(4).await;
    line.say(json!({"type": "resumed", "room": 1, "headSeq": 5})).await;
    assert_eq!(until(&mut events, fault).await, out_of_order(Some(5), 6));
    let (_line, hello) = script.welcome().await;
    assert_eq!(hello["rooms"], json!({"1": 4}));
}

#[tokio::test]
async fn a_reset_begins_the_room_anew() {
    let (script, line, client, mut events) = following().await;
    line.close(4000).await;
    let (mut line, hello) = script.welcome().await;
    assert_eq!(hello["rooms"], json!({"1": 3}));
    line.say(json!({
        "type": "reset", "room": 1, "title": "General", "topic": "", "kind": "public", "unread": 0, "member": true, "eventsFrom": 900, "headSeq": 900, "readSeq": 0, "hasBefore": true,
        "messages": [], "events": [], "members": [], "memberCount": 0, "online": 0,
    }))
    .await;
    line.event(901).await;
    let reset =
        until(&mut events, |event| if let Event::Reset(snapshot) = event { Some(snapshot) } else { None })
            .await;
    assert_eq!(reset.summary.head_seq, 900);
    assert_eq!(until(&mut events, log).await, 901);
    assert_eq!(client.seen(1), Some(901));
}

#[tokio::test]
async fn a_room_that_is_gone_is_not_resumed_again() {
    let (script, line, client, mut events) = following().await;
    line.close(4000).await;
    let (mut line, _) = script.welcome().await;
    line.say(json!({"type": "roomGone", "room": 1})).await;
    until(&mut events, |event| matches!(event, Event::RoomGone { .. }).then_some(())).await;
    assert_eq!(client.seen(1), None);
    line.close(4000).await;
    let (_line, hello) = script.welcome().await;
    assert_eq!(hello.get("rooms"), None::<&Value>);
}
