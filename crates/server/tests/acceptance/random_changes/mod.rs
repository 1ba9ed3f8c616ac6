//! A long random script of people with two devices each who write, edit, delete, react, answer in threads and mark, with cuts and restarts. In the end
//! every device has folded what it was told to what the model says, and the server counts as the model does.

mod model;

use crate::support::{Actor, Folded, GENERAL, Proxy, Seed, Server, again, fold, within};
use chinwag_client::protocol::{LogBody, MessageBody};
use chinwag_client::{Shown, Window};
use model::Model;
use rand::RngExt as _;
use rand::rngs::StdRng;
use std::collections::BTreeMap;

const PEOPLE: usize = 4;
const DEVICES: usize = 2;
const STEPS: usize = 500;
const EMOJI: [&str; 3] = ["👍", "🎉", "❤️"];

/// What can happen next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Say,
    Reply,
    Edit,
    Delete,
    React,
    Read,
    MarkUnread,
    /// A connection breaks; the client comes back by itself.
    Cut,
    /// The network of a device is gone until `Online`.
    Offline,
    Online,
    /// The server stops and starts again on the same data.
    Restart,
}

fn choose(random: &mut StdRng) -> Step {
    match random.random_range(0..100) {
        0..22 => Step::Say,
        22..34 => Step::Reply,
        34..48 => Step::Edit,
        48..54 => Step::Delete,
        54..72 => Step::React,
        72..80 => Step::Read,
        80..83 => Step::MarkUnread,
        83..89 => Step::Cut,
        89..94 => Step::Offline,
        94..99 => Step::Online,
        _ => Step::Restart,
    }
}

/// A device of a person, behind a proxy of its own.
struct Device {
    actor: Actor,
    proxy: Proxy,
    is_offline: bool,
}

impl Device {
    async fn say(&self, id: &str, text: &str, root: Option<(i64, bool)>) -> i64 {
        let client = self.actor.client();
        let ack = match root {
            None => within("an ack", client.send_as(GENERAL, id, text)).await,
            Some((root, also)) => {
                let shown = if also { Shown::InRoomAlso } else { Shown::InThread };
                within("an ack", client.say_in_thread_as(GENERAL, root, id, text, shown)).await
            }
        };
        ack.unwrap().seq
    }

    /// What this device has made of everything that it was told.
    fn folded(&self) -> BTreeMap<i64, Folded> {
        let view = self.actor.view();
        let room = view.room("general");
        fold(room.snapshot.iter().chain(&room.log))
    }

    /// How many replies the history says that each thread has.
    async fn replies(&self) -> BTreeMap<i64, u32> {
        let (mut replies, mut before) = (BTreeMap::new(), None);
        loop {
            let window = before.map_or(Window::Latest, Window::Before);
            let page = again(async || self.actor.history("general", window, 200).await).await.unwrap();
            for event in &page.messages {
                if let LogBody::Message(MessageBody::Message { thread_info: Some(info), .. }) = &event.body {
                    replies.insert(event.header.seq, info.replies);
                }
            }
            match page.messages.first() {
                Some(first) if page.has_before => before = Some(first.header.seq),
                _ => return replies,
            }
        }
    }
}

