//! The traits through which the use cases reach the world. Each states its contract; the composition root chooses who keeps it.

mod accounts;
mod activities;
mod administration;
mod avatars;
mod blobs;
mod blocks;
mod broker;
mod bus;
mod clock;
mod drafts;
mod encoder;
mod files;
mod identities;
mod invites;
mod limiter;
mod nodes;
mod oversight;
mod own_settings;
mod pins;
mod presence_news;
mod providers;
mod publication;
mod pushing;
mod reactions;
mod recovery;
mod room_log;
mod room_update;
mod saved;
mod schedule;
mod searching;
mod secrets;
mod socket;
mod storage;
mod store;
mod threads;
mod user_groups;

pub use accounts::*;
pub use activities::Activities;
pub use administration::*;
pub use avatars::{AvatarStore, NewAvatar};
pub use blobs::{BlobBytes, BlobError, BlobFuture, Blobs};
pub use blocks::{BLOCKS_PER_PERSON, Blocks};
pub use broker::{Broker, Settling};
pub use bus::{BusAnswer, BusCodec, BusMark, BusMessage};
pub use clock::Clock;
pub use drafts::Drafts;
pub use encoder::{Encoder, PresenceChange, ProtocolId, Signal, Typist};
pub use files::{Files, MadeFile, NewFile};
pub use identities::*;
pub use invites::*;
pub use limiter::{AnswersTo, Limiter, Rate, RateLimitKey, SharedLimits};
pub use nodes::{Leases, LiveNode, NewNode, Nodes};
pub use oversight::Oversight;
pub use own_settings::PersonalSettings;
pub use pins::{Pinning, Pins};
pub use presence_news::{PersonThere, PresenceNews};
pub use providers::*;
pub use publication::{DirectoryEvent, ListedRoom, Publication, ShownAvatar, UserEvent};
pub use pushing::Pushing;
pub use reactions::{Reacting, Reactions};
pub use recovery::{Recovery, Standing};
pub use room_log::{ReplayPage, ReplaySpan, RoomLog};
pub use room_update::RoomUpdate;
pub use saved::SavedMessages;
pub use schedule::Schedule;
pub use searching::{IndexProgress, Searching};
pub use secrets::{SecretSource, TokenHash};
pub use socket::{CloseReason, ConnectionEvent, Socket};
pub use storage::Store;
pub use store::{
    Appended, Members, MessageDeletion, MessageEdit, Messages, NAME_HELD_MS, NewGuest, NewMessage, NewRoom,
    NewVisitor, Purge, ReturningVisitor, RoomLimits, Rooms, SessionOverview, Sessions, StoreFuture,
    WAY_BACK_MS,
};
pub use threads::{ThreadChange, Threads};
pub use user_groups::UserGroups;
