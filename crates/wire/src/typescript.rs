use crate::native::{ClientFrame, Effect, Found, FrameType, LogEvent, RoomSnapshot, ServerFrame};
use crate::rest;
use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use ts_rs::{Config, TS, TypeVisitor};

/// The TypeScript types of the native protocol and the REST bodies: the text of the web client's `protocol.ts`.
#[must_use]
pub fn typescript() -> String {
    let mut declarations = Declarations::default();
    declarations.visit::<ClientFrame>();
    declarations.visit::<ServerFrame>();
    // Their fields stand among those of frames, which do not name them.
    declarations.visit::<RoomSnapshot>();
    declarations.visit::<Effect>();
    declarations.visit::<Found>();
    declarations.visit::<rest::Avatars>();
    declarations.visit::<rest::NewAvatar>();
    declarations.visit::<rest::CustomEmoji>();
    declarations.visit::<rest::NewEmoji>();
    declarations.visit::<rest::RoomFilesPage>();
    declarations.visit::<rest::Register>();
    declarations.visit::<rest::SignIn>();
    declarations.visit::<rest::SignedIn>();
    declarations.visit::<rest::AccessInfo>();
    declarations.visit::<rest::Me>();
    declarations.visit::<rest::UpdateMe>();
    declarations.visit::<rest::ChangePassword>();
    declarations.visit::<rest::DeleteMe>();
    declarations.visit::<rest::RequestReset>();
    declarations.visit::<rest::ResetPassword>();
    declarations.visit::<rest::Sessions>();
    declarations.visit::<rest::DeviceLink>();
    declarations.visit::<rest::ProviderPlace>();
    declarations.visit::<rest::CreateInvite>();
    declarations.visit::<rest::Invite>();
    declarations.visit::<rest::Invites>();
    declarations.visit::<rest::InviteInfo>();
    declarations.visit::<rest::MessageReactions>();
    declarations.visit::<rest::RoomPins>();
    declarations.visit::<rest::UserGroups>();
    declarations.visit::<rest::GroupPeople>();
    declarations.visit::<rest::SavedPage>();
    declarations.visit::<rest::Drafts>();
    declarations.visit::<rest::ActivityPage>();
    declarations.visit::<rest::SendLater>();
    declarations.visit::<rest::RemindMe>();
    declarations.visit::<rest::Reads>();
    declarations.visit::<rest::ScheduledId>();
    declarations.visit::<rest::ScheduledList>();
    declarations.visit::<rest::OwnSettings>();
    declarations.visit::<rest::PutSettings>();
    declarations.visit::<rest::PushState>();
    declarations.visit::<rest::PushSubscription>();
    declarations.visit::<rest::PushTest>();
    declarations.visit::<rest::SettingsRevision>();
    declarations.visit::<rest::RoomNotificationsWish>();
    declarations.visit::<rest::RoomAddress>();
    declarations.visit::<rest::Session>();
    declarations.visit::<rest::ErrorBody>();

    let mut text = String::from("// Generated from crates/wire by `cargo xtask generate`. Do not edit.\n");
    for declaration in declarations.by_name.into_values() {
        text.push_str("\nexport ");
        text.push_str(&declaration);
        text.push('\n');
    }
    text.push_str("\nexport type PresenceChange = Member;\n");
    text.push_str(&replies());
    text.push_str(&log_event_types());
    text
}

/// Declares every type once, with all that it is made of. By name, because `ts-rs` tells what a type is made of in any order.
#[derive(Default)]
struct Declarations {
    config: Config,
    visited: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.visited.insert(TypeId::of::<T>()) {
            T::visit_dependencies(self);
            T::visit_generics(self);
            // Only what has a place of its own has a declaration; numbers, lists and their like have none.
            if T::output_path().is_some() {
                self.by_name.insert(T::ident(&self.config), T::decl(&self.config));
            }
        }
    }
}

/// Which reply answers which frame.
fn replies() -> String {
    let lines: String = FrameType::ALL
        .iter()
        .map(|frame| {
            let replies: Vec<_> = frame.replies().iter().map(|reply| format!("\"{reply}\"")).collect();
            format!("  {}: {};\n", frame.as_str(), replies.join(" | "))
        })
        .collect();
    format!("\nexport interface Replies {{\n{lines}}}\n")
}

/// A list of what is told in a log, so that no part of the client keeps one of its own.
fn log_event_types() -> String {
    let names: Vec<_> = LogEvent::types().map(|name| format!("\"{name}\"")).collect();
    format!("\nexport const LOG_EVENT_TYPES = [{}] as const;\n", names.join(", "))
}
