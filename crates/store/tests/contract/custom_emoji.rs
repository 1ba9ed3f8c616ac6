//! Emoji that the server has of its own: who gives them, who sees them, and what is left of them.

use crate::avatars::staff;
use crate::reactions::reacting;
use crate::world::{World, contract};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{
    Actor, BlobKey, EmojiName, FileId, ReactionChange, Refusal, StoredAvatar, UNSENT_MS, UserId,
};
use chinwag_core::ports::{DirectoryEvent, NewEmoji};

contract!(
    an_emoji_takes_the_place_of_the_one_before,
    those_who_run_the_server_give_and_take_away,
    there_are_only_so_many,
    one_reacts_with_what_there_is,
    what_did_not_come_leaves_its_key,
);

fn key(number: u8) -> BlobKey {
    BlobKey::new([number; 16])
}

fn id(number: u8) -> FileId {
    FileId::new([number; 16])
}

fn name(text: &str) -> EmojiName {
    EmojiName::parse(text).unwrap()
}

async fn begin(world: &World, actor: Actor, text: &str, number: u8) -> Result<(), Refusal> {
    world.store().begin_emoji(actor, NewEmoji { id: id(number), key: key(number), name: name(text) }).await
}

/// One that everybody sees.
pub(crate) async fn given(world: &World, actor: Actor, text: &str, number: u8) {
    begin(world, actor, text, number).await.unwrap();
    world.store().finish_emoji(actor, id(number), "image/png".to_owned()).await.unwrap();
}

async fn listed(world: &World) -> Vec<(String, FileId)> {
    let all = world.store().emoji().await.unwrap().into_iter();
    all.map(|emoji| (emoji.name.as_str().to_owned(), emoji.picture)).collect()
}

async fn shown(world: &World, user: UserId, number: u8) -> Result<StoredAvatar, Refusal> {
    world.store().emoji_picture(user, id(number)).await
}

/// What everybody was told of one, in order, each later than the one before.
fn told(world: &World, name: &str) -> Vec<Option<FileId>> {
    let mut last = None;
    let one = |event: DirectoryEvent| {
        let DirectoryEvent::Emoji { shown, at } = event else { panic!("{event:?}") };
        (shown.name.as_str() == name).then(|| {
            assert!(last.is_none_or(|last| last < at));
            last = Some(at);
            shown.picture
        })
    };
    world.broker.take().directory().into_iter().filter_map(one).collect()
}

async fn an_emoji_takes_the_place_of_the_one_before(world: World) {
    let (ada, sam) = (staff(&world, "Ada", ServerRole::Admin).await, world.guest("Sam").await);
    world.broker.take();
    begin(&world, ada, "party", 1).await.unwrap();
    assert_eq!(
        (listed(&world).await, shown(&world, sam.user, 1).await),
        (vec![], Err(Refusal::FileNotFound))
    );
    world.store().finish_emoji(ada, id(1), "image/png".to_owned()).await.unwrap();
    let picture = StoredAvatar { key: key(1), media_type: "image/png".to_owned() };
    assert_eq!(shown(&world, sam.user, 1).await, Ok(picture));
    let again = world.store().finish_emoji(ada, id(1), "image/png".to_owned()).await;
    assert_eq!(again, Err(Refusal::FileNotFound));
    given(&world, ada, "c++", 2).await;
    given(&world, ada, "party", 3).await;
    assert_eq!(listed(&world).await, [("c++".to_owned(), id(2)), ("party".to_owned(), id(3))]);
    assert_eq!(shown(&world, sam.user, 1).await, Err(Refusal::FileNotFound));
    for _ in 0..2 {
        world.store().remove_emoji(ada, name("party")).await.unwrap();
    }
    assert_eq!(listed(&world).await, [("c++".to_owned(), id(2))]);
    given(&world, ada, "party", 4).await;
    assert_eq!(world.store().removals(9).await, Ok(vec![key(1), key(3)]));
    // However fast they come, each is later than the one before.
    let of_party = told(&world, "party");
    assert_eq!(of_party, [Some(id(1)), Some(id(3)), None, Some(id(4))]);
}

