//! The nouns of the domain in few words.

use chinwag_core::domain::permissions::GuestsInPrivate;
use chinwag_core::domain::{
    ClientId, Message, MessageKind, MessageText, RoomId, RoomKind, RoomSlug, RoomTitle, RoomTopic, Seq,
    UserName,
};
use chinwag_core::ports::{
    Device, MessageDeletion, MessageEdit, NewGuest, NewMessage, NewRoom, RoomLimits, TokenHash,
};
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) fn slug(text: &str) -> RoomSlug {
    RoomSlug::parse(text).unwrap()
}

pub(crate) fn name(text: &str) -> UserName {
    UserName::parse(text).unwrap()
}

pub(crate) fn title(text: &str) -> RoomTitle {
    RoomTitle::parse(text).unwrap()
}

pub(crate) fn topic(text: &str) -> RoomTopic {
    RoomTopic::parse(text).unwrap()
}

/// A guest whose token nobody else has.
pub(crate) fn new_guest(text: &str) -> NewGuest {
    static TOKENS: AtomicU64 = AtomicU64::new(1);
    NewGuest {
        name: name(text),
        token: token(TOKENS.fetch_add(1, Ordering::Relaxed)),
        keeper: None,
        device: Device::default(),
        invite: None,
        in_private: GuestsInPrivate::Allowed,
    }
}

pub(crate) fn token(number: u64) -> TokenHash {
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&number.to_le_bytes());
    TokenHash(hash)
}

/// Limits of which only that of one person's rooms is ever met.
pub(crate) fn rooms_within(per_person: u32) -> RoomLimits {
    RoomLimits { per_person, conversations: 100, guests: GuestsInPrivate::Allowed, of_guests: u32::MAX }
}

/// A room with its slug as title.
pub(crate) fn new_room(room: &str) -> NewRoom {
    NewRoom {
        kind: RoomKind::Public,
        slug: slug(room),
        title: title(room),
        topic: topic(""),
        people: Vec::new(),
    }
}

pub(crate) fn new_message(room: RoomId, client_id: &str, text: &str) -> NewMessage {
    NewMessage {
        room,
        kind: MessageKind::Text,
        client_id: ClientId::parse(client_id).unwrap(),
        text: MessageText::parse(text, 2000).unwrap(),
        reply_to: None,
        thread: None,
        attachments: Box::default(),
        here: Box::default(),
    }
}

/// Another text for a message.
pub(crate) fn edit(room: RoomId, target: Seq, client_id: &str, text: &str) -> MessageEdit {
    let NewMessage { client_id, text, .. } = new_message(room, client_id, text);
    MessageEdit { room, target, client_id, text }
}

/// A message to be deleted.
pub(crate) fn deletion(room: RoomId, target: Seq, client_id: &str) -> MessageDeletion {
    MessageDeletion { room, target, client_id: ClientId::parse(client_id).unwrap() }
}

/// The texts of messages, in order.
pub(crate) fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|message| message.content.text.as_str()).collect()
}
