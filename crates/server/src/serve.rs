use crate::access::{Access, guard};
use crate::adapters::{AllNodes, DatabaseClock, NoLimiter, RandomSecrets, RateLimiter};
use crate::addresses::Addresses;
use crate::app::App;
use crate::auth::{Auth, TokenEnds};
use crate::cluster::Cluster;
use crate::config::{AccessOption, Config, RateLimit, Storage, Switch};
use crate::console::Console;
use crate::files::FileStore;
use crate::gateway::{OtherProtocols, protocols};
use crate::listen::Listening;
use crate::mail::Mailer;
use crate::metrics::ServerMetrics;
use crate::push::Pusher;
use crate::storage::OpenStorage;
use crate::web_client::WebClient;
use crate::{gateway, home, housekeeping, push, rest};
use anyhow::{Context as _, bail};
use axum::Router;
use axum::middleware::from_fn_with_state;
use chinwag_core::chat::{AccessPolicy, AccountAccess, Chat, Limits};
use chinwag_core::domain::ReservedNames;
use chinwag_core::domain::permissions::GuestsInPrivate;
use chinwag_core::domain::permissions::Operator;
use chinwag_core::ports::{Clock, Limiter, Recovery, RoomLog};
use chinwag_realtime::broker::MemoryBroker;
use chinwag_realtime::{CountAnswers, Heartbeat, Hub, HubSettings, Replayer, Trust};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// How long connections may take to finish when the server stops.
const DRAIN: Duration = Duration::from_secs(8);

