//! Invitations: who may come in, and where to.

use crate::engine::{Engine, SqlStore};
use crate::found_room::read_kind;
use crate::members::{self, Named};
use crate::sql::{DatabaseError, Failure, Lock, Row, Transaction, values};
use crate::standing::{self, read_user, stored_role, user_columns};
use crate::write::{Write, with_endings};
use crate::{first_rooms, names, others, rooms, sanctions, sessions};
use chinwag_core::domain::permissions::{
    Action, GuestsInPrivate, INVITE_MS, INVITE_USES, ServerAction, ServerRole, may_belong, may_on_server,
};
use chinwag_core::domain::{Actor, Millis, Refusal, RoomId, RoomKind, User, UserId};
use chinwag_core::ports::{
    InviteReport, InviteView, Invites, NewInvite, RoomLimits, Settling, StoreFuture, TokenHash, Withdrawal,
};

/// Invitations that are listed at most.
const LISTED: u32 = 500;

impl<E: Engine> Invites for SqlStore<E> {
    fn create_invite(&self, actor: Actor, invite: NewInvite) -> StoreFuture<InviteReport> {
        self.0.write("create_invite", move |write| create(write, actor, &invite))
    }

    fn create_operator_invite(&self, invite: NewInvite) -> StoreFuture<InviteReport> {
        self.0.write("create_operator_invite", move |write| insert(write, None, &invite))
    }

    fn invite_first_owner(&self, invite: NewInvite) -> StoreFuture<bool> {
        self.0.write("invite_first_owner", move |write| invite_first_owner(write, &invite))
    }

    fn invites(&self, actor: Actor) -> StoreFuture<Vec<InviteReport>> {
        self.0.read("invites", move |sql| list(sql, actor))
    }

    fn withdraw_invite(
        &self,
        actor: Actor,
        invite: i64,
        withdrawal: Withdrawal,
    ) -> StoreFuture<Vec<Settling>> {
        self.0.write("withdraw_invite", move |write| {
            Ok(with_endings(write, |write| withdraw(write, actor, invite, withdrawal))?.1)
        })
    }

    fn look_at_invite(&self, token: TokenHash) -> StoreFuture<InviteView> {
        // Written by nobody, but whether it is good depends on the time.
        self.0.write("look_at_invite", move |write| look_at(write, &token))
    }

    fn accept_invite(&self, actor: Actor, token: TokenHash, limits: RoomLimits) -> StoreFuture<()> {
        self.0.write("accept_invite", move |write| accept(write, actor, &token, limits))
    }
}

/// What an invitation that was used gives.
pub(crate) struct Invitation {
    /// Its number; none for somebody who came without.
    pub(crate) id: Option<i64>,
    /// What one is on the server.
    pub(crate) role: ServerRole,
    /// Where one is a member.
    pub(crate) rooms: Vec<RoomId>,
}

impl Default for Invitation {
    fn default() -> Self {
        Self { id: None, role: ServerRole::Member, rooms: Vec::new() }
    }
}

impl Invitation {
    /// The same, which leads to the [first rooms](crate::first_rooms) as well.
    pub(crate) fn and_first_rooms(mut self, sql: &dyn Transaction) -> Result<Self, DatabaseError> {
        self.rooms.extend(first_rooms::open(sql)?);
        self.rooms.sort_unstable();
        self.rooms.dedup();
        Ok(self)
    }
}

/// Uses an invitation up by one. The first write of its transaction: whoever refuses later has to begin anew.
///
/// It leads somebody with the role `comer` only to where such an account may be.
pub(crate) fn claim(
    write: &Write<'_>,
    token: &TokenHash,
    comer: ServerRole,
    guests: GuestsInPrivate,
) -> Result<Invitation, Failure> {
    // Of many who come at once each sees what the one before has left.
    const CLAIM: &str = "
        UPDATE invites SET used = used + 1
        WHERE token_hash = ?1 AND used < uses AND expires_at > ?2 AND revoked_at IS NULL
        RETURNING id, coalesce(role, 'member')";
    let claimed = write.sql.first(CLAIM, values![token, write.now], |row| {
        Ok((row.get::<i64>(0)?, standing::parse(row.text(1)?)?.1))
    })?;
    let (id, role) = claimed.ok_or(Refusal::InviteInvalid)?;
    if role == ServerRole::Owner {
        withdraw_first_owners(write)?;
    }
    let rooms = open_rooms(write.sql, id, comer, guests)?;
    Ok(Invitation { id: Some(id), role, rooms })
}

