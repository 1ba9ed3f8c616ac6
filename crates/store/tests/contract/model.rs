//! The storage as simple as it can be thought: lists in memory, one call at a time. What it answers is what every storage
//! must answer.

use crate::world::{name, slug};
use chinwag_core::domain::{EventBody, Refusal, RoomId, RoomOverview, Seq, User, UserId};
use std::collections::BTreeMap;

#[derive(Default)]
pub(crate) struct Model {
    pub(crate) people: BTreeMap<UserId, Person>,
    /// The deleted ones, too.
    pub(crate) rooms: Vec<Room>,
    sent: BTreeMap<(UserId, String), (RoomId, Seq)>,
}

pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) removed: bool,
}

pub(crate) struct Room {
    pub(crate) id: RoomId,
    slug: String,
    title: String,
    topic: String,
    creator: Option<UserId>,
    pub(crate) deleted: bool,
    /// The `seq` of the first event.
    pub(crate) first: Seq,
    /// Who did what, beginning at `first`.
    pub(crate) log: Vec<(UserId, EventBody)>,
    /// With their read markers.
    pub(crate) members: BTreeMap<UserId, Seq>,
}

impl Room {
    /// A room as it is before its first event.
    pub(crate) fn new(seen: RoomOverview, creator: Option<UserId>) -> Self {
        let RoomOverview { id, slug, title, topic, first, .. } = seen;
        let slug = slug.as_str().into();
        Self {
            id,
            slug,
            title,
            topic,
            creator,
            deleted: false,
            first,
            log: Vec::new(),
            members: BTreeMap::new(),
        }
    }

    fn head(&self) -> Seq {
        Seq(self.first.0 - 1 + i64::try_from(self.log.len()).unwrap())
    }

    fn append(&mut self, actor: UserId, body: EventBody) -> Seq {
        self.log.push((actor, body));
        self.head()
    }

    fn admit(&mut self, user: UserId) {
        let seq = self.append(user, EventBody::MemberJoined);
        self.members.insert(user, seq);
    }

    fn unread(&self, user: UserId, read: Seq) -> u32 {
        let after = &self.log[usize::try_from(read.0 + 1 - self.first.0).unwrap()..];
        let others = |(author, body): &&(UserId, EventBody)| {
            *author != user && matches!(body, EventBody::Message { .. })
        };
        after.iter().filter(others).count().min(100).try_into().unwrap()
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
        for room in &mut self.rooms {
            if room.members.remove(&user).is_some() {
                room.append(user, EventBody::MemberLeft);
            }
        }
        self.people.get_mut(&user).unwrap().removed = true;
    }

    pub(crate) fn rename(&mut self, user: UserId, new: &str) -> Result<(), Refusal> {
        self.check_account(user)?;
        self.check_free(new, Some(user))?;
        let old_name = std::mem::replace(&mut self.people.get_mut(&user).unwrap().name, new.into());
        if old_name != new {
            for room in self.rooms.iter_mut().filter(|room| room.members.contains_key(&user)) {
                room.append(user, EventBody::MemberRenamed { old_name: old_name.clone() });
            }
        }
        Ok(())
    }

    pub(crate) fn create_room(&self, user: UserId, room: &str, limit: usize) -> Result<(), Refusal> {
        if self.rooms.iter().any(|other| !other.deleted && other.slug == room) {
            return Err(Refusal::RoomExists(slug(room)));
        }
        self.check_account(user)?;
        self.check_limit(user, limit)
    }

    pub(crate) fn created_room(&mut self, user: UserId, seen: RoomOverview) {
        let (title, topic) = (seen.title.clone(), seen.topic.clone());
        let before = self.rooms.iter().filter(|room| room.deleted && room.slug == seen.slug.as_str());
        let first = before.map(Room::head).max().unwrap_or_default().next();
        let mut new = Room::new(RoomOverview { first, ..seen }, Some(user));
        new.append(user, EventBody::RoomCreated { title, topic });
        new.admit(user);
        self.rooms.push(new);
    }

    pub(crate) fn retitle(&mut self, user: UserId, room: &str, title: &str) -> Result<(), Refusal> {
        let room = self.owned(user, room)?;
        if room.title != title {
            room.title = title.into();
            room.append(user, EventBody::RoomUpdated { title: title.into(), topic: room.topic.clone() });
        }
        Ok(())
    }

