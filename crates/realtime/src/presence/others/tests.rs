//! Whatever the nodes tell, and whichever of them end: who is there follows from the last word of each node that lives.

use super::*;
use proptest::prelude::*;

/// What each node has told last, as plainly as it can be kept.
type Model = BTreeMap<i64, BTreeMap<i64, PersonThere>>;

#[derive(Clone, Debug)]
enum Step {
    Changed(i64, Vec<PersonThere>),
    Gone(i64, Vec<i64>),
    /// A part of everything that a node has, which it tells though nothing changed, or something was lost.
    Part(i64, i64, i64, Vec<PersonThere>),
    Keep(Vec<i64>),
}

fn person() -> impl Strategy<Value = PersonThere> {
    let presence = prop_oneof![Just(Presence::Online), Just(Presence::Away)];
    let via = prop_oneof![Just(None), Just(Some("simple".to_owned()))];
    let rooms = prop::collection::vec((0..4_i64).prop_map(RoomId), 0..3);
    (0..8_i64, presence, via, rooms).prop_map(|(id, presence, via, rooms)| {
        let user = User::guest(UserId(id), format!("user {id}"));
        PersonThere { user, presence, via, rooms }
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let people = || prop::collection::vec(person(), 0..4);
    let node = || 1..4_i64;
    let step = prop_oneof![
        4 => (node(), people()).prop_map(|(node, people)| Step::Changed(node, people)),
        2 => (node(), prop::collection::vec(0..8_i64, 0..4)).prop_map(|(node, gone)| Step::Gone(node, gone)),
        2 => (node(), -1..8_i64, 0..9_i64, people())
            .prop_map(|(node, after, until, people)| Step::Part(node, after, until, people)),
        1 => prop::collection::vec(node(), 0..4).prop_map(Step::Keep),
    ];
    prop::collection::vec(step, 1..60)
}

fn take(others: &mut Others, model: &mut Model, step: Step) -> Vec<Change> {
    match step {
        Step::Changed(node, people) => {
            let known = model.entry(node).or_default();
            known.extend(people.iter().map(|person| (person.user.id.0, person.clone())));
            others.take(NodeId(node), PresenceNews::Changed(people))
        }
        Step::Gone(node, users) => {
            model.entry(node).or_default().retain(|user, _| !users.contains(user));
            others.take(NodeId(node), PresenceNews::Gone(users.into_iter().map(UserId).collect()))
        }
        Step::Part(node, after, until, people) => {
            let within = |user: i64| after < user && user <= until;
            let known = model.entry(node).or_default();
            known.retain(|user, _| !within(*user));
            let told = people.iter().filter(|person| within(person.user.id.0));
            known.extend(told.map(|person| (person.user.id.0, person.clone())));
            let (after, until) = (UserId(after), UserId(until));
            others.take(NodeId(node), PresenceNews::Part { after, until, people })
        }
        Step::Keep(live) => {
            model.retain(|node, _| live.contains(node));
            others.keep(&live.into_iter().map(NodeId).collect::<Vec<_>>())
        }
    }
}

fn present(model: &Model) -> BTreeSet<(RoomId, UserId)> {
    let people = model.values().flat_map(BTreeMap::values);
    people.flat_map(|person| person.rooms.iter().map(|room| (*room, person.user.id))).collect()
}

fn check(others: &Others, model: &Model) {
    let expected = present(model);
    for room in (0..4).map(RoomId) {
        let here: BTreeSet<_> = others.in_room(room).collect();
        let of_model = expected.iter().filter(|(at, _)| *at == room).map(|(_, user)| *user);
        assert_eq!(here, of_model.collect());
        assert_eq!(others.online(room) as usize, here.len());
    }
    for user in 0..8 {
        let parts: Vec<_> = model.values().filter_map(|people| people.get(&user)).collect();
        let person = others.person(UserId(user));
        assert_eq!(others.nodes_of(UserId(user)) as usize, parts.len());
        assert_eq!(person.is_some(), !parts.is_empty());
        let Some(person) = person else { continue };
        let is_online = parts.iter().any(|part| part.presence == Presence::Online);
        assert_eq!(person.presence == Presence::Online, is_online);
        assert_eq!(person.via.is_none(), parts.iter().any(|part| part.via.is_none()));
    }
    assert!(others.nodes.values().all(|people| !people.is_empty()), "nothing stays of who is gone");
    assert!(others.rooms.values().all(|people| !people.is_empty()));
}

proptest! {
    #[test]
    fn who_is_there_is_the_union_of_what_the_living_nodes_told_last(steps in steps()) {
        let (mut others, mut model) = (Others::default(), Model::new());
        for step in steps {
            let (before, changes) = (present(&model), take(&mut others, &mut model, step));
            check(&others, &model);
            // Whoever follows the changes knows who is there, too.
            let mut followed = before;
            for change in changes {
                let is_new = match change {
                    Change::Came(room, user) => followed.insert((room, user)),
                    Change::Left(room, user) => followed.remove(&(room, user)),
                    Change::Person(_) => true,
                };
                prop_assert!(is_new, "nobody comes or leaves twice");
            }
            prop_assert_eq!(followed, present(&model));
        }
        others.keep(&[]);
        prop_assert!(others.nodes.is_empty() && others.rooms.is_empty());
    }
}
