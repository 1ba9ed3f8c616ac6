//! The storage as simple as it can be thought: lists in memory, one call at a time. What it answers is what every storage
//! must answer.

mod messages;
mod reactions;
mod threads;

pub(crate) use threads::Listed;

use crate::world::name;
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{
    EventBody, MemberChange, MessageEvent, Refusal, RoomChange, RoomId, RoomKind, RoomLabels, RoomListGroup,
    RoomOverview, RoomReference, RoomSettings, RoomSlug, RoomState, Seq, ThreadMark, User, UserId,
    room_sort_key,
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Model {
    pub(crate) people: BTreeMap<UserId, Person>,
    /// The deleted ones, too.
    pub(crate) rooms: Vec<Room>,
    /// Addresses that rooms gave up, and that nobody has taken.
    former: BTreeMap<RoomSlug, RoomId>,
    sent: BTreeMap<(UserId, String), (RoomId, Seq)>,
    /// Changes by who made them under which client id: what was to be changed, and how, and where that stands.
    made: BTreeMap<(UserId, String), (RoomId, Seq, Change, Seq)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Edit,
    Delete,
}

pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) removed: bool,
}

pub(crate) struct Room {
    pub(crate) id: RoomId,
    kind: RoomKind,
    slug: RoomSlug,
    title: String,
    topic: String,
    creator: Option<UserId>,
    pub(crate) deleted: bool,
    /// Who did what, beginning at the place 1. A message stands here as it was posted.
    pub(crate) log: Vec<(UserId, EventBody)>,
    /// What became of messages, by their places.
    pub(crate) changed: BTreeMap<Seq, Changed>,
    /// Whom messages mention, by their places: who it is, and since which event.
    pub(crate) mentions: BTreeMap<Seq, BTreeMap<UserId, Seq>>,
    /// What threads are to people, by their roots.
    pub(crate) threads: BTreeMap<Seq, BTreeMap<UserId, ThreadMark>>,
    /// With their read markers.
    pub(crate) members: BTreeMap<UserId, Seq>,
}

/// A message that is not as it was posted.
#[derive(Clone)]
pub(crate) struct Changed {
    /// The present text; none of one that was deleted.
    pub(crate) text: Option<String>,
    /// The place of the last change.
    pub(crate) last: Seq,
    pub(crate) is_pinned: bool,
    /// Who reacted, by emoji.
    pub(crate) reactions: BTreeMap<String, BTreeSet<UserId>>,
}

impl Room {
    /// A room as it is before its first event.
    pub(crate) fn new(seen: RoomOverview, creator: Option<UserId>) -> Self {
        let RoomOverview { id, kind, slug, title, topic, .. } = seen;
        Self {
            id,
            kind,
            slug: slug.unwrap(),
            title,
            topic,
            creator,
            deleted: false,
            log: Vec::new(),
            changed: BTreeMap::new(),
            mentions: BTreeMap::new(),
            threads: BTreeMap::new(),
            members: BTreeMap::new(),
        }
    }

    pub(crate) fn head(&self) -> Seq {
        Seq(self.log.len().try_into().unwrap())
    }

    fn append(&mut self, actor: UserId, body: EventBody) -> Seq {
        self.log.push((actor, body));
        self.head()
    }

    fn admit(&mut self, user: UserId, name: &str) {
        let seq = self.append(user, EventBody::own_membership(user, name, MemberChange::Joined));
        self.members.insert(user, seq);
    }

    fn dismiss(&mut self, user: UserId, name: &str) {
        if self.members.remove(&user).is_some() {
            self.append(user, EventBody::own_membership(user, name, MemberChange::Left));
            self.threads.values_mut().for_each(|marks| _ = marks.remove(&user));
        }
    }

    fn labels(&self) -> RoomLabels {
        let slug = Some(self.slug.as_str().to_owned());
        RoomLabels { slug, title: self.title.clone(), topic: self.topic.clone() }
    }

    fn state(&self) -> RoomState {
        let (kind, settings) = (self.kind, RoomSettings::default());
        RoomState { labels: self.labels(), kind, was: kind, settings }
    }

    fn unread(&self, user: UserId, read: Seq) -> u32 {
        let after = self.log.iter().zip((1..).map(Seq)).skip(usize::try_from(read.0).unwrap());
        let others = |((author, body), seq): &(&(UserId, EventBody), Seq)| {
            let is_said = match body {
                EventBody::Message(MessageEvent::Posted(content)) => {
                    content.thread.is_none_or(|thread| thread.also)
                }
                EventBody::Message(_) | EventBody::Member(_) | EventBody::Room(_) => false,
            };
            *author != user && is_said && !self.is_gone(*seq)
        };
        after.filter(others).count().min(100).try_into().unwrap()
    }

