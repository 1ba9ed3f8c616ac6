//! The bytes of every frame that the server writes. A change here is a change of the protocol: `docs/native-protocol.md` has to
//! say it, too.

use chinwag_core::chat::{Effect, LimitsInfo, Reply, RoomListing, RoomView};
use chinwag_core::domain::permissions::{RoomRole, ServerRole};
use chinwag_core::domain::{
    Ban, Bans, DraftPlace, EmojiName, EventBody, FileId, FollowedThread, Found, InThread, KeptDraft,
    LogAccess, Member, MemberChange, MemberEvent, Mentioned, Message, MessageChanges, MessageContent,
    MessageEvent, MessageKind, MessageText, Millis, Page, PinChange, Presence, Reaction, ReactionChange,
    Refusal, RoomAddress, RoomChange, RoomEvent, RoomHistory, RoomId, RoomKind, RoomLabels, RoomOverview,
    RoomPosting, RoomSettings, RoomSlug, RoomState, SearchPosition, Seq, SlowMode, ThreadInfo,
    ThreadListPage, ThreadMark, ThreadPage, User, UserId,
};
use chinwag_core::ports::{
    Encoder as _, ListedRoom, PresenceChange, ShownAvatar, ShownEmoji, Signal, Typist,
};
use chinwag_wire::native::{ErrorCode, NativeEncoder, ProtocolError, Ref, ServerFrame};
use chinwag_wire::websocket::{Decoder, Incoming};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::ControlFlow;

/// The JSON of one finished frame, read back through a client's mask.
fn json(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    // The decoder reads what clients write: the same frame with a mask of zeros.
    let header = match bytes[1] {
        126 => 4,
        127 => 10,
        _ => 2,
    };
    bytes[1] |= 0x80;
    bytes.splice(header..header, [0; 4]);
    let mut text = String::new();
    let mut sink = |incoming: Incoming<'_>| {
        let Incoming::Text(json) = incoming else { panic!("{incoming:?} is no text") };
        text.push_str(json);
        ControlFlow::Continue(())
    };
    Decoder::new(1 << 20).feed(&mut bytes, &mut sink).unwrap();
    text
}

fn slug(text: &str) -> RoomSlug {
    RoomSlug::parse(text).unwrap()
}

fn alex() -> User {
    User::guest(UserId(7), "Alex")
}

fn general() -> RoomOverview {
    RoomOverview {
        id: RoomId(1),
        kind: RoomKind::Public,
        slug: Some(slug("general")),
        title: "General".to_owned(),
        topic: "Everything and anything".to_owned(),
        head: Seq(128),
        read: Seq(120),
        unread: 7,
        mentions: 2,
        threads: 3,
        settings: RoomSettings::default(),
        role: Some(RoomRole::Member),
        people: Vec::new(),
    }
}

/// A room that has neither an address nor a title.
fn nameless() -> RoomOverview {
    let people = vec![User::guest(UserId(9), "Sam")];
    RoomOverview {
        id: RoomId(2),
        kind: RoomKind::Direct,
        slug: None,
        title: String::new(),
        people,
        ..general()
    }
}

fn event(seq: i64, body: EventBody) -> RoomEvent {
    let at = Millis(1_795_341_600_000 + seq);
    RoomEvent { room: RoomId(1), seq: Seq(seq), at, actor: UserId(7), name: "Alex".to_owned(), body }
}

fn message(kind: MessageKind) -> Message {
    let (room, seq, at) = (RoomId(1), Seq(127), Millis(1_795_341_600_127));
    let content = MessageContent::new(kind, "\"Hi\"\n\u{1}é😀</script>", "0b4c0f0e");
    Message { room, seq, at, author: UserId(7), name: "Alex".to_owned(), content }
}

