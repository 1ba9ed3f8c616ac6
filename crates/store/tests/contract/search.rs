//! What people find among messages: everything that they may read, as it is now, and nothing else.

use crate::random::seeded;
use crate::world::{World, contract, deletion, edit, new_message, new_room, rooms_within, title};
use chinwag_core::domain::search_tokens::search_fold;
use chinwag_core::domain::{
    Actor, Found, Message, Refusal, RoomHistory, RoomId, RoomKind, SearchQuery, SearchWish, Seq, WantedName,
};
use chinwag_core::ports::{NewRoom, RoomUpdate};
use rand::RngExt as _;
use rand::rngs::StdRng;
use std::time::{Duration, Instant};

contract![
    every_part_of_a_message_finds_it,
    a_change_is_seen_at_once,
    nobody_finds_what_one_may_not_read,
    newcomers_find_what_was_said_in_their_time,
    operators_narrow_the_search,
    a_page_begins_where_the_one_before_ended,
    a_short_search_goes_on_behind_the_newest,
    a_random_script_finds_what_a_simple_filter_finds,
];

mod durable {
    use super::what_was_said_before_a_restart_is_found;
    crate::world::contract!(durable: what_was_said_before_a_restart_is_found);
}

/// Words of ten scripts, and what stands between words.
const WORDS: [&str; 24] = [
    "Grüße",
    "ÉCOLE",
    "Straße",
    "hello",
    "World",
    "x_1",
    "привет",
    "МИР",
    "ΟΔΟΣ",
    "καλημέρα",
    "東京都",
    "漢字テスト",
    "ひらがな",
    "한국어",
    "검색",
    "مرحبا",
    "שלום",
    "नमस्ते",
    "दुनिया",
    "สวัสดี",
    "it's",
    "100%",
    "a/b\\c",
    "👍🏽",
];

fn random_text(random: &mut StdRng) -> String {
    let words = (0..random.random_range(1..6)).map(|_| WORDS[random.random_range(0..WORDS.len())]);
    words.collect::<Vec<_>>().join([" ", ", ", "\n", ""][random.random_range(0..4)])
}

fn wish(text: &str) -> SearchWish {
    let query = SearchQuery::parse(text).unwrap();
    SearchWish { query, room: None, from: None, before: None, limit: 50 }
}

/// Waits until everything that was written can be found.
async fn indexed(world: &World, actor: Actor) {
    let begin = Instant::now();
    let look = || world.store().search(actor.user, wish("from:nobody"));
    while look().await.unwrap().indexed_to.is_some() {
        assert!(begin.elapsed() < Duration::from_secs(30), "the index is not done");
        tokio::task::yield_now().await;
    }
}

/// Everything that is found, in pages of `limit`.
async fn find_by(world: &World, actor: Actor, wish: SearchWish) -> Vec<Message> {
    indexed(world, actor).await;
    let (mut all, mut before, limit) = (Vec::new(), wish.before, wish.limit);
    loop {
        let page = world.store().search(actor.user, SearchWish { before, ..wish.clone() }).await.unwrap();
        let Found { hits, next, .. } = page;
        assert!(hits.len() <= limit as usize);
        all.extend(hits);
        match next {
            Some(next) => before = Some(next),
            None => return all,
        }
    }
}

async fn find(world: &World, actor: Actor, text: &str) -> Vec<String> {
    let found = find_by(world, actor, wish(text)).await;
    found.into_iter().map(|message| message.content.text).collect()
}

async fn say(world: &World, actor: Actor, room: RoomId, id: &str, text: &str) -> Seq {
    world.clock.advance(1);
    world.store().append_message(actor, new_message(room, id, text)).await.unwrap().seq
}

async fn private(world: &World, owner: Actor, people: &[Actor]) -> RoomId {
    let people = people.iter().map(|person| person.user).collect();
    let room = NewRoom { kind: RoomKind::Private, people, title: title("Den"), ..new_room("den-7f3a") };
    world.store().create_room(owner, room, rooms_within(100)).await.unwrap().id
}

/// A part of a text as it can be typed, which stands together.
fn part_of(text: &str, random: &mut StdRng) -> String {
    let characters: Vec<char> = text.chars().filter(|character| *character != '"').collect();
    let begin = random.random_range(0..characters.len());
    let length = random.random_range(1..9);
    characters.iter().skip(begin).take(length).collect()
}

async fn every_part_of_a_message_finds_it(world: World) {
    let mut random = seeded();
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    let mut said = Vec::new();
    for number in 0..60 {
        let text = random_text(&mut random);
        say(&world, alex, general, &number.to_string(), &text).await;
        said.push(text);
    }
    for _ in 0..80 {
        let text = said[random.random_range(0..said.len())].clone();
        let part = part_of(&text, &mut random);
        if part.trim().is_empty() || !search_fold(&text).contains(&search_fold(&part)) {
            continue;
        }
        let expected: Vec<_> = said
            .iter()
            .rev()
            .filter(|said| search_fold(said).contains(&search_fold(&part)))
            .cloned()
            .collect();
        assert_eq!(find(&world, alex, &format!("\"{part}\"")).await, expected, "{part:?} of {text:?}");
        assert!(expected.contains(&text));
    }
    assert_eq!(find(&world, alex, "ｈｅｌｌｏ").await, find(&world, alex, "HELLO").await);
}

