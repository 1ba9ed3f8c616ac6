//! Files that people share: whose they are, who reads them, and what is left of them.

use crate::world::{World, contract, deletion, new_message};
use chinwag_core::domain::{
    Actor, Attachment, BlobKey, EventBody, FileId, FileName, InThread, MessageEvent, MessageText, Millis,
    Picture, Refusal, RoomFile, RoomHistory, RoomId, Seq, UNSENT_MS, Window,
};
use chinwag_core::ports::{Appended, MadeFile, NewFile, NewMessage, Purge, ReplaySpan, RoomUpdate};

contract!(
    a_file_comes_with_its_message,
    who_may_share,
    a_file_is_sent_once_by_whoever_shares_it,
    files_take_their_place_in_the_order,
    who_reads_a_file,
    a_room_lists_its_files,
    what_is_deleted_leaves_its_key,
    what_was_not_sent_goes,
    a_person_has_so_many_bytes,
);

pub(crate) fn message(room: RoomId, client_id: &str, text: &str, files: &[FileId]) -> NewMessage {
    let parsed = MessageText::or_nothing(MessageText::parse(text, 2000)).unwrap();
    NewMessage { text: parsed, attachments: files.into(), ..new_message(room, client_id, "x") }
}

fn key(number: u8) -> BlobKey {
    BlobKey::new([number; 16])
}

async fn begin(world: &World, actor: Actor, room: RoomId, number: u8) -> Result<FileId, Refusal> {
    let id = FileId::new([number; 16]);
    let file = NewFile {
        id,
        key: key(number),
        room,
        name: FileName::of("cat.png"),
        bytes: 100,
        of_person: 250,
        unsent_ms: UNSENT_MS,
    };
    world.store().begin_file(actor, file).await.map(|_| id)
}

fn picture() -> MadeFile {
    let picture = Picture { width: 4, height: 3, color: "#112233".to_owned() };
    let scaled = Some("image/jpeg".to_owned());
    MadeFile { media_type: "image/png".to_owned(), bytes: 90, picture: Some(picture), scaled }
}

/// A file that is complete and was not sent.
pub(crate) async fn shared(world: &World, actor: Actor, room: RoomId, number: u8) -> FileId {
    let id = begin(world, actor, room, number).await.unwrap();
    world.store().finish_file(actor, id, picture()).await.unwrap();
    id
}

async fn send(
    world: &World,
    actor: Actor,
    room: RoomId,
    id: &str,
    files: &[FileId],
) -> Result<Appended, Refusal> {
    world.store().append_message(actor, message(room, id, "", files)).await
}

async fn keys(world: &World) -> Vec<BlobKey> {
    world.store().removals(100).await.unwrap()
}

async fn a_file_comes_with_its_message(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let root = world.say(sam, "tea", "look").await.unwrap();
    let files = [shared(&world, alex, room, 1).await, shared(&world, alex, room, 2).await];
    let known = Attachment {
        id: files[0],
        name: "cat.png".to_owned(),
        media_type: "image/png".to_owned(),
        bytes: 90,
        picture: picture().picture,
    };
    let expected = [known.clone(), Attachment { id: files[1], ..known }];
    world.broker.take();
    let thread = Some(InThread { root: root.seq, also: true });
    let sent = NewMessage { thread, ..message(room, "a", "", &files) };
    let said = world.store().append_message(alex, sent).await.unwrap();
    let published = world.broker.take();
    let EventBody::Message(MessageEvent::Posted(content)) = &published.events()[0].body else { panic!() };
    assert_eq!((&*content.attachments, &*content.text), (&expected[..], ""));

    let store = world.store();
    let page = store.history(sam.user, room, Window::Latest, 9).await.unwrap();
    assert_eq!(*page.messages[1].content.attachments, expected);
    assert!(page.messages[0].content.attachments.is_empty());
    let snapshot = store.snapshot(sam.user, room.into(), 9, 9).await.unwrap();
    assert_eq!(*snapshot.page.messages[1].content.attachments, expected);
    let thread = store.thread(sam.user, room, root.seq, Window::Latest, 9).await.unwrap();
    assert_eq!(*thread.messages[0].content.attachments, expected);
    let missed = store.missed_events(room, root.seq, 9).await.unwrap();
    assert_eq!(*missed[0].posted().unwrap().attachments, expected);
    let span = ReplaySpan { after: root.seq, seen: root.seq, limit: 9 };
    let replayed = store.replay(&snapshot.log, span).await.unwrap();
    assert_eq!(*replayed.events[0].posted().unwrap().attachments, expected);
    // An edit of its text leaves them as they are.
    let edit = crate::world::edit(room, said.seq, "b", "two cats");
    store.edit_message(alex, edit).await.unwrap();
    let changed = store.missed_events(room, said.seq, 9).await.unwrap();
    let EventBody::Message(MessageEvent::Changed(changed)) = &changed[0].body else { panic!() };
    assert_eq!((&*changed.content.attachments, &*changed.content.text), (&expected[..], "two cats"));
}

