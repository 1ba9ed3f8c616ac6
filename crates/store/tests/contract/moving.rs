//! The move from SQLite to PostgreSQL. That everything can be read there as before is what the tests of restarts show, which run over a move as well.

mod failures;

use crate::account_bans;
use crate::accounts;
use crate::attachments;
use crate::avatars;
use crate::broker::Recorder;
use crate::custom_emoji;
use crate::identities;
use crate::world::{Commits, ManualClock, World, block_on, edit, move_data, name, new_message, slug, token};
use crate::{drafts, pins, pushes, reactions, scheduled, user_groups};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{
    AvatarOwner, InThread, Millis, Moderation, PinChange, ReactionChange, ReportReason, RoomNotifications,
    WantedName, Window,
};
use chinwag_core::ports::{LinkPurpose, NewInvite, NewMessage, RoomUpdate, SigningKey};
use chinwag_fixtures::{Cluster, Database};
use chinwag_store::{
    DatabaseUrl, Location, MoveError, MoveStep, OpenError, PostgresOpenError, PostgresOptions, PostgresStore,
    SqliteOptions, SqliteStore, move_to_postgres,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A database of SQLite with something in each table, which nobody uses.
struct Source {
    folder: TempDir,
    path: PathBuf,
}

impl Source {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chinwag.db");
        let source = Self { folder, path };
        block_on(async {
            let world = World::on_sqlite(&source.path);
            let [alex, sam, zoe] = world.members(["Alex", "Sam", "Zoë"]).await;
            let mut said = Vec::new();
            for number in 0..40 {
                said.push(world.say(alex, "general", &format!("message-{number}")).await.unwrap().seq);
            }
            // The table of mentions has a row.
            let mention =
                edit(world.id("general"), said[20], "mention", &format!("message-20 <@{}>", sam.user));
            world.store().edit_message(alex, mention).await.unwrap();
            for room in ["coffee", "tea", "Ωmega", "日本", "🍵"] {
                let created = world.create_room(alex, room).await.unwrap();
                let slug = Some(slug(&format!("{room}-house")));
                let update = RoomUpdate { slug, ..RoomUpdate::default() };
                world.update_room(alex, created.id, update).await.unwrap();
            }
            world.join(sam, "tea-house").await.unwrap();
            // Alex made the room, and may mention all of it.
            world.say(alex, "tea", "<@room>").await.unwrap();
            world.store().delete_room(alex, world.id("coffee")).await.unwrap();
            world.store().rename(zoe, name("Zoe")).await.unwrap();
            world.store().end_session(zoe).await.unwrap();
            let (member, room) = (accounts::member(&world, "Ida").await, world.id("tea"));
            world.store().make_link(member, token(1 << 50), LinkPurpose::Device).await.unwrap();
            let invite = NewInvite { rooms: vec![room], ..accounts::invite(token(1 << 51)) };
            world.join(member, "tea-house").await.unwrap();
            world.store().create_invite(member, invite).await.unwrap();
            let key = SigningKey { id: "key".to_owned(), secret: vec![0, 255] };
            world.store().add_signing_key(key).await.unwrap();
            user_groups::one_of(&world, member).await;
            let voucher = identities::voucher("7", token(1 << 52));
            world.store().vouch(voucher, identities::session(1 << 53)).await.unwrap();
            world.store().block(sam, alex.user).await.unwrap();
            let muted = RoomNotifications { level: None, muted_until: Some(Millis(5)) };
            world.store().set_notifications(sam, world.id("general"), muted).await.unwrap();
            pushes::one_waits(&world, sam).await;
            account_bans::ban_a_guest(&world, member).await;
            let silence = Moderation::Mute { until: None, reason: None };
            world.store().moderate(alex, room, sam.user, silence).await.unwrap();
            let added = ReactionChange::Added;
            let reaction = reactions::reacting(world.id("general"), said[0], "🎉", added);
            world.store().react(sam, reaction).await.unwrap();
            let thread = Some(InThread { root: said[0], also: false });
            let reply = NewMessage { thread, ..new_message(world.id("general"), "reply", "message-reply") };
            world.store().append_message(sam, reply).await.unwrap();
            let told = world.say(alex, "tea", "Welcome").await.unwrap();
            let pin = pins::pinning(told.room, told.seq, PinChange::Pinned);
            world.store().pin(alex, pin).await.unwrap();
            world.store().save(sam, world.id("general"), said[1]).await.unwrap();
            let later = scheduled::message(world.id("general"), "later", i64::MAX, "message-later");
            world.store().schedule(sam, later).await.unwrap();
            let begun = drafts::draft(world.id("general"), None, "message-begun");
            world.store().keep_draft(sam, begun).await.unwrap();
            let sent = attachments::shared(&world, sam, world.id("general"), 1).await;
            let with_file = attachments::message(world.id("general"), "file", "message-file", &[sent]);
            world.store().append_message(sam, with_file).await.unwrap();
            let gone = attachments::shared(&world, sam, world.id("general"), 2).await;
            world.store().discard_file(sam, gone).await.unwrap();
            avatars::given(&world, member, AvatarOwner::Person(member.user), 3).await;
            let admin = avatars::staff(&world, "Ada", ServerRole::Admin).await;
            custom_emoji::given(&world, admin, "party", 4).await;
            let reason = ReportReason::parse("See for yourself").unwrap();
            world.store().report(sam, world.id("general"), said[0], reason).await.unwrap();
            let (visitor, _) = world.visitor(WantedName::Named(name("Bot"))).await;
            world.store().end_session(visitor).await.unwrap();
        });
        source
    }

    fn change(&self, sql: &str) {
        let connection = rusqlite::Connection::open(&self.path).unwrap();
        connection.execute_batch(sql).unwrap();
    }

    fn move_to(&self, target: &Database) -> Result<chinwag_store::Moved, MoveError> {
        move_data(&self.path, &url(target))
    }

    /// So that it can be moved once more.
    fn forget_the_move(&self) {
        fs::remove_file(self.folder.path().join("chinwag.moved")).unwrap();
    }
}

