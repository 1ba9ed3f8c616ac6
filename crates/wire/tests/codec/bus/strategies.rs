//! Events, rooms and people as nodes tell of them.

use chinwag_core::domain::permissions::{RoomRole, ServerRole};
use chinwag_core::domain::{
    AccountKind, EventBody, InThread, MemberChange, MemberEvent, Mentioned, Message, MessageChanges,
    MessageContent, MessageEvent, MessageKind, Millis, PinChange, Quote, Reaction, ReactionChange,
    RoomChange, RoomEvent, RoomHistory, RoomId, RoomKind, RoomLabels, RoomOverview, RoomPosting,
    RoomSettings, RoomSlug, RoomState, Seq, SlowMode, User, UserId,
};
use chinwag_core::domain::{Attachment, FileId, Picture};
use proptest::option;
use proptest::prelude::*;

/// Any text, with what JSON has to escape among it.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,20}", any::<String>(), Just("\0\n\"\\\u{7f}\u{2028}\u{10ffff}".to_owned())]
}

pub(super) fn slug() -> impl Strategy<Value = RoomSlug> {
    "[a-z0-9]{1,12}(-[a-z0-9]{1,6})?|[а-я]{2,8}|日本[一-十]{1,3}"
        .prop_filter_map("no address", |text| RoomSlug::parse(&text).ok())
}

pub(super) fn labels() -> impl Strategy<Value = RoomLabels> {
    (option::of(text()), text(), text()).prop_map(|(slug, title, topic)| RoomLabels { slug, title, topic })
}

pub(super) fn settings() -> impl Strategy<Value = RoomSettings> {
    let history = prop::sample::select(&RoomHistory::ALL[..]);
    let posting = prop::sample::select(&RoomPosting::ALL[..]);
    (history, posting, 0..=SlowMode::LONGEST, any::<bool>()).prop_map(
        |(history, posting, seconds, archived)| RoomSettings {
            history,
            posting,
            slow_mode: SlowMode::nearest(seconds),
            archived,
        },
    )
}

pub(super) fn state() -> impl Strategy<Value = RoomState> {
    let kind = || prop::sample::select(&RoomKind::ALL[..]);
    (labels(), kind(), kind(), settings()).prop_map(|(labels, kind, was, settings)| RoomState {
        labels,
        kind,
        was,
        settings,
    })
}

pub(super) fn imposed() -> impl Strategy<Value = (Option<Millis>, Option<String>)> {
    (option::of(any::<i64>().prop_map(Millis)), option::of(text()))
}

