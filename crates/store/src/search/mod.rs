//! Messages that are looked for. Where they may be is said by an index, differently in each engine; whether they are found, by their present
//! rows and by what the person may read.

mod found;
mod indexed;
mod scanned;
mod scope;

use crate::engine::{Engine, SqlStore};
use crate::sql::{Dialect, Failure, Transaction};
use crate::{completion, search_index};
use chinwag_core::domain::{Found, SearchWish, UserId};
use chinwag_core::ports::{IndexProgress, Searching, StoreFuture};
use found::Finding;
use futures_util::FutureExt as _;
use scope::Scope;
use std::collections::BTreeSet;

impl<E: Engine> Searching for SqlStore<E> {
    fn search(&self, user: UserId, wish: SearchWish) -> StoreFuture<Found> {
        // Before the search: what is indexed meanwhile is found, too.
        let indexed_to = self.0.indexed_to();
        let page = self.0.search("search", move |sql| page(sql, user, &wish));
        async move { Ok(Found { indexed_to, ..page.await? }) }.boxed()
    }

    fn reindex(&self) -> StoreFuture<bool> {
        self.0.write("reindex", |write| {
            if !write.sql.is_alone() {
                // PostgreSQL keeps its index by itself.
                return Ok(false);
            }
            search_index::clear(write.sql)?;
            write.reindexes = true;
            Ok(true)
        })
    }

    fn index_progress(&self) -> StoreFuture<IndexProgress> {
        let indexed_to = self.0.indexed_to();
        self.0.read("index_progress", move |sql| {
            Ok(IndexProgress { messages: search_index::count(sql)?, indexed_to })
        })
    }
}

/// A page of what `user` finds.
fn page(sql: &dyn Transaction, user: UserId, wish: &SearchWish) -> Result<Found, Failure> {
    let Some(scope) = Scope::of(sql, user, wish)? else { return Ok(Found::default()) };
    let mut finding = Finding::new(wish, scope);
    match sql.dialect() {
        Dialect::Sqlite => indexed::look(sql, wish, &mut finding)?,
        Dialect::Postgres => scanned::look(sql, wish, &mut finding)?,
    }
    let mut page = finding.into_page();
    let rooms: BTreeSet<_> = page.hits.iter().map(|message| message.room).collect();
    for room in rooms {
        let of_room = page.hits.iter_mut().filter(|message| message.room == room);
        completion::complete(sql, room, Some(user), of_room)?;
    }
    Ok(page)
}
