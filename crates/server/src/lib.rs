//! The server: gateways, REST, the embedded web client, and the composition of everything.
//!
//! [`serve`] is the one entry. The binary, the tests and the bench all start a server through it.

mod access;
mod adapters;
mod addresses;
mod app;
mod auth;
mod base_path;
pub mod cli;
mod cluster;
mod cluster_metrics;
mod commit_metrics;
mod config;
mod console;
mod files;
mod gateway;
mod home;
mod housekeeping;
mod listen;
mod live_view;
mod mail;
mod metrics;
mod push;
mod rest;
mod serve;
mod session;
mod storage;
mod system_tls;
mod web_client;

pub use auth::{EmbeddingError, OidcError};
pub use config::{
    AccessOption, BasePath, Config, ConfigError, CreateAccounts, Embedding, EmbeddingOptions, GatewayOptions,
    Gateways, GroupRole, HiddenSecret, HostPattern, Lobby, LogFormat, Mail, MailOptions, MailSecurity,
    Network, NodeName, Oidc, OidcOptions, Options, PageOrigin, PlatformVariables, PresetFile, PublicUrl,
    RateLimit, ReservedName, SecretError, SecretUrl, SocketIoPath, Storage, Switch,
};
pub use mail::MailError;
pub use serve::serve;
