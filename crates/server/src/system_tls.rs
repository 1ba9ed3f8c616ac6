//! TLS to servers whose certificates this system vouches for.

use rustls::{ClientConfig, RootCertStore};
use std::sync::{Arc, OnceLock};
use tokio_rustls::TlsConnector;

/// Begins TLS on connections. It is made when it is needed for the first time, which reads the certificates of the system.
#[derive(Default)]
pub(crate) struct SystemTls(OnceLock<Arc<ClientConfig>>);

impl SystemTls {
    /// What begins TLS on one connection.
    ///
    /// # Errors
    /// When the cryptography that is built in speaks no version of TLS.
    pub(crate) fn connector(&self) -> Result<TlsConnector, rustls::Error> {
        if let Some(known) = self.0.get() {
            return Ok(Arc::clone(known).into());
        }
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::clone(self.0.get_or_init(|| Arc::new(config))).into())
    }
}
