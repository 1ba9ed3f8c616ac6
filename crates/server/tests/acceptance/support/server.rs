use super::{Actor, Answer, Child, Database, request, until_ready, within};
use chinwag_client::{Session, sign_in};
use chinwag_fixtures::RedisServer;
use chinwag_server::{Config, RateLimit};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server in this process: one node, or several that serve one database.
pub(crate) struct Server {
    /// The address of the first node.
    pub(crate) address: SocketAddr,
    nodes: Vec<Node>,
    /// Who comes next goes to the node behind this number.
    arrivals: AtomicUsize,
    /// Gone with the last server on it.
    data: Arc<Data>,
}

struct Node {
    address: SocketAddr,
    config: Config,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<anyhow::Result<()>>,
}

/// Where a test's server keeps what it is told.
struct Data {
    folder: TempDir,
    /// In place of a file in the folder, when the tests run on PostgreSQL.
    postgres: Option<Arc<chinwag_fixtures::Database>>,
    /// Where several nodes hear each other.
    redis: Option<RedisServer>,
}

/// What the tests run on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
    Nodes,
}

impl Kind {
    /// As `CHINWAG_TEST_DATABASE` says.
    fn chosen() -> Self {
        match std::env::var("CHINWAG_TEST_DATABASE").as_deref() {
            Err(_) | Ok("sqlite") => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok("nodes") => Self::Nodes,
            Ok(other) => {
                panic!("CHINWAG_TEST_DATABASE is {other}: it can be sqlite, postgres or nodes")
            }
        }
    }
}

impl Data {
    async fn of(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let postgres = (kind != Kind::Sqlite).then(|| Arc::new(chinwag_fixtures::database()));
        let redis = if kind == Kind::Nodes { Some(RedisServer::start().await) } else { None };
        Self { folder, postgres, redis }
    }

    fn config(&self) -> Config {
        let postgres = self.postgres.as_ref().map(|database| database.url().parse().unwrap());
        let redis = self.redis.as_ref().map(|redis| redis.url().parse().unwrap());
        Config {
            data: self.folder.path().to_owned(),
            files: self.folder.path().join("files"),
            database_url: postgres.unwrap_or_default(),
            redis_url: redis.unwrap_or_default(),
            bind: IpAddr::from(Ipv4Addr::LOCALHOST),
            rate_limit: RateLimit::Off,
            tick_ms: 20,
            ..Config::default()
        }
    }
}

impl Node {
    async fn run(config: Config) -> Self {
        let listener = TcpListener::bind((config.bind, 0)).await.unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, listener.local_addr().unwrap().port()));
        let (stop, stopped) = oneshot::channel();
        let stopped = async { _ = stopped.await };
        let task = tokio::spawn(chinwag_server::serve(listener, config.clone(), stopped));
        Self { address, config, stop: Some(stop), task }
    }

    /// Stops as on SIGTERM.
    async fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        within("the end of the server", &mut self.task).await.unwrap().unwrap();
    }
}

