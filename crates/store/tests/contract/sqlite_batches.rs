use crate::broker::Recorder;
use crate::world::{Backend, Commits, ManualClock, NO_ROOM, World, block_on, new_guest, new_message};
use chinwag_core::domain::{Actor, Refusal, Seq};
use chinwag_core::ports::{Messages as _, NewGuest, Sessions as _};
use chinwag_store::{Location, SqliteOptions, SqliteStore};
use std::sync::Arc;

const BACKENDS: [Backend; 2] = [Backend::SqliteFile, Backend::SqliteMemory];

#[test]
fn writes_that_gather_during_a_commit_share_the_next_one() {
    for backend in BACKENDS {
        block_on(async {
            let world = World::new(backend, |options| SqliteOptions { max_batch: 64, ..options });
            let [alex] = world.members(["Alex"]).await;
            world.commits.take();
            world.broker.hold();
            let mut answers = vec![world.say(alex, "general", "first")];
            world.broker.wait_until_held();
            answers.extend((0..100).map(|number| world.say(alex, "general", &number.to_string())));
            world.broker.release();
            for (answer, seq) in answers.into_iter().zip(2..) {
                assert_eq!(answer.await.unwrap().seq, Seq(seq));
            }
            assert_eq!(world.commits.take(), [1, 64, 36]);
        });
    }
}

#[test]
fn a_lone_write_is_committed_alone() {
    for backend in BACKENDS {
        block_on(async {
            let world = World::new(backend, |options| options);
            let [alex] = world.members(["Alex"]).await;
            world.commits.take();
            for text in ["one", "two", "three"] {
                world.say(alex, "general", text).await.unwrap();
            }
            assert_eq!(world.commits.take(), [1, 1, 1]);
        });
    }
}

#[test]
fn a_write_that_fails_does_not_take_its_batch_down() {
    for backend in BACKENDS {
        block_on(async {
            let world = World::new(backend, |options| options);
            let [alex] = world.members(["Alex"]).await;
            let sam = new_guest("Sam");
            world.store().create_guest(sam.clone()).await.unwrap();
            world.broker.hold();
            let first = world.say(alex, "general", "first");
            world.broker.wait_until_held();
            world.commits.take();
            // A token is given once only: the second account of one is an error of the database, not a refusal.
            let doomed = NewGuest { token: sam.token, ..new_guest("Zoe") };
            let before = world.say(alex, "general", "before");
            let refused = world.say(alex, "tech", "refused");
            let doomed = world.store().create_guest(doomed);
            let after = world.say(alex, "general", "after");
            world.broker.release();
            assert_eq!(first.await.unwrap().seq, Seq(2));
            assert_eq!(before.await.unwrap().seq, Seq(3));
            assert!(matches!(refused.await, Err(Refusal::NotMember)));
            assert_eq!(doomed.await, Err(Refusal::Unavailable));
            assert_eq!(after.await.unwrap().seq, Seq(4));
            assert_eq!(world.commits.take(), [1, 1, 1]);
            let room = world.room(alex, "general").await.id;
            assert!(world.broker.log(room).iter().map(|event| event.seq.0).eq(1..=4));
            // Nothing of the failed write is left.
            world.guest("Zoe").await;
        });
    }
}

#[test]
fn a_full_queue_is_busy_at_once() {
    for backend in BACKENDS {
        block_on(async {
            let world = World::new(backend, |options| SqliteOptions { queue: 3, ..options });
            let [alex] = world.members(["Alex"]).await;
            world.broker.hold();
            let first = world.say(alex, "general", "first");
            world.broker.wait_until_held();
            let queued = ["a", "b", "c"].map(|text| world.say(alex, "general", text));
            // The writer is held, so this could not be answered from a queue.
            assert_eq!(world.say(alex, "general", "d").await, Err(Refusal::Busy));
            world.broker.release();
            first.await.unwrap();
            for answer in queued {
                answer.await.unwrap();
            }
            assert_eq!(world.say(alex, "general", "d").await.unwrap().seq, Seq(6));
        });
    }
}

#[test]
fn after_closing_everything_is_unavailable() {
    for path in [None, Some("chinwag.db")] {
        block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let path = path.map_or(Location::Memory, |file| Location::File(folder.path().join(file)));
            let store = SqliteStore::open(
                SqliteOptions::new(path),
                Arc::<ManualClock>::default(),
                Arc::<Recorder>::default(),
                Arc::<Commits>::default(),
            )
            .unwrap();
            let guest = new_guest("Alex");
            let queued = store.create_guest(guest.clone());
            store.close();
            let (user, session) = queued.await.unwrap();
            let alex = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
            assert_eq!(store.session(guest.token).await, Err(Refusal::Unavailable));
            let said = store.append_message(alex, new_message(NO_ROOM, "id", "text")).await;
            assert_eq!(said, Err(Refusal::Unavailable));
        });
    }
}
