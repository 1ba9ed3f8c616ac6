//! Sockets and encoders whose every byte a test sees.

use crate::story::StoryEncoder;
use chinwag_core::domain::permissions::{RoomRole, ServerRole};
use chinwag_core::domain::{
    AccountKind, EventBody, LogAccess, MemberChange, MessageContent, MessageEvent, MessageKind, Millis,
    RoomAddress, RoomEvent, RoomId, RoomKind, RoomOverview, RoomSettings, RoomSlug, Seq, SessionId, User,
    UserId,
};
use chinwag_core::ports::{
    Broker as _, Clock, CloseReason, Encoder, ProtocolId, Publication, Signal, Socket, UserEvent,
};
use chinwag_realtime::broker::MemoryBroker;
use chinwag_realtime::{
    Connection, ConnectionSettings, Encoders, Heartbeat, Hub, HubSettings, Metrics, SendQueueLimits, Trust,
};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// A clock that stands a little after everything that is told.
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Millis {
        Millis(40)
    }
}

/// One line per event or signal, so that a frame ends with its line.
pub(crate) struct LineEncoder;

impl Encoder for LineEncoder {
    fn event(&self, room: &RoomAddress, event: &RoomEvent, out: &mut Vec<u8>) {
        let slug = room.slug.as_ref().unwrap();
        out.extend_from_slice(format!("{slug} {}\n", event.seq).as_bytes());
    }

    fn signal(&self, signal: &Signal, _viewer: Option<UserId>, out: &mut Vec<u8>) {
        let line = match signal {
            Signal::Presence { online, .. } => format!("presence {online}\n"),
            Signal::Typing { users, more, .. } => format!("typing {}\n", users.len() + *more as usize),
            Signal::Stale => "stale\n".to_owned(),
            Signal::Resumed { .. }
            | Signal::Skipped { .. }
            | Signal::Reset(_)
            | Signal::RoomGone { .. }
            | Signal::Seen { .. }
            | Signal::ReadMark { .. }
            | Signal::MarkedUnread { .. }
            | Signal::ScheduleChanged { .. }
            | Signal::Draft(_)
            | Signal::SettingsChanged { .. }
            | Signal::ThreadMark { .. }
            | Signal::MembershipBegan(_)
            | Signal::MembershipEnded { .. }
            | Signal::Renamed(_)
            | Signal::Directory { .. } => format!("{signal:?}\n"),
        };
        out.extend_from_slice(line.as_bytes());
    }
}

pub(crate) const NATIVE: ProtocolId = ProtocolId(0);
/// Tells of everybody who is present, but not of oneself.
pub(crate) const LISTING: ProtocolId = ProtocolId(1);
/// Tells of the changes only, and not of one's own.
pub(crate) const HIDING: ProtocolId = ProtocolId(2);
/// Tells everything, and has one room per connection.
pub(crate) const PLAIN: ProtocolId = ProtocolId(3);
/// As [`LISTING`], under another name, and far down the table.
pub(crate) const LISTING_TOO: ProtocolId = ProtocolId(12);

fn encoders() -> Encoders {
    let story = |via, lists_people, hides_self, hears_ends| -> Arc<dyn Encoder> {
        Arc::new(StoryEncoder { via: Some(via), lists_people, hides_self, hears_ends })
    };
    let mut others = vec![
        story("listing", true, true, false),
        story("hiding", false, true, false),
        story("plain", false, false, true),
    ];
    while others.len() < usize::from(LISTING_TOO.0) {
        others.push(story("listing too", true, true, false));
    }
    Encoders::new(Arc::new(LineEncoder), others)
}

/// The client's end of a socket that takes no more than `room` bytes until somebody reads.
#[derive(Clone)]
pub(crate) struct Wire {
    state: Arc<Mutex<WireState>>,
    room_came: Arc<Notify>,
    bytes_came: Arc<Notify>,
}

struct WireState {
    sent: Vec<u8>,
    room: usize,
}

impl Wire {
    pub(crate) fn new(room: usize) -> Self {
        let state = Arc::new(Mutex::new(WireState { sent: Vec::new(), room }));
        Self { state, room_came: Arc::default(), bytes_came: Arc::default() }
    }

