//! A client of Chinwag's native protocol (`docs/native-protocol.md`): it signs in, talks, and comes back by itself.
//!
//! ```no_run
//! # async fn talk() -> Result<(), Box<dyn std::error::Error>> {
//! use chinwag_client::{Client, Config, Event, sign_in};
//!
//! let session = sign_in("http://localhost:3000", "Alex").await?;
//! let (client, mut events) = Client::connect(Config::new("http://localhost:3000", session.token)).await?;
//! let general = client.join("general", 50).await?.summary.room;
//! client.send(general, "Hello").await?;
//! while let Some(event) = events.next().await {
//!     if let Event::Log(log_event) = event {
//!         println!("{log_event:?}");
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What it takes off your hands:
//! - **Coming back.** A lost connection is made again (with [`Backoff`] and full jitter) and each room is resumed where it was.
//! - **Nothing twice, nothing lost.** A message without an ack is sent again with the same `clientId`, in order.
//! - **Proof of order.** Each room's `seq` is checked: a hole or a repeat is a [`Fault`], never silence.

mod backoff;
mod client;
mod config;
mod connection;
mod drafts;
mod driver;
mod error;
mod event;
mod incoming;
mod message_changes;
mod read_marks;
mod requests;
mod rest;
mod room_logs;
mod say;
mod search;
mod server_url;
mod state;
mod threads;
mod verbs;

pub use backoff::Backoff;
pub use client::{Client, Events};
pub use config::{Config, Reconnect};
pub use drafts::DraftText;
pub use error::{ConnectError, Fault, RequestError, RestError, UrlError};
pub use event::{Event, Welcome};
pub use rest::{Session, share_file, sign_in, sign_out, who_am_i};
pub use say::Said;
pub use server_url::ServerUrl;
pub use state::{End, State};
pub use threads::{Shown, ThreadsPage};
pub use verbs::{Ack, HistoryPage, MembersPage, RoomReference, RoomsPage, Window};

/// The objects of the protocol.
pub mod protocol {
    pub use chinwag_wire::native::{
        Attachment, Ban, DirectoryRoom, Effect, ErrorCode, EventHeader, FollowedThread, Found, KeptDraft,
        Labels, Limits, LogBody, LogEvent, Member, MemberBody, MessageBody, MessageKind, Person,
        PresenceChange, PresenceState, ProtocolError, Reaction, RoomBody, RoomHistory, RoomKind, RoomPosting,
        RoomRole, RoomSnapshot, RoomState, RoomSummary, Settings, ThreadInfo, ThreadPage, UpdateRoom, User,
    };
    pub use chinwag_wire::websocket::close_code;
}