/// The rooms to which an invitation leads somebody. What is not public is open while whoever invites is in it.
fn open_rooms(
    sql: &dyn Transaction,
    invite: i64,
    comer: ServerRole,
    guests: GuestsInPrivate,
) -> Result<Vec<RoomId>, Failure> {
    const ROOMS: &str = "
        SELECT rooms.id, rooms.kind FROM invite_rooms
        JOIN rooms ON rooms.id = invite_rooms.room_id
        JOIN invites ON invites.id = invite_rooms.invite_id
        WHERE invite_rooms.invite_id = ?1 AND rooms.deleted_at IS NULL
        AND rooms.archived_at IS NULL AND (rooms.kind = 'public' OR EXISTS (
            SELECT 1 FROM members WHERE members.room_id = rooms.id AND members.user_id = invites.creator_id))
        ORDER BY rooms.id";
    let rooms: Vec<(RoomId, RoomKind)> =
        sql.all(ROOMS, values![invite], |row| Ok((row.get(0)?, read_kind(row.text(1)?)?)))?;
    Ok(rooms.into_iter().filter(|(_, kind)| may_belong(comer, *kind, guests)).map(|(room, _)| room).collect())
}

/// Makes somebody who came by an invitation a member of its rooms. The caller holds these.
pub(crate) fn admit(write: &mut Write<'_>, invitation: &Invitation, user: &User) -> Result<(), Failure> {
    let present = members::rooms_of(write.sql, user.id)?;
    for room in invitation.rooms.iter().filter(|room| !present.contains(room)) {
        // Nobody comes in by an invitation who is kept out.
        if sanctions::keep_out(write, *room, user.id)? {
            continue;
        }
        others::bring_in(write, *room, user, Named { id: user.id, name: &user.name })?;
    }
    Ok(())
}

/// Has somebody who is in already join the rooms.
fn accept(write: &mut Write<'_>, actor: Actor, token: &TokenHash, limits: RoomLimits) -> Result<(), Failure> {
    write.sql.lock(Lock::People(&[actor.user]))?;
    let user = sessions::account(write.sql, actor.user)?;
    let id = find_good(write, token)?;
    let rooms = open_rooms(write.sql, id, user.role, limits.guests)?;
    let present = members::rooms_of(write.sql, user.id)?;
    let new = rooms.iter().filter(|room| !present.contains(room)).count();
    let Some(more) = u32::try_from(new).ok().and_then(|new| new.checked_sub(1)) else { return Ok(()) };
    // The last of them is one that one may be in, too.
    let fits = members::check_limit(write.sql, user.id, limits.per_person.saturating_sub(more));
    fits.map_err(|failure| match failure {
        Failure::Refused(Refusal::RoomLimit { .. }) => Refusal::RoomLimit { limit: limits.per_person }.into(),
        Failure::Refused(_) | Failure::Database(_) => failure,
    })?;
    write.sql.lock(Lock::Rooms(&rooms))?;
    let invitation = claim(write, token, user.role, limits.guests)?;
    admit(write, &invitation, &user)
}

/// The number of an invitation that is good.
fn find_good(write: &Write<'_>, token: &TokenHash) -> Result<i64, Failure> {
    const SELECT: &str = "
        SELECT id FROM invites
        WHERE token_hash = ?1 AND used < uses AND expires_at > ?2 AND revoked_at IS NULL";
    let id = write.sql.first(SELECT, values![token, write.now], |row| row.get(0))?;
    Ok(id.ok_or(Refusal::InviteInvalid)?)
}

