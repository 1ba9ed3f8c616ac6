//! Guests, who sign in and stay.

use super::{Paper, app, chat, with_store};
use crate::adapters::SystemClock;
use crate::app::App;
use crate::session::LiveSession;
use axum::body::Body;
use axum::http::header::AUTHORIZATION;
use axum::http::{Request, StatusCode};
use chinwag_core::chat::{Newcomer, Secret};
use chinwag_core::domain::{Millis, RoomSlug, UserName};
use chinwag_core::ports::{Clock, ProtocolId};
use chinwag_gateway::{Authenticated, SeenRooms};
use chinwag_realtime::broker::MemoryBroker;
use futures_util::FutureExt as _;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::pin;
use std::sync::Arc;

/// From where connections come here.
const ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Signs somebody in from an address of one's own, so that nobody's limit is another's.
async fn sign_in(app: &App, number: u8) -> String {
    let address = IpAddr::from([192, number, 0, 1]);
    let newcomer = Newcomer { address, device: String::new(), is_script: true };
    let signed_in = app.chat.sign_in(&format!("Guest {number}"), None, None, &newcomer).await.unwrap();
    match signed_in.secret {
        Secret::Token(token) => token,
        Secret::Refresh(_) => panic!("no token for a script"),
    }
}

async fn open(app: &Arc<App>, token: &str) -> LiveSession {
    let socket = Box::new(Paper::default());
    LiveSession::open(Arc::clone(app), token, ADDRESS, ProtocolId(0), socket).await.unwrap().session
}

fn name(text: &str) -> UserName {
    UserName::parse(text).unwrap()
}

#[tokio::test]
async fn whoever_is_here_has_the_name_that_was_kept_last() {
    let app = app(|_| ());
    let token = sign_in(&app, 1).await;
    let (phone, laptop) = (open(&app, &token).await, open(&app, &token).await);
    // The phone's task is slow: it hears of its own change after the laptop has heard of the later one.
    let mut first = pin!(phone.rename(name("Alex")));
    let answer = first.as_mut().now_or_never();
    laptop.rename(name("Zoe")).await.unwrap();
    match answer {
        Some(answer) => answer.unwrap(),
        None => first.await.unwrap(),
    };
    assert_eq!((phone.user().name.as_str(), laptop.user().name.as_str()), ("Zoe", "Zoe"));
    assert_eq!(app.chat.open_session(&token).await.unwrap().0.name, "Zoe");
}

/// A clock by which everybody was away for longer than a guest may be.
struct Later;

impl Clock for Later {
    fn now(&self) -> Millis {
        Millis(SystemClock.now().0 + 40 * 24 * 60 * 60 * 1000)
    }
}

#[tokio::test]
async fn all_idle_guests_are_removed_however_many_go_at_once() {
    let (app, store) = with_store(|_| ());
    for number in 0..50 {
        sign_in(&app, number).await;
    }
    let broker = Arc::new(MemoryBroker::new(Arc::clone(&app.hub)));
    let later = chat(&store, broker, &app.config, Arc::new(Later));
    assert_eq!(later.remove_idle_guests().await, Ok(50));
    assert_eq!(later.remove_idle_guests().await, Ok(0));
}

#[tokio::test]
async fn a_guest_who_only_asks_over_http_is_here() {
    let app = app(|_| ());
    let token = sign_in(&app, 1).await;
    assert!(app.hub.take_lately_here().is_empty());
    let request = Request::get("/api/session").header(AUTHORIZATION, format!("Bearer {token}"));
    let routes = TowerToHyperService::new(crate::rest::routes().with_state(Arc::clone(&app)));
    let answer = routes.call(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!((answer.status(), app.hub.take_lately_here().len()), (StatusCode::OK, 1));
}

#[tokio::test]
async fn what_changes_while_one_is_greeted_is_told_after_the_greeting() {
    let app = app(|_| ());
    let token = sign_in(&app, 1).await;
    let laptop = open(&app, &token).await;
    let paper = Paper::default();
    let socket = Box::new(paper.clone());
    let Authenticated { session: phone, rooms, since } =
        LiveSession::open(Arc::clone(&app), &token, ADDRESS, ProtocolId(0), socket).await.unwrap();
    let (view, caught_up) = laptop.enter(RoomSlug::parse("tech").unwrap().into(), 0).await.unwrap();
    laptop.catch_up(caught_up).await;
    assert!(rooms.is_empty());
    phone.bring_up_to_date(since, SeenRooms::default(), &rooms).await;
    let text = paper.text();
    let told = format!(r#"{{"type":"membership","room":{},"member":true"#, view.room.id);
    assert!(text.contains(&told), "{text}");
}

#[tokio::test]
async fn what_is_acked_as_ended_has_ended_on_all_devices() {
    let app = app(|_| ());
    let token = sign_in(&app, 1).await;
    let (laptop, phone) = (open(&app, &token).await, open(&app, &token).await);
    for room in ["general", "tech"].map(|room| RoomSlug::parse(room).unwrap()) {
        for device in [&laptop, &phone] {
            let (_, caught_up) = device.enter(room.clone().into(), 0).await.unwrap();
            device.catch_up(caught_up).await;
        }
    }
    let [general, tech] = ["general", "tech"].map(|room| {
        let room = RoomSlug::parse(room).unwrap();
        phone.subscription(&room.into()).unwrap().room_id()
    });
    app.chat.leave_room(laptop.actor, general).await.unwrap();
    assert!(app.hub.subscription(&phone.connection, general).is_none());
    assert!(app.hub.subscription(&phone.connection, tech).is_some());
    app.chat.sign_out(laptop.actor).await.unwrap();
    assert!(!phone.connection.send_queue().is_open() && !laptop.connection.send_queue().is_open());
}