/// Serves on `listener` until `shutdown` resolves; then finishes what clients were promised, tells them to reconnect, and
/// returns within 10 s, if the disk takes what is queued in the last two. `shutdown` is polled when everything is open.
///
/// # Errors
/// When the storage cannot be opened, goes on with another history than the one that clients were told, or was changed by a newer version.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let mut metrics = ServerMetrics::new();
    let database_clock = Arc::new(DatabaseClock::default());
    let clock = Arc::clone(&database_clock) as Arc<dyn Clock>;
    let others = OtherProtocols::new(&config, protocols::FIRST_OTHER).map_err(anyhow::Error::msg)?;
    let encoders = protocols::encoders(others.encoders(&clock));
    let trust = if config.may_have_peers() { Trust::none_yet() } else { Trust::for_ever() };
    let hub =
        Hub::of_node(hub_settings(&config), encoders, metrics.live.clone(), (Arc::clone(&clock), trust));
    let cluster = Cluster::of(&config, &hub, &database_clock, metrics.bus.clone())?;
    if config.postgres()?.is_some() {
        metrics.tell_of_postgres();
    }
    if let Some(cluster) = &cluster {
        metrics.tell_of_nodes(Arc::clone(cluster));
    }
    let broker = match &cluster {
        Some(cluster) => cluster.broker(),
        None => Arc::new(MemoryBroker::new(Arc::clone(&hub))),
    };
    let observer = Arc::new(metrics.commits.clone());
    let storage = OpenStorage::open(&config, Arc::clone(&clock), Arc::clone(&broker), observer).await?;
    let limiter = (config.rate_limit == RateLimit::On)
        .then(|| Arc::new(RateLimiter::new(&config, all_nodes(&config, &storage, &hub))));
    let chat = Chat::new(
        storage.store(),
        broker,
        limiter.clone().map_or(Arc::new(NoLimiter), |limiter| limiter as Arc<dyn Limiter>),
        Arc::new(RandomSecrets),
        clock,
        limits(&config),
        reserved_names(&config),
    );
    let files = Arc::new(FileStore::open(&config)?);
    files.reach().await?;
    let mailer = Mailer::of(&config)?.map(Arc::new);
    let auth = Auth::open(&chat, &config).await?;
    let visits = chat.end_lost_visits().await.context("cannot end the visits that were left behind")?;
    if visits > 0 {
        tracing::info!(visits, "ended visits that were left behind");
    }
    tell_first_owner(&chat, &config, listener.local_addr()?).await?;
    let console = open_console(&config, &chat);
    let house = tokio::spawn(housekeeping::run(chat.clone(), Arc::clone(&hub), limiter));
    let removal = tokio::spawn(housekeeping::remove_files(chat.clone(), Arc::clone(&files)));
    let schedule = tokio::spawn(housekeeping::carry_out_scheduled(chat.clone()));
    let pusher = Pusher::open(&chat, config.push_loopback).await.context("cannot read the key for pushes")?;
    let pusher = Arc::new(pusher);
    let pushing = push::run(chat.clone(), Arc::clone(&hub), Arc::clone(&pusher), config.push_wait_ms);
    let pushing = tokio::spawn(pushing);
    let live = tokio::spawn(Arc::clone(&hub).run());
    let gaps = tokio::spawn(Arc::clone(&hub).fill_gaps(storage.store() as Arc<dyn Recovery>));
    let memory = tokio::spawn(housekeeping::keep_memory_low());
    let token_ends = Arc::new(TokenEnds::default());
    let ending = auth.grace_ms().map(|_| tokio::spawn(Arc::clone(&token_ends).run(chat.clone())));
    let outdated = outdated(cluster.clone());
    let nodes = cluster.clone().zip(storage.nodes());
    let among_nodes =
        nodes.map(|(cluster, (namespace, nodes))| cluster.take_part(namespace, nodes, chat.clone()));

    let (at_work, mut all_done) = mpsc::channel(1);
    let connection_limit = (config.rate_limit == RateLimit::On).then_some(config.connections_per_address);
    let trusted_proxies = config.trusted_proxies.clone();
    let head_limit = Duration::from_millis(config.hello_limit_ms);
    let silence_limit = Duration::from_millis(config.silence_limit_ms);
    let access = Access::new(&config, listener.local_addr()?.ip());
    access.tell(&config.base_path);
    let replayer = Replayer::new(storage.store() as Arc<dyn RoomLog>).counting(count_answers(&chat));
    let app = Arc::new(App {
        chat,
        auth,
        token_ends,
        files,
        mailer,
        hub: Arc::clone(&hub),
        pusher,
        access,
        addresses: Addresses::new(connection_limit),
        web_client: WebClient::new(&config.base_path),
        cluster,
        replayer,
        storage: storage.report(&config),
        config,
        metrics,
        _at_work: at_work,
    });
    let others = others.gateways(&app);
    let base_path = app.config.base_path.clone();
    let routes = Router::new()
        .merge(home::routes(others.at_root))
        .merge(gateway::routes(others.engine))
        .merge(rest::routes())
        .merge(rest::file_routes())
        .fallback(home::elsewhere)
        .with_state(Arc::clone(&app))
        .merge(others.routes)
        .layer(from_fn_with_state(app, guard));
    let addresses = Addresses::new(connection_limit);
    let listening =
        Listening { listener, routes, base_path, addresses, trusted_proxies, head_limit, silence_limit };
    let (begin_drain, drain) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(listening.run(async { _ = drain.await }));

    let reason = tokio::select! {
        () = shutdown => None,
        () = storage.another_history() => Some(ANOTHER_HISTORY),
        () = outdated => Some(OUTDATED),
    };
    tracing::info!("stopping: no new connections, clients are told to reconnect");
    hub.drain();
    _ = begin_drain.send(());
    let finished = async {
        let served = server.await;
        // The server is gone and with it the last App outside of connections.
        _ = all_done.recv().await;
        served
    };
    match tokio::time::timeout(DRAIN, finished).await {
        Ok(served) => served.context("the server's task failed")?,
        Err(_) => tracing::warn!("some connections did not finish in time"),
    }
    if let Some(console) = console {
        console.abort();
    }
    house.abort();
    removal.abort();
    pushing.abort();
    schedule.abort();
    live.abort();
    gaps.abort();
    memory.abort();
    ending.inspect(JoinHandle::abort);
    if let Some(among_nodes) = among_nodes {
        among_nodes.end().await;
    }
    storage.close().await?;
    match reason {
        Some(reason) => bail!(reason),
        None => Ok(()),
    }
}

