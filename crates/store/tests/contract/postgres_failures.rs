//! What becomes of writes and reads when the server, or the way to it, fails.

use crate::postgres_opening::{open, refusal};
use crate::world::{World, block_on};
use chinwag_core::domain::{Refusal, RoomId, Seq};
use chinwag_core::ports::{Settling, UserEvent};
use chinwag_fixtures::Cluster;
use chinwag_store::PostgresOpenError;
use futures_util::FutureExt as _;
use rustix::process::Signal;
use std::time::{Duration, Instant};

const GENERAL: RoomId = RoomId(1);

/// All of it once and without a hole, and everything in it that was acked.
async fn check(world: &World, acked: &[(String, Seq)]) {
    let log = world.log(GENERAL).await;
    assert!(log.iter().map(|event| event.seq).eq((1..).map(Seq).take(log.len())));
    for (text, seq) in acked {
        let stored: Vec<_> = log
            .iter()
            .filter(|event| event.posted().is_some_and(|content| content.text == *text))
            .map(|event| event.seq)
            .collect();
        assert_eq!(stored, [*seq], "{text}");
    }
}

#[test]
fn a_session_that_the_server_ended_is_not_felt() {
    const END: &str = "SELECT count(pg_terminate_backend(pid, 30000)) > 1 FROM pg_stat_activity WHERE application_name = 'chinwag'";
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let [alex] = world.members(["Alex"]).await;
        for (text, length) in [("hello", 2), ("again", 3)] {
            world.log(GENERAL).await;
            assert_eq!(cluster.ask(END), "t");
            world.say(alex, "general", text).await.unwrap();
            assert_eq!(world.log(GENERAL).await.len(), length);
        }
    });
}

#[test]
fn a_crash_of_the_server_loses_nothing() {
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let [alex] = world.members(["Alex"]).await;
        let mut acked = Vec::new();
        for number in 0..2 {
            let queued: Vec<_> = (0..50)
                .map(|message| format!("{number}-{message}"))
                .map(|text| (world.say(alex, "general", &text), text))
                .collect();
            cluster.crash();
            for (answer, text) in queued {
                match answer.await {
                    Ok(appended) => acked.push((text, appended.seq)),
                    Err(refusal) => assert_eq!(refusal, Refusal::Unavailable),
                }
            }
            assert_eq!(world.store().ready().await, Err(Refusal::Unavailable));
            cluster.start_again();
            let begin = Instant::now();
            let text = format!("again-{number}");
            // What waits for the server is written when it is back: at most a few of these are refused.
            let seq = loop {
                match world.say(alex, "general", &text).await {
                    Ok(appended) => break appended.seq,
                    Err(refusal) => assert_eq!(refusal, Refusal::Unavailable),
                }
                assert!(begin.elapsed() < Duration::from_secs(60));
            };
            println!("written again after {:?}", begin.elapsed());
            acked.push((text, seq));
            assert_eq!(world.store().ready().await, Ok(()));
        }
        check(&world, &acked).await;
    });
}

/// Ends the sessions whose commits wait for a replica: what they commit stands on this server, and nobody is told.
const END_WAITING: &str =
    "SELECT count(pg_terminate_backend(pid, 30000)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

/// Changes a setting of a running server.
fn set(cluster: &Cluster, change: &str) {
    cluster.execute(&format!("ALTER SYSTEM {change}"));
    cluster.execute("SELECT pg_reload_conf()");
}

#[test]
fn a_commit_whose_answer_was_lost_is_told_all_the_same() {
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let [alex] = world.members(["Alex"]).await;
        // A commit that waits for a replica stands on this server, and gets no answer when its session is ended.
        set(&cluster, "SET synchronous_standby_names = 'nobody'");
        let mut number = 0;
        let lost = loop {
            let text = format!("hello-{number}");
            let mut said = world.say(alex, "general", &text);
            let answer = loop {
                if cluster.ask(END_WAITING) == "1" {
                    break said.await;
                } else if let Some(answer) = (&mut said).now_or_never() {
                    break answer;
                }
            };
            match answer {
                // The server has not heard of the setting yet.
                Ok(_) => number += 1,
                Err(refusal) => {
                    assert_eq!(refusal, Refusal::Unavailable);
                    break text;
                }
            }
        };
        set(&cluster, "RESET synchronous_standby_names");
        let log = world.log(GENERAL).await;
        let stands = &log[log.len() - 1];
        assert_eq!(stands.posted().map(|content| &*content.text), Some(&*lost), "it was stored");
        // Nobody has to write before others hear of it.
        let begin = Instant::now();
        while world.broker.log(GENERAL).len() < log.len() {
            assert!(begin.elapsed() < Duration::from_secs(60), "it is not told");
            tokio::task::yield_now().await;
        }
        let again = loop {
            match world.say(alex, "general", &lost).await {
                Ok(appended) => break appended.seq,
                Err(refusal) => assert_eq!(refusal, Refusal::Unavailable),
            }
        };
        assert_eq!(again, stands.seq);
        assert!(
            world.broker.log(GENERAL).iter().map(|event| &**event).eq(&log),
            "it is told once, in its place"
        );
    });
}

