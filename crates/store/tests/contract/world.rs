use crate::broker::Recorder;
pub(crate) use crate::doubles::{Commits, ManualClock};
pub(crate) use crate::nouns::{
    deletion, edit, name, new_guest, new_message, new_room, rooms_within, slug, texts, title, token, topic,
};
use chinwag_core::domain::{
    Actor, ConnectionId, Refusal, RoomEvent, RoomId, RoomListQuery, RoomOverview, RoomSearch, Seq, UserId,
    WantedName,
};
use chinwag_core::ports::{Appended, NewVisitor, Nodes, RoomUpdate, Store, StoreFuture, TokenHash};
use chinwag_fixtures::Database;
use chinwag_store::{
    DatabaseUrl, Location, MoveError, Moved, PostgresOptions, PostgresStore, SqliteOptions, SqliteStore,
    move_to_postgres,
};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// The implementations that keep the contract.
#[derive(Clone, Copy)]
pub(crate) enum Backend {
    SqliteFile,
    SqliteMemory,
    Postgres,
    /// A file of SQLite, which is moved to PostgreSQL when it is opened again.
    Moved,
}

/// The rooms that are there from the start.
const FIRST_ROOMS: [(&str, i64); 3] = [("general", 1), ("tech", 2), ("random", 3)];

/// A room that never was.
pub(crate) const NO_ROOM: RoomId = RoomId(404);

