//! Groups of people who are mentioned at once.

use crate::accounts;
use crate::world::{World, contract, deletion, edit};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{Activity, Actor, GroupName, Refusal, RoomId, Seq, UserId};
use chinwag_core::ports::MessagesLeft;

contract!(
    those_who_run_the_server_make_groups_and_nobody_else,
    a_group_mentions_those_of_it_who_are_in_the_room,
    an_edit_that_leaves_a_group_calls_nobody_else,
    an_edit_takes_a_group_back_and_calls_another,
    whoever_is_mentioned_in_two_ways_stays_so_by_the_other,
    a_guest_mentions_no_group,
    an_account_that_ends_is_in_no_group,
    groups_are_bounded,
);

/// A room of Alex's, who runs the server, with Sam and Kim in it, and the group "design" with Sam, Kim and Mia, who is elsewhere.
struct Studio {
    world: World,
    room: RoomId,
    alex: Actor,
    sam: Actor,
    kim: Actor,
    mia: Actor,
}

impl Studio {
    async fn new(world: World) -> Self {
        let alex = accounts::member(&world, "Alex").await;
        let sam = accounts::member(&world, "Sam").await;
        let kim = accounts::member(&world, "Kim").await;
        let mia = accounts::member(&world, "Mia").await;
        let operator = Operator::at_the_console();
        world.store().set_server_role(operator, alex.user, ServerRole::Admin).await.unwrap();
        let room = world.create_room(alex, "studio").await.unwrap().id;
        for person in [sam, kim] {
            world.join(person, "studio").await.unwrap();
        }
        let studio = Self { world, room, alex, sam, kim, mia };
        studio.has_group("design", [sam, kim, mia]).await;
        studio
    }

    async fn has_group<const N: usize>(&self, name: &str, people: [Actor; N]) {
        self.world.store().make_group(self.alex, group(name)).await.unwrap();
        for person in people {
            self.world.store().add_to_group(self.alex, group(name), person.user).await.unwrap();
        }
    }

    async fn says(&self, text: &str) -> Seq {
        self.world.say(self.alex, "studio", text).await.unwrap().seq
    }

    async fn edits(&self, said: Seq, id: &str, text: &str) -> Seq {
        self.world.store().edit_message(self.alex, edit(self.room, said, id, text)).await.unwrap().seq
    }

    /// How many mentions Sam and Kim have not seen.
    async fn mentions(&self) -> [u32; 2] {
        let sam = self.world.room(self.sam, "studio").await.mentions;
        [sam, self.world.room(self.kim, "studio").await.mentions]
    }

    async fn people(&self, name: &str) -> Result<Vec<UserId>, Refusal> {
        let people = self.world.store().group_people(self.alex.user, group(name)).await?;
        Ok(people.into_iter().map(|(user, _)| user).collect())
    }
}

/// Makes a group of one person, in whose name it is made.
pub(crate) async fn one_of(world: &World, person: Actor) {
    let store = world.store();
    store.set_server_role(Operator::at_the_console(), person.user, ServerRole::Admin).await.unwrap();
    store.make_group(person, group("design")).await.unwrap();
    store.add_to_group(person, group("design"), person.user).await.unwrap();
}

fn group(name: &str) -> GroupName {
    GroupName::parse(name).unwrap()
}

