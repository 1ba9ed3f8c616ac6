//! A long random script of many people, compared with a model after every step and at the end.

mod model;
mod people;

use crate::support::{Proxy, Seed, Server, within};
use futures_util::future::join_all;
use model::Model;
use people::People;
use rand::RngExt as _;
use rand::rngs::StdRng;

const PEOPLE: usize = 20;
const STEPS: usize = 400;
const ROOMS: [&str; 3] = ["general", "tech", "random"];

/// What can happen next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Join,
    Leave,
    Send,
    /// Several people write at the same time.
    Burst,
    Rename,
    /// A connection breaks; the client comes back by itself.
    Cut,
    /// A person's network is gone until `Online`.
    Offline,
    Online,
    /// The server stops and starts again on the same data.
    Restart,
}

fn choose(random: &mut StdRng) -> Step {
    match random.random_range(0..100) {
        0..18 => Step::Join,
        18..24 => Step::Leave,
        24..50 => Step::Send,
        50..60 => Step::Burst,
        60..66 => Step::Rename,
        66..80 => Step::Cut,
        80..88 => Step::Offline,
        88..98 => Step::Online,
        _ => Step::Restart,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_random_script_ends_as_the_model_says() {
    let mut random = Seed::choose().random(0);
    let mut server = Server::start().await;
    let mut people = People::enter(&server, PEOPLE).await;
    let mut model = Model::new(&ROOMS, people.ids());
    for number in 0..STEPS {
        let step = choose(&mut random);
        let person = random.random_range(0..PEOPLE);
        let room = ROOMS[random.random_range(0..ROOMS.len())];
        // A person without network would wait for the answer.
        let acts = !people.is_offline(person);
        match step {
            Step::Join if acts => {
                people.join(person, room).await;
                model.join(person, room);
            }
            Step::Leave if acts => {
                people.leave(person, room).await;
                model.leave(person, room);
            }
            Step::Send if acts => {
                let text = format!("step {number}");
                let place = people.send(person, room, &text).await;
                assert_eq!(place, model.send(person, room, &text), "step {number}");
            }
            Step::Burst => {
                let writers: Vec<_> =
                    (0..PEOPLE).filter(|it| model.is_member(*it, room) && !people.is_offline(*it)).collect();
                let sending = writers.iter().map(async |&it| {
                    let text = format!("burst {number} of {it}");
                    (people.send(it, room, &text).await, it, text)
                });
                let mut sent = join_all(sending).await;
                sent.sort();
                for (place, it, text) in sent {
                    assert_eq!(place, model.send(it, room, &text), "step {number}");
                }
            }
            Step::Rename if acts => {
                let name = format!("Guest {person} {number}");
                people.rename(person, &name).await;
                model.rename(person, &name);
            }
            Step::Cut => people.proxy(person).cut(),
            Step::Offline => people.go_offline(person),
            Step::Online => people.come_online(person),
            Step::Restart => {
                server.restart().await;
                people.lead_to(&server);
            }
            Step::Join | Step::Leave | Step::Send | Step::Rename => {}
        }
    }

    for person in 0..PEOPLE {
        people.come_online(person);
    }
    let database = server.database();
    for room in ROOMS {
        assert_eq!(database.log(room), model.log(room), "#{room}");
        people.have_seen(&model, room).await;
    }
    database.check_invariants();
}