#[test]
fn a_server_that_lost_only_a_part_of_its_sessions_has_the_database_still() {
    const CLAIM: &str = "SELECT count(pg_terminate_backend(pid, 30000)) FROM pg_locks
        WHERE locktype = 'advisory' AND classid = 1130916206 AND mode = 'ExclusiveLock' AND granted";
    const ALL: &str = "SELECT count(pg_terminate_backend(pid, 30000)) > 1 FROM pg_stat_activity WHERE application_name = 'chinwag'";
    let cluster = Cluster::start("");
    block_on(async {
        let database = cluster.database();
        let url = database.url().to_owned();
        let world = World::on_postgres(database);
        let [alex] = world.members(["Alex"]).await;
        let first = world.say(alex, "general", "first").await.unwrap();
        assert_eq!(cluster.ask(CLAIM), "1");
        let error = refusal(&url);
        assert!(matches!(error, PostgresOpenError::InUse { .. }), "{error}");
        let second = world.say(alex, "general", "second").await.unwrap();
        check(&world, &[("first".into(), first.seq), ("second".into(), second.seq)]).await;
        // What has none left lets another in, and does not write beside it.
        assert_eq!(cluster.ask(ALL), "t");
        let other = open(&url).unwrap();
        assert_eq!(world.say(alex, "general", "third").await, Err(Refusal::Unavailable));
        other.close();
    });
}

/// It leaves nothing in a log when the person was in no room.
#[test]
fn a_sign_out_whose_answer_was_lost_is_told_all_the_same() {
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let mut guests = Vec::new();
        for number in 0..100 {
            guests.push(world.guest(&format!("Guest {number}")).await);
        }
        set(&cluster, "SET synchronous_standby_names = 'nobody'");
        let begin = Instant::now();
        let lost = loop {
            // The server may not have heard of the setting yet; then the next one may have more luck.
            let guest = guests.pop().unwrap();
            world.broker.take();
            let mut ended = world.store().end_session(guest);
            let answer = loop {
                assert!(begin.elapsed() < Duration::from_secs(60), "no commit waits for a replica");
                if cluster.ask(END_WAITING) == "1" {
                    break ended.await;
                } else if let Some(answer) = (&mut ended).now_or_never() {
                    break answer;
                }
            };
            if answer.is_err() {
                break guest;
            }
        };
        set(&cluster, "RESET synchronous_standby_names");
        let again = loop {
            match world.store().end_session(lost).await {
                Ok(endings) => break endings,
                Err(refusal) => assert_eq!(refusal, Refusal::Unavailable),
            }
        };
        assert_eq!(again, [Settling::Session(lost.user, lost.session)], "whoever asks again waits again");
        let told = (lost.user, None, UserEvent::SessionEnded(lost.session));
        assert_eq!(world.broker.take().personal(), [told]);
    });
}

/// A server that is silent, and not gone, is given up after some seconds: the kernel would wait for a quarter of an hour.
#[test]
fn a_silent_server_is_given_up() {
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let [alex] = world.members(["Alex"]).await;
        let before = world.say(alex, "general", "before").await.unwrap();
        cluster.signal(Signal::STOP);
        let begin = Instant::now();
        let (said, read) = futures_util::future::join(
            world.say(alex, "general", "meanwhile"),
            world.store().missed_events(GENERAL, Seq(0), 10),
        )
        .await;
        let waited = begin.elapsed();
        cluster.signal(Signal::CONT);
        assert_eq!((said, read), (Err(Refusal::Unavailable), Err(Refusal::Unavailable)));
        assert!(waited < Duration::from_secs(30), "{waited:?}");
        let mut acked = vec![("before".to_owned(), before.seq)];
        // Nobody knows whether it was written. The same client id finds out.
        let seq = loop {
            match world.say(alex, "general", "meanwhile").await {
                Ok(appended) => break appended.seq,
                Err(refusal) => assert_eq!(refusal, Refusal::Unavailable),
            }
        };
        acked.push(("meanwhile".to_owned(), seq));
        check(&world, &acked).await;
    });
}
