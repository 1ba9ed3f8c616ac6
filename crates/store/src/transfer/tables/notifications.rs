use super::Table;

pub(super) const SETTINGS: Table = Table {
    name: "settings",
    key: &["user_id"],
    columns: &["user_id", "revision", "document"],
    is_numbered: false,
};

pub(super) const ROOM_NOTIFICATIONS: Table = Table {
    name: "room_notifications",
    key: &["user_id", "room_id"],
    columns: &["user_id", "room_id", "level", "muted_until"],
    is_numbered: false,
};

pub(super) const PUSH_KEYS: Table =
    Table { name: "push_keys", key: &["id"], columns: &["id", "secret"], is_numbered: false };

pub(super) const PUSH_DEVICES: Table = Table {
    name: "push_devices",
    key: &["session_id"],
    columns: &[
        "session_id",
        "user_id",
        "endpoint",
        "device_key",
        "secret",
        "page",
        "language",
        "created_at",
        "pushed_at",
        "refused",
    ],
    is_numbered: false,
};

pub(super) const PUSH_CURSORS: Table =
    Table { name: "push_cursors", key: &["room_id"], columns: &["room_id", "seq"], is_numbered: false };

pub(super) const PUSH_QUEUE: Table = Table {
    name: "push_queue",
    key: &["session_id", "room_id", "seq"],
    columns: &["session_id", "room_id", "seq", "due_at", "tries"],
    is_numbered: false,
};
