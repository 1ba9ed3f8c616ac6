use crate::support::{Actor, Child, Database, Proxy, Stored, request, until_ready, within};
use chinwag_client::sign_in;
use chinwag_fixtures::{Cluster as Postgres, RedisProxy, RedisServer};
use chinwag_wire::health::HealthReport;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// Several nodes, each a process of its own, with a PostgreSQL and a Redis of their own: everything in it can be killed.
pub(super) struct Cluster {
    pub(super) postgres: Postgres,
    pub(super) redis: RedisServer,
    database: Arc<chinwag_fixtures::Database>,
    folder: TempDir,
    nodes: Vec<Option<Child>>,
    /// What each node takes for Redis.
    ways_to_redis: Vec<RedisProxy>,
    starts: usize,
    /// What the last process of each node has written.
    logs: Vec<PathBuf>,
}

impl Cluster {
    pub(super) async fn start(count: usize) -> Self {
        let postgres = Postgres::start("");
        let database = Arc::new(postgres.database());
        let redis = RedisServer::start().await;
        let (mut nodes, mut ways_to_redis) = (Vec::new(), Vec::new());
        for _ in 0..count {
            nodes.push(None);
            ways_to_redis.push(RedisProxy::before(redis.socket()).await);
        }
        let folder = tempfile::tempdir().unwrap();
        let logs = vec![PathBuf::new(); count];
        let mut cluster = Self { postgres, redis, database, folder, nodes, ways_to_redis, starts: 0, logs };
        for node in 0..count {
            cluster.start_node(node).await;
        }
        cluster
    }

    /// Starts a node that does not run, and waits until it serves.
    pub(super) async fn start_node(&mut self, node: usize) {
        self.starts += 1;
        let (name, data) = (format!("node-{node}"), self.folder.path().join(format!("{node}")));
        let environment = self.environment(node);
        let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
        let arguments = ["--node-name", &name, "--log", "warn"];
        self.logs[node] = self.folder.path().join(format!("log-{node}-{}", self.starts));
        let log = std::fs::File::create(&self.logs[node]).unwrap();
        let child = Child::start_with_log_in(log, &data, &arguments, &environment).await;
        until_ready(child.address).await;
        self.nodes[node] = Some(child);
    }

    /// What a node takes for Redis.
    pub(super) fn way_to_redis(&self, node: usize) -> &RedisProxy {
        &self.ways_to_redis[node]
    }

    pub(super) fn node(&self, node: usize) -> &Child {
        self.nodes[node].as_ref().unwrap()
    }

    pub(super) fn address(&self, node: usize) -> SocketAddr {
        self.node(node).address
    }

    pub(super) fn url(&self, node: usize) -> String {
        self.node(node).url()
    }

    /// `kill -9`.
    pub(super) async fn kill_node(&mut self, node: usize) {
        self.nodes[node].take().unwrap().kill().await;
    }

    /// SIGTERM, and waits for the end.
    pub(super) async fn stop_node(&mut self, node: usize) {
        let child = self.nodes[node].take().unwrap();
        child.terminate();
        assert!(child.ended().await.success());
    }

    /// A person behind a proxy that leads to a node.
    pub(super) async fn enter(&self, node: usize, name: &str) -> (Actor, Proxy) {
        let proxy = Proxy::before(self.address(node)).await;
        let session = within("a sign-in", sign_in(&proxy.url(), name)).await.unwrap();
        let actor = Actor::connect(&proxy.url(), session).await;
        actor.joins("general").await;
        (actor, proxy)
    }

    /// Waits until so many nodes have a lease.
    pub(super) async fn until_leases(&self, count: usize) {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        let live = "SELECT count(*) FROM nodes WHERE lease_until > (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
        within("leases", async {
            while self.database.rows(live)[0][0] != Some(count.to_string()) {
                looks.tick().await;
            }
        })
        .await;
    }

    /// Changes something in the database.
    pub(super) fn execute(&self, sql: &str) {
        self.database.execute(sql);
    }

    /// What was asked for when a node was started: the way to its database and to Redis.
    pub(super) fn environment(&self, node: usize) -> [(&'static str, String); 3] {
        [
            ("DATABASE_URL", self.database.url().to_owned()),
            ("REDIS_URL", self.ways_to_redis[node].url()),
            ("CHINWAG_FILES", self.folder.path().join("files").to_str().unwrap().to_owned()),
        ]
    }

    /// Waits until a node ends by itself. Answers how it did, and what its log says.
    pub(super) async fn ended(&mut self, node: usize) -> (ExitStatus, String) {
        let ended = self.nodes[node].take().unwrap().ended().await;
        (ended, std::fs::read_to_string(&self.logs[node]).unwrap())
    }

    /// Waits until a node says of itself what is expected.
    pub(super) async fn until_report(
        &self,
        node: usize,
        is_so: impl Fn(&HealthReport) -> bool,
    ) -> HealthReport {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        within("a report", async {
            loop {
                looks.tick().await;
                let answer = request(self.address(node), "GET /api/health", &[], "").await;
                let report: HealthReport = serde_json::from_str(&answer.body).unwrap();
                if is_so(&report) {
                    return report;
                }
            }
        })
        .await
    }

    pub(super) fn database(&self) -> Database {
        Database::on_postgres(Arc::clone(&self.database))
    }

    /// Asserts that everybody has seen all of the room's log, in order and once, and that everything in `acked` is stored at its place.
    pub(super) async fn check(&self, people: &[&Actor], acked: &[(i64, String)]) {
        let database = self.database();
        for person in people {
            person.has_the_log(&database, "general").await;
            person.has_no_complaints();
        }
        let stored: Vec<Stored> = database.log("general");
        for (seq, text) in acked {
            let place = usize::try_from(*seq).unwrap() - 1;
            let found = stored[place].message.as_ref().map(|(_, text)| text);
            assert_eq!(found, Some(text), "what was acked at {seq}");
        }
        let mut texts: Vec<_> =
            stored.iter().filter_map(|event| event.message.as_ref()).map(|(id, _)| id).collect();
        let count = texts.len();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), count, "a message is stored twice");
        database.check_invariants();
    }
}
