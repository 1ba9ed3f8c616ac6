use super::Table;

pub(super) const ATTACHMENTS: Table = Table {
    name: "attachments",
    key: &["id"],
    columns: &[
        "id",
        "owner_id",
        "room_id",
        "seq",
        "place",
        "waits_for",
        "state",
        "name",
        "media_type",
        "bytes",
        "width",
        "height",
        "color",
        "scaled",
        "store_key",
        "created_at",
        "expires_at",
    ],
    is_numbered: false,
};

pub(super) const AVATARS: Table = Table {
    name: "avatars",
    key: &["id"],
    columns: &["id", "kind", "owner_id", "state", "media_type", "store_key", "at"],
    is_numbered: false,
};

pub(super) const CUSTOM_EMOJI: Table = Table {
    name: "custom_emoji",
    key: &["id"],
    columns: &["id", "name", "state", "media_type", "store_key", "at"],
    is_numbered: false,
};

pub(super) const BLOB_REMOVALS: Table =
    Table { name: "blob_removals", key: &["store_key"], columns: &["store_key", "at"], is_numbered: false };
