//! What can be configured. The one list is in [`options`].

mod load;
mod lobby;
mod options;

pub use load::ConfigError;
pub use lobby::Lobby;
pub use options::{Config, GatewayOptions, Gateways, LogFormat, Options, RateLimit, Storage};