async fn who_may_share(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    assert_eq!(begin(&world, sam, room, 1).await, Err(Refusal::NotMember));
    assert_eq!(begin(&world, sam, RoomId(404), 1).await, Err(Refusal::RoomNotFound(RoomId(404).into())));
    world.join(sam, "tea").await.unwrap();
    begin(&world, sam, room, 1).await.unwrap();
    let archived = RoomUpdate { archived: Some(true), ..RoomUpdate::default() };
    world.update_room(alex, room, archived).await.unwrap();
    assert_eq!(begin(&world, sam, room, 2).await, Err(Refusal::Archived));
}

async fn a_file_is_sent_once_by_whoever_shares_it(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let (tea, coffee) = (
        world.create_room(alex, "tea").await.unwrap().id,
        world.create_room(alex, "coffee").await.unwrap().id,
    );
    world.join(sam, "tea").await.unwrap();
    let incomplete = begin(&world, alex, tea, 1).await.unwrap();
    assert_eq!(send(&world, alex, tea, "a", &[incomplete]).await, Err(Refusal::FileNotFound));
    world.store().finish_file(alex, incomplete, picture()).await.unwrap();
    let file = incomplete;
    for (actor, room) in [(sam, tea), (alex, coffee)] {
        assert_eq!(send(&world, actor, room, "a", &[file]).await, Err(Refusal::FileNotFound));
    }
    let first = send(&world, alex, tea, "a", &[file]).await.unwrap();
    assert_eq!(send(&world, alex, tea, "a", &[file]).await.unwrap(), first, "a repeat gets the first answer");
    assert_eq!(send(&world, alex, tea, "b", &[file]).await, Err(Refusal::FileNotFound));
    assert_eq!(send(&world, alex, tea, "b", &[FileId::new([9; 16])]).await, Err(Refusal::FileNotFound));
    // What was sent is neither given up nor finished once more.
    world.store().discard_file(alex, file).await.unwrap();
    assert_eq!(world.store().finish_file(alex, file, picture()).await, Err(Refusal::FileNotFound));
    assert!(world.store().file(sam.user, file).await.is_ok());
    assert_eq!(world.room(alex, "tea").await.head, first.seq);
}

async fn files_take_their_place_in_the_order(world: World) {
    let alex = world.guest("Alex").await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    let files = [shared(&world, alex, room, 1).await, shared(&world, alex, room, 2).await];
    let sent: Vec<_> = (0..40_usize)
        .map(|number| {
            let file = if number % 20 == 7 { &files[number / 20..=number / 20] } else { &[] };
            world.store().append_message(alex, message(room, &format!("m{number}"), "x", file))
        })
        .collect();
    let mut places = Vec::new();
    for stored in sent {
        places.push(stored.await.unwrap().seq);
    }
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
}

