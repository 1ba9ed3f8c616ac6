//! What a batch reads in a big room. A plan that walks the room shows in no result, and in small rooms in no time either.

use crate::world::{World, block_on};
use chinwag_fixtures::Cluster;

/// A room with 1,000,000 messages, ...
const MESSAGES: &str = "
    ALTER TABLE messages SET UNLOGGED;
    ALTER TABLE messages DROP CONSTRAINT messages_pkey, DROP CONSTRAINT messages_author_id_client_id_key;
    INSERT INTO messages
    SELECT 1, n, 1 + n % 10000, 'id-' || n, 'text', 'message ' || n, n FROM generate_series(1, 1000000) AS n;
    ALTER TABLE messages ADD PRIMARY KEY (room_id, seq), ADD UNIQUE (author_id, client_id);
    UPDATE rooms SET head_seq = 1000000 WHERE id = 1";

/// ... and its 10,000 members.
const MEMBERS: &str = "
    INSERT INTO users (id, name, name_key, look, lower_look, kind, created_at, last_seen_at)
    SELECT n, 'p' || n, 'p' || n, 'p' || n, 'p' || n, 'guest', 0, 0 FROM generate_series(1, 10000) AS n;
    INSERT INTO members (room_id, user_id, name_key, joined_at, read_seq)
    SELECT 1, n, 'p' || n, 0, 0 FROM generate_series(1, 10000) AS n;
    UPDATE rooms SET members = 10000 WHERE id = 1";

/// A walk through the room, to see that one would show.
const WALK: &str = "SELECT count(*) FROM members WHERE room_id = 1";

/// How many rows of each table and how many buffers a statement reads.
const MEASURE: &str = "
    CREATE FUNCTION rows_of(name text) RETURNS bigint LANGUAGE sql
    RETURN (SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relid = name::regclass);

    CREATE FUNCTION measure(statement text) RETURNS SETOF bigint LANGUAGE plpgsql AS $do$
    DECLARE
        tables text[] := ARRAY['members', 'users', 'rooms', 'messages'];
        before bigint[] := (SELECT array_agg(rows_of(name)) FROM unnest(tables) AS name);
        plan json;
    BEGIN
        EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ' || statement INTO plan;
        RETURN QUERY SELECT rows_of(name) - before[place] FROM unnest(tables) WITH ORDINALITY AS t (name, place);
        RETURN NEXT (plan -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::bigint + (plan -> 0 -> 'Plan' ->> 'Shared Read Blocks')::bigint;
    END $do$";

/// Appends as many messages, each of another member, in the room or in a thread.
fn append(count: u32, ids: &str, root: &str) -> String {
    format!(
        "SELECT count(seq) FROM append_messages_1(
             (SELECT array_agg(n * 7) FROM generate_series(1, {count}) AS n), array_fill(1::bigint, ARRAY[{count}]),
             (SELECT array_agg('{ids}' || n) FROM generate_series(1, {count}) AS n), array_fill('text'::text, ARRAY[{count}]),
             array_fill('hello'::text, ARRAY[{count}]), array_fill(2::bigint, ARRAY[{count}]),
             array_fill({root}::bigint, ARRAY[{count}]), array_fill(0::bigint, ARRAY[{count}]), ARRAY[1::bigint], ARRAY[14::bigint], 1, array_fill(TRUE, ARRAY[999]), array_fill(FALSE, ARRAY[999]))"
    )
}

/// Moves the markers of as many members.
fn mark(count: u32) -> String {
    format!(
        "SELECT count(moved_to) FROM mark_read_1(
             (SELECT array_agg(n * 3) FROM generate_series(1, {count}) AS n), array_fill(1::bigint, ARRAY[{count}]),
             array_fill(500000 + {count}::bigint, ARRAY[{count}]), array_fill(TRUE, ARRAY[999]), 50)"
    )
}

/// What each statement reads: rows of members, users, rooms and messages, and buffers. All in one session, whose plans are made with the first
/// call, while nobody is in the room yet.
fn read(world: &World, statements: &[String]) -> Vec<[i64; 5]> {
    let done = |statement| format!("DO $do$ BEGIN PERFORM * FROM ({statement}) AS first; END $do$");
    let first = [append(1, "a", "NULL"), mark(1)].map(done);
    // What was created just now has a session read its catalogs anew: one message before each lets that be over.
    let measured = statements.iter().enumerate().flat_map(|(number, statement)| {
        let before = append(1, &format!("before-{number}-"), "NULL");
        [done(before), format!("SELECT measure($do${statement}$do$)")]
    });
    let steps = [MESSAGES, MEASURE].map(str::to_owned).into_iter().chain(first);
    let script: Vec<_> = steps.chain([MEMBERS.to_owned()]).chain(measured).collect();
    let rows = world.database().rows(&script.join(";\n"));
    let numbers: Vec<i64> = rows.into_iter().flatten().flatten().map(|cell| cell.parse().unwrap()).collect();
    numbers.chunks_exact(5).map(|five| five.try_into().unwrap()).collect()
}

#[test]
fn a_batch_reads_what_it_writes_and_not_its_room() {
    const SIZES: [u32; 3] = [1, 16, 256];
    // What others create in a cluster has every session read its catalogs anew, which counts, too: here is nobody else.
    let cluster = Cluster::start("");
    block_on(async {
        let world = World::on_postgres(cluster.database());
        let mut statements: Vec<_> =
            SIZES.iter().map(|size| append(*size, &format!("c{size}-"), "NULL")).collect();
        statements.extend(SIZES.map(mark));
        statements.push(WALK.to_owned());
        statements.extend(SIZES.map(|size| append(size, &format!("t{size}-"), "3")));
        let read = read(&world, &statements);
        println!("members, users, rooms, messages, buffers: {read:?}");
        assert_eq!(read.len(), statements.len());
        let stored = world.database().ask("SELECT count(*) FROM messages");
        assert_eq!(stored, (1_000_000 + 2 * (1 + 16 + 256) + statements.len()).to_string());
        for ([members, users, rooms, messages, buffers], size) in
            read.iter().zip(SIZES.iter().cycle()).take(6)
        {
            let size = i64::from(*size);
            // Whoever plans a statement for the first time looks at the ends of an index: a few rows, once.
            assert!(
                *members <= 4 * size
                    && *users <= 4 * size + 4
                    && *messages <= 4 * size
                    && *rooms <= size + 10
            );
            // A walk would be far more, and shows in the rows as well. Each message answers another one, and its text goes into the index for searches.
            assert!(*buffers <= 60 * size + 1000);
        }
        for ([members, users, rooms, messages, buffers], size) in read[7..].iter().zip(SIZES) {
            let size = i64::from(size);
            // A reply looks at its root, too, and at who wrote that.
            assert!(
                *members <= 7 * size
                    && *users <= 4 * size + 4
                    && *messages <= 8 * size
                    && *rooms <= size + 10
            );
            assert!(*buffers <= 100 * size + 1000);
        }
        let [members, ..] = read[6];
        assert!(members >= 10_000, "a walk through the room would show: {members}");
    });
}
