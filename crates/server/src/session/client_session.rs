//! What gateways see of a session.

use super::post::Place;
use super::{CatchUp, LiveSession};
use bytes::Bytes;
use chinwag_core::chat::{ClientCommand, Draft, Reply, RoomView};
use chinwag_core::domain::{
    ClientId, ConnectionId, Refusal, RoomId, RoomOverview, RoomReference, RoomSlug, User, UserName,
    WantedName,
};
use chinwag_core::ports::{Appended, CloseReason, ConnectionEvent, ProtocolId, Socket, StoreFuture};
use chinwag_gateway::{
    Appeared, ClientSession, CommandOutcome, ListenedRoom, LogPosition, Others, SeenRooms, Typed,
};
use chinwag_realtime::Bookmark;
use std::sync::Arc;
use std::task::{Context, Poll};

impl ClientSession for LiveSession {
    type CatchUp = CatchUp;
    type NewsSince = Bookmark;

    fn user(&self) -> User {
        self.user()
    }

    fn is_visit(&self) -> bool {
        self.is_visit()
    }

    fn connection_id(&self) -> ConnectionId {
        self.connection.id
    }

    fn send(&self, frames: Bytes) {
        self.answer(frames);
    }

    fn close(&self, reason: CloseReason) {
        self.connection.close(reason);
    }

    fn abandon(&self) {
        self.connection.abandon();
    }

    fn is_open(&self) -> bool {
        self.connection.send_queue().is_open()
    }

    fn poll_event(&self, context: &mut Context<'_>) -> Poll<ConnectionEvent> {
        self.connection.send_queue().poll_event(context)
    }

    fn speak(&self, protocol: ProtocolId, echo: bool) {
        self.app.hub.speak(&self.connection, protocol, echo);
    }

    fn mark_alive(&self) {
        self.app.hub.heard_of(&self.connection);
    }

    fn note_errors(&self, count: usize) {
        self.note_errors(count);
    }

    fn has_to_wait(&self) -> bool {
        self.has_to_wait()
    }

    async fn may_go_on(&self) {
        self.may_go_on().await;
    }

    async fn retire(&self) -> bool {
        self.retire().await
    }

    fn flushed(&self) -> impl Future<Output = ()> + Send + 'static {
        let (connection, patience) = (Arc::clone(&self.connection), self.patience());
        async move {
            _ = tokio::time::timeout(patience, connection.send_queue().closed()).await;
            connection.abandon();
        }
    }

    async fn renew(&self, token: &str) -> Result<(), Refusal> {
        LiveSession::renew(self, token).await
    }

    fn welcome(&self, rooms: &[RoomOverview]) -> Reply {
        self.welcome(rooms)
    }

    async fn bring_up_to_date(&self, since: Bookmark, seen: SeenRooms, known: &[RoomOverview]) {
        self.bring_up_to_date(since, seen, known).await;
    }

    async fn carry_out(&mut self, command: ClientCommand) -> CommandOutcome<CatchUp> {
        self.carry_out(command).await
    }

    async fn say(&mut self, room: RoomId, client_id: ClientId, text: &str) -> Result<Typed, Refusal> {
        self.say(room, client_id, text, Place::default()).await
    }

    fn post(&mut self, draft: Draft<'_>) -> StoreFuture<Appended> {
        self.post_draft(draft)
    }

    fn stop_typing(&self, room: RoomId) {
        self.stop_typing(room);
    }

    async fn enter(&self, room: RoomReference, limit: u32) -> Result<(RoomView, CatchUp), Refusal> {
        self.enter(room, limit).await
    }

    async fn listen(&self, room: RoomSlug) -> Result<ListenedRoom<CatchUp>, Refusal> {
        self.listen(room).await
    }

    async fn catch_up(&self, catch_up: CatchUp) {
        self.catch_up(catch_up).await;
    }

    async fn catch_up_since(&self, catch_up: CatchUp, since: Option<LogPosition>) {
        self.catch_up_since(catch_up, since).await;
    }

    async fn appear(&self, room: RoomReference, since: Option<LogPosition>) -> Result<Appeared, Refusal> {
        self.appear(room, since).await
    }

    fn exit(&self, room: RoomId) {
        self.exit(room);
    }

    fn listens_to(&self, room: RoomId) -> bool {
        self.subscription(&room.into()).is_some()
    }

    fn people(&self, room: RoomId) -> Option<Vec<User>> {
        self.people(room)
    }

    fn others(&self, room: RoomId) -> Option<Others> {
        self.others(room)
    }

    async fn take_name(&self, name: UserName) -> Result<User, Refusal> {
        self.take_name(name).await
    }

    async fn visit_anew(
        &mut self,
        name: WantedName,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
    ) -> Result<(), Refusal> {
        self.visit_anew(name, protocol, socket).await
    }

    async fn sign_out(&self) {
        self.sign_out().await;
    }
}
