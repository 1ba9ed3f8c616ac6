use super::Table;

pub(super) const MENTIONS: Table = Table {
    name: "mentions",
    key: &["user_id", "room_id", "at_seq"],
    columns: &["user_id", "room_id", "at_seq", "seq", "here"],
    is_numbered: false,
};

pub(super) const ROOM_MENTIONS: Table = Table {
    name: "room_mentions",
    key: &["room_id", "at_seq"],
    columns: &["room_id", "at_seq", "seq"],
    is_numbered: false,
};
