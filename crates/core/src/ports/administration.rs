use super::{Settling, StoreFuture, TokenHash};
use crate::domain::permissions::{Operator, ServerRole};
use crate::domain::{
    AccountKind, Millis, NameSearch, RoomId, RoomKind, RoomReference, RoomSearch, RoomSlug, Seq, UserId,
    UserName,
};

/// What the operator sees and does. Rooms and accounts are found here whoever is in them.
pub trait Administration {
    /// A page of all rooms that exist, by their numbers.
    fn report_rooms(&self, operator: Operator, query: RoomReportQuery) -> StoreFuture<Vec<RoomReport>>;

    /// Deletes a room as [`delete_room`](super::Rooms::delete_room) does.
    /// [`Refusal::RoomNotFound`](crate::domain::Refusal::RoomNotFound).
    fn remove_room(&self, operator: Operator, room: RoomId) -> StoreFuture<Vec<Settling>>;

    /// A page of all accounts that exist, by their numbers.
    fn report_users(&self, operator: Operator, query: UserReportQuery) -> StoreFuture<Vec<UserReport>>;

    /// Says what a member is on the server. [`UserNotFound`](crate::domain::Refusal::UserNotFound) for one who is no member.
    fn set_server_role(&self, operator: Operator, user: UserId, role: ServerRole) -> StoreFuture<()>;

    /// Makes a link by which a member who lost the password comes in and sets another one. Answers up to when it is good.
    /// [`UserNotFound`](crate::domain::Refusal::UserNotFound) for one who is no member.
    fn make_reset_link(&self, operator: Operator, user: UserId, link: TokenHash) -> StoreFuture<Millis>;

    /// Ends an account: its sign-ins end, it leaves all rooms, its name is free for anybody. Its messages stay with the name, a visitor does not
    /// come back. Answers none when there was none.
    fn remove_user(&self, operator: Operator, user: UserId) -> StoreFuture<Option<Vec<Settling>>>;
}

/// Which rooms the operator wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomReportQuery {
    /// This one only.
    pub which: Option<RoomReference>,
    /// With this in them.
    pub search: RoomSearch,
    /// Made by whom.
    pub makers: Makers,
    /// That this person may know of: public ones, and private ones that the person is in. None for all.
    pub seen_by: Option<UserId>,
    /// With a number above this one.
    pub after: RoomId,
    /// At most so many.
    pub limit: u32,
}

/// Whose rooms are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Makers {
    /// Anybody's.
    #[default]
    All,
    /// Those of guests and visitors.
    Guests,
}

/// A room as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomReport {
    /// The room.
    pub id: RoomId,
    /// Its address.
    pub slug: Option<RoomSlug>,
    /// Its title.
    pub title: String,
    /// Who sees it.
    pub kind: RoomKind,
    /// Whether it is only there to be read.
    pub is_archived: bool,
    /// How many members it has.
    pub members: u64,
    /// How many events its log has.
    pub head: Seq,
    /// Who made it; nobody for those that came with the server.
    pub maker: Option<(UserId, String, AccountKind)>,
    /// When it was made.
    pub created_at: Millis,
    /// When the last message in it was written.
    pub last_message_at: Option<Millis>,
}

/// Which accounts the operator wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserReportQuery {
    /// This one only.
    pub which: Option<UserReference>,
    /// With this in their names.
    pub search: NameSearch,
    /// With a number above this one.
    pub after: UserId,
    /// At most so many.
    pub limit: u32,
}

/// Which account is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserReference {
    /// The one with this number.
    Id(UserId),
    /// The one that has this name now, in whatever case it is written.
    Name(UserName),
}

/// An account as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserReport {
    /// The account.
    pub id: UserId,
    /// The name at present.
    pub name: String,
    /// What sort of account it is.
    pub kind: AccountKind,
    /// What the person is on the whole server.
    pub role: ServerRole,
    /// In how many rooms it is a member.
    pub rooms: u32,
    /// How many rooms that exist it has made.
    pub rooms_made: u32,
    /// When it was made.
    pub created_at: Millis,
    /// When the person was here last, within minutes.
    pub last_seen_at: Millis,
}