async fn those_who_run_the_server_give_and_take_away(world: World) {
    let mia = staff(&world, "Mia", ServerRole::Moderator).await;
    let ada = staff(&world, "Ada", ServerRole::Admin).await;
    let guest = world.guest("Gus").await;
    for person in [mia, guest] {
        assert_eq!(begin(&world, person, "party", 1).await, Err(Refusal::Forbidden));
    }
    given(&world, ada, "party", 2).await;
    assert_eq!(world.store().remove_emoji(mia, name("party")).await, Err(Refusal::Forbidden));
    world.store().remove_emoji(ada, name("party")).await.unwrap();
    // One who runs it no more ends what was begun before.
    begin(&world, ada, "party", 3).await.unwrap();
    world.store().set_server_role(Operator::at_the_console(), ada.user, ServerRole::Member).await.unwrap();
    let finished = world.store().finish_emoji(ada, id(3), "image/png".to_owned()).await;
    assert_eq!(finished, Err(Refusal::Forbidden));
    let olga = staff(&world, "Olga", ServerRole::Owner).await;
    let audit = world.store().audit(olga.user, None, 9).await.unwrap();
    let done: Vec<_> =
        audit.iter().map(|it| (it.action.as_str(), it.actor.0, it.reason.as_deref())).collect();
    let of_emoji: Vec<_> = done.into_iter().filter(|(action, ..)| action.starts_with("emoji")).collect();
    let party = Some(":party:");
    assert_eq!(of_emoji, [("emojiRemoved", ada.user, party), ("emojiAdded", ada.user, party)]);
}

async fn there_are_only_so_many(world: World) {
    let ada = staff(&world, "Ada", ServerRole::Admin).await;
    for number in 0..EmojiName::MOST {
        let bytes = std::array::from_fn(|place| if place < 4 { number.to_be_bytes()[place] } else { 1 });
        let (id, key) = (FileId::new(bytes), BlobKey::new(bytes));
        let emoji = NewEmoji { id, key, name: name(&format!("own-{number}")) };
        world.store().begin_emoji(ada, emoji).await.unwrap();
        world.store().finish_emoji(ada, id, "image/png".to_owned()).await.unwrap();
    }
    let refused = Err(Refusal::EmojiLimit { limit: EmojiName::MOST });
    assert_eq!(begin(&world, ada, "party", 200).await, refused);
    given(&world, ada, "own-7", 201).await;
    world.store().remove_emoji(ada, name("own-8")).await.unwrap();
    given(&world, ada, "party", 202).await;
}

async fn one_reacts_with_what_there_is(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let ada = staff(&world, "Ada", ServerRole::Admin).await;
    let said = world.say(alex, "general", "hello").await.unwrap();
    let react = async |actor: Actor, change| {
        world.store().react(actor, reacting(said.room, said.seq, ":party:", change)).await
    };
    assert_eq!(react(sam, ReactionChange::Added).await, Err(Refusal::EmojiNotFound(name("party"))));
    begin(&world, ada, "party", 1).await.unwrap();
    assert_eq!(react(sam, ReactionChange::Added).await, Err(Refusal::EmojiNotFound(name("party"))));
    world.store().finish_emoji(ada, id(1), "image/png".to_owned()).await.unwrap();
    react(sam, ReactionChange::Added).await.unwrap();
    let people = async || {
        let all = world.store().reactions(alex.user, said.room, said.seq).await.unwrap();
        all.into_iter().map(|it| (it.emoji, it.people.len())).collect::<Vec<_>>()
    };
    assert_eq!(people().await, [(":party:".to_owned(), 1)]);
    // What others said stays, and whoever agrees says the same.
    world.store().remove_emoji(ada, name("party")).await.unwrap();
    react(alex, ReactionChange::Added).await.unwrap();
    assert_eq!(people().await, [(":party:".to_owned(), 2)]);
    for person in [alex, sam] {
        react(person, ReactionChange::Removed).await.unwrap();
    }
    assert_eq!(react(sam, ReactionChange::Added).await, Err(Refusal::EmojiNotFound(name("party"))));
}

async fn what_did_not_come_leaves_its_key(world: World) {
    let ada = staff(&world, "Ada", ServerRole::Admin).await;
    for number in [1, 2, 3] {
        begin(&world, ada, "party", number).await.unwrap();
    }
    given(&world, ada, "ship-it", 4).await;
    world.store().remove_emoji(ada, name("ship-it")).await.unwrap();
    given(&world, ada, "old", 5).await;
    world.store().discard_emoji(id(1)).await.unwrap();
    world.store().discard_emoji(id(5)).await.unwrap();
    assert_eq!(world.store().removals(9).await, Ok(vec![key(1), key(4)]), "what is shown is not given up");
    world.pass(UNSENT_MS);
    assert_eq!(world.store().expire_files().await, Ok(2));
    assert_eq!(world.store().removals(9).await, Ok((1..=4).map(key).collect()));
    assert_eq!(listed(&world).await, [("old".to_owned(), id(5))]);
}
