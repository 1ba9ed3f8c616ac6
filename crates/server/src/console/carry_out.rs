use crate::auth::new_key;
use chinwag_core::chat::{Chat, InviteWish};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{
    Millis, NameSearch, Refusal, RoomId, RoomReference, RoomSearch, RoomSlug, UserId, UserName,
};
use chinwag_core::ports::{IndexProgress, Makers, RoomReportQuery, UserReference, UserReportQuery};
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest, ConsoleRoom, ConsoleUser, Which};
use chinwag_wire::native::StaffRole;

/// Rooms or accounts of a page.
const PAGE: u32 = 200;

/// Does what the operator asks for.
pub(super) async fn carry_out(chat: &Chat, request: ConsoleRequest) -> ConsoleAnswer {
    match attempt(chat, Operator::at_the_console(), request).await {
        Ok(answer) => answer,
        Err(Refusal::RoomNotFound(_)) => ConsoleAnswer::NotFound,
        Err(refusal) => ConsoleAnswer::Failed { message: refusal.to_string() },
    }
}

async fn attempt(chat: &Chat, operator: Operator, request: ConsoleRequest) -> Result<ConsoleAnswer, Refusal> {
    match request {
        ConsoleRequest::Rooms { search, guests, after } => {
            let makers = if guests { Makers::Guests } else { Makers::All };
            let (search, after) = (RoomSearch::new(&search), RoomId(after));
            let query = RoomReportQuery { which: None, search, makers, seen_by: None, after, limit: PAGE };
            rooms(chat, operator, query).await
        }
        ConsoleRequest::Room { which } => {
            let which = Some(match which {
                Which::Number(number) => RoomReference::Id(RoomId(number)),
                Which::Name(slug) => RoomReference::Slug(RoomSlug::parse(&slug)?),
            });
            let (search, makers) = (RoomSearch::default(), Makers::All);
            let query =
                RoomReportQuery { which, search, makers, seen_by: None, after: RoomId(i64::MIN), limit: 1 };
            rooms(chat, operator, query).await
        }
        ConsoleRequest::DeleteRoom { room } => {
            chat.remove_room(operator, RoomId(room)).await?;
            tracing::info!(room, "the operator deleted a room");
            Ok(ConsoleAnswer::Done)
        }
        ConsoleRequest::Users { search, after } => {
            let (search, after) = (NameSearch::new(&search), UserId(after));
            users(chat, operator, UserReportQuery { which: None, search, after, limit: PAGE }).await
        }
        ConsoleRequest::User { which } => {
            let which = Some(match which {
                Which::Number(number) => UserReference::Id(UserId(number)),
                Which::Name(name) => UserReference::Name(UserName::parse(&name)?),
            });
            let query =
                UserReportQuery { which, search: NameSearch::default(), after: UserId(i64::MIN), limit: 1 };
            users(chat, operator, query).await
        }
        ConsoleRequest::RemoveUser { user_id } => {
            if !chat.remove_user(operator, UserId(user_id)).await? {
                return Ok(ConsoleAnswer::NotFound);
            }
            tracing::info!(user = user_id, "the operator removed an account");
            Ok(ConsoleAnswer::Done)
        }
        ConsoleRequest::CreateUser { name, role } => {
            accounts(chat, operator, AccountRequest::Create { name, role }).await
        }
        ConsoleRequest::SetRole { user_id, role } => {
            accounts(chat, operator, AccountRequest::SetRole { user_id, role }).await
        }
        ConsoleRequest::ResetPassword { user_id } => {
            accounts(chat, operator, AccountRequest::Reset { user_id }).await
        }
        ConsoleRequest::Invite { hours, uses, role } => {
            accounts(chat, operator, AccountRequest::Invite { hours, uses, role }).await
        }
        ConsoleRequest::RotateKeys => accounts(chat, operator, AccountRequest::RotateKeys).await,
        ConsoleRequest::Reindex => {
            let is_begun = chat.reindex(operator).await?;
            if is_begun {
                tracing::info!("the operator has the index of messages made anew");
            }
            Ok(if is_begun { ConsoleAnswer::Done } else { ConsoleAnswer::NotFound })
        }
        ConsoleRequest::IndexProgress => {
            let IndexProgress { messages, indexed_to } = chat.index_progress(operator).await?;
            Ok(ConsoleAnswer::Index { messages, goes_on: indexed_to.is_some() })
        }
    }
}

/// What the operator asks for that has to do with accounts.
async fn accounts(
    chat: &Chat,
    operator: Operator,
    request: AccountRequest,
) -> Result<ConsoleAnswer, Refusal> {
    let link = |word: &str, (token, until): (String, Millis)| ConsoleAnswer::Link {
        fragment: format!("{word}={token}"),
        until: until.0,
    };
    let role = |role: Option<StaffRole>| role.map_or(ServerRole::Member, StaffRole::role);
    match request {
        AccountRequest::Create { name, role: wanted } => {
            let user = chat.create_member(operator, UserName::parse(&name)?, role(wanted)).await?;
            tracing::info!(user = user.0, "the operator made an account");
            Ok(link("link", chat.make_reset_link(operator, user).await?))
        }
        AccountRequest::SetRole { user_id, role: wanted } => {
            chat.set_server_role(operator, UserId(user_id), role(wanted)).await?;
            tracing::info!(user = user_id, "the operator gave a role");
            Ok(ConsoleAnswer::Done)
        }
        AccountRequest::Reset { user_id } => {
            let made = chat.make_reset_link(operator, UserId(user_id)).await?;
            tracing::info!(user = user_id, "the operator made a link for a lost password");
            Ok(link("link", made))
        }
        AccountRequest::Invite { hours, uses, role: wanted } => {
            let wish = InviteWish { hours, uses, rooms: Vec::new(), role: role(wanted) };
            let (token, report) = chat.invite_by_operator(operator, wish).await?;
            tracing::info!(invite = report.id, "the operator made an invitation");
            Ok(link("invite", (token, report.expires_at)))
        }
        AccountRequest::RotateKeys => {
            chat.add_signing_key(operator, new_key()?).await?;
            tracing::info!("the operator made another key that signs access tokens");
            Ok(ConsoleAnswer::Done)
        }
    }
}

/// Those among the requests.
enum AccountRequest {
    Create { name: String, role: Option<StaffRole> },
    SetRole { user_id: i64, role: Option<StaffRole> },
    Reset { user_id: i64 },
    Invite { hours: Option<u32>, uses: Option<u32>, role: Option<StaffRole> },
    RotateKeys,
}

async fn rooms(chat: &Chat, operator: Operator, query: RoomReportQuery) -> Result<ConsoleAnswer, Refusal> {
    let rooms = chat.report_rooms(operator, query).await?;
    Ok(ConsoleAnswer::Rooms { rooms: rooms.into_iter().map(ConsoleRoom::from).collect() })
}

async fn users(chat: &Chat, operator: Operator, query: UserReportQuery) -> Result<ConsoleAnswer, Refusal> {
    let users = chat.report_users(operator, query).await?;
    Ok(ConsoleAnswer::Users { users: users.into_iter().map(ConsoleUser::from).collect() })
}