fn create(write: &mut Write<'_>, actor: Actor, invite: &NewInvite) -> Result<InviteReport, Failure> {
    let user = sessions::account(write.sql, actor.user)?;
    let manages = may_on_server(user.role, ServerAction::ManageInvites);
    let is_modest = invite.uses <= INVITE_USES && invite.good_for_ms <= INVITE_MS;
    let is_below = invite.role == ServerRole::Member || (manages && invite.role < user.role);
    if !may_on_server(user.role, ServerAction::Invite) || !is_below || !(manages || is_modest) {
        return Err(Refusal::Forbidden.into());
    }
    for room in &invite.rooms {
        let room = rooms::find(write.sql, actor.user, &(*room).into())?;
        room.check(Action::AddMember)?;
        if room.kind.is_conversation() {
            return Err(Refusal::Forbidden.into());
        }
    }
    insert(write, Some(user), invite)
}

fn insert(write: &Write<'_>, by: Option<User>, invite: &NewInvite) -> Result<InviteReport, Failure> {
    const INSERT: &str = "
        INSERT INTO invites (token_hash, creator_id, role, uses, created_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const ROOM: &str = "INSERT INTO invite_rooms (invite_id, room_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let NewInvite { token, uses, good_for_ms, rooms, role } = invite;
    let expires_at = Millis(write.now.0.saturating_add(*good_for_ms));
    let creator = by.as_ref().map(|user| user.id);
    let columns = values![token, creator, stored_role(*role), *uses, write.now, expires_at];
    let id = write.sql.insert(INSERT, columns)?;
    let id = id.ok_or_else(|| DatabaseError::defect("an invitation was not inserted"))?;
    for room in rooms {
        write.sql.execute(ROOM, values![id, *room])?;
    }
    let (rooms, created_at) = (rooms.clone(), write.now);
    Ok(InviteReport { id, by, created_at, expires_at, uses: *uses, used: 0, rooms, role: *role })
}

fn invite_first_owner(write: &Write<'_>, invite: &NewInvite) -> Result<bool, Failure> {
    const OWNER: &str = "SELECT 1 FROM users WHERE role = 'owner' AND removed_at IS NULL";
    if write.sql.exists(OWNER, &[])? {
        return Ok(false);
    }
    // Where several nodes begin, each has told its own: the last link is good.
    withdraw_first_owners(write)?;
    insert(write, None, invite)?;
    Ok(true)
}

/// Withdraws what was printed for somebody to own the server: there is an owner now, or another link.
pub(crate) fn withdraw_first_owners(write: &Write<'_>) -> Result<(), Failure> {
    const WITHDRAW: &str = "
        UPDATE invites SET revoked_at = ?1
        WHERE role = 'owner' AND uses = 1 AND used = 0 AND creator_id IS NULL AND revoked_at IS NULL";
    write.sql.execute(WITHDRAW, values![write.now])?;
    Ok(())
}

fn list(sql: &dyn Transaction, actor: Actor) -> Result<Vec<InviteReport>, Failure> {
    const SELECT: &str = concat!(
        "SELECT invites.id, invites.created_at, invites.expires_at, invites.uses, invites.used,
                coalesce(invites.role, 'member'), ",
        user_columns!(),
        " FROM invites LEFT JOIN users ON users.id = invites.creator_id
         WHERE invites.revoked_at IS NULL AND (?2 OR invites.creator_id = ?1)
         ORDER BY invites.id DESC LIMIT ?3"
    );
    let user = sessions::account(sql, actor.user)?;
    if !may_on_server(user.role, ServerAction::Invite) {
        return Err(Refusal::Forbidden.into());
    }
    let sees_all = may_on_server(user.role, ServerAction::ManageInvites);
    let mut invites = sql.all(SELECT, values![actor.user, sees_all, LISTED], read_report)?;
    for invite in &mut invites {
        invite.rooms = seen_rooms(sql, invite.id, actor.user)?;
    }
    Ok(invites)
}

fn read_report(row: Row<'_>) -> Result<InviteReport, DatabaseError> {
    let by = row.find::<UserId>(6)?.map(|_| read_user(row, 6)).transpose()?;
    Ok(InviteReport {
        id: row.get(0)?,
        created_at: row.get(1)?,
        expires_at: row.get(2)?,
        uses: row.get(3)?,
        used: row.get(4)?,
        role: standing::parse(row.text(5)?)?.1,
        rooms: Vec::new(),
        by,
    })
}

/// The rooms of an invitation that `user` may see: an admin does not learn of private ones.
fn seen_rooms(sql: &dyn Transaction, invite: i64, user: UserId) -> Result<Vec<RoomId>, Failure> {
    const SELECT: &str = "
        SELECT rooms.id FROM invite_rooms JOIN rooms ON rooms.id = invite_rooms.room_id
        WHERE invite_rooms.invite_id = ?1 AND rooms.deleted_at IS NULL
        AND (rooms.kind = 'public' OR EXISTS (
            SELECT 1 FROM members WHERE members.room_id = rooms.id AND members.user_id = ?2))
        ORDER BY rooms.id";
    Ok(sql.all(SELECT, values![invite, user], |row| row.get(0))?)
}

fn withdraw(write: &mut Write<'_>, actor: Actor, invite: i64, withdrawal: Withdrawal) -> Result<(), Failure> {
    const FIND: &str = "SELECT creator_id FROM invites WHERE id = ?1";
    const WITHDRAW: &str = "UPDATE invites SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";
    const CAME: &str = "SELECT id FROM users WHERE invite_id = ?1 AND removed_at IS NULL ORDER BY id";
    let user = sessions::account(write.sql, actor.user)?;
    let creator = write.sql.first(FIND, values![invite], |row| row.find::<UserId>(0))?;
    let manages = may_on_server(user.role, ServerAction::ManageInvites);
    let is_own = creator.flatten() == Some(actor.user);
    // To others one that is not theirs is not there.
    if creator.is_none() || !(is_own || manages) {
        return Ok(());
    }
    if withdrawal == Withdrawal::Undo && !may_on_server(user.role, ServerAction::UndoInvite) {
        return Err(Refusal::Forbidden.into());
    }
    let came: Vec<UserId> = match withdrawal {
        Withdrawal::Keep => Vec::new(),
        Withdrawal::Undo => write.sql.all(CAME, values![invite], |row| row.get(0))?,
    };
    members::hold_with_rooms(write.sql, &came)?;
    write.sql.execute(WITHDRAW, values![invite, write.now])?;
    for id in came {
        let Some(guest) = sessions::find_account(write.sql, id)? else { continue };
        if guest.role < user.role && guest.id != user.id {
            sessions::remove(write, &guest)?;
            names::give_up(write, guest.id)?;
        }
    }
    Ok(())
}

fn look_at(write: &Write<'_>, token: &TokenHash) -> Result<InviteView, Failure> {
    const SELECT: &str = "
        SELECT users.name, coalesce(invites.role, 'member'), invites.expires_at
        FROM invites LEFT JOIN users ON users.id = invites.creator_id AND users.removed_at IS NULL
        WHERE invites.id = ?1";
    const TITLE: &str = "SELECT title FROM rooms WHERE id = ?1";
    let id = find_good(write, token)?;
    let mut view = write.sql.one(SELECT, values![id], |row| {
        let role = standing::parse(row.text(1)?)?.1;
        Ok(InviteView { by: row.find(0)?, rooms: Vec::new(), role, expires_at: row.get(2)? })
    })?;
    // As a member sees it: who looks may become one.
    for room in open_rooms(write.sql, id, ServerRole::Member, GuestsInPrivate::Allowed)? {
        view.rooms.push(write.sql.one(TITLE, values![room], |row| row.get(0))?);
    }
    Ok(view)
}