/// A message that was edited, or deleted.
fn changed(is_deleted: bool) -> Message {
    let edited = (!is_deleted).then_some(Millis(1_795_341_600_129));
    let text = if is_deleted { "" } else { "Hi!" };
    let reaction = Reaction { emoji: "👍".to_owned(), count: 21, users: vec![UserId(7), UserId(8)] };
    let reactions = if is_deleted { Vec::new() } else { vec![reaction] };
    let changes = Some(Box::new(MessageChanges {
        last: Seq(129),
        edited,
        is_deleted,
        is_pinned: !is_deleted,
        reactions,
    }));
    let reply_to = Some(Seq(120));
    let thread = is_deleted.then_some(InThread { root: Seq(100), also: true });
    let thread_info = (!is_deleted).then(|| {
        let users = vec![(UserId(9), "Sam".to_owned())];
        let info = ThreadInfo { replies: 4, last: Millis(1_795_341_601_500), users, as_of: Seq(129) };
        Box::new(info)
    });
    let posted = MessageContent::new(MessageKind::Text, text, "0b4c0f0e");
    let content = MessageContent { reply_to, thread, changes, thread_info, ..posted };
    Message { content, ..message(MessageKind::Text) }
}

fn of_message(seq: i64, body: MessageEvent) -> RoomEvent {
    event(seq, EventBody::Message(body))
}

fn reacted(change: ReactionChange) -> MessageEvent {
    MessageEvent::Reacted { target: Seq(127), emoji: "👍".to_owned(), change }
}

fn own(change: MemberChange) -> EventBody {
    EventBody::own_membership(UserId(7), "Alex", change)
}

fn page() -> Page {
    Page {
        messages: vec![message(MessageKind::Text)],
        events: vec![event(128, own(MemberChange::Joined))],
        events_from: Seq(127),
        has_before: true,
        has_after: false,
    }
}

fn view() -> Box<RoomView> {
    let members =
        vec![Member { user: alex(), presence: Presence::Online, via: None, role: Some(RoomRole::Owner) }];
    let (guest, member) = (ServerRole::Guest, Some(RoomRole::Member));
    Box::new(RoomView {
        room: general(),
        log: LogAccess::grant(UserId(7), guest, member, (RoomId(1), RoomKind::Public), (Seq(1), Seq(128)))
            .unwrap(),
        page: page(),
        members,
        member_count: 1,
        online: 1,
        people: Vec::new(),
    })
}

fn events() -> Vec<RoomEvent> {
    let labels = |slug: Option<&str>| RoomLabels {
        slug: slug.map(str::to_owned),
        title: "Coffee".to_owned(),
        topic: String::new(),
    };
    let updated = |kind, history| {
        let (was, posting) = (RoomKind::Public, RoomPosting::Moderators);
        let settings = match kind {
            RoomKind::Private => {
                RoomSettings { history, posting, slow_mode: SlowMode::nearest(30), archived: true }
            }
            RoomKind::Public | RoomKind::Direct | RoomKind::Group => RoomSettings::default(),
        };
        EventBody::Room(RoomChange::Updated(RoomState { labels: labels(None), kind, was, settings }))
    };
    let (subject, subject_name) = (UserId(8), "Sam".to_owned());
    let of_sam =
        |change| EventBody::Member(MemberEvent { subject, subject_name: subject_name.clone(), change });
    vec![
        message(MessageKind::Text).into(),
        message(MessageKind::Action).into(),
        changed(false).into(),
        changed(true).into(),
        of_message(
            129,
            MessageEvent::Edited {
                target: Seq(127),
                kind: MessageKind::Text,
                text: "Hi <@9>!".to_owned(),
                mentions: [Mentioned { user: UserId(9), name: "Sam".to_owned() }].into(),
                quote: None,
                attachments: Box::default(),
            },
        ),
        of_message(129, MessageEvent::Deleted { target: Seq(127), thread: None }),
        of_message(129, MessageEvent::Deleted { target: Seq(127), thread: Some(Seq(100)) }),
        of_message(129, reacted(ReactionChange::Added)),
        of_message(129, reacted(ReactionChange::Removed)),
        of_message(129, MessageEvent::Pinned { target: Seq(127), change: PinChange::Pinned }),
        of_message(129, MessageEvent::Pinned { target: Seq(127), change: PinChange::Unpinned }),
        of_message(129, MessageEvent::Changed(Box::new(changed(false)))),
        of_message(129, MessageEvent::Changed(Box::new(changed(true)))),
        event(128, own(MemberChange::Joined)),
        event(129, own(MemberChange::Left)),
        event(129, of_sam(MemberChange::Joined)),
        event(129, of_sam(MemberChange::Left)),
        event(129, of_sam(MemberChange::Removed { reason: "Too loud".to_owned() })),
        event(129, of_sam(MemberChange::Banned { until: Some(Millis(1_795_400_000_000)), reason: None })),
        event(129, of_sam(MemberChange::Unbanned)),
        event(129, of_sam(MemberChange::Muted { until: None, reason: Some("Too loud".to_owned()) })),
        event(129, of_sam(MemberChange::Unmuted)),
        event(129, of_sam(MemberChange::RoleChanged { role: RoomRole::Moderator })),
        event(130, own(MemberChange::Renamed { old_name: "Al".to_owned() })),
        event(131, EventBody::Room(RoomChange::Created(labels(Some("coffee"))))),
        event(132, updated(RoomKind::Public, RoomHistory::All)),
        event(132, updated(RoomKind::Private, RoomHistory::Joined)),
        event(133, EventBody::Room(RoomChange::Deleted)),
    ]
}