    /// Whether the message at this place was deleted.
    pub(crate) fn is_gone(&self, seq: Seq) -> bool {
        matches!(self.changed.get(&seq), Some(Changed { text: None, .. }))
    }

    /// The message at this place as it is now.
    fn present(&mut self, seq: Seq) -> &mut Changed {
        let (_, body) = &self.log[usize::try_from(seq.0 - 1).unwrap()];
        let EventBody::Message(MessageEvent::Posted(content)) = body else { panic!("{body:?}") };
        let (text, reactions) = (Some(content.text.clone()), BTreeMap::new());
        self.changed.entry(seq).or_insert(Changed { text, last: seq, is_pinned: false, reactions })
    }

    /// Who wrote the message at this place, if one stands there.
    fn author(&self, seq: Seq) -> Option<UserId> {
        let place = usize::try_from(seq.0 - 1).ok()?;
        let (author, body) = self.log.get(place)?;
        matches!(body, EventBody::Message(MessageEvent::Posted(_))).then_some(*author)
    }
}

impl Model {
    pub(crate) fn sign_in(&self, new: &str) -> Result<(), Refusal> {
        self.check_free(new, None)
    }

    pub(crate) fn signed_in(&mut self, user: &User) {
        self.people.insert(user.id, Person { name: user.name.clone(), removed: false });
    }

    pub(crate) fn sign_out(&mut self, user: UserId) {
        let person = self.people.get_mut(&user).unwrap();
        person.removed = true;
        for room in &mut self.rooms {
            room.dismiss(user, &person.name);
        }
    }

    pub(crate) fn rename(&mut self, user: UserId, new: &str) -> Result<(), Refusal> {
        self.check_account(user)?;
        self.check_free(new, Some(user))?;
        let old_name = std::mem::replace(&mut self.people.get_mut(&user).unwrap().name, new.into());
        if old_name != new {
            for room in self.rooms.iter_mut().filter(|room| room.members.contains_key(&user)) {
                let change = MemberChange::Renamed { old_name: old_name.clone() };
                room.append(user, EventBody::own_membership(user, new, change));
            }
        }
        Ok(())
    }

    pub(crate) fn create_room(&self, user: UserId, slug: &RoomSlug, limit: usize) -> Result<(), Refusal> {
        self.check_account(user)?;
        self.check_address(slug, None)?;
        self.check_limit(user, limit)
    }

    pub(crate) fn created_room(&mut self, user: UserId, seen: RoomOverview) {
        let mut new = Room::new(seen, Some(user));
        self.former.remove(&new.slug);
        new.append(user, EventBody::Room(RoomChange::Created(new.labels())));
        new.admit(user, &self.people[&user].name);
        self.rooms.push(new);
    }

    pub(crate) fn retitle(&mut self, user: UserId, room: RoomId, title: &str) -> Result<(), Refusal> {
        let room = self.owned(user, room)?;
        if room.title != title {
            room.title = title.into();
            room.append(user, EventBody::Room(RoomChange::Updated(room.state())));
        }
        Ok(())
    }

    pub(crate) fn move_room(&mut self, user: UserId, id: RoomId, slug: &RoomSlug) -> Result<(), Refusal> {
        if self.owned(user, id)?.slug == *slug {
            return Ok(());
        }
        self.check_address(slug, Some(id))?;
        self.former.remove(slug);
        let room = self.owned(user, id)?;
        let former = std::mem::replace(&mut room.slug, slug.clone());
        room.append(user, EventBody::Room(RoomChange::Updated(room.state())));
        self.former.insert(former, id);
        Ok(())
    }

    pub(crate) fn delete_room(&mut self, user: UserId, id: RoomId) -> Result<(), Refusal> {
        let room = self.owned(user, id)?;
        room.append(user, EventBody::Room(RoomChange::Deleted));
        room.deleted = true;
        room.members.clear();
        self.former.retain(|_, room| *room != id);
        Ok(())
    }

