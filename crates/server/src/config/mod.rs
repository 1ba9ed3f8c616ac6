//! What can be configured. The one list is in [`options`].

mod load;
mod options;

pub use load::ConfigError;
pub use options::{Config, LogFormat, Options, RateLimit, Storage};