fn bans() -> Bans {
    let ban = |user, until, reason| Ban {
        user: (UserId(user), "Sam".to_owned()),
        by: (UserId(7), "Alex".to_owned()),
        at: Millis(1_795_341_600_000),
        until,
        reason,
    };
    let for_a_while = ban(8, Some(Millis(1_795_400_000_000)), Some("Too loud".to_owned()));
    Bans { room: RoomId(1), bans: vec![for_a_while, ban(9, None, None)] }
}

fn found() -> Box<Found> {
    let position = SearchPosition([41, 0, 0]);
    let (next, searched_to) = (Some(position), Some(Millis(1_795_341_500_000)));
    Box::new(Found { hits: page().messages, next, searched_to, indexed_to: Some(Millis(1_795_341_600_000)) })
}

fn replies() -> Vec<Reply> {
    let limits = LimitsInfo {
        message_length: 2000,
        history_page: 200,
        rooms_per_person: 100,
        file_bytes: 16_777_216,
        files_per_message: 10,
    };
    let listing = || RoomListing { room: general(), online: 12 };
    let room = || RoomId(1);
    let members = vec![Member { user: alex(), presence: Presence::Away, via: Some("socketio"), role: None }];
    vec![
        Reply::Welcome {
            epoch: "1f0e5d2c".to_owned(),
            user: alex(),
            rooms: vec![listing()],
            limits,
            server_time: Millis(1_795_341_600_000),
        },
        Reply::Joined(view()),
        Reply::Left { room: room() },
        Reply::Acked { room: room(), seq: Seq(129), at: Millis(1_795_341_602_000) },
        Reply::History { room: room(), page: page() },
        Reply::Thread(Box::new(ThreadPage {
            room: room(),
            root: changed(false),
            messages: page().messages,
            has_before: false,
            has_after: true,
            mark: ThreadMark { follows: true, read: Seq(120) },
        })),
        Reply::Threads(Box::new(ThreadListPage {
            threads: vec![FollowedThread { root: changed(false), read: Seq(120), unread: 2 }],
            next: "1.1795341601500.1.127".parse().ok(),
        })),
        Reply::Threads(Box::default()),
        Reply::Members { room: room(), members: members.clone(), next: Some("alex".to_owned()) },
        Reply::Members { room: room(), members, next: None },
        Reply::Rooms { rooms: vec![listing()], next: None },
        Reply::Rooms { rooms: vec![], next: "2.17.coffee & tea".parse().ok() },
        Reply::Room(listing()),
        Reply::Room(RoomListing { room: nameless(), online: 2 }),
        Reply::Renamed(alex()),
        Reply::Bans(bans()),
        Reply::Found(found()),
        Reply::Effect(Effect::Notice("There is no command /x.".to_owned())),
        Reply::Effect(Effect::Renamed(alex())),
        Reply::Effect(Effect::Enter(slug("general"))),
        Reply::Effect(Effect::Exit(room())),
        Reply::Effect(Effect::SignedOut),
        Reply::Done,
    ]
}

