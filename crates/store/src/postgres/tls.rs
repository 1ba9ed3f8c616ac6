use super::PostgresOpenError;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::path::PathBuf;
use std::sync::Arc;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Which certificates of authorities are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Certificates {
    /// Those that the system believes.
    System,
    /// Those in this file.
    File(PathBuf),
}

/// How the connection is secured, in the words of `sslmode`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TlsMode {
    Disable,
    /// Encrypted where the server offers it. Its certificate is not looked at.
    Prefer,
    /// Encrypted. The certificate is not looked at, unless a file of authorities is named: then as `VerifyCa`.
    Require,
    /// Its certificate is of somebody who is believed.
    VerifyCa(Certificates),
    /// And for the name of this host.
    VerifyFull(Certificates),
}

impl TlsMode {
    pub(super) fn new(mode: &str, roots: Option<Certificates>) -> Option<Self> {
        Some(match (mode, roots) {
            ("disable", _) => Self::Disable,
            ("allow" | "prefer", _) => Self::Prefer,
            ("require", None) => Self::Require,
            ("require" | "verify-ca", Some(roots)) => Self::VerifyCa(roots),
            ("verify-ca", None) => Self::VerifyCa(Certificates::System),
            ("verify-full", roots) => Self::VerifyFull(roots.unwrap_or(Certificates::System)),
            _ => return None,
        })
    }

    /// What the server is asked for.
    pub(super) fn asks(&self) -> SslMode {
        match self {
            Self::Disable => SslMode::Disable,
            Self::Prefer => SslMode::Prefer,
            Self::Require | Self::VerifyCa(_) | Self::VerifyFull(_) => SslMode::Require,
        }
    }

    /// What makes encrypted connections.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect, PostgresOpenError> {
        let provider = Arc::new(ring::default_provider());
        let trust = match self {
            Self::Disable | Self::Prefer | Self::Require => Trust::Anybody,
            Self::VerifyCa(roots) => Trust::AnyName(verifier(roots, &provider)?),
            Self::VerifyFull(roots) => Trust::Name(verifier(roots, &provider)?),
        };
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| PostgresOpenError::Certificates { reason: error.to_string() })?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Verifier { provider, trust }))
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }
}

fn verifier(
    roots: &Certificates,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, PostgresOpenError> {
    let unusable = |reason: String| PostgresOpenError::Certificates { reason };
    let mut store = RootCertStore::empty();
    match roots {
        Certificates::System => {
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Certificates::File(file) => {
            let name = file.display();
            let found = CertificateDer::pem_file_iter(file)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| unusable(format!("{name} cannot be read ({error})")))?;
            for certificate in found {
                store
                    .add(certificate)
                    .map_err(|error| unusable(format!("{name} is not usable ({error})")))?;
            }
        }
    }
    WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider))
        .build()
        .map_err(|error| unusable(format!("there is no certificate of an authority ({error})")))
}

/// Whose certificate is believed.
#[derive(Debug)]
enum Trust {
    Anybody,
    AnyName(Arc<WebPkiServerVerifier>),
    Name(Arc<WebPkiServerVerifier>),
}

#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    trust: Trust,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let by = |verifier: &WebPkiServerVerifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        match &self.trust {
            Trust::Anybody => Ok(ServerCertVerified::assertion()),
            Trust::Name(verifier) => by(verifier),
            Trust::AnyName(verifier) => match by(verifier) {
                // The name is looked at last, when everything else is as it should be.
                Err(Error::InvalidCertificate(
                    CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
                )) => Ok(ServerCertVerified::assertion()),
                verified => verified,
            },
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
