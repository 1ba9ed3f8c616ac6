use crate::{native, rest};
use ts_rs::{Config, TS};

/// The TypeScript types of the native protocol and the REST bodies: the text of the web client's `protocol.ts`.
#[must_use]
pub fn typescript() -> String {
    let config = Config::default();
    let declarations = [
        native::Ref::decl(&config),
        native::ErrorCode::decl(&config),
        native::PresenceState::decl(&config),
        native::User::decl(&config),
        native::Member::decl(&config),
        native::Person::decl(&config),
        native::RoomKind::decl(&config),
        native::RoomSummary::decl(&config),
        native::DirectoryRoom::decl(&config),
        native::Limits::decl(&config),
        native::MessageKind::decl(&config),
        native::Labels::decl(&config),
        native::EventHeader::decl(&config),
        native::LogBody::decl(&config),
        native::LogEvent::decl(&config),
        native::RoomSnapshot::decl(&config),
        native::ProtocolError::decl(&config),
        native::Effect::decl(&config),
        native::Hello::decl(&config),
        native::Join::decl(&config),
        native::Leave::decl(&config),
        native::Send::decl(&config),
        native::Say::decl(&config),
        native::History::decl(&config),
        native::Members::decl(&config),
        native::Rooms::decl(&config),
        native::CreateRoom::decl(&config),
        native::UpdateRoom::decl(&config),
        native::DeleteRoom::decl(&config),
        native::Rename::decl(&config),
        native::Read::decl(&config),
        native::FindRoom::decl(&config),
        native::Typing::decl(&config),
        native::Presence::decl(&config),
        native::Ping::decl(&config),
        native::ClientFrame::decl(&config),
        native::ServerFrame::decl(&config),
        rest::SignIn::decl(&config),
        rest::SignedIn::decl(&config),
        rest::Session::decl(&config),
    ];
    let mut text = String::from("// Generated from crates/wire by `cargo xtask generate`. Do not edit.\n");
    for declaration in declarations {
        text.push_str("\nexport ");
        text.push_str(&declaration);
        text.push('\n');
    }
    text.push_str("\nexport type PresenceChange = Member;\n");
    text.push_str(&log_event_types());
    text
}

/// A list of what is told in a log, so that no part of the client keeps one of its own.
fn log_event_types() -> String {
    let names: Vec<_> = native::LogEvent::TYPES.iter().map(|name| format!("\"{name}\"")).collect();
    format!("\nexport const LOG_EVENT_TYPES = [{}] as const;\n", names.join(", "))
}
