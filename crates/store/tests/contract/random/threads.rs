use super::Script;
use crate::model::Listed;
use chinwag_core::domain::{Actor, Millis, RoomId, Seq, ThreadInfo, ThreadListQuery, UserId, Window};
use chinwag_core::ports::ThreadChange;
use rand::RngExt as _;

impl Script {
    pub(super) async fn change_thread(&mut self, actor: Actor, room: RoomId) {
        for _ in 0..4 {
            let root = Seq(self.random.random_range(1..40));
            let change = match self.random.random_range(0..4) {
                0 => ThreadChange::Followed,
                1 => ThreadChange::Unfollowed,
                _ => ThreadChange::Read(Seq(self.random.random_range(-2..60))),
            };
            let done = self.world().store().change_thread(actor, room, root, change).await;
            assert_eq!(
                done,
                self.model.change_thread(actor.user, room, (root, change)),
                "{change:?} of {root}"
            );
        }
    }

    /// A thread is what the model has of it.
    pub(super) async fn check_thread(&self, actor: Actor, room: RoomId, root: Seq) {
        let Ok(page) = self.world().store().thread(actor.user, room, root, Window::Latest, 1000).await else {
            return;
        };
        let room = self.model.rooms.iter().find(|known| known.id == room).unwrap();
        let seqs: Vec<_> = page.messages.iter().map(|message| message.seq).collect();
        assert_eq!((page.root.seq, seqs), (root, room.all_replies(root)));
        assert_eq!(page.mark, room.mark(root, actor.user).unwrap_or_default());
        let info = page.root.content.thread_info.map(|info| ThreadInfo { last: Millis(0), ..*info });
        assert_eq!(info, self.model.info(room, root));
    }

    /// The threads that somebody follows, page by page.
    pub(super) async fn threads(&self, user: UserId) -> Vec<Listed> {
        let (mut listed, mut query) = (Vec::new(), ThreadListQuery { after: None, limit: 3 });
        loop {
            let page = self.world().store().threads(user, query).await.unwrap();
            listed.extend(page.threads.into_iter().map(|thread| Listed {
                is_unread: thread.unread > 0,
                room: thread.root.room,
                root: thread.root.seq,
                read: thread.read,
                unread: thread.unread,
            }));
            match page.next {
                Some(next) => query.after = Some(next),
                None => return listed,
            }
        }
    }
}
