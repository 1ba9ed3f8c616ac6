//! The simple and the Socket.IO protocols, from `chinwag-compat`.

use super::{OtherGateways, OtherHandler};
use crate::app::App;
use crate::config::{Config, PresetFile};
use crate::web_client;
use chinwag_compat::{Compat, Presets, Protocols, Settings, simple, socketio};
use chinwag_core::ports::{Clock, Encoder, ProtocolId};
use futures_util::FutureExt as _;
use std::sync::Arc;

/// The protocols beside the native one, with their places in the table of encoders.
pub(crate) struct OtherProtocols(Protocols);

impl OtherProtocols {
    /// Those of this configuration, numbered from `first` on.
    ///
    /// # Errors
    /// A sentence that tells what is wrong with the files of presets.
    pub(crate) fn new(config: &Config, first: ProtocolId) -> Result<Self, String> {
        let files: Vec<_> = config.gateways.presets.iter().map(PresetFile::text).collect();
        let presets = Presets::with_built_in(&files.join("\n"))?;
        Protocols::new(presets, first).map(Self)
    }

    /// Their encoders, in the order of the table.
    pub(crate) fn encoders(&self, clock: &Arc<dyn Clock>) -> Vec<Arc<dyn Encoder>> {
        self.0.encoders(clock)
    }

    pub(crate) fn gateways(self, app: &Arc<App>) -> OtherGateways {
        let gateways = &app.config.gateways;
        let settings = Settings {
            simple: gateways.simple,
            socketio: gateways.socketio,
            socketio_path: gateways.socketio_path.as_str().to_owned(),
            text_echo: gateways.text_echo,
            token_in_url: app.config.embedding.token_in_url,
            lobby: gateways.lobby.0.clone(),
            node: app.config.may_have_peers().then(|| app.config.node_name.to_string()),
            browser_bundle: web_client::serve_file,
        };
        let compat = Arc::new(Compat::new(Arc::clone(app), settings, self.0));
        let routes = simple::routes(&compat).merge(socketio::routes(&compat));
        let socketio = Arc::clone(&compat);
        let at_root: OtherHandler =
            Arc::new(move |peer, request| simple::upgrade(Arc::clone(&compat), peer, request).boxed());
        let engine: OtherHandler =
            Arc::new(move |peer, request| socketio::serve(Arc::clone(&socketio), peer, request).boxed());
        OtherGateways { routes, at_root: Some(at_root), engine: Some(engine) }
    }
}

/// Looks whether a file of presets is right.
///
/// # Errors
/// A sentence that tells what is wrong with it.
pub(crate) fn check_presets(text: &str) -> Result<(), String> {
    Presets::with_built_in(text).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten thousand idle listeners feel each byte.
    #[test]
    fn an_idle_client_takes_little_memory() {
        let bytes = simple::idle_client_bytes::<App>();
        assert!(bytes <= 288, "an idle client has {bytes} bytes");
    }
}
