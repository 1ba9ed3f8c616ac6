//! How gateways come to sessions.

use super::LiveSession;
use crate::adapters::RandomSecrets;
use crate::addresses::{Permit, client_address};
use crate::app::App;
use axum::http::HeaderMap;
use chinwag_core::domain::{Millis, Refusal, RoomSlug};
use chinwag_core::ports::{ProtocolId, SecretSource as _, Socket};
use chinwag_gateway::{Authenticated, ConnectionLimits, LogPosition, SessionFactory, Visitor};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

impl SessionFactory for App {
    type Session = LiveSession;
    type Permit = Permit;

    async fn authenticate(
        self: &Arc<Self>,
        token: &str,
        address: IpAddr,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
    ) -> Result<Authenticated<LiveSession>, Refusal> {
        LiveSession::open(Arc::clone(self), token, address, protocol, socket).await
    }

    async fn visit(
        self: &Arc<Self>,
        visitor: Visitor,
        address: IpAddr,
        protocol: ProtocolId,
        socket: Box<dyn Socket>,
        echo: bool,
    ) -> Result<LiveSession, Refusal> {
        LiveSession::visit(Arc::clone(self), visitor, address, protocol, socket, echo).await
    }

    async fn log_end(&self, room: RoomSlug) -> Result<Option<LogPosition>, Refusal> {
        let end = self.chat.look_at(room).await?;
        Ok(end.map(|(room, seq)| LogPosition { room, seq }))
    }

    async fn drained(&self) {
        self.hub.drained().await;
    }

    fn new_token(&self) -> String {
        RandomSecrets.new_token()
    }

    fn epoch(&self) -> &str {
        self.chat.epoch()
    }

    fn now(&self) -> Millis {
        self.chat.now()
    }

    fn limits(&self) -> ConnectionLimits {
        let config = &self.config;
        ConnectionLimits {
            frame_bytes: config.frame_bytes,
            hello: Duration::from_millis(config.hello_limit_ms),
            ping_interval: Duration::from_millis(config.ping_interval_ms),
            silence: Duration::from_millis(config.silence_limit_ms),
            message_length: self.chat.limits().message_length,
            replay: self.chat.limits().replay,
        }
    }

    fn permit(&self, address: IpAddr) -> Option<Permit> {
        self.addresses.permit(address)
    }

    fn client_address(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        client_address(peer, headers, &self.config.trusted_proxies)
    }

    fn may_visit(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        self.access.may_visit(peer, headers)
    }
}
