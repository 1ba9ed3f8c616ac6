//! A server that speaks the native protocol only.

use super::OtherGateways;
use crate::app::App;
use crate::config::Config;
use chinwag_core::ports::{Clock, Encoder, ProtocolId};
use std::sync::Arc;

/// None.
pub(crate) struct OtherProtocols;

impl OtherProtocols {
    /// The options of other protocols mean nothing to a server without them.
    ///
    /// # Errors
    /// Never.
    #[expect(clippy::unnecessary_wraps, reason = "it stands for the one with other protocols")]
    pub(crate) fn new(_config: &Config, _first: ProtocolId) -> Result<Self, String> {
        Ok(Self)
    }

    pub(crate) fn encoders(&self, _clock: &Arc<dyn Clock>) -> Vec<Arc<dyn Encoder>> {
        Vec::new()
    }

    pub(crate) fn gateways(self, _app: &Arc<App>) -> OtherGateways {
        OtherGateways::default()
    }
}

/// Nobody reads it here.
///
/// # Errors
/// Never.
#[expect(clippy::unnecessary_wraps, reason = "it stands for the one that looks")]
pub(crate) fn check_presets(_text: &str) -> Result<(), String> {
    Ok(())
}