impl Server {
    /// A server without limits on rates, as most tests want it: on the database that `CHINWAG_TEST_DATABASE` names.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let kind = Kind::chosen();
        Self::of(kind, if kind == Kind::Nodes { 2 } else { 1 }, change).await
    }

    /// A single server with SQLite, whatever the tests run on: what is about its files says why.
    pub(crate) async fn start_on_sqlite() -> Self {
        Self::of(Kind::Sqlite, 1, |_| {}).await
    }

    /// How many nodes there are.
    pub(crate) fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.data.folder.path()
    }

    /// The token of an invitation that the operator makes at the console.
    pub(crate) async fn operator_invites(&self, role: &str) -> String {
        until_ready(self.address).await;
        let data = self.data.folder.path().to_str().unwrap();
        let made = Child::run(&["admin", "invite", "--role", role, "--json", "--data", data], &[]).await;
        assert!(made.status.success(), "{}", made.stderr);
        let made: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
        made["link"].as_str().unwrap().split_once("#invite=").unwrap().1.to_owned()
    }

    /// So many nodes on one database.
    pub(crate) async fn of_nodes(count: usize) -> Self {
        Self::of_nodes_with(count, |_| {}).await
    }

    /// The same with something changed on each.
    pub(crate) async fn of_nodes_with(count: usize, change: impl FnOnce(&mut Config)) -> Self {
        Self::of(Kind::Nodes, count, change).await
    }

    async fn of(kind: Kind, nodes: usize, change: impl FnOnce(&mut Config)) -> Self {
        let data = Arc::new(Data::of(kind).await);
        let mut config = data.config();
        change(&mut config);
        Self::run(each_node(&config, nodes), data).await
    }

    /// A server that gives up within about a second who shows no sign of life.
    pub(crate) async fn impatient() -> Self {
        Self::with(|config| {
            config.ping_interval_ms = 250;
            config.silence_limit_ms = 1_000;
        })
        .await
    }

    async fn run(configs: Vec<Config>, data: Arc<Data>) -> Self {
        let mut nodes = Vec::new();
        for config in configs {
            nodes.push(Node::run(config).await);
        }
        let server = Self { address: nodes[0].address, nodes, arrivals: AtomicUsize::new(0), data };
        for node in 0..server.nodes.len() {
            server.until_ready(node).await;
        }
        server
    }

    /// Stops as on SIGTERM and starts again on the same data, at another port.
    pub(crate) async fn restart(&mut self) {
        for node in &mut self.nodes {
            node.stop().await;
        }
        let configs = self.nodes.iter().map(|node| node.config.clone()).collect();
        *self = Self::run(configs, Arc::clone(&self.data)).await;
    }

    /// The same for one of several nodes.
    pub(crate) async fn restart_node(&mut self, node: usize) {
        self.nodes[node].stop().await;
        self.nodes[node] = Node::run(self.nodes[node].config.clone()).await;
        self.until_ready(node).await;
        self.address = self.nodes[0].address;
    }

    /// Waits until a node serves everybody, as a proxy does before it sends anybody there. A single one is awaited by its listener alone.
    async fn until_ready(&self, node: usize) {
        if self.nodes.len() > 1 {
            until_ready(self.nodes[node].address).await;
        }
    }

    /// The address of a node.
    pub(crate) fn address_of(&self, node: usize) -> SocketAddr {
        self.nodes[node].address
    }

    /// The address of the node after the one that was asked for last, so that people are everywhere.
    pub(crate) fn next_address(&self) -> SocketAddr {
        let arrival = self.arrivals.fetch_add(1, Ordering::Relaxed);
        self.nodes[arrival % self.nodes.len()].address
    }

    /// Where the server is: the next node, where there are several.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.next_address())
    }

    pub(crate) fn database(&self) -> Database {
        match &self.data.postgres {
            None => Database::open(self.data.folder.path()),
            Some(database) => Database::on_postgres(Arc::clone(database)),
        }
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Session {
        within("a sign-in", sign_in(&self.url(), name)).await.unwrap()
    }

    /// Signs a person in and connects, to the next node where there are several.
    pub(crate) async fn enter(&self, name: &str) -> Actor {
        self.enter_through(&self.url(), name).await
    }

    /// The same at a certain node.
    pub(crate) async fn enter_at(&self, node: usize, name: &str) -> Actor {
        self.enter_through(&format!("http://{}", self.address_of(node)), name).await
    }

    /// Signs a person in and connects through `url`, such as that of a proxy.
    pub(crate) async fn enter_through(&self, url: &str, name: &str) -> Actor {
        Actor::connect(url, self.sign_in(name).await).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        request(self.address, &format!("GET {path}"), &[], "").await
    }

    /// The value of a metric by its full name, over all nodes.
    pub(crate) async fn metric(&self, name: &str) -> f64 {
        let mut sum = 0.0;
        for node in &self.nodes {
            let text = request(node.address, "GET /metrics", &[], "").await.body;
            let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            let value = value.unwrap_or_else(|| panic!("there is no metric {name} in\n{text}"));
            sum += value.parse::<f64>().unwrap();
        }
        sum
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

/// The same configuration for each of several nodes, apart from its name and its folder.
fn each_node(config: &Config, count: usize) -> Vec<Config> {
    let of = |number: usize| {
        let (name, data) = (format!("node-{number}"), config.data.join(format!("node-{number}")));
        Config { node_name: name.parse().unwrap(), data, ..config.clone() }
    };
    if count == 1 { vec![config.clone()] } else { (1..=count).map(of).collect() }
}
