use crate::script::{Line, Script, start, until};
use chinwag_client::{Client, Event, Events, Fault};
use serde_json::{Value, json};

/// A client that follows `general` from event 3 on.
async fn following() -> (Script, Line, Client, Events) {
    let (script, client, events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let joining = tokio::spawn({
        let client = client.clone();
        async move { client.join("general", 0).await }
    });
    let join = line.next().await;
    line.joined(&join["ref"], 3).await;
    assert_eq!(joining.await.unwrap().unwrap().head_seq, 3);
    (script, line, client, events)
}

fn fault(event: Event) -> Option<Fault> {
    if let Event::Fault(fault) = event { Some(fault) } else { None }
}

fn log(event: Event) -> Option<i64> {
    if let Event::Log(event) = event { Some(event.place().1) } else { None }
}

fn out_of_order(due: Option<i64>, got: i64) -> Fault {
    Fault::OutOfOrder { room: "general".to_owned(), due, got }
}

#[tokio::test]
async fn events_in_order_pass() {
    let (_script, mut line, client, mut events) = following().await;
    for seq in 4..=6 {
        line.event(seq).await;
        assert_eq!(until(&mut events, log).await, seq);
        assert_eq!(client.seen("general"), Some(seq));
    }
}

#[tokio::test]
async fn a_hole_is_told_and_resumed_from_the_last_good_place() {
    let (script, mut line, client, mut events) = following().await;
    line.event(4).await;
    line.event(6).await;
    assert_eq!(until(&mut events, fault).await, out_of_order(Some(5), 6));
    let (mut line, hello) = script.welcome().await;
    assert_eq!(hello["rooms"], json!({"general": 4}));
    for seq in 5..=6 {
        line.event(seq).await;
        assert_eq!(until(&mut events, log).await, seq);
    }
    line.say(json!({"type": "resumed", "room": "general", "headSeq": 6})).await;
    until(&mut events, |event| matches!(event, Event::Resumed { head_seq: 6, .. }).then_some(())).await;
    assert_eq!(client.seen("general"), Some(6));
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
    line.say(json!({"type": "resumed", "room": "general", "headSeq": 5})).await;
    assert_eq!(until(&mut events, fault).await, out_of_order(Some(5), 6));
    let (_line, hello) = script.welcome().await;
    assert_eq!(hello["rooms"], json!({"general": 4}));
}

#[tokio::test]
async fn a_reset_begins_the_room_anew() {
    let (script, line, client, mut events) = following().await;
    line.close(4000).await;
    let (mut line, hello) = script.welcome().await;
    assert_eq!(hello["rooms"], json!({"general": 3}));
    line.say(json!({
        "type": "reset", "room": "general", "title": "General", "topic": "", "headSeq": 900, "readSeq": 0, "hasBefore": true,
        "messages": [], "events": [], "members": [], "memberCount": 0, "online": 0,
    }))
    .await;
    line.event(901).await;
    let reset =
        until(&mut events, |event| if let Event::Reset(snapshot) = event { Some(snapshot) } else { None })
            .await;
    assert_eq!(reset.head_seq, 900);
    assert_eq!(until(&mut events, log).await, 901);
    assert_eq!(client.seen("general"), Some(901));
}

#[tokio::test]
async fn a_room_that_is_gone_is_not_resumed_again() {
    let (script, line, client, mut events) = following().await;
    line.close(4000).await;
    let (mut line, _) = script.welcome().await;
    line.say(json!({"type": "roomGone", "room": "general"})).await;
    until(&mut events, |event| matches!(event, Event::RoomGone { .. }).then_some(())).await;
    assert_eq!(client.seen("general"), None);
    line.close(4000).await;
    let (_line, hello) = script.welcome().await;
    assert_eq!(hello.get("rooms"), None::<&Value>);
}
