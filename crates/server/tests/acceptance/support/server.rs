use super::{Actor, Answer, Database, request, within};
use chinwag_client::{Session, sign_in};
use chinwag_server::{Config, RateLimit};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server in this process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    config: Config,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<anyhow::Result<()>>,
    /// Gone with the last server on it.
    data: Arc<Data>,
}

/// Where a test's server keeps what it is told.
struct Data {
    folder: TempDir,
    /// In place of a file in the folder, when the tests run on PostgreSQL.
    postgres: Option<Arc<chinwag_fixtures::Database>>,
}

impl Data {
    /// On the database that `CHINWAG_TEST_DATABASE` names.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let postgres = match std::env::var("CHINWAG_TEST_DATABASE").as_deref() {
            Err(_) | Ok("sqlite") => None,
            Ok("postgres") => Some(Arc::new(chinwag_fixtures::database())),
            Ok(other) => panic!("CHINWAG_TEST_DATABASE is {other}: it can be sqlite or postgres"),
        };
        Self { folder, postgres }
    }
}

impl Server {
    /// A server without limits on rates, as most tests want it.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let data = Arc::new(Data::new());
        let url = data.postgres.as_ref().map(|database| database.url().parse().unwrap());
        let mut config = Config {
            data: data.folder.path().to_owned(),
            database_url: url.unwrap_or_default(),
            bind: IpAddr::from(Ipv4Addr::LOCALHOST),
            rate_limit: RateLimit::Off,
            tick_ms: 20,
            ..Config::default()
        };
        change(&mut config);
        Self::run(config, data).await
    }

    /// A server that gives up within about a second who shows no sign of life.
    pub(crate) async fn impatient() -> Self {
        Self::with(|config| {
            config.ping_interval_ms = 250;
            config.silence_limit_ms = 1_000;
        })
        .await
    }

    async fn run(config: Config, data: Arc<Data>) -> Self {
        let listener = TcpListener::bind((config.bind, 0)).await.unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, listener.local_addr().unwrap().port()));
        let (stop, stopped) = oneshot::channel();
        let stopped = async { _ = stopped.await };
        let task = tokio::spawn(chinwag_server::serve(listener, config.clone(), stopped));
        Self { address, config, stop: Some(stop), task, data }
    }

    /// Stops as on SIGTERM and starts again on the same data, at another port.
    pub(crate) async fn restart(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        within("the end of the server", &mut self.task).await.unwrap().unwrap();
        *self = Self::run(self.config.clone(), Arc::clone(&self.data)).await;
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn database(&self) -> Database {
        match &self.data.postgres {
            None => Database::open(&self.config.data),
            Some(database) => Database::on_postgres(Arc::clone(database)),
        }
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Session {
        within("a sign-in", sign_in(&self.url(), name)).await.unwrap()
    }

    /// Signs a person in and connects.
    pub(crate) async fn enter(&self, name: &str) -> Actor {
        self.enter_through(&self.url(), name).await
    }

    /// Signs a person in and connects through `url`, such as that of a proxy.
    pub(crate) async fn enter_through(&self, url: &str, name: &str) -> Actor {
        Actor::connect(url, self.sign_in(name).await).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        request(self.address, &format!("GET {path}"), &[], "").await
    }

    /// The value of a metric by its full name.
    pub(crate) async fn metric(&self, name: &str) -> f64 {
        let text = self.get("/metrics").await.body;
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.unwrap_or_else(|| panic!("there is no metric {name} in\n{text}")).parse().unwrap()
    }

    /// Waits until a metric has reached a value. It can only be looked at, since nobody tells when it changes.
    pub(crate) async fn until_metric(&self, name: &str, value: f64) {
        let mut looks = tokio::time::interval(Duration::from_millis(20));
        within(name, async {
            while self.metric(name).await < value {
                looks.tick().await;
            }
        })
        .await;
    }
}
