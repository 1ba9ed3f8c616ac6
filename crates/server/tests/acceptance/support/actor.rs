use super::{Database, Stored, View, within};
use chinwag_client::protocol::RoomSummary;
use chinwag_client::{
    Ack, Backoff, Client, Config, HistoryPage, MembersPage, RequestError, Said, Session, State, Window,
};
use std::ops::Deref;
use std::time::Duration;
use tokio::sync::watch;

/// A person at a client. Has eyes, and the verbs of [`Client`], with rooms called by their names.
pub(crate) struct Actor {
    pub(crate) session: Session,
    client: Client,
    view: watch::Receiver<View>,
}

impl Deref for Actor {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Actor {
    /// Connects to `url` with a session. Comes back fast, so that tests are short.
    pub(crate) async fn connect(url: &str, session: Session) -> Self {
        let actor = Self::start(url, session, |_| {});
        within("the welcome", actor.online()).await.unwrap();
        actor
    }

    /// Starts a client that need not be welcomed.
    pub(crate) fn start(url: &str, session: Session, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::new(url, session.token.clone());
        config.backoff = Backoff::new(Duration::from_millis(10), Duration::from_millis(200));
        change(&mut config);
        let (client, mut events) = Client::start(config).unwrap();
        let (sender, view) = watch::channel(View::default());
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                sender.send_modify(|view| view.apply(event));
            }
        });
        Self { session, client, view }
    }

    /// Its verbs with rooms called by their numbers.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn id(&self) -> i64 {
        self.session.user.user_id
    }

    /// What this person has seen up to now. Not to be held across an await.
    pub(crate) fn view(&self) -> watch::Ref<'_, View> {
        self.view.borrow()
    }

    /// Waits until what this person has seen fulfils a condition.
    pub(crate) async fn until(&self, what: &str, condition: impl FnMut(&View) -> bool) {
        let mut view = self.view.clone();
        let seen = within(what, view.wait_for(condition)).await.is_ok();
        assert!(seen, "the client ended before {what}");
    }

    /// The number of a room, as far as this person knows it.
    pub(crate) fn room_id(&self, room: &str) -> i64 {
        self.view().names.id(room)
    }

    pub(crate) async fn leave(&self, room: &str) -> Result<(), RequestError> {
        self.client.leave(self.room_id(room)).await
    }

    pub(crate) async fn send(&self, room: &str, text: &str) -> Result<Ack, RequestError> {
        self.client.send(self.room_id(room), text).await
    }

    pub(crate) async fn send_as(&self, room: &str, client_id: &str, text: &str) -> Result<Ack, RequestError> {
        self.client.send_as(self.room_id(room), client_id, text).await
    }

    pub(crate) async fn say(&self, room: &str, text: &str) -> Result<Said, RequestError> {
        self.client.say(self.room_id(room), text).await
    }

    pub(crate) async fn history(
        &self,
        room: &str,
        window: Window,
        limit: u32,
    ) -> Result<HistoryPage, RequestError> {
        self.client.history(self.room_id(room), window, limit).await
    }

    pub(crate) async fn members(
        &self,
        room: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<MembersPage, RequestError> {
        self.client.members(self.room_id(room), after, limit).await
    }

    /// The first page of the rooms.
    pub(crate) async fn rooms(&self) -> Result<Vec<RoomSummary>, RequestError> {
        Ok(self.client.rooms("", None, 100).await?.rooms)
    }

    /// The addresses of all rooms with this in them, in pages of `limit`.
    pub(crate) async fn addresses(&self, search: &str, limit: u32) -> Vec<String> {
        let (mut addresses, mut after) = (Vec::new(), None);
        loop {
            let page = self.client.rooms(search, after.as_deref(), limit).await.unwrap();
            assert!(page.rooms.len() <= limit as usize);
            addresses.extend(page.rooms.into_iter().filter_map(|room| room.slug));
            match page.next {
                Some(next) => after = Some(next),
                None => return addresses,
            }
        }
    }

    pub(crate) async fn update_room(
        &self,
        room: &str,
        title: Option<&str>,
        topic: Option<&str>,
    ) -> Result<RoomSummary, RequestError> {
        self.client.update_room(self.room_id(room), title, topic, None).await
    }

    pub(crate) async fn delete_room(&self, room: &str) -> Result<(), RequestError> {
        self.client.delete_room(self.room_id(room)).await
    }

    pub(crate) async fn read(&self, room: &str, seq: i64) -> Result<(), RequestError> {
        self.client.read(self.room_id(room), seq).await
    }

    pub(crate) async fn typing(&self, room: &str) -> Result<(), RequestError> {
        self.client.typing(self.room_id(room)).await
    }

    /// Joins a room and waits until the view shows it.
    pub(crate) async fn joins(&self, room: &str) {
        let joined = within("a join", self.client.join(room, 50)).await.unwrap().summary;
        self.until("the room that was joined", |view| view.names.of(joined.room) == room && view.has(room))
            .await;
    }

    /// The same, until the room is live: what is asked behind the join is answered when the log was caught up with. Whoever is taken out of the
    /// room before that is sent away, to come back without it.
    pub(crate) async fn follows(&self, room: &str) {
        self.joins(room).await;
        within("the list", self.rooms()).await.unwrap();
    }

    /// Writes a message that has to be taken. Answers its place.
    pub(crate) async fn says(&self, room: &str, text: &str) -> i64 {
        within("an ack", self.send(room, text)).await.unwrap().seq
    }

    /// Waits until a message is there.
    pub(crate) async fn sees(&self, room: &str, text: &str) {
        self.until(text, |view| view.room(room).has(text)).await;
    }

    /// Waits until everything up to a place of a room is there.
    pub(crate) async fn reaches(&self, room: &str, seq: i64) {
        self.until(&format!("event {seq} of #{room}"), |view| view.room(room).head() >= seq).await;
    }

    /// Waits until the connection is lost.
    pub(crate) async fn is_offline(&self) {
        let mut states = self.client.states();
        _ = within("the loss of the connection", states.wait_for(|state| *state != State::Online)).await;
    }

    /// Waits until all of a room's log has come, and asserts that it is that of the database: nothing lost, nothing twice,
    /// nothing in another order.
    pub(crate) async fn has_the_log(&self, database: &Database, room: &str) {
        let stored = database.log(room);
        self.reaches(room, stored.last().map_or(0, |event| event.seq)).await;
        let view = self.view();
        let seen: Vec<_> = view.room(room).log.iter().map(Stored::from).collect();
        let base = usize::try_from(view.room(room).base).unwrap();
        if seen != stored[base..] {
            let place = seen.iter().zip(&stored[base..]).position(|(seen, stored)| seen != stored);
            panic!(
                "{} events seen, {} stored, the first difference is at {place:?}",
                seen.len(),
                stored.len() - base
            );
        }
    }

    /// Asserts that the server has kept the protocol towards this person.
    pub(crate) fn has_no_complaints(&self) {
        let view = self.view();
        assert_eq!((view.faults.as_slice(), view.errors.as_slice()), ([].as_slice(), [].as_slice()));
    }
}
