use crate::world::{World, contract, name, new_guest};
use chinwag_core::domain::{Actor, Refusal, Seq, Window};

contract!(durable:
    everything_is_there_after_a_restart,
    a_repeat_after_a_restart_answers_the_first_result,
    what_was_queued_at_the_end_is_written,
    a_session_number_is_never_given_twice,
);

async fn everything_is_there_after_a_restart(mut world: World) {
    let guest = new_guest("Alex");
    let (user, session) = world.store().create_guest(guest.clone()).await.unwrap();
    let alex = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
    let [sam] = world.members(["Sam"]).await;
    world.create_room(alex, "coffee").await.unwrap();
    world.join(sam, "coffee").await.unwrap();
    let said = world.say(alex, "coffee", "hello").await.unwrap();
    let seen = async |world: &World| {
        let store = world.store();
        (
            store.session(guest.token).await,
            world.rooms(sam.user).await,
            store.history(sam.user, world.id("coffee"), Window::Latest, 10).await,
            store.members(sam.user, world.id("coffee"), None, 10).await,
            world.log(said.room).await,
        )
    };
    let before = seen(&world).await;
    assert_eq!(before.2.as_ref().unwrap().messages.len(), 1);
    world.reopen();
    assert_eq!(seen(&world).await, before);
    assert_eq!(world.say(alex, "coffee", "again").await.unwrap().seq, said.seq.next());
}

async fn a_repeat_after_a_restart_answers_the_first_result(mut world: World) {
    let [alex] = world.members(["Alex"]).await;
    let first = world.send(alex, "general", "id", "hello").await.unwrap();
    world.reopen();
    world.clock.advance(1);
    world.broker.take();
    assert_eq!(world.send(alex, "general", "id", "hello").await, Ok(first));
    assert!(world.broker.take().is_empty());
}

async fn what_was_queued_at_the_end_is_written(mut world: World) {
    let [alex] = world.members(["Alex"]).await;
    let answers: Vec<_> = (0..100).map(|number| world.say(alex, "general", &number.to_string())).collect();
    world.reopen();
    for (answer, seq) in answers.into_iter().zip(2..) {
        assert_eq!(answer.await.unwrap().seq, Seq(seq));
    }
    assert_eq!(world.room(alex, "general").await.head, Seq(101));
}

async fn a_session_number_is_never_given_twice(mut world: World) {
    let old = world.guest("Alex").await;
    world.store().end_session(old).await.unwrap();
    world.reopen();
    let new = world.guest("Alex").await;
    assert_ne!(new.session, old.session);
    assert_eq!(world.store().rename(old, name("Zoe")).await, Err(Refusal::Unauthorized));
}