pub(super) fn body() -> impl Strategy<Value = EventBody> {
    let kind = prop_oneof![Just(MessageKind::Text), Just(MessageKind::Action)];
    let reaction = (text(), any::<u32>(), prop::collection::vec(any::<i64>().prop_map(UserId), 0..3))
        .prop_map(|(emoji, count, users)| Reaction { emoji, count, users });
    let changes =
        (any::<i64>(), option::of(any::<i64>()), any::<[bool; 2]>(), prop::collection::vec(reaction, 0..3))
            .prop_map(|(last, edited, [is_deleted, is_pinned], reactions)| {
                Box::new(MessageChanges {
                    last: Seq(last),
                    edited: edited.map(Millis),
                    is_deleted,
                    is_pinned,
                    reactions,
                })
            });
    let pinning = prop_oneof![Just(PinChange::Pinned), Just(PinChange::Unpinned)];
    let reacting = prop_oneof![Just(ReactionChange::Added), Just(ReactionChange::Removed)];
    let mentions = prop::collection::vec((any::<i64>(), text()), 0..3).prop_map(|people| {
        people.into_iter().map(|(user, name)| Mentioned { user: UserId(user), name }).collect()
    });
    let thread = option::of(any::<(i64, bool)>().prop_map(|(root, also)| InThread { root: Seq(root), also }));
    let picture = (any::<u32>(), any::<u32>(), text()).prop_map(|(width, height, color)| Picture {
        width,
        height,
        color,
    });
    let file = (any::<[u8; 16]>(), text(), text(), any::<u64>(), option::of(picture)).prop_map(
        |(id, name, media_type, bytes, picture)| Attachment {
            id: FileId::new(id),
            name,
            media_type,
            bytes,
            picture,
        },
    );
    let quote = (text(), text()).prop_map(|(name, text)| Box::new(Quote { name, text }));
    let belongings = (mentions, prop::collection::vec(file, 0..3), option::of(quote));
    let content = (kind, text(), text(), option::of(any::<i64>()), thread, belongings, option::of(changes))
        .prop_map(|(kind, text, id, reply_to, thread, (mentions, attachments, quote), changes)| {
            MessageContent {
                attachments: attachments.into(),
                quote,
                reply_to: reply_to.map(Seq),
                thread,
                mentions,
                changes,
                ..MessageContent::new(kind, text, id)
            }
        })
        .boxed();
    let message = prop_oneof![
        content.clone().prop_map(MessageEvent::Posted),
        (any::<i64>(), content.clone()).prop_map(|(target, content)| {
            let MessageContent { kind, text, mentions, quote, attachments, .. } = content;
            MessageEvent::Edited { target: Seq(target), kind, text, mentions, quote, attachments }
        }),
        (any::<i64>(), option::of(any::<i64>())).prop_map(|(target, thread)| MessageEvent::Deleted {
            target: Seq(target),
            thread: thread.map(Seq)
        }),
        (any::<i64>(), pinning)
            .prop_map(|(target, change)| MessageEvent::Pinned { target: Seq(target), change }),
        (any::<i64>(), text(), reacting).prop_map(|(target, emoji, change)| {
            MessageEvent::Reacted { target: Seq(target), emoji, change }
        }),
        (any::<[i64; 3]>(), text(), content).prop_map(|([target, at, author], name, content)| {
            let (seq, at, author) = (Seq(target), Millis(at), UserId(author));
            // The room is that of the event.
            let room = RoomId(0);
            MessageEvent::Changed(Box::new(Message { room, seq, at, author, name, content }))
        }),
    ];
    let posted = message.prop_map(EventBody::Message);
    let change = prop_oneof![
        Just(MemberChange::Joined),
        Just(MemberChange::Left),
        text().prop_map(|reason| MemberChange::Removed { reason }),
        imposed().prop_map(|(until, reason)| MemberChange::Banned { until, reason }),
        imposed().prop_map(|(until, reason)| MemberChange::Muted { until, reason }),
        Just(MemberChange::Unbanned),
        Just(MemberChange::Unmuted),
        text().prop_map(|old_name| MemberChange::Renamed { old_name }),
        prop::sample::select(&RoomRole::ALL[..]).prop_map(|role| MemberChange::RoleChanged { role }),
    ];
    let member = (any::<i64>(), text(), change).prop_map(|(subject, subject_name, change)| {
        EventBody::Member(MemberEvent { subject: UserId(subject), subject_name, change })
    });
    let room = prop_oneof![
        labels().prop_map(RoomChange::Created),
        state().prop_map(RoomChange::Updated),
        Just(RoomChange::Deleted),
    ];
    prop_oneof![posted, member, room.prop_map(EventBody::Room)]
}

pub(super) fn event() -> impl Strategy<Value = RoomEvent> {
    (any::<(i64, i64, i64)>(), 1..=i64::MAX, text(), body()).prop_map(
        |((room, at, actor), seq, name, mut body)| {
            if let EventBody::Message(MessageEvent::Changed(message)) = &mut body {
                message.room = RoomId(room);
            }
            let (room, seq, at, actor) = (RoomId(room), Seq(seq), Millis(at), UserId(actor));
            RoomEvent { room, seq, at, actor, name, body }
        },
    )
}

pub(super) fn overview() -> impl Strategy<Value = RoomOverview> {
    let role = prop::sample::select(&RoomRole::ALL[..]);
    let kind = prop::sample::select(&RoomKind::ALL[..]);
    let people = prop::collection::vec(user(), 0..3);
    let labels = (option::of(slug()), text(), text(), people);
    (any::<(i64, i64, i64, [u32; 3])>(), labels, kind, option::of(role), settings()).prop_map(
        |(
            (id, head, read, [unread, mentions, threads]),
            (slug, title, topic, people),
            kind,
            role,
            settings,
        )| {
            RoomOverview {
                id: RoomId(id),
                kind,
                people,
                slug,
                title,
                topic,
                head: Seq(head),
                read: Seq(read),
                unread,
                mentions,
                threads,
                role,
                settings,
            }
        },
    )
}

pub(super) fn user() -> impl Strategy<Value = User> {
    let standing = prop_oneof![
        Just((AccountKind::Visitor, ServerRole::Visitor)),
        Just((AccountKind::Guest, ServerRole::Guest)),
        Just((AccountKind::Bot, ServerRole::Member)),
        Just((AccountKind::Member, ServerRole::Member)),
        Just((AccountKind::Member, ServerRole::Moderator)),
        Just((AccountKind::Member, ServerRole::Admin)),
        Just((AccountKind::Member, ServerRole::Owner)),
    ];
    (any::<i64>(), text(), standing).prop_map(|(id, name, (kind, role))| User {
        id: UserId(id),
        name,
        kind,
        role,
    })
}
