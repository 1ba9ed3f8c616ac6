use crate::client::Shared;
use crate::driver::{Driver, Loss};
use crate::event::{Event, Welcome};
use crate::incoming::{Hole, Incoming};
use crate::state::{End, State};
use chinwag_wire::native::{ClientFrame, Hello, Ref, ServerFrame};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{Response, header};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long the server's last frames are waited for when writing failed or the client closes.
const LAST_WORDS: Duration = Duration::from_secs(2);

impl Driver {
    /// One connection, from the first attempt to its loss.
    pub(crate) async fn connection(&mut self) -> Loss {
        let opened = tokio::select! {
            opened = timeout(self.config.connect_limit, self.open()) => opened,
            () = self.asked_to_close() => return Loss::Final(End::Closed),
        };
        let (socket, welcome) = match opened {
            Ok(Ok(opened)) => opened,
            Ok(Err(loss)) => return loss,
            Err(_) => return Loss::broken("the server did not answer in time"),
        };
        self.welcomed = Some(Instant::now());
        let incoming = Incoming { shared: &self.shared, events: &self.events, me: welcome.user.user_id };
        self.state.send_replace(State::Online);

        let (sink, stream) = socket.split();
        let reading = async {
            incoming.tell(Event::Connected(Box::new(welcome))).await;
            read(stream, &incoming, self.config.silence_limit).await
        };
        let writing = write(sink, &self.shared, self.asked_to_close());
        let closed = async {
            self.asked_to_close().await;
            // The server's answer to the close frame is waited for, but not for ever.
            tokio::time::sleep(LAST_WORDS).await;
        };
        let talking = async {
            tokio::pin!(reading);
            tokio::select! {
                loss = &mut reading => loss,
                // The other side may have said why before it stopped reading.
                () = writing => timeout(LAST_WORDS, reading).await.unwrap_or(Loss::broken("the connection broke")),
            }
        };
        let loss = tokio::select! {
            loss = talking => loss,
            () = closed => Loss::Final(End::Closed),
        };
        if self.is_closing() { Loss::Final(End::Closed) } else { loss }
    }

    /// Connects and says hello.
    async fn open(&self) -> Result<(Socket, Welcome), Loss> {
        let request = self.url.web_socket().into_client_request().map_err(Loss::broken)?;
        let connected = tokio_tungstenite::connect_async_with_config(request, None, true).await;
        let (mut socket, _) = connected.map_err(|error| {
            if let Error::Http(response) = &error { refused(response) } else { Loss::broken(error) }
        })?;
        let (epoch, places) = {
            let logs = self.shared.logs.lock();
            (logs.epoch(), logs.places())
        };
        let rooms = places.into_iter().map(|(room, seq)| (room.to_string(), seq)).collect();
        let reference = Some(Ref::Number(self.shared.requests.lock().next_ref()));
        let hello = ClientFrame::Hello(Hello { reference, token: self.config.token.clone(), epoch, rooms });
        // Frames have string keys only, so they can always be written.
        let hello = serde_json::to_string(&hello).unwrap_or_default();
        socket.send(Message::text(hello)).await.map_err(Loss::broken)?;
        let mut not_before = Duration::ZERO;
        loop {
            let message = socket.next().await;
            if let Some(Ok(Message::Text(text))) = &message {
                match serde_json::from_str(text) {
                    Ok(ServerFrame::Welcome { epoch, user, rooms, limits, server_time, .. }) => {
                        self.shared.logs.lock().enter_epoch(&epoch);
                        return Ok((socket, Welcome { epoch, user, rooms, limits, server_time }));
                    }
                    // The close frame behind it tells what to do, but not for how long to wait.
                    Ok(ServerFrame::Error { error, .. }) => {
                        not_before = Duration::from_millis(error.retry_after_ms.unwrap_or_default());
                    }
                    Ok(_) | Err(_) => {}
                }
            } else if let Some(loss) = loss(message) {
                return Err(loss.not_before(not_before));
            }
        }
    }
}

/// Reads until the connection is lost.
async fn read(mut stream: SplitStream<Socket>, incoming: &Incoming<'_>, silence_limit: Duration) -> Loss {
    loop {
        let Ok(message) = timeout(silence_limit, stream.next()).await else {
            return Loss::broken("the server has been silent for too long");
        };
        if let Some(Ok(Message::Text(text))) = &message {
            if let Err(Hole(fault)) = incoming.take(text).await {
                return Loss::broken(fault);
            }
        } else if let Some(loss) = loss(message) {
            return loss;
        }
    }
}

