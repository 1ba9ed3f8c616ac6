use crate::script::{start, until, within};
use chinwag_client::protocol::{ErrorCode, PresenceState};
use chinwag_client::{Event, Fault, RequestError};
use serde_json::json;

#[tokio::test]
async fn replies_in_any_order_find_their_requests() {
    let (script, client, _events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.send(1, "first").await }
    });
    let a = line.next().await;
    let second = tokio::spawn(async move { client.send(1, "second").await });
    let b = line.next().await;
    assert_ne!(a["clientId"], b["clientId"]);
    line.say(json!({"type": "ack", "ref": b["ref"], "room": 1, "seq": 2, "at": 1})).await;
    assert_eq!(within("an ack", second).await.unwrap().unwrap().seq, 2);
    line.say(json!({"type": "ack", "ref": a["ref"], "room": 1, "seq": 1, "at": 1})).await;
    assert_eq!(within("an ack", first).await.unwrap().unwrap().seq, 1);
}

#[tokio::test]
async fn a_refusal_is_handed_to_the_caller() {
    let (script, client, _events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let sending = tokio::spawn(async move { client.send(1, "hi").await });
    let send = line.next().await;
    line.say(json!({
        "type": "error", "ref": send["ref"], "code": "rate_limited", "message": "Too fast.", "retryable": true,
        "retryAfterMs": 2600,
    }))
    .await;
    let refused = within("a refusal", sending).await.unwrap().unwrap_err();
    assert_eq!(refused.to_string(), "Too fast.");
    let error = refused.refusal().unwrap();
    assert_eq!((error.code, error.retry_after_ms), (ErrorCode::RateLimited, Some(2600)));
}

#[tokio::test]
async fn a_second_reply_is_a_fault() {
    let (script, client, mut events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let asking = tokio::spawn(async move { client.presence(PresenceState::Away).await });
    let presence = line.next().await;
    for _ in 0..2 {
        line.say(json!({"type": "ok", "ref": presence["ref"]})).await;
    }
    within("a reply", asking).await.unwrap().unwrap();
    let fault =
        until(&mut events, |event| if let Event::Fault(fault) = event { Some(fault) } else { None }).await;
    assert!(matches!(fault, Fault::UnexpectedReply(Some(_))), "{fault}");
}

#[tokio::test]
async fn another_kind_of_reply_is_not_taken_for_the_result() {
    let (script, client, _events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let asking = tokio::spawn(async move { client.rooms("", None, 100).await });
    let rooms = line.next().await;
    line.say(json!({"type": "ok", "ref": rooms["ref"]})).await;
    assert!(matches!(within("a reply", asking).await.unwrap(), Err(RequestError::Unexpected(_))));
}

#[tokio::test]
async fn an_unreadable_frame_is_told_and_passed_over() {
    let (script, _client, mut events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    line.say(json!({"type": "fireworks"})).await;
    line.say(json!({"type": "stale"})).await;
    let fault =
        until(&mut events, |event| if let Event::Fault(fault) = event { Some(fault) } else { None }).await;
    assert!(matches!(fault, Fault::Unreadable(text) if text.contains("fireworks")));
    until(&mut events, |event| (event == Event::Stale).then_some(())).await;
}
