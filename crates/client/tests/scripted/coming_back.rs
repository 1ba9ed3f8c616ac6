use crate::script::{start, until, within};
use chinwag_client::{Backoff, Client, End, Event, Reconnect, RequestError, State};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn send(client: &Client, text: &'static str) -> tokio::task::JoinHandle<Result<i64, RequestError>> {
    let client = client.clone();
    tokio::spawn(async move { client.send(1, text).await.map(|ack| ack.seq) })
}

fn ack(send: &Value, seq: i64) -> Value {
    json!({"type": "ack", "ref": send["ref"], "room": 1, "seq": seq, "at": 1})
}

#[tokio::test]
async fn messages_without_an_ack_are_sent_again_in_order_under_the_same_id() {
    let (script, client, _events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let mut sending = Vec::new();
    let mut first_time = Vec::new();
    for text in ["a", "b", "c"] {
        sending.push(send(&client, text));
        first_time.push(line.next().await);
    }
    line.say(ack(&first_time[0], 1)).await;
    assert_eq!(within("an ack", sending.remove(0)).await.unwrap().unwrap(), 1);
    drop(line);

    let (mut line, _) = script.welcome().await;
    for (index, sending) in sending.into_iter().enumerate() {
        let again = line.next().await;
        assert_eq!(again["clientId"], first_time[index + 1]["clientId"]);
        assert_eq!(again["text"], first_time[index + 1]["text"]);
        line.say(ack(&again, 2)).await;
        assert_eq!(within("an ack", sending).await.unwrap().unwrap(), 2);
    }
}

#[tokio::test]
async fn other_requests_without_a_reply_are_lost() {
    let (script, client, mut events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let asking = tokio::spawn({
        let client = client.clone();
        async move { client.rename("Sam").await }
    });
    assert_eq!(line.next().await["type"], "rename");
    drop(line);
    assert!(matches!(within("the loss", asking).await.unwrap(), Err(RequestError::Lost)));
    until(&mut events, |event| matches!(event, Event::Disconnected { .. }).then_some(())).await;

    // What is asked while there is no connection waits for the next one.
    let later = send(&client, "later");
    let (mut line, _) = script.welcome().await;
    let frame = line.next().await;
    assert_eq!(frame["text"], "later");
    line.say(ack(&frame, 1)).await;
    assert_eq!(within("an ack", later).await.unwrap().unwrap(), 1);
}

#[tokio::test]
async fn a_dismissal_ends_the_client_and_its_requests() {
    let (script, client, mut events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let sending = send(&client, "hi");
    line.next().await;
    line.close(4101).await;
    let end = End::Dismissed { code: 4101, reason: "because".to_owned() };
    assert_eq!(within("the end", client.ended()).await, end);
    assert!(
        matches!(within("the end", sending).await.unwrap(), Err(RequestError::Ended(told)) if told == end)
    );
    assert!(
        matches!(client.rooms("", None, 100).await, Err(RequestError::Ended(_))),
        "nothing can be asked any more"
    );
    while within("the last event", events.next()).await.is_some() {}
}

#[tokio::test]
async fn a_wrong_token_ends_the_client() {
    let (script, client, _events) = start(|_| {}).await;
    let mut line = script.accept().await;
    let hello = line.next().await;
    line.say(json!({"type": "error", "ref": hello["ref"], "code": "unauthorized", "message": "No.", "retryable": false}))
        .await;
    line.close(4100).await;
    assert!(matches!(within("the end", client.online()).await, Err(End::Dismissed { code: 4100, .. })));
}

#[tokio::test]
async fn a_hello_that_comes_too_often_waits_as_long_as_the_server_says() {
    let (script, client, mut events) = start(|_| {}).await;
    let (mut line, _) = script.welcome().await;
    let sending = send(&client, "hi");
    let first = line.next().await;
    drop(line);

    let mut line = script.accept().await;
    let hello = line.next().await;
    line.say(json!({"type": "error", "ref": hello["ref"], "code": "rate_limited", "message": "Slowly.", "retryable": true, "retryAfterMs": 1_500}))
        .await;
    let refused = Instant::now();
    line.close(4003).await;
    let reason = |event| if let Event::Disconnected { reason } = event { Some(reason) } else { None };
    until(&mut events, |event| reason(event).filter(|reason| reason == "because")).await;
    let (mut line, _) = script.welcome().await;
    assert!(refused.elapsed() >= Duration::from_millis(1_490), "it came after {:?}", refused.elapsed());
    let again = line.next().await;
    assert_eq!(again["clientId"], first["clientId"], "nothing is lost meanwhile");
    line.say(ack(&again, 1)).await;
    assert_eq!(within("an ack", sending).await.unwrap().unwrap(), 1);
}

#[tokio::test]
async fn the_waits_follow_the_backoff() {
    let minute = Duration::from_secs(60);
    let (script, client, mut events) =
        start(|config| config.backoff = Backoff::with_random(minute, minute, || 0.999)).await;
    let (line, _) = script.welcome().await;
    drop(line);
    until(&mut events, |event| matches!(event, Event::Disconnected { .. }).then_some(())).await;
    assert_eq!(client.state(), State::Waiting { delay: minute.mul_f64(0.999) });
    client.retry_now();
    let (_line, _) = script.welcome().await;
    within("the connection", client.online()).await.unwrap();
}

#[tokio::test]
async fn a_silent_server_counts_as_lost() {
    let (script, _client, mut events) =
        start(|config| config.silence_limit = Duration::from_millis(50)).await;
    let (_silent, _) = script.welcome().await;
    until(&mut events, |event| matches!(event, Event::Disconnected { .. }).then_some(())).await;
    script.welcome().await;
}

#[tokio::test]
async fn a_server_that_does_not_welcome_counts_as_lost() {
    let (script, client, _events) = start(|config| config.connect_limit = Duration::from_millis(500)).await;
    let mut silent = script.accept().await;
    assert_eq!(silent.next().await["type"], "hello");
    let (_line, _) = script.welcome().await;
    within("the connection", client.online()).await.unwrap();
}

#[tokio::test]
async fn one_that_shall_not_come_back_ends_with_its_first_connection() {
    let (script, client, _events) = start(|config| config.reconnect = Reconnect::Never).await;
    let (line, _) = script.welcome().await;
    line.close(4000).await;
    assert_eq!(within("the end", client.ended()).await, End::Lost("because".to_owned()));
}

#[tokio::test]
async fn closing_says_goodbye() {
    let (script, client, _events) = start(|_| {}).await;
    let (line, _) = script.welcome().await;
    within("the connection", client.online()).await.unwrap();
    let closing = tokio::spawn({
        let client = client.clone();
        async move { client.close().await }
    });
    assert!(line.was_closed().await);
    within("the end", closing).await.unwrap();
    assert_eq!(client.state(), State::Ended(End::Closed));
}

#[tokio::test]
async fn dropping_every_handle_closes() {
    let (script, client, mut events) = start(|_| {}).await;
    let (line, _) = script.welcome().await;
    within("the connection", client.online()).await.unwrap();
    drop(client);
    assert!(line.was_closed().await);
    while within("the last event", events.next()).await.is_some() {}
}
