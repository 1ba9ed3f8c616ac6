use super::{ConfigError, Options};
use std::env::var;

/// What hosting platforms and the images of guides put into the environment of whatever they start. It counts less than everything
/// that was meant for Chinwag.
#[derive(Clone, Debug, Default)]
pub struct PlatformVariables {
    /// `PORT`: the port to listen on.
    pub port: Option<String>,
    /// `WS_HOST`: the address to listen on.
    pub ws_host: Option<String>,
}

impl PlatformVariables {
    /// Those of this process. An empty one is not set.
    #[must_use]
    pub fn of_this_process() -> Self {
        let value = |name| var(name).ok().filter(|value| !value.is_empty());
        Self { port: value("PORT"), ws_host: value("WS_HOST") }
    }

    /// Fills in what is not among the options.
    pub(super) fn complete(self, options: &mut Options) -> Result<(), ConfigError> {
        if let (None, Some(port)) = (options.port, self.port) {
            options.port = Some(port.parse().map_err(|_| ConfigError::Port(port))?);
        }
        if let (None, Some(host)) = (options.bind, self.ws_host) {
            options.bind = Some(host.parse().map_err(|_| ConfigError::WsHost(host))?);
        }
        Ok(())
    }
}