async fn a_change_is_seen_at_once(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    let first = say(&world, alex, general, "1", "one herring").await;
    let second = say(&world, alex, general, "2", "two herrings").await;
    assert_eq!(find(&world, alex, "herring").await, ["two herrings", "one herring"]);
    world.store().edit_message(alex, edit(general, first, "e", "one sardine")).await.unwrap();
    let now = async |text: &str| world.store().search(alex.user, wish(text)).await.unwrap().hits;
    assert_eq!((now("herring").await.len(), now("sardine").await.len()), (1, 1));
    world.store().delete_message(alex, deletion(general, second, "d")).await.unwrap();
    assert_eq!((now("herring").await.len(), now("sardine").await.len()), (0, 1));
    assert!(now("from:Alex").await.iter().all(|message| message.seq == first));
    // Also of what was not in the index yet, and again and again.
    let third = say(&world, alex, general, "3", "three").await;
    for number in 0..20 {
        let id = format!("e{number}");
        world.store().edit_message(alex, edit(general, third, &id, &format!("a {id} b"))).await.unwrap();
    }
    assert_eq!(find(&world, alex, "\"e19 b\"").await, ["a e19 b"]);
    assert!(find(&world, alex, "\"e18 b\"").await.is_empty() && find(&world, alex, "three").await.is_empty());
}

async fn nobody_finds_what_one_may_not_read(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let eve = world.guest("Eve").await;
    let (visitor, _) = world.visitor(WantedName::Named(crate::world::name("Visitor"))).await;
    let (general, den) = (world.id("general"), private(&world, alex, &[sam]).await);
    let direct = world.store().open_conversation(alex, vec![sam.user], rooms_within(9)).await.unwrap().id;
    say(&world, alex, general, "1", "a public herring").await;
    say(&world, alex, den, "2", "a private herring").await;
    say(&world, sam, direct, "3", "a direct herring").await;
    let all = ["a direct herring", "a private herring", "a public herring"];
    assert_eq!(find(&world, alex, "herring").await, all);
    assert_eq!(find(&world, sam, "herring").await, all);
    assert!(find(&world, eve, "herring").await.is_empty(), "who is in no room reads nothing");
    assert_eq!(find(&world, visitor, "herring").await, ["a public herring"]);
    for text in ["herring in:Den", "herring in:den-7f3a", "herring from:Alex in:Den", "in:nowhere herring"] {
        assert!(find(&world, eve, text).await.is_empty(), "{text}");
        assert!(find(&world, visitor, text).await.is_empty(), "{text}");
    }
    let in_room = async |actor: Actor, room| {
        let wish = SearchWish { room: Some(room), ..wish("herring") };
        world.store().search(actor.user, wish).await.map(|found| found.hits.len())
    };
    assert_eq!(in_room(sam, den).await, Ok(1));
    assert_eq!(in_room(eve, den).await, Err(Refusal::RoomNotFound(den.into())));
    assert_eq!(in_room(eve, general).await, Err(Refusal::NotMember));
    world.store().remove_member(alex, den, sam.user).await.unwrap();
    assert_eq!(find(&world, sam, "herring").await, ["a direct herring", "a public herring"]);
    world.store().delete_room(alex, den).await.unwrap();
    assert_eq!(find(&world, alex, "herring").await, ["a direct herring", "a public herring"]);
}

async fn newcomers_find_what_was_said_in_their_time(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let den = private(&world, alex, &[]).await;
    let update = RoomUpdate { history: Some(RoomHistory::Joined), ..RoomUpdate::default() };
    world.update_room(alex, den, update).await.unwrap();
    say(&world, alex, den, "1", "an old herring").await;
    world.store().add_member(alex, den, sam.user, rooms_within(9)).await.unwrap();
    say(&world, alex, den, "2", "a new herring").await;
    assert_eq!(find(&world, sam, "herring").await, ["a new herring"]);
    assert_eq!(find(&world, alex, "herring").await, ["a new herring", "an old herring"]);
}