async fn those_who_run_the_server_make_groups_and_nobody_else(world: World) {
    let Studio { world, alex, sam, kim, mia, .. } = &Studio::new(world).await;
    let store = world.store();
    for refused in [
        store.make_group(*sam, group("ops")).await,
        store.end_group(*sam, group("design")).await,
        store.add_to_group(*sam, group("design"), sam.user).await,
        store.take_from_group(*sam, group("design"), sam.user).await,
    ] {
        assert_eq!(refused, Err(Refusal::Forbidden));
    }
    assert_eq!(store.group_people(sam.user, group("design")).await, Err(Refusal::Forbidden));
    let pat = world.guest("Pat").await;
    assert_eq!(store.groups(pat.user).await.unwrap(), []);
    store.make_group(*alex, group("design")).await.unwrap();
    let seen_by = async |person: &Actor| {
        let groups = store.groups(person.user).await.unwrap();
        groups.into_iter().map(|it| (it.name.as_str().to_owned(), it.people, it.is_mine)).collect::<Vec<_>>()
    };
    assert_eq!(seen_by(alex).await, [("design".to_owned(), 3, false)], "a repeat changes nothing");
    assert_eq!(seen_by(mia).await, [("design".to_owned(), 3, true)]);
    let people = store.group_people(alex.user, group("design")).await.unwrap();
    assert_eq!(people.iter().map(|(_, name)| &**name).collect::<Vec<_>>(), ["Kim", "Mia", "Sam"]);

    store.take_from_group(*alex, group("design"), kim.user).await.unwrap();
    assert_eq!(store.group_people(alex.user, group("design")).await.unwrap().len(), 2);
    store.end_group(*alex, group("design")).await.unwrap();
    store.end_group(*alex, group("design")).await.unwrap();
    let gone = store.group_people(alex.user, group("design")).await;
    assert_eq!(gone, Err(Refusal::GroupNotFound(group("design"))));
    assert!(seen_by(mia).await.is_empty());
}

async fn a_group_mentions_those_of_it_who_are_in_the_room(world: World) {
    let studio = Studio::new(world).await;
    let said = studio.says("Hello <@&design> and <@&nobody>").await;
    assert_eq!(studio.mentions().await, [1, 1]);
    let store = studio.world.store();
    let concerns = async |person: Actor| -> Vec<Seq> {
        let page = store.activity(person.user, None, 10).await.unwrap();
        page.activity.iter().map(|Activity { message, .. }| message.seq).collect()
    };
    assert_eq!((concerns(studio.sam).await, concerns(studio.mia).await), (vec![said], vec![]));
    // Mia comes later.
    studio.world.join(studio.mia, "studio").await.unwrap();
    assert_eq!(studio.world.room(studio.mia, "studio").await.mentions, 0);
    studio.says(&format!("<@&design> <@{}>", studio.mia.user)).await;
    assert_eq!(studio.mentions().await, [2, 2]);
    assert_eq!(studio.world.room(studio.mia, "studio").await.mentions, 1, "nobody is counted twice");
    store.delete_message(studio.alex, deletion(studio.room, said, "d")).await.unwrap();
    assert_eq!(studio.mentions().await, [1, 1]);
    // What a group was mentioned by stays when it ends.
    store.end_group(studio.alex, group("design")).await.unwrap();
    assert_eq!(studio.mentions().await, [1, 1]);
    studio.says("<@&design>").await;
    assert_eq!(studio.mentions().await, [1, 1]);
}

async fn an_edit_that_leaves_a_group_calls_nobody_else(world: World) {
    let studio = Studio::new(world).await;
    let said = studio.says("Hello <@&design>").await;
    studio.world.join(studio.mia, "studio").await.unwrap();
    studio.world.store().take_from_group(studio.alex, group("design"), studio.kim.user).await.unwrap();
    studio.world.store().mark_read(studio.sam, studio.room, said).await.unwrap();
    studio.edits(said, "e", "Good morning <@&design>").await;
    assert_eq!(studio.mentions().await, [0, 1], "who was called stays so, and has seen it or not");
    assert_eq!(studio.world.room(studio.mia, "studio").await.mentions, 0);
    // Nor does one that names another group beside it, or first.
    studio.has_group("ops", [studio.sam]).await;
    studio.edits(said, "f", "<@&ops> and <@&design>").await;
    assert_eq!(studio.mentions().await, [0, 1]);
    assert_eq!(studio.world.room(studio.mia, "studio").await.mentions, 0);
}

