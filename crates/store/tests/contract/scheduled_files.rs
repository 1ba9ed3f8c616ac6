//! Files that wait for a message which is sent later.

use crate::accounts::member;
use crate::attachments;
use crate::scheduled::{listed, message, now, texts, tick};
use crate::world::{World, contract};
use chinwag_core::domain::{FileId, NewScheduled, Refusal, ScheduledState, UNSENT_MS, WhyNotSent};
use chinwag_core::ports::{Clock as _, MessagesLeft};

contract![files_wait_for_their_message, files_of_what_is_not_sent_go];

async fn files_wait_for_their_message(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let file = attachments::shared(&world, alex, general, 1).await;
    let later = |id: &str, file: FileId| NewScheduled {
        attachments: Box::new([file]),
        ..message(general, id, now(&world) + UNSENT_MS * 2, "look")
    };
    let id = store.schedule(alex, later("a", file)).await.unwrap();
    assert_eq!(store.schedule(alex, later("a", file)).await.unwrap(), id, "a repeat");
    let [waiting] = &listed(&world, alex).await[..] else { panic!("one waits") };
    assert_eq!(waiting.attachments.iter().map(|file| file.id).collect::<Vec<_>>(), [file]);

    // It is nobody else's meanwhile, and does not expire.
    assert_eq!(store.schedule(alex, later("b", file)).await, Err(Refusal::FileNotFound));
    let now_sent = attachments::message(general, "c", "", &[file]);
    assert_eq!(store.append_message(alex, now_sent).await.unwrap_err(), Refusal::FileNotFound);
    assert_eq!(store.schedule(sam, later("d", file)).await, Err(Refusal::FileNotFound));
    store.discard_file(alex, file).await.unwrap();
    world.pass(UNSENT_MS + 1);
    assert_eq!(store.expire_files().await.unwrap(), 0);
    world.pass(UNSENT_MS);
    tick(&world).await;
    let last = world.log(general).await.pop().unwrap();
    let content = last.posted().unwrap();
    assert_eq!(content.attachments.iter().map(|file| file.id).collect::<Vec<_>>(), [file]);
    assert!(store.file(sam.user, file).await.is_ok());
    // Whoever heard no answer schedules it once more.
    store.schedule(alex, NewScheduled { due: world.clock.now(), ..later("a", file) }).await.unwrap();
    tick(&world).await;
    assert_eq!(texts(&world, general).await, ["look"]);
    assert_eq!((listed(&world, alex).await, store.removals(9).await.unwrap()), (vec![], vec![]));
}

async fn files_of_what_is_not_sent_go(world: World) {
    let store = world.store();
    let alex = member(&world, "Alex").await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let scheduled = async |number: u8| {
        let file = attachments::shared(&world, alex, tea, number).await;
        let new = message(tea, &format!("m{number}"), now(&world) + 1000, "");
        store.schedule(alex, NewScheduled { attachments: Box::new([file]), ..new }).await.unwrap()
    };
    let first = scheduled(1).await;
    store.unschedule(alex, first).await.unwrap();
    assert_eq!(store.removals(9).await.unwrap().len(), 1);
    scheduled(2).await;
    // One that is refused keeps its files, to be sent at another time.
    store.leave(alex, tea).await.unwrap();
    world.pass(2000);
    tick(&world).await;
    let [failed] = &listed(&world, alex).await[..] else { panic!("one failed") };
    assert_eq!((failed.state, failed.attachments.len()), (ScheduledState::Failed(WhyNotSent::NotMember), 1));
    store.end_account(alex, MessagesLeft::Keep).await.unwrap();
    assert_eq!(store.removals(9).await.unwrap().len(), 2);
}
