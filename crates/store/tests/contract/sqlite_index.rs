//! The index of messages on SQLite, which is made anew when it has to be.

use crate::world::{World, block_on, deletion};
use chinwag_core::domain::{Actor, SearchQuery, SearchWish};
use rusqlite::Connection;
use std::time::{Duration, Instant};

fn world() -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (World::on_sqlite(&folder.path().join("chinwag.db")), folder)
}

async fn found(world: &World, actor: Actor, text: &str) -> usize {
    let wish = || SearchWish {
        query: SearchQuery::parse(text).unwrap(),
        room: None,
        from: None,
        before: None,
        limit: 50,
    };
    let begin = Instant::now();
    loop {
        let found = world.store().search(actor.user, wish()).await.unwrap();
        if found.indexed_to.is_none() {
            return found.hits.len();
        }
        assert!(begin.elapsed() < Duration::from_secs(30), "the index is not done");
        tokio::task::yield_now().await;
    }
}

fn counted(folder: &tempfile::TempDir, sql: &str) -> i64 {
    let database = Connection::open(folder.path().join("chinwag.db")).unwrap();
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_index_is_made_anew_when_it_is_asked_for() {
    block_on(async {
        let (world, folder) = world();
        let [alex] = world.members(["Alex"]).await;
        for number in 0..40 {
            world.say(alex, "general", &format!("herring {number}")).await.unwrap();
        }
        assert_eq!(found(&world, alex, "herring").await, 40);
        assert_eq!(world.store().reindex().await, Ok(true));
        assert_eq!(found(&world, alex, "herring").await, 40);
        assert_eq!(world.store().index_progress().await.unwrap().messages, 40);
        drop(world);
        assert_eq!(counted(&folder, "SELECT count(*) FROM search_docs"), 40);
    });
}

#[test]
fn an_index_of_other_tokens_is_made_anew_at_the_start() {
    block_on(async {
        let (mut world, folder) = world();
        let [alex] = world.members(["Alex"]).await;
        let said = world.say(alex, "general", "herring").await.unwrap();
        assert_eq!(found(&world, alex, "herring").await, 1);
        let database = Connection::open(folder.path().join("chinwag.db")).unwrap();
        // As another version would have left it: with tokens that are none of ours.
        database
            .execute_batch(
                "INSERT INTO search (search) VALUES ('delete-all'); UPDATE about SET search_tokens = 0;
                 INSERT INTO search (rowid, tokens) VALUES (1, 'mackerel')",
            )
            .unwrap();
        drop(database);
        assert_eq!(found(&world, alex, "herring").await, 0);
        world.reopen();
        assert_eq!(found(&world, alex, "herring").await, 1);
        world.store().delete_message(alex, deletion(said.room, said.seq, "d")).await.unwrap();
        assert_eq!(found(&world, alex, "herring").await, 0);
        drop(world);
        assert_eq!(counted(&folder, "SELECT count(*) FROM search_docs"), 0);
    });
}

/// Nothing that was deleted is a token still, and the index is sound.
#[test]
fn what_is_deleted_is_no_token_any_more() {
    block_on(async {
        let (world, folder) = world();
        let [alex] = world.members(["Alex"]).await;
        let mut said = Vec::new();
        for number in 0..200 {
            said.push(world.say(alex, "general", &format!("zqx{number}zqx {number}")).await.unwrap());
        }
        assert_eq!(found(&world, alex, "zqx19zqx").await, 1);
        for (number, said) in said.iter().enumerate() {
            let id = format!("d{number}");
            world.store().delete_message(alex, deletion(said.room, said.seq, &id)).await.unwrap();
        }
        drop(world);
        assert_eq!(counted(&folder, "SELECT count(*) FROM search WHERE search MATCH '\"z\" *'"), 0);
        let database = Connection::open(folder.path().join("chinwag.db")).unwrap();
        database.execute_batch("INSERT INTO search (search) VALUES ('integrity-check')").unwrap();
    });
}
