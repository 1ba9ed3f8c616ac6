//! What is moved: the tables and columns that both engines have under the same names.

mod files;
mod later;
mod mentions;
mod notifications;

/// A table whose rows are moved.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// What names one row, and by what rows are ordered. Its columns are the first of all.
    pub(super) key: &'static [&'static str],
    pub(super) columns: &'static [&'static str],
    /// Whether the database numbers its rows in the column `id`, and gives no number twice.
    pub(super) is_numbered: bool,
}

/// All of them. What is not here is the database's own (which schema, which epoch, who is using it) or of the moment.
pub(super) const TABLES: [Table; 41] = [
    Table {
        name: "users",
        key: &["id"],
        columns: &[
            "id",
            "name",
            "renames",
            "name_key",
            "look",
            "lower_look",
            "keeper",
            "kind",
            "role",
            "login",
            "login_key",
            "login_look",
            "login_lower_look",
            "email",
            "status_text",
            "status_until",
            "invite_id",
            "way_back",
            "created_at",
            "last_seen_at",
            "share_reads",
            "removed_at",
        ],
        is_numbered: true,
    },
    Table {
        name: "sessions",
        key: &["id"],
        columns: &[
            "id",
            "user_id",
            "token_hash",
            "device",
            "address",
            "reset_until",
            "created_at",
            "last_seen_at",
        ],
        is_numbered: true,
    },
    Table {
        name: "refresh_tokens",
        key: &["hash"],
        columns: &["hash", "session_id", "made_at", "replaced_at"],
        is_numbered: false,
    },
    Table {
        name: "passwords",
        key: &["user_id"],
        columns: &["user_id", "hash", "changed_at"],
        is_numbered: false,
    },
    Table {
        name: "sign_in_links",
        key: &["hash"],
        columns: &["hash", "user_id", "purpose", "expires_at"],
        is_numbered: false,
    },
    Table {
        name: "identities",
        key: &["kind", "issuer", "subject"],
        columns: &[
            "kind",
            "issuer",
            "subject",
            "user_id",
            "session_id",
            "token_hash",
            "issued_at",
            "until",
            "name",
            "role",
        ],
        is_numbered: false,
    },
    Table {
        name: "invites",
        key: &["id"],
        columns: &[
            "id",
            "token_hash",
            "creator_id",
            "role",
            "uses",
            "used",
            "created_at",
            "expires_at",
            "revoked_at",
        ],
        is_numbered: true,
    },
    Table {
        name: "signing_keys",
        key: &["kid"],
        columns: &["kid", "secret", "created_at"],
        is_numbered: false,
    },
    Table {
        name: "rooms",
        key: &["id"],
        columns: &[
            "id",
            "kind",
            "slug",
            "direct_key",
            "title",
            "topic",
            "sort_key",
            "search_key",
            "creator_id",
            "head_seq",
            "members",
            "history",
            "open_from",
            "posting",
            "slow_mode_s",
            "archived_at",
            "first_at",
            "sanctions",
            "created_at",
            "deleted_at",
        ],
        is_numbered: true,
    },
    Table {
        name: "invite_rooms",
        key: &["invite_id", "room_id"],
        columns: &["invite_id", "room_id"],
        is_numbered: false,
    },
    Table { name: "former_slugs", key: &["slug"], columns: &["slug", "room_id"], is_numbered: false },
    Table {
        name: "members",
        key: &["room_id", "user_id"],
        columns: &[
            "room_id",
            "user_id",
            "name_key",
            "role",
            "joined_at",
            "read_seq",
            "threads_floor",
            "history_from",
            "wrote_at",
            "muted_until",
        ],
        is_numbered: false,
    },
    Table {
        name: "sanctions",
        key: &["room_id", "user_id", "kind"],
        columns: &["room_id", "user_id", "kind", "until", "by_id", "at", "reason"],
        is_numbered: false,
    },
    Table {
        name: "account_bans",
        key: &["user_id"],
        columns: &["user_id", "keeper", "until", "by_id", "at", "reason"],
        is_numbered: false,
    },
    Table {
        name: "blocks",
        key: &["user_id", "blocked_id"],
        columns: &["user_id", "blocked_id", "at"],
        is_numbered: false,
    },
    Table {
        name: "audit",
        key: &["id"],
        columns: &["id", "at", "actor_id", "action", "room_id", "user_id", "seq", "reason"],
        is_numbered: true,
    },
    Table {
        name: "reports",
        key: &["id"],
        columns: &["id", "room_id", "seq", "by_id", "reason", "at", "handled_by", "handled_at"],
        is_numbered: true,
    },
    Table {
        name: "events",
        key: &["room_id", "seq"],
        columns: &[
            "room_id",
            "seq",
            "kind",
            "actor_id",
            "subject_id",
            "target",
            "client_id",
            "at",
            "payload",
        ],
        is_numbered: false,
    },
    Table {
        name: "messages",
        key: &["room_id", "seq"],
        columns: &[
            "room_id",
            "seq",
            "author_id",
            "client_id",
            "kind",
            "text",
            "at",
            "reply_seq",
            "thread_seq",
            "also",
            "edited_at",
            "deleted_at",
            "changed_seq",
            "files",
        ],
        is_numbered: false,
    },
    Table {
        name: "reactions",
        key: &["room_id", "seq", "emoji", "user_id"],
        columns: &["room_id", "seq", "emoji", "user_id", "at"],
        is_numbered: false,
    },
    Table {
        name: "pins",
        key: &["room_id", "seq"],
        columns: &["room_id", "seq", "by_id", "at"],
        is_numbered: false,
    },
    Table {
        name: "saved",
        key: &["id"],
        columns: &["id", "user_id", "room_id", "seq", "at"],
        is_numbered: true,
    },
    later::SCHEDULED,
    later::ACTIVITY,
    later::DRAFTS,
    notifications::SETTINGS,
    notifications::ROOM_NOTIFICATIONS,
    notifications::PUSH_KEYS,
    notifications::PUSH_DEVICES,
    notifications::PUSH_CURSORS,
    notifications::PUSH_QUEUE,
    mentions::MENTIONS,
    mentions::ROOM_MENTIONS,
    mentions::USER_GROUPS,
    mentions::USER_GROUP_MEMBERS,
    files::ATTACHMENTS,
    files::AVATARS,
    files::CUSTOM_EMOJI,
    files::BLOB_REMOVALS,
    Table {
        name: "threads",
        key: &["room_id", "root_seq"],
        columns: &["room_id", "root_seq", "last_seq", "last_at"],
        is_numbered: false,
    },
    Table {
        name: "thread_members",
        key: &["user_id", "room_id", "root_seq"],
        columns: &["user_id", "room_id", "root_seq", "read_seq", "follows"],
        is_numbered: false,
    },
];

