//! Whose a conversation is. It has no title, and is called by them.

use crate::sql::{Dialect, Failure, Transaction, values};
use crate::standing::{read_user, user_columns};
use chinwag_core::domain::{RoomId, User, UserId};
use std::collections::{BTreeSet, HashMap};

/// How the people of a conversation stand with its room, so that there is one for the same people.
pub(crate) fn key(people: &BTreeSet<UserId>) -> String {
    people.iter().map(UserId::to_string).collect::<Vec<_>>().join(",")
}

/// The others of each of these conversations, as `user` sees them: who is in it, and in one of two the other for ever.
pub(crate) fn of_conversations(
    sql: &dyn Transaction,
    user: UserId,
    rooms: &[RoomId],
) -> Result<HashMap<RoomId, Vec<User>>, Failure> {
    let mut people = of_all(sql, rooms)?;
    for others in people.values_mut() {
        others.retain(|other| other.id != user);
    }
    Ok(people)
}

/// All people of each of these conversations, by their numbers.
pub(crate) fn of_all(sql: &dyn Transaction, rooms: &[RoomId]) -> Result<HashMap<RoomId, Vec<User>>, Failure> {
    macro_rules! people {
        ($pairs:literal, $among:literal) => {
            concat!(
                "SELECT room_id, ",
                user_columns!(),
                " FROM (
                     SELECT room_id, user_id FROM members WHERE room_id ",
                $among,
                "
                     UNION SELECT rooms.id, ",
                $pairs,
                " AND rooms.kind = 'direct'
                 ) AS people JOIN users ON users.id = people.user_id ORDER BY room_id, users.id"
            )
        };
    }
    // One of two who has no account any more is no member, and it is their conversation still.
    const SQLITE: &str = people!(
        "json_each.value FROM rooms, json_each('[' || rooms.direct_key || ']')
         WHERE rooms.id IN (SELECT value FROM json_each(?1))",
        "IN (SELECT value FROM json_each(?1))"
    );
    const POSTGRES: &str = people!(
        "unnest(string_to_array(rooms.direct_key, ','))::bigint FROM rooms WHERE rooms.id = ANY(?1)",
        "= ANY(?1)"
    );
    if rooms.is_empty() {
        return Ok(HashMap::new());
    }
    let select = match sql.dialect() {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
    };
    let rooms: Vec<_> = rooms.iter().map(|room| room.0).collect();
    let rows = sql.all(select, values![&rooms[..]], |row| Ok((row.get(0)?, read_user(row, 1)?)))?;
    let mut people = HashMap::<_, Vec<_>>::new();
    for (room, user) in rows {
        people.entry(room).or_default().push(user);
    }
    Ok(people)
}