fn url(target: &Database) -> DatabaseUrl {
    DatabaseUrl::parse(target.url()).unwrap()
}

fn open(path: &Path) -> Result<SqliteStore, OpenError> {
    SqliteStore::open(
        SqliteOptions::new(Location::File(path.into())),
        Arc::<ManualClock>::default(),
        Arc::<Recorder>::default(),
        Arc::<Commits>::default(),
    )
}

fn open_target(target: &Database) -> Result<PostgresStore, PostgresOpenError> {
    open_at(url(target))
}

fn open_at(url: DatabaseUrl) -> Result<PostgresStore, PostgresOpenError> {
    PostgresStore::open(
        PostgresOptions::new(url),
        Arc::<ManualClock>::default(),
        Arc::<Recorder>::default(),
        Arc::<Commits>::default(),
    )
}

fn tables(target: &Database) -> String {
    target.ask("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
}

#[test]
fn every_table_has_its_rows_and_the_numbers_go_on() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    let mut steps = Vec::new();
    let moved = move_to_postgres(&source.path, &url(&target), &mut |step| steps.push(step)).unwrap();
    assert_eq!((moved.mended, moved.was_there), (0, false));
    for (table, rows) in &moved.rows {
        assert!(*rows > 0, "{table}");
        assert_eq!(target.ask(&format!("SELECT count(*) FROM {table}")), rows.to_string(), "{table}");
        assert!(steps.contains(&MoveStep::Copying(table, *rows, *rows)), "{steps:?}");
        assert!(steps.contains(&MoveStep::Comparing(table, *rows, *rows)), "{steps:?}");
    }
    assert_eq!((steps[0], steps[steps.len() - 1]), (MoveStep::Checking, MoveStep::Committing));
    // The visitor was the last, of whom nothing is left.
    let last = rusqlite::Connection::open(&source.path)
        .unwrap()
        .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'users'", [], |row| row.get::<_, i64>(0))
        .unwrap();
    assert_eq!(target.ask(&format!("SELECT max(id) < {last} FROM users")), "t");
    assert_eq!(target.ask("SELECT nextval(pg_get_serial_sequence('users', 'id'))"), (last + 1).to_string());
    let next = "SELECT nextval(pg_get_serial_sequence('rooms', 'id')) - (SELECT max(id) FROM rooms)";
    assert_eq!(target.ask(next), "1");
}

/// The tables are made without keys and get them at the end.
#[test]
fn the_tables_are_as_those_of_a_new_database() {
    const KEYS: &str = "
        SELECT replace(pg_get_indexdef(indexrelid), current_schema(), '') FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
        WHERE relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT conname || ' ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace
        UNION ALL
        SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '') || is_identity
        FROM information_schema.columns WHERE table_schema = current_schema()
        ORDER BY 1";
    let (source, target, new) = (Source::new(), chinwag_fixtures::database(), chinwag_fixtures::database());
    source.move_to(&target).unwrap();
    drop(open_target(&new).unwrap());
    let expected = new.rows(KEYS);
    assert!(expected.len() > 100, "{}", expected.len());
    assert_eq!(target.rows(KEYS), expected);
}