impl Table {
    /// The statement that reads its rows in the order of their keys, in the words of both engines.
    pub(super) fn select(&self) -> String {
        let Self { name, key, columns, .. } = self;
        format!("SELECT {} FROM {name} ORDER BY {}", columns.join(", "), key.join(", "))
    }
}

/// The names of all tables, as a list in a statement.
pub(super) fn names() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DatabaseUrl;
    use crate::postgres::{enter, make_tables};
    use crate::sqlite::open_memory;
    use std::collections::BTreeSet;

    /// What PostgreSQL has and SQLite does not.
    const OF_POSTGRES: [&str; 1] = ["limits"];
    /// What is of the moment: who serves the database, and whose connections are where.
    const OF_THE_MOMENT: [&str; 2] = ["nodes", "users.node_id"];
    /// What each database knows of itself.
    const OF_ITSELF: [&str; 2] = ["about", "chinwag"];
    /// What SQLite makes of the messages by itself: the index that people search.
    const INDEX: &str = "search%";

    /// The columns that are moved.
    fn moved() -> BTreeSet<String> {
        let columns =
            |table: &'static Table| table.columns.iter().map(|column| format!("{}.{column}", table.name));
        TABLES.iter().flat_map(columns).collect()
    }

    fn without(columns: impl Iterator<Item = (String, String)>, left_out: &[&str]) -> BTreeSet<String> {
        columns
            .filter(|(table, _)| !left_out.contains(&table.as_str()))
            .map(|(table, column)| format!("{table}.{column}"))
            .filter(|column| !left_out.contains(&column.as_str()))
            .collect()
    }

    fn of_sqlite() -> BTreeSet<String> {
        const COLUMNS: &str = "
            SELECT tables.name, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name NOT LIKE ?1";
        let connection = open_memory().unwrap();
        let mut statement = connection.prepare(COLUMNS).unwrap();
        let columns = statement.query_map([INDEX], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        without(columns.map(Result::unwrap), &[OF_ITSELF, OF_THE_MOMENT].concat())
    }

    fn of_postgres() -> BTreeSet<String> {
        const COLUMNS: &str = "
            SELECT table_name::text, column_name::text FROM information_schema.columns JOIN pg_tables
            ON (tablename, schemaname) = (table_name, table_schema) WHERE table_schema = current_schema()";
        let database = chinwag_fixtures::database();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let rows = runtime.block_on(async {
            let (client, _driver) = enter(&DatabaseUrl::parse(database.url()).unwrap()).await.unwrap();
            client.batch_execute("BEGIN").await.unwrap();
            make_tables(&client).await.unwrap();
            client.query(COLUMNS, &[]).await.unwrap()
        });
        let left_out = [&OF_ITSELF[..], &OF_THE_MOMENT, &OF_POSTGRES].concat();
        without(rows.iter().map(|row| (row.get(0), row.get(1))), &left_out)
    }

    /// A column that is new in a schema has to come along, or stand above.
    #[test]
    fn every_column_is_moved() {
        assert_eq!(of_sqlite(), moved());
        assert_eq!(of_postgres(), moved());
    }

    #[test]
    fn the_key_comes_first() {
        for table in &TABLES {
            assert_eq!(table.key, &table.columns[..table.key.len()], "{}", table.name);
            // The names of files are random, and there is one key for pushes.
            let is_named_by_number = table.key.ends_with(&["id"])
                && !["attachments", "avatars", "custom_emoji", "push_keys"].contains(&table.name);
            assert_eq!(table.is_numbered, is_named_by_number, "{}", table.name);
        }
    }
}
