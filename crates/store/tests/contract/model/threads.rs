use super::{Model, Room};
use chinwag_core::domain::{
    EventBody, InThread, MessageContent, MessageEvent, Millis, Refusal, RoomId, Seq, THREAD_FACES,
    ThreadInfo, ThreadMark, UserId,
};
use chinwag_core::ports::ThreadChange;

/// A thread in somebody's list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Listed {
    pub(crate) is_unread: bool,
    pub(crate) room: RoomId,
    pub(crate) root: Seq,
    pub(crate) read: Seq,
    pub(crate) unread: u32,
}

impl Room {
    fn posted(&self, seq: Seq) -> Option<&MessageContent> {
        let (_, body) = self.log.get(usize::try_from(seq.0 - 1).ok()?)?;
        let EventBody::Message(MessageEvent::Posted(content)) = body else { return None };
        Some(content)
    }

    /// In which thread the message at this place stands.
    pub(super) fn thread_of(&self, seq: Seq) -> Option<InThread> {
        self.posted(seq).and_then(|content| content.thread)
    }

    fn replies(&self, root: Seq) -> impl DoubleEndedIterator<Item = (Seq, UserId)> {
        let log = self.log.iter().enumerate().map(|(place, it)| (Seq(i64::try_from(place).unwrap() + 1), it));
        log.filter(move |(seq, (_, body))| match body {
            EventBody::Message(MessageEvent::Posted(content)) => {
                content.thread.is_some_and(|thread| thread.root == root) && !self.is_gone(*seq)
            }
            EventBody::Message(_) | EventBody::Member(_) | EventBody::Room(_) => false,
        })
        .map(|(seq, (author, _))| (seq, *author))
    }

    /// The places of all replies, deleted ones among them.
    pub(crate) fn all_replies(&self, root: Seq) -> Vec<Seq> {
        let seqs = (1..).map(Seq).take(self.log.len());
        seqs.filter(|seq| self.thread_of(*seq).is_some_and(|thread| thread.root == root)).collect()
    }

    pub(crate) fn mark(&self, root: Seq, user: UserId) -> Option<ThreadMark> {
        self.threads.get(&root).and_then(|marks| marks.get(&user)).copied()
    }

    fn unread_in(&self, root: Seq, user: UserId, read: Seq) -> u32 {
        let others = self.replies(root).filter(|(seq, author)| *seq > read && *author != user);
        others.count().min(100).try_into().unwrap()
    }

    pub(super) fn unread_threads(&self, user: UserId) -> u32 {
        let own = self.threads.iter().filter_map(|(root, marks)| Some((*root, *marks.get(&user)?)));
        let unread = own.filter(|(root, mark)| mark.follows && self.unread_in(*root, user, mark.read) > 0);
        unread.count().try_into().unwrap()
    }

    /// Notes that the last message of the log is a reply.
    pub(super) fn note_reply(&mut self, author: UserId, root: Seq, mentioned: &[UserId]) {
        let (seq, began) = (self.head(), self.author(root).unwrap());
        let marks = self.threads.entry(root).or_default();
        marks.insert(author, ThreadMark { follows: true, read: seq });
        for user in mentioned.iter().copied().chain([began]).filter(|user| self.members.contains_key(user)) {
            marks.entry(user).or_insert(ThreadMark { follows: true, read: Seq(seq.0 - 1) });
        }
    }

    /// Notes whom an edit at `at` mentions in a thread.
    pub(super) fn note_mentions(&mut self, root: Seq, at: Seq, mentioned: &[UserId]) {
        let marks = self.threads.entry(root).or_default();
        for user in mentioned {
            marks.entry(*user).or_insert(ThreadMark { follows: true, read: at });
        }
    }
}

impl Model {
    /// What is said under a message, without times.
    pub(crate) fn info(&self, room: &Room, root: Seq) -> Option<ThreadInfo> {
        let replies: Vec<_> = room.replies(root).collect();
        let mut users = Vec::<(UserId, String)>::new();
        for (_, author) in replies.iter().rev().take(20) {
            if users.len() < THREAD_FACES && users.iter().all(|(user, _)| user != author) {
                users.push((*author, self.people[author].name.clone()));
            }
        }
        let (count, as_of) = (u32::try_from(replies.len()).unwrap(), room.head());
        (count > 0).then_some(ThreadInfo { replies: count, last: Millis(0), users, as_of })
    }

    pub(crate) fn change_thread(
        &mut self,
        user: UserId,
        room: RoomId,
        (root, change): (Seq, ThreadChange),
    ) -> Result<(), Refusal> {
        let index = self.find(room.into())?;
        let room = &mut self.rooms[index];
        if !room.members.contains_key(&user) {
            return Err(Refusal::NotMember);
        }
        if room.author(root).is_none() || room.thread_of(root).is_some() {
            return Err(Refusal::MessageNotFound(root));
        }
        let head = room.head();
        let marks = room.threads.entry(root).or_default();
        match change {
            ThreadChange::Followed if marks.get(&user).is_some_and(|mark| mark.follows) => {}
            ThreadChange::Followed => _ = marks.insert(user, ThreadMark { follows: true, read: head }),
            ThreadChange::Unfollowed => marks.entry(user).or_default().follows = false,
            ThreadChange::Read(seq) => {
                if let Some(mark) = marks.get_mut(&user) {
                    mark.read = mark.read.max(seq.min(head));
                }
            }
        }
        Ok(())
    }

    /// The threads that somebody follows and in which anything was ever said, in their order. No time passes here.
    pub(crate) fn threads(&self, user: UserId) -> Vec<Listed> {
        let mut listed = Vec::new();
        for room in self.rooms.iter().filter(|room| !room.deleted && room.members.contains_key(&user)) {
            for (root, marks) in &room.threads {
                let Some(mark) = marks.get(&user).filter(|mark| mark.follows) else { continue };
                if room.all_replies(*root).is_empty() {
                    continue;
                }
                let unread = room.unread_in(*root, user, mark.read);
                listed.push(Listed {
                    is_unread: unread > 0,
                    room: room.id,
                    root: *root,
                    read: mark.read,
                    unread,
                });
            }
        }
        listed.sort_by_key(|thread| std::cmp::Reverse((thread.is_unread, thread.room, thread.root)));
        listed
    }
}