async fn who_reads_a_file(world: World) {
    let [alex, sam, zoe] = world.members(["Alex", "Sam", "Zoe"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let file = shared(&world, alex, room, 1).await;
    let reads = async |actor: Actor| {
        let found = world.store().file(actor.user, file).await;
        assert!(found.is_ok() || found == Err(Refusal::FileNotFound), "{found:?}");
        found.is_ok()
    };
    assert!(reads(alex).await && !reads(sam).await, "it was not sent");
    send(&world, alex, room, "a", &[file]).await.unwrap();
    assert!(reads(alex).await && reads(sam).await && !reads(zoe).await);
    let stored = world.store().file(sam.user, file).await.unwrap();
    assert_eq!((stored.key, stored.scaled.as_deref()), (key(1), Some("image/jpeg")));
    world.store().leave(sam, room).await.unwrap();
    assert!(!reads(sam).await);
    let history = Some(RoomHistory::Joined);
    world.update_room(alex, room, RoomUpdate { history, ..RoomUpdate::default() }).await.unwrap();
    world.join(sam, "tea").await.unwrap();
    assert!(!reads(sam).await, "it was said before Sam's time");
    world.store().delete_room(alex, room).await.unwrap();
    assert!(!reads(alex).await);
    assert_eq!(keys(&world).await, [key(1)]);
}

async fn a_room_lists_its_files(world: World) {
    let [alex, sam, zoe] = world.members(["Alex", "Sam", "Zoe"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let one = [shared(&world, alex, room, 1).await, shared(&world, alex, room, 2).await];
    let first = send(&world, alex, room, "a", &one).await.unwrap().seq;
    let files = [shared(&world, sam, room, 3).await];
    let gone = send(&world, sam, room, "b", &files).await.unwrap().seq;
    world.say(sam, "tea", "no file").await.unwrap();
    let files = [shared(&world, sam, room, 4).await];
    let last = send(&world, sam, room, "c", &files).await.unwrap().seq;
    let kim = world.guest("Kim").await;
    world.join(kim, "tea").await.unwrap();
    shared(&world, kim, room, 5).await;
    let listed = async |user: Actor, before: Option<Seq>, limit: u32| {
        let page = world.store().room_files(user.user, room, before, limit).await?;
        let names = |of: RoomFile| (of.seq, of.author.0, of.file.id);
        Ok::<_, Refusal>((page.files.into_iter().map(names).collect::<Vec<_>>(), page.next))
    };
    let id = |number: u8| FileId::new([number; 16]);
    let newest = [(last, sam.user, id(4)), (gone, sam.user, id(3))];
    let oldest = [(first, alex.user, id(1)), (first, alex.user, id(2))];
    assert_eq!(listed(alex, None, 2).await, Ok((newest.to_vec(), Some(gone))));
    assert_eq!(
        listed(alex, Some(gone), 2).await,
        Ok((oldest.to_vec(), None)),
        "a message's files stand together"
    );
    assert_eq!(listed(alex, Some(first), 2).await, Ok((Vec::new(), None)));
    world.store().delete_message(sam, deletion(room, gone, "d")).await.unwrap();
    assert_eq!(listed(alex, None, 2).await, Ok(([&newest[..1], &oldest].concat(), None)));
    // Who comes later sees nothing of what was before, where that is so.
    let since = RoomUpdate { history: Some(RoomHistory::Joined), ..RoomUpdate::default() };
    world.update_room(alex, room, since).await.unwrap();
    world.join(zoe, "tea").await.unwrap();
    assert_eq!(listed(zoe, None, 9).await, Ok((Vec::new(), None)));
    let stranger = world.guest("Bob").await;
    let never = RoomId(404);
    let refused = Err(Refusal::RoomNotFound(never.into()));
    assert_eq!(world.store().room_files(stranger.user, never, None, 9).await, refused);
}

async fn what_is_deleted_leaves_its_key(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let mut said = Vec::new();
    for number in 1..=2 {
        let file = shared(&world, sam, room, number).await;
        said.push(send(&world, sam, room, &format!("m{number}"), &[file]).await.unwrap().seq);
    }
    world.store().delete_message(sam, deletion(room, said[0], "d")).await.unwrap();
    assert_eq!(keys(&world).await, [key(1)]);
    let purge = Purge { room, user: sam.user, since: Millis(0) };
    assert_eq!(world.store().purge_messages(alex, purge, 9).await, Ok(1));
    assert_eq!(keys(&world).await, [key(1), key(2)]);
    let page = world.store().history(alex.user, room, Window::After(Seq(0)), 9).await.unwrap();
    assert!(page.messages.iter().all(|message| message.content.attachments.is_empty()));
    assert_eq!(world.store().file(alex.user, FileId::new([1; 16])).await, Err(Refusal::FileNotFound));
    world.store().removed(vec![key(1), key(7)]).await.unwrap();
    assert_eq!(keys(&world).await, [key(2)]);
}

async fn what_was_not_sent_goes(world: World) {
    let alex = world.guest("Alex").await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    let (sent, _unsent) = (shared(&world, alex, room, 1).await, shared(&world, alex, room, 2).await);
    send(&world, alex, room, "a", &[sent]).await.unwrap();
    assert_eq!(world.store().expire_files().await, Ok(0));
    world.pass(UNSENT_MS);
    assert_eq!(world.store().expire_files().await, Ok(1));
    assert_eq!(keys(&world).await, [key(2)]);
    assert!(world.store().file(alex.user, sent).await.is_ok());
}

async fn a_person_has_so_many_bytes(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let files = [begin(&world, alex, room, 1).await.unwrap(), begin(&world, alex, room, 2).await.unwrap()];
    assert_eq!(begin(&world, alex, room, 3).await, Err(Refusal::FileQuota { limit: 250 }));
    begin(&world, sam, room, 4).await.unwrap();
    world.store().discard_file(sam, files[0]).await.unwrap();
    assert!(begin(&world, alex, room, 5).await.is_err(), "Sam gives up nothing of Alex");
    world.store().discard_file(alex, files[0]).await.unwrap();
    begin(&world, alex, room, 6).await.unwrap();
    assert_eq!(keys(&world).await, [key(1)]);
}
