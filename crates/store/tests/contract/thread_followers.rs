use crate::world::{World, contract, deletion, edit, name};
use chinwag_core::domain::{RoomId, RoomReference, Seq, ThreadListQuery, ThreadMark, WantedName};
use chinwag_core::ports::{Publication, ThreadChange, UserEvent};

contract!(
    who_wrote_or_is_mentioned_follows,
    who_leaves_a_thread_is_brought_back_by_a_reply_alone,
    who_leaves_the_room_leaves_its_threads,
    threads_with_news_are_counted,
    a_thread_is_read_up_to_a_place,
    ones_threads_are_listed_with_news_first,
    visitors_reply_and_follow_nothing,
);

async fn who_wrote_or_is_mentioned_follows(world: World) {
    let [alex, sam, kim, pat] = world.members(["Alex", "Sam", "Kim", "Pat"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    let mention = format!("Ask <@{}>", kim.user);
    let reply = world.reply_with(sam, (root, false), ("r1", &mention)).await.unwrap();
    let mark = async |actor| world.thread(actor, root).await.mark;
    let before = Seq(reply.seq.0 - 1);
    assert_eq!(mark(alex).await, ThreadMark { follows: true, read: before });
    assert_eq!(mark(sam).await, ThreadMark { follows: true, read: reply.seq });
    assert_eq!(mark(kim).await, ThreadMark { follows: true, read: before });
    assert_eq!(mark(pat).await, ThreadMark::default());
    assert_eq!(world.news(pat).await.1, 0);

    // An edit that mentions somebody brings them as well, who have read what was said before.
    let edited = edit(root.room, reply.seq, "e", &format!("Ask <@{}>", pat.user));
    let edited = world.store().edit_message(sam, edited).await.unwrap();
    assert_eq!(mark(pat).await, ThreadMark { follows: true, read: edited.seq });
    assert_eq!(world.news(pat).await.1, 0);
    world.reply(sam, root, "r2").await.unwrap();
    assert_eq!((world.news(pat).await.1, world.listed(pat).await), (1, vec![(root.seq, 1)]));
}

async fn who_leaves_a_thread_is_brought_back_by_a_reply_alone(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    world.reply(sam, root, "r1").await.unwrap();
    world.change(alex, root, ThreadChange::Unfollowed).await;
    let mention = format!("Ask <@{}>", alex.user);
    world.reply_with(sam, (root, false), ("r2", &mention)).await.unwrap();
    assert_eq!((world.news(alex).await.1, world.listed(alex).await), (0, vec![]));
    let reply = world.reply(alex, root, "r3").await.unwrap();
    assert_eq!(world.thread(alex, root).await.mark, ThreadMark { follows: true, read: reply.seq });
    assert_eq!(world.listed(alex).await, [(root.seq, 0)]);

    // Following is done by hand as well, from then on, and is told to one's other devices.
    let pat = world.guest("Pat").await;
    world.join(pat, "general").await.unwrap();
    world.broker.take();
    world.change(pat, root, ThreadChange::Followed).await;
    world.change(pat, root, ThreadChange::Followed).await;
    let head = world.room(pat, "general").await.head;
    let mark = ThreadMark { follows: true, read: head };
    let event = UserEvent::ThreadMark { room: root.room, root: root.seq, mark };
    let told = Publication::Person { user: pat.user, except: pat.connection, event };
    assert_eq!(&world.broker.take()[..], &[told], "once");
    assert_eq!(world.news(pat).await.1, 0);
    world.reply(sam, root, "r4").await.unwrap();
    assert_eq!(world.news(pat).await.1, 1);
}

async fn who_leaves_the_room_leaves_its_threads(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    world.reply(sam, root, "r1").await.unwrap();
    world.store().leave(alex, root.room).await.unwrap();
    assert_eq!(world.listed(alex).await, []);
    world.join(alex, "general").await.unwrap();
    assert_eq!((world.news(alex).await.1, world.listed(alex).await), (0, vec![]));
    // Who wrote the root is brought in anew by what is said then.
    world.reply(sam, root, "r2").await.unwrap();
    assert_eq!((world.news(alex).await.1, world.listed(alex).await), (1, vec![(root.seq, 1)]));
}

async fn threads_with_news_are_counted(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let mut roots = Vec::new();
    for number in 0..3 {
        roots.push(world.say(alex, "general", &format!("root {number}")).await.unwrap());
    }
    let mut last = Vec::new();
    for (number, root) in roots.iter().enumerate() {
        last.push(world.reply(sam, *root, &format!("a{number}")).await.unwrap());
        world.reply(sam, *root, &format!("b{number}")).await.unwrap();
    }
    let head = world.room(alex, "general").await.head;
    world.store().mark_read(alex, roots[0].room, head).await.unwrap();
    assert_eq!((world.news(alex).await, world.news(sam).await), ((0, 3), (3, 0)));
    // What comes with a view, a list and a look at what may have been missed says the same.
    let view = world.store().snapshot(alex.user, RoomReference::Id(roots[0].room), 50, 100).await.unwrap();
    let missed = world.store().standings(vec![(alex.user, alex.session)]).await.unwrap();
    assert_eq!((view.room.threads, world.rooms(alex.user).await[0].threads), (3, 3));
    assert_eq!(missed[0].rooms[0].threads, 3);

    world.change(alex, roots[0], ThreadChange::Read(head)).await;
    world.change(alex, roots[1], ThreadChange::Read(last[1].seq)).await;
    assert_eq!(world.news(alex).await.1, 2, "one of them is read in part");
    world.change(alex, roots[1], ThreadChange::Unfollowed).await;
    world.change(alex, roots[2], ThreadChange::Read(head)).await;
    assert_eq!(world.news(alex).await.1, 0);
    let reply = world.reply(sam, roots[0], "c0").await.unwrap();
    assert_eq!(world.news(alex).await.1, 1);
    world.store().delete_message(sam, deletion(reply.room, reply.seq, "d")).await.unwrap();
    assert_eq!(world.news(alex).await.1, 0, "what is gone is no news");
}

async fn a_thread_is_read_up_to_a_place(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    let first = world.reply(sam, root, "r1").await.unwrap();
    let second = world.reply(sam, root, "r2").await.unwrap();
    let read = async |seq: Seq| {
        world.change(alex, root, ThreadChange::Read(seq)).await;
        world.thread(alex, root).await.mark.read
    };
    assert_eq!(read(first.seq).await, first.seq);
    assert_eq!(world.listed(alex).await, [(root.seq, 1)]);
    assert_eq!(read(Seq(1)).await, first.seq, "never back");
    assert_eq!(read(Seq(i64::MAX)).await, second.seq, "never past the head");
    assert_eq!(world.listed(alex).await, [(root.seq, 0)]);
    // Who never followed it has nothing to mark.
    let pat = world.guest("Pat").await;
    world.join(pat, "general").await.unwrap();
    world.change(pat, root, ThreadChange::Read(second.seq)).await;
    assert_eq!(world.thread(pat, root).await.mark, ThreadMark::default());
}

async fn ones_threads_are_listed_with_news_first(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tech = world.join(alex, "tech").await.unwrap().id;
    world.join(sam, "tech").await.unwrap();
    let mut roots = Vec::new();
    for number in 0..6 {
        let room = if number % 2 == 0 { "general" } else { "tech" };
        roots.push(world.say(alex, room, &format!("root {number}")).await.unwrap());
    }
    for (number, root) in roots.iter().enumerate() {
        world.clock.advance(1000);
        world.reply(sam, *root, &format!("a{number}")).await.unwrap();
    }
    for read in [1, 2, 5] {
        world.change(alex, roots[read], ThreadChange::Read(Seq(i64::MAX))).await;
    }
    let place = |number: usize| (roots[number].room, roots[number].seq);
    let expected: Vec<(RoomId, Seq)> = [4, 3, 0, 5, 2, 1].map(place).to_vec();
    for limit in [1, 2, 4, 6, 9] {
        let (mut found, mut query) = (Vec::new(), ThreadListQuery { after: None, limit });
        loop {
            let page = world.store().threads(alex.user, query).await.unwrap();
            assert!(page.threads.len() <= limit as usize);
            found.extend(page.threads.iter().map(|thread| (thread.root.room, thread.root.seq)));
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        assert_eq!(found, expected, "by {limit}");
    }
    let query = ThreadListQuery { after: None, limit: 1 };
    let first = world.store().threads(alex.user, query).await.unwrap().threads.remove(0);
    assert_eq!((first.root.content.text.as_str(), first.unread), ("root 4", 1));
    assert_eq!(first.root.content.thread_info.map(|info| info.replies), Some(1));
    world.store().leave(alex, tech).await.unwrap();
    assert_eq!(world.listed(alex).await.len(), 3);
}

async fn visitors_reply_and_follow_nothing(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    let (visitor, _) = world.visitor(WantedName::Named(name("Pat"))).await;
    world.reply(visitor, root, "r1").await.unwrap();
    assert_eq!(world.thread(visitor, root).await.mark, ThreadMark::default());
    let follows = world.store().change_thread(visitor, root.room, root.seq, ThreadChange::Followed).await;
    assert!(follows.is_err());
    assert_eq!((world.listed(visitor).await, world.listed(alex).await), (vec![], vec![(root.seq, 1)]));
}