const ANOTHER_HISTORY: &str = "PostgreSQL goes on with another history: a replica took the place of its server, or a copy was brought back. Start Chinwag again (services and containers do so by themselves): its clients begin anew.";

const OUTDATED: &str = "This Chinwag is too old for its database, which a newer one has just migrated. Install the newer version here and start it; until then the other nodes serve.";

/// Resolves when this node has to make room for a newer version.
async fn outdated(cluster: Option<Arc<Cluster>>) {
    match cluster {
        Some(cluster) => cluster.outdated().await,
        None => std::future::pending().await,
    }
}

/// Prints the link by which whoever runs this server makes the account that owns it, while nobody has. Not into the log, which others read, and not where a script waits for the address.
async fn tell_first_owner(chat: &Chat, config: &Config, address: SocketAddr) -> anyhow::Result<()> {
    let token = chat.invite_first_owner(Operator::at_the_console()).await;
    if let Some(token) = token.context("cannot look up who owns this server")? {
        let link = config.link(address.port(), &format!("invite={token}"));
        eprintln!("Nobody owns this server yet. Make the owner's account here, within a week: {link}");
    }
    Ok(())
}

/// Hears the operator. A server can do without, and says so.
fn open_console(config: &Config, chat: &Chat) -> Option<JoinHandle<()>> {
    if config.storage == Storage::Memory {
        return None;
    }
    match Console::open(&config.data) {
        Ok(console) => Some(tokio::spawn(console.run(chat.clone()))),
        Err(error) => {
            tracing::warn!(%error, "chinwag admin will not reach this server: cannot make a socket in the data folder, whose path may be too long");
            None
        }
    }
}

/// What is replayed counts as what is answered in other ways.
fn count_answers(chat: &Chat) -> Arc<CountAnswers> {
    let chat = chat.clone();
    Arc::new(move |connection, bytes| chat.count_answers(connection.user, connection.address, bytes))
}

/// What the limits must know of other nodes, if there may be any.
fn all_nodes(config: &Config, storage: &OpenStorage, hub: &Arc<Hub>) -> Option<AllNodes> {
    let limits = storage.limits().filter(|_| config.may_have_peers())?;
    let hub = Arc::clone(hub);
    Some(AllNodes { limits, nodes_of: Box::new(move |user| hub.nodes_of(user)) })
}

fn hub_settings(config: &Config) -> HubSettings {
    HubSettings {
        heartbeat: Heartbeat {
            ping: Duration::from_millis(config.ping_interval_ms),
            timeout: Duration::from_millis(config.silence_limit_ms),
        },
        tick: Duration::from_millis(config.tick_ms),
        send_queue_total: config.send_queue_total_bytes,
        // Half of the numbers are left to count in.
        first_connection: u64::from(rand::random::<u32>()) << 31,
    }
}

fn reserved_names(config: &Config) -> ReservedNames {
    let names: Vec<_> = config.reserved_names.iter().map(|reserved| reserved.0.clone()).collect();
    ReservedNames::with(&names)
}

fn limits(config: &Config) -> Limits {
    Limits {
        message_length: config.message_length,
        page: config.page,
        rooms_per_person: config.rooms_per_person,
        conversations_per_person: config.conversations_per_person,
        guests_in_private: match config.guests_in_private {
            Switch::On => GuestsInPrivate::Allowed,
            Switch::Off => GuestsInPrivate::Refused,
        },
        guest_rooms: config.guest_rooms,
        access: AccessPolicy {
            accounts: match config.access {
                AccessOption::Open => AccountAccess::Open,
                AccessOption::InviteOnly => AccountAccess::InviteOnly,
                AccessOption::Closed => AccountAccess::Closed,
            },
            guests: config.guests == Switch::On && !config.oidc.only,
            passwords: !config.oidc.only,
        },
        replay: config.replay_limit,
        guest_days: config.guest_days,
        file_bytes: config.file_bytes,
        files_per_message: config.files_per_message,
        file_bytes_per_person: config.file_bytes_per_person,
    }
}