    pub(crate) fn join(
        &mut self,
        user: UserId,
        room: RoomReference,
        limit: usize,
    ) -> Result<RoomId, Refusal> {
        let index = self.find(room)?;
        self.check_account(user)?;
        if !self.rooms[index].members.contains_key(&user) {
            self.check_limit(user, limit)?;
            self.rooms[index].admit(user, &self.people[&user].name);
        }
        Ok(self.rooms[index].id)
    }

    pub(crate) fn leave(&mut self, user: UserId, room: RoomId) -> Result<(), Refusal> {
        let index = self.find(room.into())?;
        self.rooms[index].dismiss(user, &self.people[&user].name);
        Ok(())
    }

    pub(crate) fn mark_read(&mut self, user: UserId, room: RoomId, seq: Seq) -> Result<(), Refusal> {
        let index = self.find(room.into())?;
        let room = &mut self.rooms[index];
        let head = room.head();
        let read = room.members.get_mut(&user).ok_or(Refusal::NotMember)?;
        *read = seq.min(head).max(*read);
        Ok(())
    }

    /// The list of rooms as `user` sees it.
    pub(crate) fn overviews(&self, user: UserId) -> Vec<RoomOverview> {
        let overview = |room: &Room| {
            let read = room.members.get(&user);
            let role = if room.creator == Some(user) { RoomRole::Owner } else { RoomRole::Member };
            RoomOverview {
                id: room.id,
                kind: room.kind,
                slug: Some(room.slug.clone()),
                title: room.title.clone(),
                topic: room.topic.clone(),
                head: room.head(),
                read: read.copied().unwrap_or_default(),
                unread: read.map_or(0, |read| room.unread(user, *read)),
                mentions: read.map_or(0, |read| room.mentions(user, *read)),
                threads: read.map_or(0, |_| room.unread_threads(user)),
                role: read.map(|_| role),
                settings: RoomSettings::default(),
                people: Vec::new(),
            }
        };
        let mut rooms: Vec<_> = self.rooms.iter().filter(|room| !room.deleted).collect();
        let group = |room: &Room| match (room.creator, room.members.contains_key(&user)) {
            (None, _) => RoomListGroup::Default,
            (Some(_), true) => RoomListGroup::Own,
            (Some(_), false) => RoomListGroup::Other,
        };
        rooms.sort_by_key(|room| (group(room), room_sort_key(&room.title), room.id));
        rooms.into_iter().map(overview).collect()
    }

    fn find(&self, room: RoomReference) -> Result<usize, Refusal> {
        let id = match &room {
            RoomReference::Id(id) => Some(*id),
            RoomReference::Slug(slug) => {
                let now = self.rooms.iter().find(|other| !other.deleted && other.slug == *slug);
                now.map(|room| room.id).or_else(|| self.former.get(slug).copied())
            }
        };
        let position = self.rooms.iter().position(|other| !other.deleted && Some(other.id) == id);
        position.ok_or(Refusal::RoomNotFound(room))
    }

    fn owned(&mut self, user: UserId, room: RoomId) -> Result<&mut Room, Refusal> {
        let index = self.find(room.into())?;
        self.check_account(user)?;
        let room = &mut self.rooms[index];
        let is_owner = room.creator == Some(user) && room.members.contains_key(&user);
        if is_owner { Ok(room) } else { Err(Refusal::Forbidden) }
    }

    fn check_address(&self, slug: &RoomSlug, own: Option<RoomId>) -> Result<(), Refusal> {
        let taken = |room: &Room| !room.deleted && room.slug == *slug && Some(room.id) != own;
        if self.rooms.iter().any(taken) { Err(Refusal::RoomExists(slug.clone())) } else { Ok(()) }
    }

    fn check_account(&self, user: UserId) -> Result<(), Refusal> {
        if self.people[&user].removed { Err(Refusal::Unauthorized) } else { Ok(()) }
    }

    fn check_free(&self, new: &str, except: Option<UserId>) -> Result<(), Refusal> {
        let holds = |(id, person): (&UserId, &Person)| {
            !person.removed && Some(*id) != except && name(&person.name).looks().is_like(&name(new).looks())
        };
        if self.people.iter().any(holds) { Err(Refusal::NameTaken(name(new))) } else { Ok(()) }
    }

    fn check_limit(&self, user: UserId, limit: usize) -> Result<(), Refusal> {
        let rooms = self.rooms.iter().filter(|room| room.members.contains_key(&user)).count();
        if rooms < limit { Ok(()) } else { Err(Refusal::RoomLimit { limit: limit.try_into().unwrap() }) }
    }
}
