//! What people may do that concerns the whole server and no room of it.

use super::ServerRole;

/// What somebody wants to do that concerns the whole server and no room of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerAction {
    /// Give oneself a picture.
    ChooseOwnAvatar,
    /// Take the picture of somebody away who [stands below](may_remove_avatar).
    RemoveAvatars,
    /// Give the server a picture.
    ChooseServerAvatar,
    /// Invite people, to this server and to rooms where one may [bring somebody](Action::AddMember).
    Invite,
    /// Invite many, or for long; see and withdraw the invitations of all.
    ManageInvites,
    /// Take an invitation back with all who came by it.
    UndoInvite,
    /// See what people reported, and handle it.
    HandleReports,
    /// See what was done by those who keep order, everywhere. It tells no text that anybody wrote.
    ReadAudit,
    /// See all who have an account, and say what those are on the server who [stand below](may_set_server_role).
    ManagePeople,
    /// Say in which public rooms everybody is who comes.
    ChooseFirstRooms,
    /// Say which groups can be mentioned, and who is in them.
    ManageGroups,
    /// Say which emoji the server has of its own.
    ManageEmoji,
    /// Keep out of the whole server who [stands below](may_ban_account), and see who is.
    BanAccounts,
    /// See all public rooms at once, with what is in them, and how the server is set up.
    SeeServer,
}

/// Invitations of somebody who may not [manage](ServerAction::ManageInvites) them: how many may come by one.
pub const INVITE_USES: u32 = 100;
/// The same: for how many milliseconds it is good at most. 30 days.
pub const INVITE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Whether somebody with this role may do this on the server.
#[must_use]
pub fn may_on_server(server: ServerRole, action: ServerAction) -> bool {
    match action {
        ServerAction::ChooseOwnAvatar | ServerAction::Invite => server >= ServerRole::Member,
        ServerAction::UndoInvite
        | ServerAction::HandleReports
        | ServerAction::BanAccounts
        | ServerAction::RemoveAvatars => server >= ServerRole::Moderator,
        ServerAction::ManageInvites
        | ServerAction::ReadAudit
        | ServerAction::ManagePeople
        | ServerAction::ChooseFirstRooms
        | ServerAction::ManageGroups
        | ServerAction::ManageEmoji
        | ServerAction::ChooseServerAvatar
        | ServerAction::SeeServer => server >= ServerRole::Admin,
    }
}

/// Whether one may make another, who is `present` on the server, a `wanted` there. Nobody changes what one is oneself.
///
/// Below owners, this goes for those who stand below the actor, and up to below the actor. Owners make owners, and unmake them.
#[must_use]
pub fn may_set_server_role(actor: ServerRole, present: ServerRole, wanted: ServerRole) -> bool {
    let is_within = actor == ServerRole::Owner || (present < actor && wanted < actor);
    may_on_server(actor, ServerAction::ManagePeople) && wanted >= ServerRole::Member && is_within
}

/// Whether one may ban another, who is `present` on the server, and end that. Nobody bans oneself.
#[must_use]
pub fn may_ban_account(actor: ServerRole, present: ServerRole) -> bool {
    may_on_server(actor, ServerAction::BanAccounts) && (actor == ServerRole::Owner || present < actor)
}

/// Whether one may take the picture of another away, who is `present` on the server. One's own one always may.
#[must_use]
pub fn may_remove_avatar(actor: ServerRole, present: ServerRole) -> bool {
    may_on_server(actor, ServerAction::RemoveAvatars) && (actor == ServerRole::Owner || present < actor)
}

impl ServerAction {
    /// All of them, in the order of the printed table.
    pub const ALL: [Self; 14] = [
        Self::ChooseOwnAvatar,
        Self::Invite,
        Self::UndoInvite,
        Self::ManageInvites,
        Self::HandleReports,
        Self::BanAccounts,
        Self::RemoveAvatars,
        Self::ReadAudit,
        Self::ManagePeople,
        Self::ChooseFirstRooms,
        Self::ManageGroups,
        Self::ManageEmoji,
        Self::ChooseServerAvatar,
        Self::SeeServer,
    ];

    /// What it is called in the printed table.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ChooseOwnAvatar => "give oneself a picture",
            Self::RemoveAvatars => {
                "take the picture of somebody away who stands below oneself (an owner: of everybody else)"
            }
            Self::ChooseServerAvatar => "give the server a picture",
            Self::Invite => "invite people",
            Self::UndoInvite => "withdraw an invitation with all who came by it",
            Self::ManageInvites => {
                "invite many, for long, and to a role below one's own; see the invitations of all"
            }
            Self::HandleReports => "see and handle what people reported",
            Self::ReadAudit => "see what those who keep order did",
            Self::ManagePeople => {
                "see all accounts; say who is what on the server, among those below oneself (an owner: of everybody else)"
            }
            Self::ChooseFirstRooms => "say in which public rooms everybody is who comes",
            Self::ManageGroups => "make groups of people that can be mentioned",
            Self::ManageEmoji => "give the server emoji of its own",
            Self::BanAccounts => {
                "ban from the whole server who stands below oneself (an owner: everybody else); see who is banned"
            }
            Self::SeeServer => "see all public rooms with what is in them, and how the server is set up",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_overseen_by_those_who_keep_order_on_it() {
        let may = |server| ServerRole::ALL.map(|role| may_on_server(role, server));
        assert_eq!(may(ServerAction::HandleReports), [false, false, false, true, true, true]);
        assert_eq!(may(ServerAction::ReadAudit), [false, false, false, false, true, true]);
    }

    #[test]
    fn nobody_bans_who_stands_as_high_but_owners() {
        for (actor, present, may) in [
            (ServerRole::Member, ServerRole::Guest, false),
            (ServerRole::Moderator, ServerRole::Member, true),
            (ServerRole::Moderator, ServerRole::Moderator, false),
            (ServerRole::Admin, ServerRole::Moderator, true),
            (ServerRole::Admin, ServerRole::Owner, false),
            (ServerRole::Owner, ServerRole::Owner, true),
        ] {
            assert_eq!(may_ban_account(actor, present), may, "{actor:?} {present:?}");
        }
    }

    #[test]
    fn nobody_makes_anybody_as_high_as_oneself_but_owners() {
        for (actor, present, wanted, may) in [
            (ServerRole::Admin, ServerRole::Member, ServerRole::Moderator, true),
            (ServerRole::Admin, ServerRole::Moderator, ServerRole::Member, true),
            (ServerRole::Admin, ServerRole::Member, ServerRole::Admin, false),
            (ServerRole::Admin, ServerRole::Owner, ServerRole::Member, false),
            (ServerRole::Admin, ServerRole::Admin, ServerRole::Member, false),
            (ServerRole::Owner, ServerRole::Owner, ServerRole::Member, true),
            (ServerRole::Owner, ServerRole::Member, ServerRole::Owner, true),
            (ServerRole::Owner, ServerRole::Member, ServerRole::Guest, false),
            (ServerRole::Moderator, ServerRole::Member, ServerRole::Moderator, false),
        ] {
            assert_eq!(may_set_server_role(actor, present, wanted), may, "{actor:?} {present:?} {wanted:?}");
        }
    }
}
