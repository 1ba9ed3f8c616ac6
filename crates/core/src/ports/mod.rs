//! The traits through which the use cases reach the world. Each states its contract; the composition root chooses who keeps it.

mod broker;
mod clock;
mod encoder;
mod limiter;
mod secrets;
mod store;

pub use broker::{Broker, Change, Notice};
pub use clock::Clock;
pub use encoder::{Encoder, ListedRoom, PresenceChange, Signal, Typist};
pub use limiter::{Limited, Limiter};
pub use secrets::{SecretSource, TokenHash};
pub use store::{
    Answer, Appended, Expected, Greeting, Members, Messages, NewGuest, NewMessage, NewRoom, NewVisitor,
    ReturningVisitor, Rooms, Sessions, Store, WAY_BACK_MS,
};
