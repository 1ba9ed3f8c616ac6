//! Where somebody looks, and for whose words.

use crate::found_room::{FoundRoom, found};
use crate::rooms;
use crate::sql::{Failure, Transaction, values};
use chinwag_core::domain::search_tokens::search_fold;
use chinwag_core::domain::{LogAccess, RoomId, SearchWish, UserId, UserName};
use std::collections::HashMap;

/// The rooms that may be read and were asked for, and who wrote it, if that was said.
pub(super) struct Scope {
    pub(super) rooms: HashMap<RoomId, LogAccess>,
    pub(super) authors: Option<Vec<UserId>>,
}

impl Scope {
    /// None when nothing can be found there: what one may not see is as if it were not.
    pub(super) fn of(
        sql: &dyn Transaction,
        user: UserId,
        wish: &SearchWish,
    ) -> Result<Option<Self>, Failure> {
        let mut found = match wish.room {
            Some(room) => {
                let room = rooms::find(sql, user, &room.into())?;
                // Whoever names it is told why it cannot be read.
                room.log_access()?;
                vec![room]
            }
            None => readable(sql, user)?,
        };
        if let Some(name) = &wish.query.room {
            found.retain(|room| is_called(room, name));
        }
        let rooms: HashMap<_, _> =
            found.iter().filter_map(|room| Some((room.id, room.log_access().ok()?))).collect();
        let authors = authors(sql, wish)?;
        let is_empty = rooms.is_empty() || authors.as_ref().is_some_and(Vec::is_empty);
        Ok((!is_empty).then_some(Self { rooms, authors }))
    }
}

/// The rooms that `user` may read: one's own, and for visitors, who are in none, the public ones.
fn readable(sql: &dyn Transaction, user: UserId) -> Result<Vec<FoundRoom>, Failure> {
    const VISITS: &str = "SELECT 1 FROM users WHERE id = ?1 AND kind = 'visitor'";
    const PUBLIC: &str = found!("AND rooms.kind = 'public'");
    const OWN: &str = found!("AND rooms.id IN (SELECT room_id FROM members WHERE user_id = ?1)");
    let select = if sql.exists(VISITS, values![user])? { PUBLIC } else { OWN };
    Ok(sql.all(select, values![user], |row| FoundRoom::read_row(user, row))?)
}

fn is_called(room: &FoundRoom, name: &str) -> bool {
    let name = search_fold(name);
    room.slug.as_ref().is_some_and(|slug| slug.as_str() == name) || search_fold(&room.title) == name
}

/// The accounts whose words are looked for; all when it was not said.
fn authors(sql: &dyn Transaction, wish: &SearchWish) -> Result<Option<Vec<UserId>>, Failure> {
    const NAMED: &str = "
        SELECT id FROM users WHERE lower_look = ?1 AND removed_at IS NULL
        UNION ALL
        SELECT id FROM users WHERE lower_look = ?1 AND removed_at IS NOT NULL AND keeper IS NOT NULL";
    let Some(name) = &wish.query.from else { return Ok(wish.from.map(|author| vec![author])) };
    let Ok(name) = UserName::parse(name) else { return Ok(Some(Vec::new())) };
    let named: Vec<UserId> = sql.all(NAMED, values![&name.looks().in_lower_case], |row| row.get(0))?;
    Ok(Some(named.into_iter().filter(|named| wish.from.is_none_or(|author| author == *named)).collect()))
}
