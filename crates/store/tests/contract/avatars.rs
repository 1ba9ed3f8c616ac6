//! Pictures of people, of rooms and of the server: who gives them, who is shown them, and what is left of them.

use crate::accounts::member;
use crate::world::{World, contract, slug};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{
    Actor, AvatarOwner, AvatarQuery, Avatars, BlobKey, EventBody, FileId, Refusal, RoomChange, RoomId,
    RoomKind, StoredAvatar, UNSENT_MS, UserId,
};
use chinwag_core::ports::{DirectoryEvent, MessagesLeft, NewAvatar, RoomUpdate, ShownAvatar};

contract!(
    a_picture_takes_the_place_of_the_one_before,
    who_gives_and_takes_away,
    a_rooms_picture_is_for_those_who_find_it,
    what_ends_leaves_its_key,
);

fn key(number: u8) -> BlobKey {
    BlobKey::new([number; 16])
}

fn id(number: u8) -> FileId {
    FileId::new([number; 16])
}

async fn begin(world: &World, actor: Actor, of: AvatarOwner, number: u8) -> Result<(), Refusal> {
    world.store().begin_avatar(actor, NewAvatar { id: id(number), key: key(number), of }).await
}

/// A picture that is shown.
pub(crate) async fn given(world: &World, actor: Actor, of: AvatarOwner, number: u8) -> FileId {
    begin(world, actor, of, number).await.unwrap();
    world.store().finish_avatar(actor, id(number), "image/jpeg".to_owned()).await.unwrap();
    id(number)
}

pub(crate) async fn staff(world: &World, text: &str, role: ServerRole) -> Actor {
    let actor = member(world, text).await;
    world.store().set_server_role(Operator::at_the_console(), actor.user, role).await.unwrap();
    actor
}

async fn shown(world: &World, user: UserId, number: u8) -> Result<StoredAvatar, Refusal> {
    world.store().avatar(Some(user), id(number)).await
}

fn picture(number: u8) -> StoredAvatar {
    StoredAvatar { key: key(number), media_type: "image/jpeg".to_owned() }
}

async fn named(world: &World, user: UserId, people: &[UserId], rooms: &[RoomId]) -> Avatars {
    let query = AvatarQuery { people: people.to_vec(), rooms: rooms.to_vec() };
    world.store().avatars(user, query).await.unwrap()
}

/// What everybody was told, in order, each later than the one before.
fn told(world: &World) -> Vec<(Option<UserId>, Option<FileId>)> {
    let mut last = None;
    let one = |event: DirectoryEvent| match event {
        DirectoryEvent::Avatar { shown: ShownAvatar { person, avatar }, at } => {
            assert!(last.is_none_or(|last| last < at));
            last = Some(at);
            Some((person, avatar))
        }
        DirectoryEvent::Listed { .. } | DirectoryEvent::Removed { .. } | DirectoryEvent::Emoji { .. } => None,
    };
    world.broker.take().directory().into_iter().filter_map(one).collect()
}

async fn a_picture_takes_the_place_of_the_one_before(world: World) {
    let (ida, sam) = (member(&world, "Ida").await, world.guest("Sam").await);
    let own = AvatarOwner::Person(ida.user);
    world.broker.take();
    begin(&world, ida, own, 1).await.unwrap();
    assert_eq!(shown(&world, sam.user, 1).await, Err(Refusal::FileNotFound), "its bytes are to come");
    assert_eq!(named(&world, sam.user, &[ida.user], &[]).await, Avatars::default());
    world.store().finish_avatar(ida, id(1), "image/jpeg".to_owned()).await.unwrap();
    assert_eq!(shown(&world, sam.user, 1).await, Ok(picture(1)));
    assert_eq!(world.store().avatar(None, id(1)).await, Err(Refusal::FileNotFound));
    let again = world.store().finish_avatar(ida, id(1), "image/png".to_owned()).await;
    assert_eq!(again, Err(Refusal::FileNotFound));

    given(&world, ida, own, 2).await;
    assert_eq!(shown(&world, sam.user, 1).await, Err(Refusal::FileNotFound));
    let people = [sam.user, ida.user];
    assert_eq!(named(&world, sam.user, &people, &[]).await.people, [(ida.user, id(2))]);
    assert_eq!(world.store().removals(9).await, Ok(vec![key(1)]));
    for _ in 0..2 {
        world.store().remove_avatar(ida, own).await.unwrap();
    }
    assert_eq!(named(&world, sam.user, &people, &[]).await, Avatars::default());
    assert_eq!(shown(&world, sam.user, 2).await, Err(Refusal::FileNotFound));
    given(&world, ida, own, 3).await;
    assert_eq!(world.store().removals(9).await, Ok(vec![key(1), key(2)]));
    let ida = Some(ida.user);
    // However fast they come, each is later than the one before.
    assert_eq!(told(&world), [(ida, Some(id(1))), (ida, Some(id(2))), (ida, None), (ida, Some(id(3)))]);
}

