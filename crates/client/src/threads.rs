//! What a person does with threads.

use crate::client::Client;
use crate::error::RequestError;
use crate::requests::Repeat;
use crate::verbs::{Ack, Window, done, unexpected};
use chinwag_wire::native::{
    ClientFrame, FollowThread, FollowedThread, ReadThread, Send, ServerFrame, Thread, ThreadPage, Threads,
    UnfollowThread,
};

/// Who is shown what is said in a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Who reads the thread.
    InThread,
    /// The room as well.
    InRoomAlso,
}

/// A page of the threads that one follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadsPage {
    /// Those with unread replies, then the others.
    pub threads: Vec<FollowedThread>,
    /// Where the next page begins, when there is one.
    pub next: Option<String>,
}

impl Client {
    /// Says something in the thread under a message. Over lost connections it is sent again, in order.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn say_in_thread(
        &self,
        room: i64,
        root: i64,
        text: &str,
        shown: Shown,
    ) -> Result<Ack, RequestError> {
        self.say_in_thread_as(room, root, &self.new_client_id(), text, shown).await
    }

    /// The same under a client id of one's own choice. A repeat of it gets the first ack.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn say_in_thread_as(
        &self,
        room: i64,
        root: i64,
        client_id: &str,
        text: &str,
        shown: Shown,
    ) -> Result<Ack, RequestError> {
        let (client_id, text, also) = (client_id.to_owned(), text.to_owned(), shown == Shown::InRoomAlso);
        let thread = Some(root);
        let make = |reference| {
            ClientFrame::Send(Send { thread, also, ..Send::new(reference, room, client_id, text) })
        };
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Ack { seq, at, .. } = frame else { return unexpected(&frame) };
        Ok(Ack { seq, at })
    }

    /// Reads a page of a thread.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn thread(
        &self,
        room: i64,
        root: i64,
        window: Window,
        limit: u32,
    ) -> Result<ThreadPage, RequestError> {
        let make = |reference| {
            let limit = Some(limit);
            let mut frame = Thread { reference, room, root, before: None, around: None, after: None, limit };
            match window {
                Window::Latest => {}
                Window::Before(seq) => frame.before = Some(seq),
                Window::Around(seq) => frame.around = Some(seq),
                Window::After(seq) => frame.after = Some(seq),
            }
            ClientFrame::Thread(frame)
        };
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Thread { page, .. } = frame else { return unexpected(&frame) };
        Ok(*page)
    }

    /// Reads a page of the threads that the person follows, after the [`next`](ThreadsPage::next) of the page before.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn threads(&self, after: Option<&str>, limit: u32) -> Result<ThreadsPage, RequestError> {
        let after = after.map(str::to_owned);
        let make = |reference| ClientFrame::Threads(Threads { reference, after, limit: Some(limit) });
        let frame = self.ask(Repeat::Safe, make).await?;
        let ServerFrame::Threads { threads, next, .. } = frame else { return unexpected(&frame) };
        Ok(ThreadsPage { threads, next })
    }

    /// Follows a thread. What was said until now counts as read.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn follow_thread(&self, room: i64, root: i64) -> Result<(), RequestError> {
        let make = |reference| ClientFrame::FollowThread(FollowThread { reference, room, root });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }

    /// Ends that.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn unfollow_thread(&self, room: i64, root: i64) -> Result<(), RequestError> {
        let make = |reference| ClientFrame::UnfollowThread(UnfollowThread { reference, room, root });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }

    /// Marks a thread as read up to a place.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn read_thread(&self, room: i64, root: i64, seq: i64) -> Result<(), RequestError> {
        let make = |reference| ClientFrame::ReadThread(ReadThread { reference, room, root, seq });
        self.ask(Repeat::Safe, make).await.and_then(done)
    }
}
