//! The list of rooms, page by page.

use crate::found_room::{FoundRoom, Unread, found};
use crate::sql::{Failure, Transaction, Value, place, values};
use crate::{people, threads};
use chinwag_core::domain::{
    RoomId, RoomListGroup, RoomListPage, RoomListPosition, RoomListQuery, RoomOverview, UserId, room_sort_key,
};

/// The rooms that `user` is in, by title. There are never many.
pub(crate) fn joined(sql: &dyn Transaction, user: UserId) -> Result<Vec<RoomOverview>, Failure> {
    const JOINED: &str = found!(
        "AND rooms.id IN (SELECT room_id FROM members WHERE user_id = ?1) ORDER BY rooms.archived_at IS NOT NULL, rooms.sort_key, rooms.id"
    );
    overviews(sql, user, JOINED, values![user])
}

/// A page of the rooms that `user` sees.
pub(crate) fn page(
    sql: &dyn Transaction,
    user: UserId,
    query: &RoomListQuery,
) -> Result<RoomListPage, Failure> {
    // One more than wanted tells whether there is a next page.
    let wanted = query.limit as usize + 1;
    let begin = query.after.as_ref().map_or(RoomListGroup::Default, |after| after.group);
    let (mut rooms, mut groups) = (Vec::new(), Vec::new());
    for group in RoomListGroup::ALL.into_iter().filter(|group| *group >= begin) {
        let (key, room) = match &query.after {
            Some(RoomListPosition { group: before, key, room }) if *before == group => (place(key), *room),
            // No number is this small.
            Some(_) | None => ("", RoomId(i64::MIN)),
        };
        let left = i64::try_from(wanted - rooms.len()).unwrap_or(i64::MAX);
        rooms.extend(of_group(sql, user, group, values![user, key, room, query.search.as_str(), left])?);
        groups.resize(rooms.len(), group);
        if rooms.len() == wanted {
            break;
        }
    }
    let more = rooms.len() == wanted;
    rooms.truncate(query.limit as usize);
    let last = rooms.last().zip(groups.get(rooms.len().saturating_sub(1))).filter(|_| more);
    let next = last.map(|(room, group)| RoomListPosition {
        group: *group,
        key: room_sort_key(&room.title),
        room: room.id,
    });
    Ok(RoomListPage { rooms, next })
}

/// The rooms of one group behind a place. Each group has an index in this order, or few rooms.
fn of_group(
    sql: &dyn Transaction,
    user: UserId,
    group: RoomListGroup,
    behind: &[Value<'_>],
) -> Result<Vec<RoomOverview>, Failure> {
    macro_rules! behind {
        ($group:literal) => {
            found!(
                $group,
                "AND (rooms.sort_key, rooms.id) > (?2, ?3) AND (?4 = '' OR instr(rooms.search_key, ?4) > 0)
                 ORDER BY rooms.sort_key, rooms.id LIMIT ?5"
            )
        };
    }
    const DEFAULT: &str = behind!("AND rooms.archived_at IS NULL AND rooms.creator_id IS NULL ");
    const OWN: &str = behind!(
        "AND rooms.archived_at IS NULL AND rooms.creator_id IS NOT NULL AND rooms.id IN (SELECT room_id FROM members WHERE user_id = ?1) "
    );
    const OTHER: &str = behind!(
        "AND rooms.archived_at IS NULL AND rooms.creator_id IS NOT NULL AND rooms.kind = 'public' AND members.room_id IS NULL "
    );
    const ARCHIVED: &str = behind!("AND rooms.archived_at IS NOT NULL ");
    let select = match group {
        RoomListGroup::Default => DEFAULT,
        RoomListGroup::Own => OWN,
        RoomListGroup::Other => OTHER,
        RoomListGroup::Archived => ARCHIVED,
    };
    overviews(sql, user, select, behind)
}

fn overviews(
    sql: &dyn Transaction,
    user: UserId,
    select: &'static str,
    values: &[Value<'_>],
) -> Result<Vec<RoomOverview>, Failure> {
    let rooms = sql.all(select, values, |row| FoundRoom::read_row(user, row))?;
    let conversations = rooms.iter().filter(|room| room.kind.is_conversation()).map(|room| room.id);
    let mut people = people::of_conversations(sql, user, &conversations.collect::<Vec<_>>())?;
    let threads = threads::unread_everywhere(sql, user)?;
    let complete = |room: FoundRoom| {
        let (unread, others) = (room.unread(sql)?, people.remove(&room.id).unwrap_or_default());
        let unread = Unread { threads: threads.get(&room.id).copied().unwrap_or_default(), ..unread };
        Ok(room.completed(unread, others))
    };
    rooms.into_iter().map(complete).collect()
}