    /// Reads: lets `bytes` more through.
    pub(crate) fn let_through(&self, bytes: usize) {
        let mut state = self.state.lock();
        state.room = state.room.saturating_add(bytes);
        drop(state);
        self.room_came.notify_waiters();
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.state.lock().sent.clone()).unwrap()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }

    /// Waits until the text that came fulfils `condition`.
    pub(crate) async fn until(&self, condition: impl Fn(&str) -> bool) -> String {
        let wait = async {
            loop {
                let mut came = std::pin::pin!(self.bytes_came.notified());
                came.as_mut().enable();
                let text = self.text();
                if condition(&text) {
                    return text;
                }
                came.await;
            }
        };
        match tokio::time::timeout(Duration::from_secs(30), wait).await {
            Ok(text) => text,
            Err(_) => panic!("it never came; what came is {:?}", self.text()),
        }
    }
}

impl Socket for Wire {
    fn try_write(&self, frames: &[u8]) -> io::Result<usize> {
        let mut state = self.state.lock();
        let count = frames.len().min(state.room);
        if count == 0 {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        state.room -= count;
        state.sent.extend_from_slice(&frames[..count]);
        drop(state);
        self.bytes_came.notify_waiters();
        Ok(count)
    }

    fn writable(&self) -> BoxFuture<'_, io::Result<()>> {
        async {
            loop {
                let mut came = std::pin::pin!(self.room_came.notified());
                came.as_mut().enable();
                if self.state.lock().room > 0 {
                    return Ok(());
                }
                came.await;
            }
        }
        .boxed()
    }

    fn frame_end(&self, frames: &[u8], written: usize) -> usize {
        if written == 0 {
            return 0;
        }
        let line = frames[written - 1..].iter().position(|byte| *byte == b'\n');
        line.map_or(frames.len(), |line| written + line)
    }

    fn close_frame(&self, reason: CloseReason) -> Vec<u8> {
        format!("close {reason:?}\n").into_bytes()
    }

    fn ping_frame(&self) -> &'static [u8] {
        b"ping\n"
    }
}

pub(crate) struct World {
    pub(crate) hub: Arc<Hub>,
    pub(crate) broker: Arc<MemoryBroker>,
    pub(crate) metrics: Metrics,
}

const CALM: Heartbeat = Heartbeat { ping: Duration::from_secs(3600), timeout: Duration::from_secs(7200) };

pub(crate) const ROOM: RoomId = RoomId(1);

pub(crate) fn room() -> RoomAddress {
    RoomAddress { id: ROOM, slug: Some(RoomSlug::parse("den").unwrap()) }
}

pub(crate) fn overview() -> RoomOverview {
    RoomOverview {
        id: ROOM,
        kind: RoomKind::Public,
        slug: room().slug,
        title: "Den".to_owned(),
        topic: String::new(),
        head: Seq(1),
        read: Seq(0),
        unread: 0,
        mentions: 0,
        threads: 0,
        settings: RoomSettings::default(),
        role: Some(RoomRole::Member),
        people: Vec::new(),
    }
}

/// The right of a member to read the log, as it was at this place.
pub(crate) fn access(user: i64, at: i64) -> LogAccess {
    let role = Some(RoomRole::Member);
    let log = (Seq(1), Seq(at));
    LogAccess::grant(UserId(user), ServerRole::Guest, role, (ROOM, RoomKind::Public), log).unwrap()
}

pub(crate) fn event(seq: i64, actor: i64, body: EventBody) -> RoomEvent {
    RoomEvent {
        room: ROOM,
        seq: Seq(seq),
        at: Millis(seq),
        actor: UserId(actor),
        name: format!("user {actor}"),
        body,
    }
}

pub(crate) fn said(text: &str) -> EventBody {
    EventBody::Message(MessageEvent::Posted(MessageContent::new(MessageKind::Text, text, "c")))
}

fn own_membership(user: i64, change: MemberChange) -> EventBody {
    EventBody::own_membership(UserId(user), &format!("user {user}"), change)
}

pub(crate) fn renamed(id: i64, name: &str) -> UserEvent {
    let renames = u32::try_from(next_place().0).unwrap();
    UserEvent::Renamed { user: User { name: name.to_owned(), ..user(id) }, renames }
}

