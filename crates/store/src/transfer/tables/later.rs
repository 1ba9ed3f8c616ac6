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
