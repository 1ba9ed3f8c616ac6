//! What can be configured. The one list is in [`options`].

mod load;
mod lobby;
mod network;
mod options;
mod own_guides;
mod page_origin;

pub use load::ConfigError;
pub use lobby::Lobby;
pub use network::Network;
pub use options::{Config, GatewayOptions, Gateways, LogFormat, Options, RateLimit, Storage};
pub(crate) use own_guides::OwnGuides;
pub use page_origin::PageOrigin;
