//! What can be configured. The one list is in [`options`].

mod load;
mod lobby;
mod network;
mod options;
mod page_origin;
mod preset_file;

pub use load::ConfigError;
pub use lobby::Lobby;
pub use network::Network;
pub use options::{Config, GatewayOptions, Gateways, LogFormat, Options, RateLimit, Storage};
pub use page_origin::PageOrigin;
pub use preset_file::PresetFile;