async fn an_edit_takes_a_group_back_and_calls_another(world: World) {
    let studio = Studio::new(world).await;
    studio.has_group("ops", [studio.kim]).await;
    let said = studio.says("Hello <@&design>").await;
    studio.world.store().mark_read(studio.kim, studio.room, said).await.unwrap();
    studio.edits(said, "1", "Hello <@&ops>").await;
    assert_eq!(studio.mentions().await, [0, 0], "it is the same mention for Kim");
    studio.edits(said, "2", "Hello").await;
    studio.edits(said, "3", "Hello <@&ops>").await;
    assert_eq!(studio.mentions().await, [0, 1]);
}

async fn whoever_is_mentioned_in_two_ways_stays_so_by_the_other(world: World) {
    let studio = Studio::new(world).await;
    let sam = studio.sam.user;
    let said = studio.says(&format!("<@{sam}> and <@&design>")).await;
    studio.world.store().mark_read(studio.sam, studio.room, said).await.unwrap();
    studio.edits(said, "1", "Only <@&design>").await;
    assert_eq!(studio.mentions().await, [0, 1]);
    studio.edits(said, "2", &format!("Only <@{sam}>")).await;
    assert_eq!(studio.mentions().await, [0, 0]);
    studio.edits(said, "3", "Nobody").await;
    let read = studio.edits(said, "4", &format!("<@{sam}>")).await;
    assert_eq!(studio.mentions().await, [1, 0], "it is another mention");
    studio.world.store().mark_read(studio.sam, studio.room, read).await.unwrap();
    assert_eq!(studio.mentions().await, [0, 0]);
}

async fn a_guest_mentions_no_group(world: World) {
    let studio = Studio::new(world).await;
    let pat = studio.world.guest("Pat").await;
    studio.world.join(pat, "studio").await.unwrap();
    let refused = studio.world.say(pat, "studio", "<@&design>").await;
    assert_eq!(refused.unwrap_err(), Refusal::MayNotMentionGroups);
    let said = studio.world.say(pat, "studio", "design").await.unwrap();
    let edit = edit(studio.room, said.seq, "e", "<@&design>");
    let refused = studio.world.store().edit_message(pat, edit).await;
    assert_eq!(refused.unwrap_err(), Refusal::MayNotMentionGroups);
    assert_eq!(studio.mentions().await, [0, 0]);
    studio.world.say(studio.sam, "studio", "<@&design>").await.unwrap();
    assert_eq!(studio.mentions().await, [0, 1], "members do, and not themselves");
}

async fn an_account_that_ends_is_in_no_group(world: World) {
    let studio = Studio::new(world).await;
    studio.world.store().end_account(studio.kim, MessagesLeft::Keep).await.unwrap();
    let people = studio.people("design").await.unwrap();
    assert_eq!(people.len(), 2);
    assert!(!people.contains(&studio.kim.user));
    let again = studio.world.store().add_to_group(studio.alex, group("design"), studio.kim.user).await;
    assert_eq!(again, Err(Refusal::UserNotFound(studio.kim.user)));
    let pat = studio.world.guest("Pat").await;
    let guest = studio.world.store().add_to_group(studio.alex, group("design"), pat.user).await;
    assert_eq!(guest, Err(Refusal::UserNotFound(pat.user)), "a guest is in no group");
}

async fn groups_are_bounded(world: World) {
    let studio = Studio::new(world).await;
    for number in 1..GroupName::MOST {
        studio.has_group(&format!("g{number}"), []).await;
    }
    let store = studio.world.store();
    let one_more = store.make_group(studio.alex, group("one-more")).await;
    assert_eq!(one_more, Err(Refusal::GroupLimit { limit: GroupName::MOST }));
    store.make_group(studio.alex, group("g7")).await.unwrap();
    store.end_group(studio.alex, group("g7")).await.unwrap();
    store.make_group(studio.alex, group("one-more")).await.unwrap();
}