/// Writes what is asked until the connection breaks or `closing` resolves. What gathers meanwhile goes out with one flush.
async fn write(mut sink: SplitSink<Socket, Message>, shared: &Shared, closing: impl Future<Output = ()>) {
    let writing = async {
        loop {
            loop {
                // The lock must not be held while the frame is written.
                let frame = shared.requests.lock().next_frame();
                let Some(frame) = frame else { break };
                sink.feed(Message::text(frame)).await?;
            }
            sink.flush().await?;
            shared.wake.notified().await;
        }
    };
    tokio::select! {
        // What is wrong shows better on the reading side.
        Err::<(), Error>(_) = writing => {}
        () = closing => {}
    }
    _ = sink.send(Message::Close(None)).await;
}

/// What a message that is no text means for the connection; `None` when it goes on.
fn loss(message: Option<Result<Message, Error>>) -> Option<Loss> {
    match message {
        Some(Ok(Message::Close(status))) => Some(dismissed(status)),
        Some(Ok(
            Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
        )) => None,
        Some(Err(error)) => Some(Loss::broken(error)),
        None => Some(Loss::broken("the server closed the connection")),
    }
}

/// The close codes of `docs/native-protocol.md`.
fn dismissed(status: Option<CloseFrame>) -> Loss {
    let Some(CloseFrame { code, reason }) = status else {
        return Loss::broken("the server closed the connection");
    };
    let (code, reason) = (u16::from(code), reason.as_str().to_owned());
    match code {
        4003 => Loss::Passing { reason, invited: false, not_before: Duration::ZERO },
        4000..4100 => Loss::Passing { reason, invited: true, not_before: Duration::ZERO },
        4100..4200 | 1002 | 1003 | 1007..=1009 => Loss::Final(End::Dismissed { code, reason }),
        _ => Loss::broken(format!("{reason} ({code})")),
    }
}

/// An upgrade that was refused: a limit passes and a proxy whose server is away, too; anything else does not.
fn refused(response: &Response<Option<Vec<u8>>>) -> Loss {
    let status = response.status();
    if status.as_u16() != 429 && !status.is_server_error() {
        return Loss::Final(End::Refused { status: status.as_u16() });
    }
    let retry_after =
        response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Loss::Passing {
        reason: format!("the server takes no connection now (HTTP status {status})"),
        invited: false,
        not_before: Duration::from_secs(retry_after.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(code: u16) -> Loss {
        dismissed(Some(CloseFrame { code: code.into(), reason: "why".into() }))
    }

    fn upgrade(status: u16, retry_after: Option<&str>) -> Loss {
        let mut response = Response::builder().status(status);
        if let Some(seconds) = retry_after {
            response = response.header(header::RETRY_AFTER, seconds);
        }
        refused(&response.body(None).unwrap())
    }

    #[test]
    fn close_codes_say_whether_to_come_back() {
        for code in [4000, 4001, 4002, 4099] {
            assert!(matches!(close(code), Loss::Passing { invited: true, .. }), "{code}");
        }
        for code in [4100, 4101, 4102, 4199, 1002, 1003, 1007, 1008, 1009] {
            assert_eq!(close(code), Loss::Final(End::Dismissed { code, reason: "why".to_owned() }));
        }
        for code in [1000, 1001, 1011, 1012, 1013, 4003, 4200] {
            assert!(matches!(close(code), Loss::Passing { invited: false, .. }), "{code}");
        }
        assert!(matches!(dismissed(None), Loss::Passing { invited: false, .. }));
    }

    #[test]
    fn a_refused_upgrade_is_final_unless_it_passes() {
        let not_before = |loss| match loss {
            Loss::Passing { not_before, .. } => Some(not_before.as_secs()),
            Loss::Final(_) => None,
        };
        assert_eq!(not_before(upgrade(429, Some("7"))), Some(7));
        assert_eq!(not_before(upgrade(503, None)), Some(0));
        assert_eq!(not_before(upgrade(502, Some("soon"))), Some(0));
        assert_eq!(upgrade(403, None), Loss::Final(End::Refused { status: 403 }));
        assert_eq!(upgrade(404, None), Loss::Final(End::Refused { status: 404 }));
    }
}