fn signals() -> Vec<Signal> {
    let room = || RoomAddress { id: RoomId(1), slug: Some(slug("general")) };
    let changes = vec![PresenceChange {
        user: alex(),
        before: Presence::Away,
        presence: Presence::Offline,
        via: Some("simple"),
    }];
    let people = || vec![alex()].into();
    let users = vec![Typist { user: UserId(7), name: "Alex".to_owned() }];
    vec![
        Signal::Resumed { room: RoomId(1), head: Seq(132) },
        Signal::Skipped { room: RoomId(1), from: Seq(126), to: Seq(130) },
        Signal::Reset(view()),
        Signal::RoomGone { room: RoomId(1) },
        Signal::Presence {
            room: room(),
            online: 11,
            changes: changes.clone(),
            truncated: false,
            people: people(),
        },
        Signal::Presence { room: room(), online: 11, changes, truncated: true, people: people() },
        Signal::Typing { room: room(), started: users.clone(), users, more: 2, stopped: Vec::new() },
        Signal::Seen { room: RoomId(1), reads: vec![(UserId(8), Seq(128))] },
        Signal::ReadMark { room: RoomId(1), seq: Seq(128) },
        Signal::MarkedUnread { room: RoomId(1), seq: Seq(120) },
        Signal::Draft(Box::new(KeptDraft {
            place: DraftPlace { room: RoomId(1), thread: Some(Seq(127)) },
            text: Some(MessageText::exact("Hel", 8000).unwrap()),
            reply_to: None,
            at: Millis(1_795_341_600_300),
        })),
        Signal::Draft(Box::new(KeptDraft {
            place: DraftPlace { room: RoomId(1), thread: None },
            text: None,
            reply_to: None,
            at: Millis(1_795_341_600_301),
        })),
        Signal::ScheduleChanged { is_due: false },
        Signal::ScheduleChanged { is_due: true },
        Signal::SettingsChanged { revision: 4 },
        Signal::ThreadMark {
            room: RoomId(1),
            root: Seq(127),
            mark: ThreadMark { follows: false, read: Seq(128) },
        },
        Signal::MembershipBegan(Box::new(RoomListing { room: general(), online: 3 })),
        Signal::MembershipEnded { room: RoomId(1) },
        Signal::Renamed(alex()),
        Signal::Directory {
            listed: vec![ListedRoom {
                id: RoomId(1),
                slug: slug("general"),
                title: "General".to_owned(),
                topic: String::new(),
            }],
            removed: vec![RoomId(9)],
            avatars: Vec::new(),
            emoji: Vec::new(),
        },
        Signal::Directory {
            listed: Vec::new(),
            removed: Vec::new(),
            avatars: vec![
                ShownAvatar { person: Some(UserId(7)), avatar: Some(FileId::new([10; 16])) },
                ShownAvatar { person: None, avatar: None },
            ],
            emoji: vec![
                ShownEmoji { name: EmojiName::parse("party").unwrap(), picture: Some(FileId::new([11; 16])) },
                ShownEmoji { name: EmojiName::parse("old").unwrap(), picture: None },
            ],
        },
        Signal::Stale,
    ]
}

#[test]
fn every_frame_of_the_server() {
    let encoder = NativeEncoder;
    let address = RoomAddress { id: RoomId(1), slug: None };
    let text = |reference: &str| Some(Ref::Text(reference.into()));
    let error = ProtocolError::from(&Refusal::RateLimited { retry_after_ms: 2600 });
    let frames: Vec<String> = events()
        .iter()
        .map(|event| json(|out| encoder.event(&address, event, out)))
        .chain(replies().into_iter().map(|reply| json(|out| encoder.reply(Some(Ref::Number(5)), reply, out))))
        .chain(signals().iter().map(|signal| json(|out| encoder.signal(signal, None, out))))
        .chain([
            json(|out| encoder.reply(None, Reply::Done, out)),
            json(|out| encoder.reply(text("ref-é"), Reply::Done, out)),
            json(|out| encoder.error(text("a"), error, out)),
            json(|out| encoder.error(None, ProtocolError::new(ErrorCode::BadFrame, "Not a frame."), out)),
        ])
        .collect();

    let mut types = BTreeSet::new();
    let mut listing = String::new();
    for frame in &frames {
        let read: ServerFrame = serde_json::from_str(frame).unwrap();
        assert_eq!(&serde_json::to_string(&read).unwrap(), frame, "a client reads what was written");
        let object: serde_json::Value = serde_json::from_str(frame).unwrap();
        types.insert(object["type"].as_str().unwrap().to_owned());
        writeln!(listing, "{frame}").unwrap();
    }
    assert_eq!(types, ServerFrame::types().into_iter().map(str::to_owned).collect());
    insta::assert_snapshot!(listing);
}
