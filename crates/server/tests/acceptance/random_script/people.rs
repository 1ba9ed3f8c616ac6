use super::{Model, Proxy, Server, within};
use crate::support::{Actor, Stored, again};
use chinwag_client::protocol::ErrorCode;

/// The people of the script, each behind a proxy of their own.
pub(crate) struct People {
    people: Vec<Person>,
}

struct Person {
    actor: Actor,
    proxy: Proxy,
    offline: bool,
}

impl People {
    pub(crate) async fn enter(server: &Server, count: usize) -> Self {
        let mut people = Vec::new();
        for number in 0..count {
            let proxy = Proxy::before(server.next_address()).await;
            let actor = server.enter_through(&proxy.url(), &format!("Guest {number}")).await;
            people.push(Person { actor, proxy, offline: false });
        }
        Self { people }
    }

    pub(crate) fn ids(&self) -> Vec<i64> {
        self.people.iter().map(|person| person.actor.id()).collect()
    }

    pub(crate) fn is_offline(&self, person: usize) -> bool {
        self.people[person].offline
    }

    pub(crate) fn proxy(&self, person: usize) -> &Proxy {
        &self.people[person].proxy
    }

    pub(crate) fn go_offline(&mut self, person: usize) {
        self.people[person].offline = true;
        self.people[person].proxy.close();
    }

    pub(crate) fn come_online(&mut self, person: usize) {
        self.people[person].offline = false;
        self.people[person].proxy.open();
    }

    /// Leads everybody to a server that began anew.
    pub(crate) fn lead_to(&self, server: &Server) {
        for person in &self.people {
            person.proxy.lead_to(server.next_address());
        }
    }

    pub(crate) async fn join(&self, person: usize, room: &str) {
        let actor = &self.people[person].actor;
        again(async || actor.join(room, 10).await).await.unwrap();
    }

    pub(crate) async fn leave(&self, person: usize, room: &str) {
        let actor = &self.people[person].actor;
        again(async || actor.leave(room).await).await.unwrap();
    }

    pub(crate) async fn rename(&self, person: usize, name: &str) {
        let actor = &self.people[person].actor;
        again(async || actor.rename(name).await).await.unwrap();
    }

    /// The place of the message; `None` when the person was told to join first.
    pub(crate) async fn send(&self, person: usize, room: &str, text: &str) -> Option<i64> {
        let actor = &self.people[person].actor;
        match within("an ack", actor.send_as(room, &text.replace(' ', "-"), text)).await {
            Ok(ack) => Some(ack.seq),
            Err(error) => {
                assert_eq!(error.refusal().unwrap().code, ErrorCode::NotMember);
                None
            }
        }
    }

    /// Asserts that everyone has seen what they should of a room, and nothing else.
    pub(crate) async fn have_seen(&self, model: &Model, room: &str) {
        for (number, Person { actor, .. }) in self.people.iter().enumerate() {
            actor.has_no_complaints();
            if !model.is_member(number, room) {
                continue;
            }
            let log = model.log(room);
            actor.reaches(room, log.len() as i64).await;
            let base = {
                let view = actor.view();
                let seen: Vec<_> = view.room(room).log.iter().map(Stored::from).collect();
                let base = view.room(room).base as usize;
                assert_eq!(seen, log[base..], "Guest {number} in #{room} from {base} on");
                assert_eq!(view.resets, 0);
                base
            };
            assert!(base <= log.len());
            let page = again(async || actor.members(room, None, 200).await).await.unwrap();
            let told = page.members.iter().map(|member| (member.user_id, member.name.as_str()));
            let expected = model.members(room);
            assert_eq!(page.members.len(), expected.len());
            for (id, name) in told {
                assert!(expected[&id].is_none_or(|changed| changed == name), "{name} is the name of {id}");
            }
        }
    }
}
