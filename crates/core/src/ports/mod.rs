//! The traits through which the use cases reach the world. Each states its contract; the composition root chooses who keeps it.

mod broker;
mod clock;
mod encoder;
mod limiter;
mod secrets;
mod socket;
mod store;

pub use broker::{Broker, Change, Notice};
pub use clock::Clock;
pub use encoder::{Encoder, ListedRoom, PresenceChange, ProtocolId, Signal, Typist};
pub use limiter::{Limited, Limiter};
pub use secrets::{SecretSource, TokenHash};
pub use socket::{CloseReason, ConnectionEvent, Socket};
pub use store::{
    Answer, Appended, Expected, Greeting, Members, Messages, NewGuest, NewMessage, NewRoom, NewVisitor,
    ReturningVisitor, Rooms, Sessions, Store, WAY_BACK_MS,
};
