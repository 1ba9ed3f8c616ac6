use chinwag_core::chat::Chat;
use chinwag_core::domain::permissions::Operator;
use chinwag_core::domain::{
    NameSearch, Refusal, RoomId, RoomReference, RoomSearch, RoomSlug, UserId, UserName,
};
use chinwag_core::ports::{Makers, RoomReportQuery, UserReference, UserReportQuery};
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest, ConsoleRoom, ConsoleUser, Which};

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
            rooms(chat, operator, RoomReportQuery { which: None, search, makers, after, limit: PAGE }).await
        }
        ConsoleRequest::Room { which } => {
            let which = Some(match which {
                Which::Number(number) => RoomReference::Id(RoomId(number)),
                Which::Name(slug) => RoomReference::Slug(RoomSlug::parse(&slug)?),
            });
            let (search, makers) = (RoomSearch::default(), Makers::All);
            let query = RoomReportQuery { which, search, makers, after: RoomId(i64::MIN), limit: 1 };
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
    }
}

async fn rooms(chat: &Chat, operator: Operator, query: RoomReportQuery) -> Result<ConsoleAnswer, Refusal> {
    let rooms = chat.report_rooms(operator, query).await?;
    Ok(ConsoleAnswer::Rooms { rooms: rooms.into_iter().map(ConsoleRoom::from).collect() })
}

async fn users(chat: &Chat, operator: Operator, query: UserReportQuery) -> Result<ConsoleAnswer, Refusal> {
    let users = chat.report_users(operator, query).await?;
    Ok(ConsoleAnswer::Users { users: users.into_iter().map(ConsoleUser::from).collect() })
}
