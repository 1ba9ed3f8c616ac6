//! What can be configured. The one list is in [`options`].

mod base_path;
mod group_role;
mod hidden_secret;
mod host_pattern;
mod link;
mod load;
mod lobby;
mod network;
mod node_name;
mod options;
mod page_origin;
mod platform;
mod preset_file;
mod public_url;
mod reserved_name;
mod secret_url;
mod services;
mod socketio_path;

pub use base_path::BasePath;
pub use group_role::GroupRole;
pub use hidden_secret::HiddenSecret;
pub use host_pattern::HostPattern;
pub use load::ConfigError;
pub use lobby::Lobby;
pub use network::Network;
pub use node_name::NodeName;
pub use options::{
    AccessOption, Config, CreateAccounts, Embedding, EmbeddingOptions, GatewayOptions, Gateways, LogFormat,
    Mail, MailOptions, MailSecurity, Oidc, OidcOptions, Options, RateLimit, Storage, Switch,
};
pub use page_origin::PageOrigin;
pub use platform::PlatformVariables;
pub use preset_file::PresetFile;
pub use public_url::PublicUrl;
pub use reserved_name::ReservedName;
pub use secret_url::{SecretError, SecretUrl};
pub use socketio_path::SocketIoPath;
