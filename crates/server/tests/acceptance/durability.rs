//! Acked means kept.

use crate::support::{Actor, Child, Database, Proxy, Seed, Stored, within};
use chinwag_client::sign_in;
use futures_util::future::join_all;
use parking_lot::Mutex;
use rand::RngExt as _;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::watch;

const CLIENTS: usize = 50;
const ROUNDS: usize = 10;
/// Messages of one client that are on their way at the same time.
const AT_ONCE: usize = 3;

/// What the clients were told: places by client id.
#[derive(Default)]
struct Acks {
    places: Mutex<HashMap<String, i64>>,
    count: watch::Sender<usize>,
}

/// Writes until `stop`. A message that was begun is waited for, over any number of deaths of the server.
async fn write(person: Arc<Actor>, acks: Arc<Acks>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        let id = person.new_client_id();
        let ack = within("an ack", person.send_as("general", &id, &format!("text of {id}"))).await.unwrap();
        let earlier = acks.places.lock().insert(id, ack.seq);
        assert_eq!(earlier, None);
        acks.count.send_modify(|count| *count += 1);
    }
}

/// Asserts that every ack is kept, once and at its place.
fn check(stored: &[Stored], acked: &HashMap<String, i64>) {
    assert!(stored.iter().map(|event| event.seq).eq(1..=stored.len() as i64), "the log has a hole");
    let mut by_id = HashMap::new();
    for event in stored {
        if let Some((client_id, text)) = &event.message {
            assert_eq!(text, &format!("text of {client_id}"));
            assert_eq!(by_id.insert(client_id, event.seq), None, "{client_id} is stored twice");
        }
    }
    for (client_id, seq) in acked {
        assert_eq!(by_id.get(client_id), Some(seq), "{client_id} was acked at {seq}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_loses_nothing_that_was_acked() {
    let mut random = Seed::choose().random(0);
    let data = tempfile::tempdir().unwrap();
    let mut server = Child::start(data.path(), &[]).await;
    let proxy = Proxy::before(server.address).await;
    let people = join_all((0..CLIENTS).map(async |number| {
        let session = sign_in(&server.url(), &format!("Guest {number}")).await.unwrap();
        let person = Actor::connect(&proxy.url(), session).await;
        person.joins("general").await;
        Arc::new(person)
    }))
    .await;

    let acks = Arc::new(Acks::default());
    let (stop, stopped) = watch::channel(false);
    let writers: Vec<_> = people
        .iter()
        .flat_map(|person| std::iter::repeat_n(person, AT_ONCE))
        .map(|person| tokio::spawn(write(Arc::clone(person), Arc::clone(&acks), stopped.clone())))
        .collect();
    for _ in 0..ROUNDS {
        let enough = *acks.count.borrow() + random.random_range(1..500);
        within("acks", acks.count.subscribe().wait_for(|count| *count >= enough)).await.unwrap();
        server.kill().await;
        let acked = acks.places.lock().clone();
        server = Child::start(data.path(), &[]).await;
        proxy.lead_to(server.address);
        check(&Database::open(data.path()).log("general"), &acked);
    }
    stop.send_replace(true);
    for writer in writers {
        within("the last acks", writer).await.unwrap();
    }

    let database = Database::open(data.path());
    check(&database.log("general"), &acks.places.lock());
    database.check_invariants();
    for person in &people {
        person.has_the_log(&database, "general").await;
        person.has_no_complaints();
        assert_eq!(person.view().resets, 0);
    }
}