async fn operators_narrow_the_search(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let (general, tech) = (world.id("general"), world.id("tech"));
    world.join(alex, "tech").await.unwrap();
    say(&world, alex, general, "1", "tea https://example.org/a").await;
    say(&world, sam, general, "2", "tea").await;
    say(&world, alex, tech, "3", "more tea").await;
    assert_eq!(find(&world, alex, "tea from:alex").await, ["more tea", "tea https://example.org/a"]);
    assert_eq!(find(&world, alex, "tea in:TECH").await, ["more tea"]);
    assert_eq!(find(&world, alex, "in:#general from:Sam").await, ["tea"]);
    assert_eq!(find(&world, alex, "has:link").await, ["tea https://example.org/a"]);
    assert_eq!(find(&world, alex, "\"more tea\"").await, ["more tea"]);
    assert_eq!(find(&world, alex, "te ea").await.len(), 3);
    assert!(find(&world, alex, "tea coffee").await.is_empty());
    // The day of the clock, and the days around it.
    assert!(find(&world, alex, "tea before:2001-01-01").await.is_empty());
    assert_eq!(find(&world, alex, "tea before:2100-01-01 after:2001-01-01").await.len(), 3);
    assert!(find(&world, alex, "tea after:2100-01-01").await.is_empty());
    let by_sam = SearchWish { from: Some(sam.user), ..wish("tea") };
    assert_eq!(find_by(&world, alex, by_sam).await.len(), 1);
}

async fn a_page_begins_where_the_one_before_ended(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    for number in 0..23 {
        say(&world, alex, general, &number.to_string(), &format!("herring {number}")).await;
    }
    for limit in [1, 5, 22, 23, 24] {
        let found = find_by(&world, alex, SearchWish { limit, ..wish("herring") }).await;
        let places: Vec<_> = found.iter().map(|message| message.seq.0).collect();
        assert_eq!(places.len(), 23, "pages of {limit}");
        assert!(places.is_sorted_by(|one, next| one > next), "{places:?}");
    }
    // What was deleted between two pages is in none.
    let first = world.store().search(alex.user, SearchWish { limit: 5, ..wish("herring") }).await.unwrap();
    let target = first.hits[4].seq;
    world.store().delete_message(alex, deletion(general, target, "d")).await.unwrap();
    let rest = find_by(&world, alex, SearchWish { before: first.next, ..wish("herring") }).await;
    assert_eq!(rest.len(), 18);
}

async fn a_short_search_goes_on_behind_the_newest(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    say(&world, alex, general, "first", "京").await;
    let said: Vec<_> =
        (0..2200).map(|number| world.send(alex, "general", &format!("n{number}"), "tea")).collect();
    for said in said {
        said.await.unwrap();
    }
    assert_eq!(find(&world, alex, "京").await, ["京"]);
    assert_eq!(find(&world, alex, "e").await.len(), 2200);
}

async fn a_random_script_finds_what_a_simple_filter_finds(world: World) {
    let mut random = seeded();
    let people = world.members(["Alex", "Sam"]).await;
    let rooms = [world.id("general"), private(&world, people[0], &[people[1]]).await];
    // What stands where, the oldest first.
    let mut said: Vec<(RoomId, Seq, Actor, String)> = Vec::new();
    for step in 0..300 {
        let (id, text) = (step.to_string(), random_text(&mut random));
        let place = random.random_range(0..said.len().max(1));
        match random.random_range(0..10) {
            0..5 => {
                let (actor, room) = (people[random.random_range(0..2)], rooms[random.random_range(0..2)]);
                let seq = say(&world, actor, room, &id, &text).await;
                said.push((room, seq, actor, text));
            }
            _ if said.is_empty() => {}
            5..7 => {
                let (room, seq, author, present) = &mut said[place];
                world.store().edit_message(*author, edit(*room, *seq, &id, &text)).await.unwrap();
                *present = text;
            }
            7 => {
                let (room, seq, author, _) = said.remove(place);
                world.store().delete_message(author, deletion(room, seq, &id)).await.unwrap();
            }
            _ => {
                let (one, other) = (part_of(&said[place].3, &mut random), part_of(&text, &mut random));
                let looked_for =
                    if random.random_bool(0.5) { format!("\"{one}\"") } else { format!("{one} {other}") };
                let Ok(query) = SearchQuery::parse(&looked_for) else { continue };
                let expected: Vec<_> = said
                    .iter()
                    .rev()
                    .filter(|(.., text)| query.finds_text(text))
                    .map(|(room, seq, ..)| (*room, *seq))
                    .collect();
                let limit = random.random_range(1..30);
                let wish = SearchWish { limit, ..wish(&looked_for) };
                let found = find_by(&world, people[0], wish).await;
                let found: Vec<_> = found.iter().map(|message| (message.room, message.seq)).collect();
                assert_eq!(found, expected, "{looked_for:?}");
            }
        }
    }
}

async fn what_was_said_before_a_restart_is_found(mut world: World) {
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    for number in 0..100 {
        say(&world, alex, general, &number.to_string(), &format!("herring {number}")).await;
    }
    // Nobody waits for the index.
    world.reopen();
    say(&world, alex, general, "last", "herring last").await;
    assert_eq!(find(&world, alex, "herring").await.len(), 101);
    assert_eq!(find(&world, alex, "\"rring 5\"").await.len(), 11);
}
