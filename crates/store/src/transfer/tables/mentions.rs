use super::Table;

pub(super) const MENTIONS: Table = Table {
    name: "mentions",
    key: &["user_id", "room_id", "at_seq"],
    columns: &["user_id", "room_id", "at_seq", "seq", "called_by"],
    is_numbered: false,
};

pub(super) const ROOM_MENTIONS: Table = Table {
    name: "room_mentions",
    key: &["room_id", "at_seq"],
    columns: &["room_id", "at_seq", "seq"],
    is_numbered: false,
};

pub(super) const USER_GROUPS: Table =
    Table { name: "user_groups", key: &["id"], columns: &["id", "name", "created_at"], is_numbered: true };

pub(super) const USER_GROUP_MEMBERS: Table = Table {
    name: "user_group_members",
    key: &["group_id", "user_id"],
    columns: &["group_id", "user_id"],
    is_numbered: false,
};
