//! What several tests of written frames share.

use chinwag_core::chat::RoomView;
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{
    EventBody, LogAccess, MemberChange, Message, MessageChanges, MessageContent, MessageEvent, MessageKind,
    Millis, Page, RoomAddress, RoomEvent, RoomId, RoomKind, RoomOverview, RoomSettings, RoomSlug, Seq, User,
    UserId,
};
use chinwag_wire::websocket::{Decoder, Incoming};
use std::ops::ControlFlow;

/// The texts of the finished frames that `write` writes, read back through a client's mask.
pub(crate) fn texts(write: impl FnOnce(&mut Vec<u8>)) -> Vec<String> {
    let mut bytes = Vec::new();
    write(&mut bytes);
    let mut rest = bytes.as_slice();
    let mut masked = Vec::new();
    while let [first, second, ..] = rest {
        // The decoder reads what clients write: the same frame with a mask of zeros.
        let (header, length) = match second {
            126 => (4, usize::from(u16::from_be_bytes([rest[2], rest[3]]))),
            127 => (10, usize::try_from(u64::from_be_bytes(*rest[2..].first_chunk().unwrap())).unwrap()),
            short => (2, usize::from(*short)),
        };
        masked.extend([*first, second | 0x80]);
        masked.extend(&rest[2..header]);
        masked.extend([0; 4]);
        masked.extend(&rest[header..header + length]);
        rest = &rest[header + length..];
    }
    let mut texts = Vec::new();
    let sink = |incoming: Incoming<'_>| {
        let Incoming::Text(text) = incoming else { panic!("{incoming:?} is no text") };
        texts.push(text.to_owned());
        ControlFlow::Continue(())
    };
    Decoder::new(1 << 20).feed(&mut masked, sink).unwrap();
    texts
}

pub(crate) fn slug(text: &str) -> RoomSlug {
    RoomSlug::parse(text).unwrap()
}

/// The room that is found by this.
pub(crate) fn address(text: &str) -> RoomAddress {
    RoomAddress { id: RoomId(1), slug: Some(slug(text)) }
}

/// An event by Alex.
pub(crate) fn event(seq: i64, body: EventBody) -> RoomEvent {
    let at = Millis(1_795_341_600_000 + seq);
    RoomEvent { room: RoomId(1), seq: Seq(seq), at, actor: UserId(7), name: "Alex".to_owned(), body }
}

/// A message by Alex.
pub(crate) fn message(seq: i64, text: &str) -> Message {
    let at = Millis(1_795_341_600_000 + seq);
    let (room, author, name) = (RoomId(1), UserId(7), "Alex".to_owned());
    Message { room, seq: Seq(seq), at, author, name, content: content(MessageKind::Text, text) }
}

/// That Alex said something.
pub(crate) fn said(text: &str) -> EventBody {
    EventBody::Message(MessageEvent::Posted(content(MessageKind::Text, text)))
}

/// That Alex did something.
pub(crate) fn did(text: &str) -> EventBody {
    EventBody::Message(MessageEvent::Posted(content(MessageKind::Action, text)))
}

/// That Alex gave the message 128 this text.
pub(crate) fn edited(text: &str) -> EventBody {
    let (target, kind) = (Seq(128), MessageKind::Text);
    let (text, mentions, attachments) = (text.to_owned(), Box::default(), Box::default());
    EventBody::Message(MessageEvent::Edited { target, kind, text, mentions, quote: None, attachments })
}

/// That Alex deleted it.
pub(crate) fn deleted() -> EventBody {
    EventBody::Message(MessageEvent::Deleted { target: Seq(128), thread: None })
}

/// That a message of Alex, told later, was edited or deleted.
pub(crate) fn changed(text: &str, is_deleted: bool) -> EventBody {
    let mut message = message(128, text);
    message.content.changes = Some(Box::new(MessageChanges {
        last: Seq(130),
        edited: (!is_deleted).then_some(Millis(5)),
        is_deleted,
        is_pinned: false,
        reactions: Vec::new(),
    }));
    EventBody::Message(MessageEvent::Changed(Box::new(message)))
}

/// A change of Alex's membership.
pub(crate) fn member(change: MemberChange) -> EventBody {
    EventBody::own_membership(UserId(7), "Alex", change)
}

fn content(kind: MessageKind, text: &str) -> MessageContent {
    MessageContent::new(kind, text, "1")
}

/// A view of `general` with one message and these people.
pub(crate) fn view(people: Vec<User>) -> RoomView {
    let visitor = LogAccess::grant(
        UserId(7),
        ServerRole::Visitor,
        None,
        (RoomId(1), RoomKind::Public),
        (Seq(1), Seq(126)),
    );
    RoomView {
        room: RoomOverview {
            id: RoomId(1),
            kind: RoomKind::Public,
            slug: Some(slug("general")),
            title: "General".to_owned(),
            topic: String::new(),
            head: Seq(126),
            read: Seq(0),
            unread: 0,
            mentions: 0,
            threads: 0,
            settings: RoomSettings::default(),
            role: None,
            people: Vec::new(),
        },
        log: visitor.unwrap(),
        page: Page { messages: vec![message(126, "Hello")], ..Page::default() },
        members: Vec::new(),
        member_count: 0,
        online: 2,
        people,
    }
}
