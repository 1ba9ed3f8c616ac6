use crate::world::{World, contract, deletion, edit};
use chinwag_core::domain::{Actor, Mentioned, RoomId, RoomReference, Seq, Window};

contract!(
    a_mention_is_told_with_the_present_name,
    whoever_is_mentioned_sees_how_often,
    an_edit_mentions_anew_and_takes_back,
    a_deleted_message_mentions_nobody,
    nobody_mentions_oneself_or_who_is_not_there,
    a_repeat_mentions_nobody_again,
);

impl World {
    async fn mentions(&self, of: Actor) -> u32 {
        self.room(of, "general").await.mentions
    }

    /// Whom the messages of the room mention, by name.
    async fn mentioned(&self, reader: Actor, room: RoomId) -> Vec<Vec<String>> {
        let page = self.store().history(reader.user, room, Window::Latest, 50).await.unwrap();
        let names = |people: Box<[Mentioned]>| people.into_iter().map(|person| person.name).collect();
        page.messages.into_iter().map(|message| names(message.content.mentions)).collect()
    }
}

fn at(person: Actor) -> String {
    format!("Hello <@{}>", person.user)
}

async fn a_mention_is_told_with_the_present_name(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.broker.take();
    let said = world.say(alex, "general", &at(sam)).await.unwrap();
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    let sam_then = [Mentioned { user: sam.user, name: "Sam".to_owned() }];
    assert_eq!(event.posted().map(|content| &*content.mentions), Some(&sam_then[..]));

    world.store().rename(sam, crate::world::name("Samira")).await.unwrap();
    assert_eq!(world.mentioned(alex, said.room).await, [["Samira"]]);
    let log = world.log(said.room).await;
    let posted = log.iter().find_map(|event| event.posted()).unwrap();
    assert_eq!((posted.text.as_str(), posted.mentions[0].name.as_str()), (at(sam).as_str(), "Samira"));
}

async fn whoever_is_mentioned_sees_how_often(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    for text in ["Hi", &at(sam), &format!("{}, {}", at(sam), at(sam)), &at(kim)] {
        world.say(alex, "general", text).await.unwrap();
    }
    let room = world.room(sam, "general").await;
    assert_eq!((room.unread, room.mentions), (4, 2));
    assert_eq!((world.mentions(kim).await, world.mentions(alex).await), (1, 0));

    // The first one is read, then all.
    let room = room.id;
    let seqs: Vec<Seq> = world
        .log(room)
        .await
        .iter()
        .filter(|event| event.posted().is_some())
        .map(|event| event.seq)
        .collect();
    world.store().mark_read(sam, room, seqs[1]).await.unwrap();
    assert_eq!(world.mentions(sam).await, 1);
    world.say(sam, "general", "I have read it").await.unwrap();
    assert_eq!(world.mentions(sam).await, 0);
    // What a node looks up for people whose news were lost says the same.
    let joined = world.store().join(kim, RoomReference::Id(room), 50, 50, 100).await.unwrap();
    assert_eq!(joined.room.mentions, 1);
}

async fn an_edit_mentions_anew_and_takes_back(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "Hello all").await.unwrap();
    world.store().mark_read(sam, said.room, said.seq).await.unwrap();
    let change = async |id: &str, text: &str| {
        world.store().edit_message(alex, edit(said.room, said.seq, id, text)).await.unwrap()
    };
    let edited = change("e1", &at(sam)).await;
    assert_eq!(world.mentions(sam).await, 1, "though the message was read before");
    // It stays the same mention.
    change("e2", &format!("{}!", at(sam))).await;
    world.store().mark_read(sam, said.room, edited.seq).await.unwrap();
    assert_eq!(world.mentions(sam).await, 0);
    change("e3", "Hello all").await;
    change("e4", &at(sam)).await;
    assert_eq!(world.mentions(sam).await, 1);
    change("e5", "Hello all").await;
    assert_eq!(world.mentions(sam).await, 0);
    assert_eq!(world.mentioned(alex, said.room).await, [[""; 0]]);
}

async fn a_deleted_message_mentions_nobody(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", &at(sam)).await.unwrap();
    assert_eq!(world.mentions(sam).await, 1);
    world.store().delete_message(alex, deletion(said.room, said.seq, "d")).await.unwrap();
    assert_eq!(world.mentions(sam).await, 0);
}

async fn nobody_mentions_oneself_or_who_is_not_there(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let pat = world.guest("Pat").await;
    let said = world.say(alex, "general", &format!("{} {} <@99999>", at(alex), at(pat))).await.unwrap();
    assert_eq!(world.mentioned(alex, said.room).await, [[""; 0]]);
    world.join(pat, "general").await.unwrap();
    assert_eq!((world.mentions(alex).await, world.mentions(pat).await), (0, 0));
}

async fn a_repeat_mentions_nobody_again(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    for _ in 0..2 {
        world.send(alex, "general", "id", &at(sam)).await.unwrap();
    }
    assert_eq!(world.mentions(sam).await, 1);
}
