use super::Table;

pub(super) const SCHEDULED: Table = Table {
    name: "scheduled",
    key: &["id"],
    columns: &[
        "id",
        "user_id",
        "client_id",
        "kind",
        "room_id",
        "seq",
        "text",
        "reply_seq",
        "thread_seq",
        "also",
        "due_at",
        "state",
        "problem",
        "created_at",
    ],
    is_numbered: true,
};

pub(super) const DRAFTS: Table = Table {
    name: "drafts",
    key: &["user_id", "room_id", "root_seq"],
    columns: &["user_id", "room_id", "root_seq", "text", "reply_seq", "at"],
    is_numbered: false,
};

pub(super) const ACTIVITY: Table = Table {
    name: "activity",
    key: &["user_id", "id"],
    columns: &["user_id", "id", "kind", "room_id", "seq", "by_id", "emoji", "at"],
    is_numbered: true,
};