async fn who_gives_and_takes_away(world: World) {
    let (ida, guest) = (member(&world, "Ida").await, world.guest("Gus").await);
    let mia = staff(&world, "Mia", ServerRole::Moderator).await;
    let ada = staff(&world, "Ada", ServerRole::Admin).await;
    let of = |actor: Actor| AvatarOwner::Person(actor.user);
    let refused = Err(Refusal::Forbidden);
    assert_eq!(begin(&world, guest, of(guest), 1).await, refused);
    assert_eq!(begin(&world, ada, of(ida), 1).await, refused, "nobody says what another looks like");
    assert_eq!(begin(&world, mia, AvatarOwner::Server, 1).await, refused);
    given(&world, ada, AvatarOwner::Server, 1).await;
    assert_eq!(world.store().avatar(None, id(1)).await, Ok(picture(1)));
    assert_eq!(named(&world, guest.user, &[], &[]).await.server, Some(id(1)));
    given(&world, ida, of(ida), 2).await;
    given(&world, ada, of(ada), 3).await;
    let remove = async |by: Actor, of: AvatarOwner| world.store().remove_avatar(by, of).await;
    assert_eq!(remove(guest, of(ida)).await, refused);
    assert_eq!(remove(mia, of(ada)).await, refused);
    let nobody = UserId(404);
    assert_eq!(remove(mia, AvatarOwner::Person(nobody)).await, Err(Refusal::UserNotFound(nobody)));
    assert_eq!(remove(mia, of(ida)).await, Ok(()));
    assert_eq!(remove(ada, AvatarOwner::Server).await, Ok(()));
    assert_eq!(named(&world, guest.user, &[ida.user, ada.user], &[]).await.people, [(ada.user, id(3))]);
    assert_eq!(named(&world, guest.user, &[], &[]).await.server, None);
}

async fn a_rooms_picture_is_for_those_who_find_it(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    let of = AvatarOwner::Room(room);
    world.join(sam, "tea").await.unwrap();
    assert_eq!(begin(&world, sam, of, 1).await, Err(Refusal::Forbidden));
    let never = RoomId(404);
    let refused = Err(Refusal::RoomNotFound(never.into()));
    assert_eq!(begin(&world, alex, AvatarOwner::Room(never), 1).await, refused);
    world.broker.take();
    given(&world, alex, of, 1).await;
    let published = world.broker.take();
    assert_eq!(published.directory(), [], "the room's log says it");
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert!(matches!(event.body, EventBody::Room(RoomChange::Updated(_))), "{event:?}");
    assert_eq!(named(&world, sam.user, &[], &[room, never]).await.rooms, [(room, id(1))]);

    let private =
        RoomUpdate { kind: Some(RoomKind::Private), secret: Some(slug("7f3a9c")), ..RoomUpdate::default() };
    world.update_room(alex, room, private).await.unwrap();
    let zoe = world.guest("Zoe").await;
    assert_eq!(shown(&world, sam.user, 1).await, Ok(picture(1)));
    assert_eq!(shown(&world, zoe.user, 1).await, Err(Refusal::FileNotFound));
    assert_eq!(named(&world, zoe.user, &[], &[room]).await, Avatars::default());
    world.store().remove_avatar(alex, of).await.unwrap();
    assert_eq!(shown(&world, sam.user, 1).await, Err(Refusal::FileNotFound));
}

async fn what_ends_leaves_its_key(world: World) {
    let (ida, alex) = (member(&world, "Ida").await, member(&world, "Alex").await);
    given(&world, ida, AvatarOwner::Person(ida.user), 1).await;
    begin(&world, ida, AvatarOwner::Person(ida.user), 2).await.unwrap();
    let room = world.create_room(alex, "tea").await.unwrap().id;
    given(&world, alex, AvatarOwner::Room(room), 3).await;
    begin(&world, alex, AvatarOwner::Person(alex.user), 4).await.unwrap();
    begin(&world, alex, AvatarOwner::Person(alex.user), 5).await.unwrap();
    world.store().discard_avatar(id(4)).await.unwrap();
    world.store().discard_avatar(id(3)).await.unwrap();
    assert_eq!(world.store().removals(9).await, Ok(vec![key(4)]), "what is shown is not given up");
    world.broker.take();
    world.store().end_account(ida, MessagesLeft::Keep).await.unwrap();
    assert_eq!(told(&world), [(Some(ida.user), None)]);
    world.store().delete_room(alex, room).await.unwrap();
    world.pass(UNSENT_MS);
    assert_eq!(world.store().expire_files().await, Ok(1));
    assert_eq!(world.store().removals(9).await, Ok((1..=5).map(key).collect()));
}