#[test]
fn a_text_with_u0000_is_mended_and_counted() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    source.change(
        "UPDATE messages SET text = 'a' || char(0) || 'b' || char(0) WHERE seq IN (5, 6) AND room_id = 1;
         UPDATE rooms SET topic = char(0) WHERE id = 2",
    );
    assert_eq!(source.move_to(&target).unwrap().mended, 3);
    let texts =
        "SELECT string_agg(text, ' ' ORDER BY seq) FROM messages WHERE room_id = 1 AND seq IN (5, 6, 7)";
    assert_eq!(target.ask(texts), "a\u{FFFD}b\u{FFFD} a\u{FFFD}b\u{FFFD} message-3");
    assert_eq!(target.ask("SELECT topic FROM rooms WHERE id = 2"), "\u{FFFD}");
    let (alex, room) = (chinwag_core::domain::UserId(1), chinwag_core::domain::RoomId(1));
    block_on(async {
        let store = open_target(&target).unwrap();
        let page = chinwag_core::ports::Messages::history(&store, alex, room, Window::Latest, 100).await;
        assert_eq!(page.unwrap().messages.len(), 42);
    });
}

#[test]
fn the_source_is_only_read() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    // As a server leaves it that was killed: the last changes stand in the log beside the file.
    let killed = tempfile::tempdir().unwrap();
    let mut connection = rusqlite::Connection::open(&source.path).unwrap();
    connection.execute("UPDATE rooms SET topic = 'of the log' WHERE id = 3", []).unwrap();
    let _reading = connection.transaction().unwrap();
    for file in ["chinwag.db", "chinwag.db-wal"] {
        fs::copy(source.folder.path().join(file), killed.path().join(file)).unwrap();
    }
    let read = |file| fs::read(killed.path().join(file)).unwrap();
    let before = (read("chinwag.db"), read("chinwag.db-wal"));
    assert!(!before.1.is_empty());
    move_data(&killed.path().join("chinwag.db"), &url(&target)).unwrap();
    assert!((read("chinwag.db"), read("chinwag.db-wal")) == before);
    assert_eq!(target.ask("SELECT topic FROM rooms WHERE id = 3"), "of the log");
}

#[test]
fn the_folder_says_where_its_data_went() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    let server = open(&source.path).unwrap();
    let error = source.move_to(&target).unwrap_err();
    assert!(matches!(error, MoveError::Source(OpenError::InUse { .. })), "{error}");
    drop(server);
    source.move_to(&target).unwrap();
    let error = open(&source.path).err().unwrap();
    let said = error.to_string();
    assert!(matches!(error, OpenError::Moved { .. }) && said.contains(&url(&target).to_string()), "{said}");
    let error = source.move_to(&target).unwrap_err();
    assert!(matches!(error, MoveError::Source(OpenError::Moved { .. })), "{error}");
    source.forget_the_move();
    drop(open(&source.path).unwrap());
}

#[test]
fn a_move_that_was_committed_before_is_found() {
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    let first = source.move_to(&target).unwrap();
    // As when nobody heard of the commit.
    source.forget_the_move();
    let second = source.move_to(&target).unwrap();
    assert!(second.was_there);
    assert_eq!(second.rows, first.rows);
    assert!(matches!(open(&source.path), Err(OpenError::Moved { .. })));
}

/// Whoever owns a database is nobody special otherwise.
#[test]
fn the_owner_of_a_database_may_move_into_it() {
    let cluster = Cluster::start("");
    cluster.execute("CREATE ROLE plain LOGIN");
    cluster.execute("CREATE DATABASE chat OWNER plain ENCODING 'UTF8' TEMPLATE template0");
    let url = DatabaseUrl::parse(&cluster.url_for("plain", "chat")).unwrap();
    let source = Source::new();
    move_data(&source.path, &url).unwrap();
    source.forget_the_move();
    drop(open_at(url).unwrap());
    drop(open(&source.path).unwrap());
}

/// A server that is started on the database meanwhile waits, and finds everything.
#[test]
fn a_server_that_starts_too_early_waits_for_the_move() {
    const WAITS: &str = "
        SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND objid::bigint = hashtext(current_schema())::bigint & 4294967295";
    let (source, target) = (Source::new(), chinwag_fixtures::database());
    let mut early = None;
    let moved = move_to_postgres(&source.path, &url(&target), &mut |step| {
        if step == MoveStep::Checking {
            let url = url(&target);
            early = Some(std::thread::spawn(move || open_at(url)));
            while target.ask(WAITS) != "1" {
                std::thread::yield_now();
            }
        }
    });
    moved.unwrap();
    drop(early.unwrap().join().unwrap().unwrap());
    assert_eq!(target.ask("SELECT count(*) FROM messages"), "44");
}