/// Makes a test of each of these functions on every implementation; `durable` leaves out those that forget.
macro_rules! contract {
    (durable: $($name:ident),+ $(,)?) => {
        mod sqlite_file {
            $(#[test] fn $name() { crate::world::run(crate::world::Backend::SqliteFile, super::$name); })+
        }
        mod postgres {
            $(#[test] fn $name() { crate::world::run(crate::world::Backend::Postgres, super::$name); })+
        }
        mod moved {
            $(#[test] fn $name() { crate::world::run(crate::world::Backend::Moved, super::$name); })+
        }
    };
    ($($name:ident),+ $(,)?) => {
        mod sqlite_file {
            $(#[test] fn $name() { crate::world::run(crate::world::Backend::SqliteFile, super::$name); })+
        }
        mod postgres {
            $(#[test] fn $name() { crate::world::run(crate::world::Backend::Postgres, super::$name); })+
        }
        mod sqlite_memory {
            $(#[test] fn $name() { crate::world::run(crate::world::Backend::SqliteMemory, super::$name); })+
        }
    };
}
pub(crate) use contract;

/// Runs a test in a world of its own.
pub(crate) fn run(backend: Backend, test: impl AsyncFnOnce(World)) {
    block_on(test(World::new(backend, |options| options)));
}

/// Runs a future on a few threads, as a server does.
pub(crate) fn block_on(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap().block_on(test);
}

/// A storage with everything around it that a test can see and move.
pub(crate) struct World {
    /// None only while it is being opened again.
    store: Option<Arc<dyn Store>>,
    nodes: Option<Arc<dyn Nodes>>,
    options: Options,
    pub(crate) broker: Arc<Recorder>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) commits: Arc<Commits>,
    /// The last room that was made at each address, so that tests can call rooms by names.
    rooms: Mutex<HashMap<String, RoomId>>,
    /// Removed after the storage is closed: fields are dropped in their order.
    data: Data,
}

/// How the storage is opened.
enum Options {
    Sqlite(SqliteOptions),
    /// As before, and the next time on PostgreSQL.
    Moving(SqliteOptions),
    Postgres(Box<PostgresOptions>),
}

/// Where the data is.
enum Data {
    Folder(TempDir),
    Database(Database),
    /// With another node.
    Elsewhere,
}

impl World {
    pub(crate) fn new(backend: Backend, adjust: impl FnOnce(SqliteOptions) -> SqliteOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = SqliteOptions::new(Location::File(folder.path().join("chinwag.db")));
        let options = match backend {
            Backend::SqliteFile => Options::Sqlite(adjust(file)),
            Backend::SqliteMemory => Options::Sqlite(adjust(SqliteOptions::new(Location::Memory))),
            Backend::Moved => Options::Moving(adjust(file)),
            Backend::Postgres => return Self::on_postgres(chinwag_fixtures::database()),
        };
        Self::open(Data::Folder(folder), options)
    }

    /// On a file that stays when the world ends.
    pub(crate) fn on_sqlite(file: &Path) -> Self {
        let options = SqliteOptions::new(Location::File(file.into()));
        Self::open(Data::Folder(tempfile::tempdir().unwrap()), Options::Sqlite(options))
    }

    pub(crate) fn on_postgres(database: Database) -> Self {
        let options = PostgresOptions::new(DatabaseUrl::parse(database.url()).unwrap());
        Self::open(Data::Database(database), Options::Postgres(Box::new(options)))
    }

    /// One server of several on a database.
    pub(crate) fn node_on(database: Database) -> Self {
        let url = DatabaseUrl::parse(database.url()).unwrap();
        let options = PostgresOptions { has_bus: true, ..PostgresOptions::new(url) };
        Self::open(Data::Database(database), Options::Postgres(Box::new(options)))
    }

    /// Another server on the same database.
    pub(crate) fn another_node(&self) -> Self {
        let Options::Postgres(options) = &self.options else { panic!("it has to be one of several") };
        let mut node = Self::open(Data::Elsewhere, Options::Postgres(options.clone()));
        node.rooms = Mutex::new(self.rooms.lock().unwrap().clone());
        node
    }

    /// Opens it again as the only server on its database.
    pub(crate) fn be_alone(&mut self) {
        if let Options::Postgres(options) = &mut self.options {
            options.has_bus = false;
        }
        self.reopen();
    }

    /// The database of a world on PostgreSQL.
    pub(crate) fn database(&self) -> &Database {
        match &self.data {
            Data::Database(database) => database,
            Data::Folder(_) | Data::Elsewhere => panic!("it has none"),
        }
    }

    fn open(data: Data, options: Options) -> Self {
        let mut world = Self {
            store: None,
            nodes: None,
            options,
            broker: Arc::default(),
            clock: Arc::default(),
            commits: Arc::default(),
            rooms: Mutex::new(FIRST_ROOMS.map(|(slug, id)| (slug.to_owned(), RoomId(id))).into()),
            data,
        };
        world.open_store();
        world
    }

    /// Closes the storage and opens it again on the same data.
    pub(crate) fn reopen(&mut self) {
        (self.store, self.nodes) = (None, None);
        if let Options::Moving(_) = self.options {
            self.move_to_postgres();
        }
        self.open_store();
    }

    fn move_to_postgres(&mut self) {
        let Data::Folder(folder) = &self.data else { panic!("the data is in a folder") };
        let target = chinwag_fixtures::database();
        let url = DatabaseUrl::parse(target.url()).unwrap();
        move_data(&folder.path().join("chinwag.db"), &url).unwrap();
        self.options = Options::Postgres(Box::new(PostgresOptions::new(url)));
        self.data = Data::Database(target);
    }

    fn open_store(&mut self) {
        let (clock, broker, commits) = (self.clock.clone(), self.broker.clone(), self.commits.clone());
        match &self.options {
            Options::Sqlite(options) | Options::Moving(options) => {
                let store = SqliteStore::open(options.clone(), clock, broker, commits).unwrap();
                self.use_store(store);
            }
            Options::Postgres(options) => {
                let store = PostgresStore::open((**options).clone(), clock, broker, commits).unwrap();
                self.use_store(store);
            }
        }
    }

    fn use_store(&mut self, store: impl Store + Nodes + 'static) {
        let store = Arc::new(store);
        self.nodes = Some(store.clone());
        self.store = Some(store);
    }

    pub(crate) fn store(&self) -> &Arc<dyn Store> {
        self.store.as_ref().unwrap()
    }

    pub(crate) fn nodes(&self) -> &dyn Nodes {
        &**self.nodes.as_ref().unwrap()
    }

    /// Lets time pass by every clock. That of a database cannot be moved: leases that are nearer to their end are the same.
    pub(crate) fn pass(&self, millis: i64) {
        self.clock.advance(millis);
        if let Data::Database(database) = &self.data {
            database.execute(&format!("UPDATE nodes SET lease_until = lease_until - {millis}"));
        }
    }

    /// Signs a guest in.
    pub(crate) async fn guest(&self, name: &str) -> Actor {
        let (user, session) = self.store().create_guest(new_guest(name)).await.unwrap();
        // The number of the connection only has to be told from others.
        let connection = Some(ConnectionId(session.0.unsigned_abs()));
        Actor { user: user.id, session, connection, address: None, is_visit: false }
    }

    /// Lets a visitor come who wants this name. Answers the name that the visitor got, too.
    pub(crate) async fn visitor(&self, name: WantedName) -> (Actor, String) {
        self.visitor_with(name, None).await
    }

    /// The same for one who may come back by the secret of this hash.
    pub(crate) async fn visitor_with(
        &self,
        name: WantedName,
        way_back: Option<TokenHash>,
    ) -> (Actor, String) {
        let visitor = NewVisitor { name, token: new_guest("token").token, way_back };
        let (user, session) = self.store().create_visitor(visitor).await.unwrap();
        let connection = Some(ConnectionId(session.0.unsigned_abs()));
        (Actor { user: user.id, session, connection, address: None, is_visit: false }, user.name)
    }

    /// Signs guests in who are members of `general`, and forgets what that published.
    pub(crate) async fn members<const N: usize>(&self, names: [&str; N]) -> [Actor; N] {
        let mut actors = Vec::new();
        for name in names {
            let actor = self.guest(name).await;
            self.join(actor, "general").await.unwrap();
            actors.push(actor);
        }
        self.broker.take();
        actors.try_into().unwrap()
    }

    pub(crate) async fn create_room(&self, actor: Actor, room: &str) -> Result<RoomOverview, Refusal> {
        let created = self.store().create_room(actor, new_room(room), rooms_within(100)).await?;
        self.note(&created);
        Ok(created)
    }

    /// Changes a room. What is to be settled by it is not looked at.
    pub(crate) async fn update_room(
        &self,
        actor: Actor,
        room: RoomId,
        update: RoomUpdate,
    ) -> Result<RoomOverview, Refusal> {
        let updated = self.store().update_room(actor, room, update, rooms_within(100)).await?;
        Ok(updated.0)
    }

    /// Notes the address of a room that a test made by itself.
    pub(crate) fn note(&self, room: &RoomOverview) {
        let slug = room.slug.as_ref().unwrap().as_str().to_owned();
        self.rooms.lock().unwrap().insert(slug, room.id);
    }

    /// The room that was made last at an address.
    pub(crate) fn id(&self, room: &str) -> RoomId {
        self.rooms.lock().unwrap().get(room).copied().unwrap_or(NO_ROOM)
    }

    pub(crate) async fn join(&self, actor: Actor, room: &str) -> Result<RoomOverview, Refusal> {
        self.join_within(actor, room, 100).await
    }

    /// Joins as somebody who may be in at most `limit` rooms.
    pub(crate) async fn join_within(
        &self,
        actor: Actor,
        room: &str,
        limit: u32,
    ) -> Result<RoomOverview, Refusal> {
        Ok(self.store().join(actor, slug(room).into(), limit, 50, 100).await?.room)
    }

    /// Writes a message whose client id is its text, as far as that can be one.
    pub(crate) fn say(&self, actor: Actor, room: &str, text: &str) -> StoreFuture<Appended> {
        self.send(actor, room, &text.replace(|character: char| !character.is_ascii_alphanumeric(), "-"), text)
    }

    pub(crate) fn send(
        &self,
        actor: Actor,
        room: &str,
        client_id: &str,
        text: &str,
    ) -> StoreFuture<Appended> {
        self.store().append_message(actor, new_message(self.id(room), client_id, text))
    }

    pub(crate) async fn room(&self, actor: Actor, room: &str) -> RoomOverview {
        self.store().room(actor.user, slug(room).into()).await.unwrap().room
    }

    /// All rooms as a person sees them, page by page.
    pub(crate) async fn rooms(&self, user: UserId) -> Vec<RoomOverview> {
        self.found(user, "", 100).await
    }

    /// The rooms with `search` in them, in pages of `limit`.
    pub(crate) async fn found(&self, user: UserId, search: &str, limit: u32) -> Vec<RoomOverview> {
        let mut query = RoomListQuery { search: RoomSearch::new(search), after: None, limit };
        let mut rooms = Vec::new();
        loop {
            let page = self.store().rooms(user, query.clone()).await.unwrap();
            assert!(page.rooms.len() <= limit as usize);
            assert!(page.next.is_none() || page.rooms.len() == limit as usize, "only the last page is short");
            rooms.extend(page.rooms);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return rooms,
            }
        }
    }

    /// The whole log of a room.
    pub(crate) async fn log(&self, room: RoomId) -> Vec<RoomEvent> {
        self.store().missed_events(room, Seq(0), 1_000_000).await.unwrap()
    }
}

impl Drop for World {
    /// A test that fails while it holds the writer must end all the same.
    fn drop(&mut self) {
        self.broker.release();
    }
}

/// Moves a database on a thread of its own: a test may be a task.
pub(crate) fn move_data(database: &Path, url: &DatabaseUrl) -> Result<Moved, MoveError> {
    std::thread::scope(|scope| scope.spawn(|| move_to_postgres(database, url, &mut |_| ())).join().unwrap())
}
