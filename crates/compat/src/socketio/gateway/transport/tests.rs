use super::*;
use chinwag_wire::websocket::write_text;
use std::pin::pin;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

fn frame(length: usize) -> Vec<u8> {
    let mut frame = Vec::new();
    write_text(&mut frame, |payload| payload.extend(std::iter::repeat_n(b'x', length)));
    frame
}

#[tokio::test]
async fn a_poll_gets_what_waits_or_comes() {
    let transport = Transport::polling();
    transport.try_write(PING).unwrap();
    transport.try_write(NOOP).unwrap();
    assert_eq!(transport.poll().await.ok(), Some([PING, NOOP].concat()));
    let mut next = pin!(transport.poll());
    assert!(next.as_mut().now_or_never().is_none());
    transport.try_write(PING).unwrap();
    assert_eq!(next.await.ok().as_deref(), Some(PING));
}

#[tokio::test]
async fn there_is_one_poll_at_a_time() {
    let transport = Transport::polling();
    let first = transport.begin_poll().unwrap();
    assert_eq!(transport.begin_poll(), Err(NoPoll::Second));
    assert!(transport.give_up(first) && !transport.give_up(first));
    let second = transport.begin_poll().unwrap();
    transport.try_write(PING).unwrap();
    assert_eq!(transport.poll().await.ok().as_deref(), Some(PING));
    assert!(!transport.give_up(second), "it is answered");
    assert!(transport.is_last_poll(second) && !transport.is_last_poll(first));
}

#[tokio::test]
async fn whoever_timed_out_is_told_nothing_but_in_a_poll_that_waits() {
    let transport = Transport::polling();
    transport.try_write(PING).unwrap();
    assert!(transport.close_frame(CloseReason::Timeout).is_empty());
    assert!(transport.poll().await.is_err());
    let transport = Transport::polling();
    transport.begin_poll().unwrap();
    assert!(transport.close_frame(CloseReason::Timeout).is_empty());
    assert_eq!(transport.poll().await.ok().as_deref(), Some(ENGINE_CLOSE));
    assert!(transport.poll().await.is_err());
}

#[tokio::test]
async fn whole_frames_wait_within_a_bound() {
    let transport = Transport::polling();
    let frames = frame(1000).repeat(100);
    let taken = transport.try_write(&frames).unwrap();
    assert!((FOR_A_POLL..FOR_A_POLL + 1004).contains(&taken) && taken.is_multiple_of(1004), "{taken}");
    assert_eq!(transport.try_write(&frames).unwrap_err().kind(), ErrorKind::WouldBlock);
    let mut writable = transport.writable();
    assert!(writable.as_mut().now_or_never().is_none());
    assert_eq!(transport.poll().await.ok(), Some(frames[..taken].to_vec()));
    writable.await.unwrap();
    assert_eq!(transport.try_write(&frames[taken..]).unwrap(), frames.len() - taken);
}

#[tokio::test]
async fn the_end_is_told_after_the_last_words() {
    let transport = Transport::polling();
    transport.try_write(&transport.close_frame(CloseReason::SignedOut)).unwrap();
    transport.end(NOOP);
    assert_eq!(transport.poll().await.ok(), Some([DISCONNECT, ENGINE_CLOSE, NOOP].concat()));
    assert!(transport.poll().await.is_err());
    assert_eq!(transport.try_write(PING).unwrap(), PING.len());
    assert!(transport.poll().await.is_err());
}

#[tokio::test]
async fn what_waits_for_a_poll_comes_first_on_the_websocket() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let connecting = TcpStream::connect(listener.local_addr().unwrap());
    let (accepted, client) = tokio::join!(listener.accept(), connecting);
    let (stream, mut client) = (Arc::new(accepted.unwrap().0), client.unwrap());

    let transport = Transport::polling();
    let mut waiting = pin!(transport.poll());
    assert!(waiting.as_mut().now_or_never().is_none());
    assert!(transport.begin_probe());
    assert!(!transport.begin_probe(), "one at a time");
    assert_eq!(waiting.await.ok().as_deref(), Some(NOOP));
    transport.try_write(&frame(3)).unwrap();
    transport.change_to(&stream).await;
    assert!(!transport.begin_probe());
    transport.try_write(PING).unwrap();
    let mut came = vec![0; 8];
    client.read_exact(&mut came).await.unwrap();
    assert_eq!(came, [&frame(3), PING].concat());
}