async fn enter(server: &Server) -> Vec<Vec<Device>> {
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let mut devices = Vec::<Device>::new();
        for _ in 0..DEVICES {
            let proxy = Proxy::before(server.next_address()).await;
            let actor = match devices.first() {
                None => server.enter_through(&proxy.url(), &format!("Guest {number}")).await,
                Some(Device { actor, .. }) => Actor::connect(&proxy.url(), actor.session.clone()).await,
            };
            actor.joins("general").await;
            devices.push(Device { actor, proxy, is_offline: false });
        }
        people.push(devices);
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_random_script_of_changes_ends_as_the_model_says() {
    let mut random = Seed::choose().random(0);
    let mut server = Server::start().await;
    let mut people = enter(&server).await;
    let ids = people.iter().map(|devices| devices[0].actor.id()).collect();
    let mut model = Model::new(PEOPLE as i64, ids);
    for number in 0..STEPS {
        let step = choose(&mut random);
        let person = random.random_range(0..PEOPLE);
        let device = &mut people[person][random.random_range(0..DEVICES)];
        let acts = !device.is_offline;
        match step {
            Step::Say | Step::Reply if acts => {
                let roots: Vec<_> =
                    model.there(None).into_iter().filter(|seq| model.messages[seq].root.is_none()).collect();
                let mentioned = random.random_bool(0.3).then(|| random.random_range(0..PEOPLE));
                let text = model.text(&format!("step {number}"), mentioned);
                let is_reply = matches!(step, Step::Reply);
                let root = pick(&mut random, &roots).filter(|_| is_reply);
                let root = root.map(|root| (root, random.random_bool(0.3)));
                let place = device.say(&format!("say-{number}"), &text, root).await;
                model.say(person, &text, root);
                assert_eq!(place, model.head, "step {number}");
            }
            Step::Edit if acts => {
                let Some(target) = pick(&mut random, &model.there(Some(person))) else { continue };
                let mentioned = random.random_bool(0.5).then(|| random.random_range(0..PEOPLE));
                let text = model.text(&format!("edit {number}"), mentioned);
                let (client, id) = (device.actor.client(), format!("edit-{number}"));
                let edited = client.edit_as(GENERAL, target, &id, &text);
                let place = within("an ack", edited).await.unwrap().seq;
                model.edit(target, &text);
                assert_eq!(place, model.head, "step {number}");
            }
            Step::Delete if acts => {
                let Some(target) = pick(&mut random, &model.there(Some(person))) else { continue };
                let client = device.actor.client();
                let place = within("an ack", client.delete_message(GENERAL, target)).await.unwrap().seq;
                model.delete(target);
                assert_eq!(place, model.head, "step {number}");
            }
            Step::React if acts => {
                let Some(target) = pick(&mut random, &model.there(None)) else { continue };
                let emoji = EMOJI[random.random_range(0..EMOJI.len())];
                let client = device.actor.client();
                match model.has_reacted(person, target, emoji) {
                    false => within("a reply", client.react(GENERAL, target, emoji)).await.unwrap(),
                    true => within("a reply", client.unreact(GENERAL, target, emoji)).await.unwrap(),
                }
                model.turn(person, target, emoji);
            }
            Step::Read if acts => {
                let seq = random.random_range(1..=model.head);
                again(async || device.actor.read("general", seq).await).await.unwrap();
                model.read[person] = model.read[person].max(seq);
            }
            Step::MarkUnread if acts => {
                let seq = random.random_range(PEOPLE as i64 + 1..=model.head + 1);
                again(async || device.actor.client().mark_unread(GENERAL, seq).await).await.unwrap();
                if seq <= model.head {
                    model.read[person] = seq - 1;
                }
            }
            Step::Cut => device.proxy.cut(),
            Step::Offline => {
                device.is_offline = true;
                device.proxy.close();
            }
            Step::Online => {
                device.is_offline = false;
                device.proxy.open();
            }
            Step::Restart => {
                server.restart().await;
                for device in people.iter().flatten() {
                    device.proxy.lead_to(server.next_address());
                }
            }
            Step::Say | Step::Reply | Step::Edit | Step::Delete => {}
            Step::React | Step::Read | Step::MarkUnread => {}
        }
    }
    for device in people.iter_mut().flatten() {
        device.proxy.open();
    }
    for (person, device) in
        people.iter().enumerate().flat_map(|(it, all)| all.iter().map(move |one| (it, one)))
    {
        device.actor.reaches("general", model.head).await;
        assert_eq!(device.folded(), model.seen(), "a device of guest {person}");
        assert_eq!(device.replies().await, model.replies());
        let rooms = again(async || device.actor.rooms().await).await.unwrap();
        let room = rooms.iter().find(|room| room.room == GENERAL).unwrap();
        let counted = (room.head_seq, room.read_seq, (room.unread, room.mentions));
        assert_eq!(counted, (model.head, model.read[person], model.unread(person)), "guest {person}");
        device.actor.has_no_complaints();
    }
    server.database().check_invariants();
}

fn pick(random: &mut StdRng, among: &[i64]) -> Option<i64> {
    if among.is_empty() { None } else { Some(among[random.random_range(0..among.len())]) }
}