/// A place that is later than all before.
pub(crate) fn next_place() -> Seq {
    static PLACES: AtomicI64 = AtomicI64::new(1);
    Seq(PLACES.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn user(id: i64) -> User {
    User::guest(UserId(id), format!("user {id}"))
}

impl World {
    pub(crate) fn new(heartbeat: Heartbeat) -> Self {
        Self::with(heartbeat, Duration::from_millis(5), usize::MAX)
    }

    /// One of several nodes, without a lease.
    pub(crate) fn of_node() -> Self {
        Self::trusted(CALM, Duration::from_millis(5), usize::MAX, Trust::none_yet())
    }

    fn with(heartbeat: Heartbeat, tick: Duration, send_queue_total: usize) -> Self {
        Self::trusted(heartbeat, tick, send_queue_total, Trust::for_ever())
    }

    fn trusted(heartbeat: Heartbeat, tick: Duration, send_queue_total: usize, trust: Trust) -> Self {
        let metrics = Metrics::default();
        let settings = HubSettings { heartbeat, tick, send_queue_total, first_connection: 1 };
        let hub = Hub::of_node(settings, encoders(), metrics.clone(), (Arc::new(Stopped), trust));
        tokio::spawn(Arc::clone(&hub).run());
        Self { broker: Arc::new(MemoryBroker::new(Arc::clone(&hub))), hub, metrics }
    }

    pub(crate) fn calm() -> Self {
        Self::new(CALM)
    }

    /// Where no more than this may wait for all clients together.
    pub(crate) fn with_ceiling(bytes: usize) -> Self {
        Self::with(CALM, Duration::from_secs(3600), bytes)
    }

    /// Where presence is not told before the test is over.
    pub(crate) fn without_presence() -> Self {
        Self::with(CALM, Duration::from_secs(3600), usize::MAX)
    }

    /// Waits until no send queue holds anything.
    pub(crate) async fn until_nothing_waits(&self) {
        let wait = async {
            while self.metrics.send_queue_bytes.get() != 0 {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(30), wait).await;
        assert!(waited.is_ok(), "{} bytes still wait", self.metrics.send_queue_bytes.get());
    }

    pub(crate) fn connect(&self, user: i64, wire: &Wire) -> Arc<Connection> {
        self.connect_by(NATIVE, true, user, wire)
    }

    pub(crate) fn connect_by(
        &self,
        protocol: ProtocolId,
        echo: bool,
        user: i64,
        wire: &Wire,
    ) -> Arc<Connection> {
        self.connect_as(crate::support::user(user), protocol, echo, wire)
    }

    /// Lets a visitor come.
    pub(crate) fn visit(&self, id: i64, wire: &Wire) -> Arc<Connection> {
        let visitor = User { kind: AccountKind::Visitor, role: ServerRole::Visitor, ..user(id) };
        self.connect_as(visitor, NATIVE, true, wire)
    }

    fn connect_as(&self, user: User, protocol: ProtocolId, echo: bool, wire: &Wire) -> Arc<Connection> {
        let settings = ConnectionSettings {
            session: SessionId(user.id.0),
            address: None,
            protocol,
            echo,
            socket: Box::new(wire.clone()),
            limits: SendQueueLimits { ephemeral: 200, lagging: 400, full: 1000 },
        };
        self.hub.register(user, settings)
    }

    /// Lets a connection subscribe to the room, live from now on.
    pub(crate) fn join(&self, connection: &Arc<Connection>) {
        let subscription = self.hub.subscribe(connection, &room()).subscription;
        subscription.go_live(&access(connection.user.0, 0), Seq(0), || ()).unwrap();
    }

    pub(crate) fn publish(&self, seq: i64, actor: i64, body: EventBody) {
        let event = event(seq, actor, body);
        self.broker.publish(vec![Publication::Room(Arc::new(event))]);
    }

    pub(crate) fn rename(&self, user: i64, name: &str) {
        let event = renamed(user, name);
        self.broker.publish(vec![Publication::Person { user: UserId(user), except: None, event }]);
    }

    pub(crate) fn message(&self, seq: i64) {
        self.publish(seq, 99, said("hi"));
    }

    pub(crate) fn joined(&self, seq: i64, user: i64) {
        self.publish(seq, user, own_membership(user, MemberChange::Joined));
    }

    pub(crate) fn left(&self, seq: i64, user: i64) {
        self.publish(seq, user, own_membership(user, MemberChange::Left));
    }
}
