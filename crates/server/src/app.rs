use crate::access::Access;
use crate::addresses::Addresses;
use crate::auth::{Auth, TokenEnds};
use crate::cluster::Cluster;
use crate::config::Config;
use crate::files::FileStore;
use crate::mail::Mailer;
use crate::metrics::ServerMetrics;
use crate::push::Pusher;
use crate::web_client::WebClient;
use chinwag_core::chat::Chat;
use chinwag_core::domain::Millis;
use chinwag_realtime::{Hub, Replayer};
use chinwag_wire::health::StorageReport;
use std::sync::Arc;
use tokio::sync::mpsc;

/// What every request and connection works with.
pub(crate) struct App {
    pub(crate) chat: Chat,
    pub(crate) auth: Auth,
    pub(crate) token_ends: Arc<TokenEnds>,
    /// Where the files of people are.
    pub(crate) files: Arc<FileStore>,
    /// Who sends mail, if the operator has said by whom.
    pub(crate) mailer: Option<Arc<Mailer>>,
    pub(crate) hub: Arc<Hub>,
    /// Who speaks to push services.
    pub(crate) pusher: Arc<Pusher>,
    pub(crate) config: Config,
    pub(crate) storage: StorageReport,
    /// None for a server that has its database for itself.
    pub(crate) cluster: Option<Arc<Cluster>>,
    pub(crate) access: Access,
    pub(crate) addresses: Arc<Addresses>,
    pub(crate) replayer: Replayer,
    pub(crate) metrics: ServerMetrics,
    pub(crate) web_client: WebClient,
    /// Dropped with the app, so that whoever holds the other end knows when all requests and connections are finished.
    pub(crate) _at_work: mpsc::Sender<()>,
}

impl App {
    /// When a connection ends whose token is good up to then, if it ends by that.
    pub(crate) fn token_end(&self, until: Option<Millis>) -> Option<Millis> {
        Some(Millis(until?.0.saturating_add(self.auth.grace_ms()?)))
    }
}