    pub(crate) fn delete_room(&mut self, user: UserId, room: &str) -> Result<(), Refusal> {
        let room = self.owned(user, room)?;
        room.append(user, EventBody::RoomDeleted);
        room.deleted = true;
        room.members.clear();
        Ok(())
    }

    pub(crate) fn join(&mut self, user: UserId, room: &str, limit: usize) -> Result<(), Refusal> {
        let index = self.find(room)?;
        self.check_account(user)?;
        if !self.rooms[index].members.contains_key(&user) {
            self.check_limit(user, limit)?;
            self.rooms[index].admit(user);
        }
        Ok(())
    }

    pub(crate) fn leave(&mut self, user: UserId, room: &str) -> Result<RoomId, Refusal> {
        let index = self.find(room)?;
        let room = &mut self.rooms[index];
        if room.members.remove(&user).is_some() {
            room.append(user, EventBody::MemberLeft);
        }
        Ok(room.id)
    }

    pub(crate) fn mark_read(&mut self, user: UserId, room: &str, seq: Seq) -> Result<(), Refusal> {
        let index = self.find(room)?;
        let room = &mut self.rooms[index];
        let head = room.head();
        let read = room.members.get_mut(&user).ok_or_else(|| Refusal::NotMember(slug(&room.slug)))?;
        *read = seq.min(head).max(*read);
        Ok(())
    }

    pub(crate) fn say(&mut self, user: UserId, room: &str, id: &str) -> Result<(RoomId, Seq), Refusal> {
        let index = self.find(room)?;
        let room = &mut self.rooms[index];
        if let Some(first) = self.sent.get(&(user, id.into())) {
            return if first.0 == room.id { Ok(*first) } else { Err(Refusal::ClientIdReused) };
        }
        if !room.members.contains_key(&user) {
            return Err(Refusal::NotMember(slug(&room.slug)));
        }
        let seq = room.append(user, EventBody::Message { text: id.into(), client_id: id.into() });
        room.members.insert(user, seq);
        self.sent.insert((user, id.into()), (room.id, seq));
        Ok((room.id, seq))
    }

    /// The list of rooms as `user` sees it.
    pub(crate) fn overviews(&self, user: UserId) -> Vec<RoomOverview> {
        let overview = |room: &Room| {
            let read = room.members.get(&user);
            RoomOverview {
                id: room.id,
                slug: slug(&room.slug),
                title: room.title.clone(),
                topic: room.topic.clone(),
                first: room.first,
                head: room.head(),
                read: read.copied().unwrap_or_default(),
                unread: read.map_or(0, |read| room.unread(user, *read)),
                member: read.is_some(),
                mine: room.creator == Some(user),
            }
        };
        let mut rooms: Vec<_> = self.rooms.iter().filter(|room| !room.deleted).map(overview).collect();
        rooms.sort_by_key(|room| (room.title.to_lowercase(), room.slug.clone()));
        rooms
    }

    fn find(&self, room: &str) -> Result<usize, Refusal> {
        let position = self.rooms.iter().position(|other| !other.deleted && other.slug == room);
        position.ok_or_else(|| Refusal::RoomNotFound(slug(room)))
    }

    fn owned(&mut self, user: UserId, room: &str) -> Result<&mut Room, Refusal> {
        let index = self.find(room)?;
        self.check_account(user)?;
        let room = &mut self.rooms[index];
        if room.creator == Some(user) { Ok(room) } else { Err(Refusal::Forbidden(slug(&room.slug))) }
    }

    fn check_account(&self, user: UserId) -> Result<(), Refusal> {
        if self.people[&user].removed { Err(Refusal::Unauthorized) } else { Ok(()) }
    }

    fn check_free(&self, new: &str, except: Option<UserId>) -> Result<(), Refusal> {
        let holds = |(id, person): (&UserId, &Person)| {
            !person.removed && Some(*id) != except && name(&person.name).key() == name(new).key()
        };
        if self.people.iter().any(holds) { Err(Refusal::NameTaken(name(new))) } else { Ok(()) }
    }

    fn check_limit(&self, user: UserId, limit: usize) -> Result<(), Refusal> {
        let rooms = self.rooms.iter().filter(|room| room.members.contains_key(&user)).count();
        if rooms < limit { Ok(()) } else { Err(Refusal::RoomLimit { limit: limit.try_into().unwrap() }) }
    }
}
