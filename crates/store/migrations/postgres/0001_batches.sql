-- What is done for many people at once: one statement, one flight, one transaction. READ COMMITTED: each statement inside sees what was
-- committed before it. A new version gets a new name, and the old one is dropped two releases later: nodes of both may run.

-- Whether somebody may do something in a room. `rights` says it for each role on the server (visitor, guest, member, moderator, admin, owner) with each
-- kind of room (public, private, direct, group) and each role in the room (none, member, moderator, owner): Chinwag's own table, which it hands in.
-- `standing` is the role of an account, or its kind where it has none; an account that was removed has no row, and counts as a guest's.
CREATE FUNCTION may_1(rights boolean[], standing text, kind text, role text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN rights[1 + 16 * CASE coalesce(standing, 'guest') WHEN 'visitor' THEN 0 WHEN 'guest' THEN 1 WHEN 'moderator' THEN 3
                                                        WHEN 'admin' THEN 4 WHEN 'owner' THEN 5 ELSE 2 END
              + 4 * CASE kind WHEN 'public' THEN 0 WHEN 'private' THEN 1 WHEN 'direct' THEN 2 ELSE 3 END
              + CASE WHEN role IS NULL THEN 0 WHEN role = 'member' THEN 1 WHEN role = 'moderator' THEN 2 ELSE 3 END];

-- Whether somebody finds a room, with this role in it: everybody a public one, and else who is in it.
CREATE FUNCTION finds_1(kind text, role text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN kind = 'public' OR role IS NOT NULL;

-- Appends messages. A row for each of them, in their order: who wanted to write, in which room, and the seq if the message was stored. No two
-- of them have one author and one client id. `at_any_time` says as `rights` do who writes where the others may not, or have to wait.
CREATE FUNCTION append_messages_1(by_users bigint[], to_rooms bigint[], client_ids text[], kinds text[], texts text[], replies bigint[],
                                  roots bigint[], alsos bigint[], mention_ords bigint[], mention_users bigint[], now bigint,
                                  rights boolean[], at_any_time boolean[])
RETURNS TABLE (room_found boolean, name text, standing text, kind text, role text, seq bigint,
               first_room_id bigint, first_seq bigint, first_at bigint, named_a_change boolean,
               posting text, slow_mode_s bigint, is_archived boolean, wrote_at bigint, muted_until bigint, banned_until bigint,
               is_answerable boolean, is_root boolean, mentioned text, quote text)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
#variable_conflict use_column
BEGIN
    -- People, then rooms, each in the order that everybody keeps. Of people only those whose row somebody may be about to delete. Not FOR UPDATE,
    -- for which foreign keys of others would wait.
    PERFORM FROM users WHERE id = ANY(by_users) AND kind = 'visitor' ORDER BY id FOR KEY SHARE;
    PERFORM FROM rooms WHERE id = ANY(to_rooms) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE;
    -- Only now the look: who was removed while we waited is refused, what another node stored under the client id is found.
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT i.*, r.id AS room_id, r.head_seq, r.kind AS room_kind, r.posting, r.slow_mode_s, r.archived_at IS NOT NULL AS is_archived, r.sanctions,
            r.open_from, r.history,
            u.name, coalesce(u.role, u.kind) AS standing,
            -- Sub-selects, not joins: a join made a plan that walked all members of the room.
            (SELECT m FROM members m WHERE m.room_id = i.to_room AND m.user_id = i.user_id) AS own,
            (SELECT m FROM messages m WHERE m.author_id = i.user_id AND m.client_id = i.client_id) AS first,
            EXISTS (SELECT FROM events e WHERE e.actor_id = i.user_id AND e.client_id = i.client_id) AS named_a_change
        FROM unnest(by_users, to_rooms, client_ids, kinds, texts, replies, roots, alsos)
             WITH ORDINALITY AS i (user_id, to_room, client_id, kind, text, reply_seq, thread_seq, also, ord)
        LEFT JOIN rooms r ON r.id = i.to_room AND r.deleted_at IS NULL
        LEFT JOIN users u ON u.id = i.user_id AND u.removed_at IS NULL
    ), known AS (
        SELECT *, (own).role AS role, may_1(at_any_time, standing, room_kind, (own).role) AS is_free,
            -- One who is no member, or came back: leaving makes nobody faster. Looked up in slow rooms only.
            CASE WHEN slow_mode_s > 0 AND (own).wrote_at IS NULL
                 THEN (SELECT max(m.at) FROM messages m WHERE m.author_id = found.user_id AND m.room_id + 0 = found.to_room)
                 ELSE (own).wrote_at END AS wrote_at,
            -- Of those who are no members, in rooms only where anybody is kept out or has to be silent.
            CASE WHEN (own).user_id IS NULL AND sanctions > 0
                 THEN (SELECT s.until FROM sanctions s WHERE (s.room_id, s.user_id, s.kind) = (found.to_room, found.user_id, 'mute'))
                 ELSE (own).muted_until END AS muted_until,
            CASE WHEN (own).user_id IS NULL AND sanctions > 0
                 THEN (SELECT s.until FROM sanctions s WHERE (s.room_id, s.user_id, s.kind) = (found.to_room, found.user_id, 'ban'))
                 END AS banned_until,
            -- A message that the person reads, or none.
            reply_seq IS NULL OR coalesce(
                reply_seq >= coalesce((own).history_from, CASE history WHEN 'all' THEN open_from ELSE greatest(open_from, head_seq + 1) END)
                AND EXISTS (SELECT FROM messages m WHERE (m.room_id, m.seq) = (found.to_room, found.reply_seq)), false) AS is_answerable,
            -- The same, which is not deleted and stands in no thread itself.
            thread_seq IS NULL OR coalesce(
                thread_seq >= coalesce((own).history_from, CASE history WHEN 'all' THEN open_from ELSE greatest(open_from, head_seq + 1) END)
                AND EXISTS (SELECT FROM messages m WHERE (m.room_id, m.seq) = (found.to_room, found.thread_seq)
                            AND m.thread_seq IS NULL AND m.deleted_at IS NULL), false) AS is_root
        FROM found
    ), alone AS MATERIALIZED (
        SELECT *, coalesce(finds_1(room_kind, role), false) AND name IS NOT NULL AND (first).seq IS NULL AND NOT named_a_change
                  AND may_1(rights, standing, room_kind, role) AND NOT is_archived AND is_answerable AND is_root
                  AND coalesce(muted_until <= now, true) AND coalesce(banned_until <= now, true)
                  AND (is_free OR posting = 'everyone' AND (slow_mode_s = 0 OR coalesce(wrote_at + slow_mode_s * 1000 <= now, true)))
                  AS is_allowed
        FROM known
    ), judged AS (
        SELECT *, is_allowed AND CASE WHEN slow_mode_s > 0 AND NOT is_free THEN NOT EXISTS (
                      SELECT FROM alone AS other WHERE other.is_allowed AND other.ord < alone.ord
                      AND other.user_id = alone.user_id AND other.room_id = alone.room_id)
                  ELSE true END AS fresh
        FROM alone
    ), placed AS MATERIALIZED (
        SELECT *, head_seq + count(*) FILTER (WHERE fresh) OVER (PARTITION BY room_id ORDER BY ord) AS place FROM judged
    ), heads AS (
        UPDATE rooms SET head_seq = f.last
        FROM (SELECT room_id, max(place) AS last FROM placed WHERE fresh GROUP BY room_id) AS f WHERE rooms.id = f.room_id
    ), stored AS (
        -- In an order of client ids: two batches with the same ones do not wait for each other.
        INSERT INTO messages (room_id, seq, author_id, client_id, kind, text, at, reply_seq, thread_seq, also)
        SELECT room_id, place, user_id, client_id, kind, text, now, reply_seq, thread_seq, also FROM placed WHERE fresh
        ORDER BY user_id, client_id COLLATE "C"
    ), mentioned AS MATERIALIZED (
        -- Whoever is a member. A text of which nobody else is mentioned costs nothing.
        SELECT p.ord, p.room_id, p.place, u.id, u.name
        FROM unnest(mention_ords, mention_users) AS w (ord, user_id)
        JOIN placed p ON p.ord = w.ord AND p.fresh AND p.user_id <> w.user_id
        JOIN users u ON u.id = w.user_id
        WHERE EXISTS (SELECT FROM members m WHERE m.room_id = p.room_id AND m.user_id = w.user_id)
    ), noted AS (
        INSERT INTO mentions (user_id, room_id, at_seq, seq) SELECT id, room_id, place, place FROM mentioned
    ), marks AS (
        -- What is said in a thread alone does not read the room.
        UPDATE members SET read_seq = coalesce(f.last, read_seq), wrote_at = now
        FROM (SELECT room_id, user_id, max(place) FILTER (WHERE thread_seq IS NULL OR also <> 0) AS last
              FROM placed WHERE fresh AND role IS NOT NULL
              GROUP BY room_id, user_id ORDER BY room_id, user_id) AS f
        WHERE members.room_id = f.room_id AND members.user_id = f.user_id AND (f.last IS NULL OR members.read_seq < f.last)
    ), replies AS MATERIALIZED (
        SELECT ord, room_id, thread_seq, place, user_id, role FROM placed WHERE fresh AND thread_seq IS NOT NULL
    ), told AS (
        INSERT INTO threads (room_id, root_seq, last_seq, last_at)
        SELECT room_id, thread_seq, max(place), now FROM replies GROUP BY room_id, thread_seq
        ON CONFLICT (room_id, root_seq) DO UPDATE SET last_seq = excluded.last_seq, last_at = excluded.last_at
    ), replied AS (
        INSERT INTO thread_members (user_id, room_id, root_seq, read_seq, follows)
        SELECT user_id, room_id, thread_seq, max(place), 1 FROM replies WHERE role IS NOT NULL GROUP BY user_id, room_id, thread_seq
        ON CONFLICT (user_id, room_id, root_seq) DO UPDATE SET read_seq = excluded.read_seq, follows = 1
        RETURNING user_id, room_id, root_seq
    ), concerned AS (
        -- Who wrote the root and who is mentioned, unless they replied: that was seen to.
        INSERT INTO thread_members (user_id, room_id, root_seq, read_seq, follows)
        SELECT c.user_id, c.room_id, c.thread_seq, min(c.place) - 1, 1
        FROM (SELECT r.room_id, r.thread_seq, r.place,
                  (SELECT m.author_id FROM messages m WHERE (m.room_id, m.seq) = (r.room_id, r.thread_seq)) AS user_id FROM replies r
              UNION ALL
              SELECT r.room_id, r.thread_seq, r.place, m.id FROM mentioned m JOIN replies r ON r.ord = m.ord) AS c
        WHERE EXISTS (SELECT FROM members m WHERE m.room_id = c.room_id AND m.user_id = c.user_id AND m.history_from <= c.thread_seq)
          AND NOT EXISTS (SELECT FROM replies r WHERE r.role IS NOT NULL
                          AND (r.user_id, r.room_id, r.thread_seq) = (c.user_id, c.room_id, c.thread_seq))
        GROUP BY c.user_id, c.room_id, c.thread_seq
        ON CONFLICT (user_id, room_id, root_seq) DO NOTHING
        RETURNING user_id, room_id, root_seq
    ), answered AS MATERIALIZED (
        SELECT p.ord, p.room_id, p.place, p.user_id AS by_id, p.history = 'all' AND p.reply_seq >= p.open_from AS is_open,
               (SELECT m FROM messages m WHERE (m.room_id, m.seq) = (p.room_id, p.reply_seq)) AS target
        FROM placed p WHERE p.fresh AND p.reply_seq IS NOT NULL
    ), quoted AS MATERIALIZED (
        SELECT a.ord, a.room_id, a.place, a.by_id, (a.target).author_id AS user_id, (a.target).seq AS target_seq,
               -- All are told the same, who may not read what was said before they came.
               CASE WHEN a.is_open THEN left((a.target).text, 300) ELSE '' END AS text,
               (SELECT u FROM users u WHERE u.id = (a.target).author_id) AS author
        FROM answered a
    ), last_replies AS (
        SELECT DISTINCT ON (room_id, thread_seq) * FROM replies ORDER BY room_id, thread_seq, place DESC
    ), active AS (
        -- Of one message each is told once. Of the replies in a thread that come at once the last one is told: all of them, for all who
        -- follow it, would be as many as both multiplied.
        INSERT INTO activity (user_id, kind, room_id, seq, by_id, at)
        SELECT DISTINCT ON (c.room_id, c.place, c.user_id) c.user_id, c.kind, c.room_id, c.place, c.by_id, now
        FROM (SELECT m.id AS user_id, 'mention' AS kind, 1 AS rank, m.room_id, m.place, p.user_id AS by_id
              FROM mentioned m JOIN placed p ON p.ord = m.ord
              UNION ALL
              SELECT q.user_id, 'reply', 2, q.room_id, q.place, q.by_id FROM quoted q
              -- Who wrote it may be gone.
              WHERE (q.author).removed_at IS NULL
              UNION ALL
              SELECT f.user_id, 'thread', 3, l.room_id, l.place, l.user_id
              FROM last_replies l
              CROSS JOIN LATERAL (
                  SELECT t.user_id FROM thread_members t WHERE t.room_id = l.room_id AND t.root_seq = l.thread_seq AND t.follows <> 0
                  UNION ALL SELECT r.user_id FROM replied r WHERE r.room_id = l.room_id AND r.root_seq = l.thread_seq
                  UNION ALL SELECT n.user_id FROM concerned n WHERE n.room_id = l.room_id AND n.root_seq = l.thread_seq) AS f
             ) AS c
        WHERE c.user_id <> c.by_id
        ORDER BY c.room_id, c.place, c.user_id, c.rank
    )
    SELECT coalesce(finds_1(room_kind, role), false), name, standing, room_kind, role, CASE WHEN fresh THEN place END,
           (first).room_id, (first).seq, (first).at, named_a_change, posting, slow_mode_s, is_archived, wrote_at, muted_until, banned_until,
           is_answerable, is_root, (SELECT json_agg(json_build_array(m.id, m.name) ORDER BY m.id)::text FROM mentioned m WHERE m.ord = placed.ord),
           (SELECT json_build_array((q.author).name, q.text, CASE WHEN position('<@' IN q.text) > 0 THEN (
                       SELECT json_agg(json_build_array(u.id, u.name)) FROM mentions w JOIN users u ON u.id = w.user_id
                       WHERE w.room_id = q.room_id AND w.seq = q.target_seq AND w.called_by = 0) END)::text
            FROM quoted q WHERE q.ord = placed.ord)
    FROM placed ORDER BY ord;
END $$;

-- Moves read markers forward, never past the head. A row for each, in their order: who wanted it, in which room, and where the marker is if it
-- moved. Nothing has to be held: the head only grows, and who left meanwhile has no marker to move.
CREATE FUNCTION mark_read_1(by_users bigint[], in_rooms bigint[], seqs bigint[], rights boolean[], small_room bigint)
RETURNS TABLE (room_found boolean, standing text, kind text, role text, moved_to bigint, is_shared boolean)
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH found AS MATERIALIZED (
        SELECT i.ord, i.user_id, i.in_room, r.id AS room_id, least(i.seq, r.head_seq) AS seq, r.kind AS room_kind, coalesce(u.role, u.kind) AS standing,
            coalesce(u.share_reads = 1 AND r.members <= small_room, false) AS shares,
            (SELECT m FROM members m WHERE m.room_id = i.in_room AND m.user_id = i.user_id) AS own
        FROM unnest(by_users, in_rooms, seqs) WITH ORDINALITY AS i (user_id, in_room, seq, ord)
        LEFT JOIN rooms r ON r.id = i.in_room AND r.deleted_at IS NULL
        LEFT JOIN users u ON u.id = i.user_id AND u.removed_at IS NULL
    ), judged AS MATERIALIZED (
        -- Each as it would be after those before it.
        SELECT *, room_id IS NOT NULL AND (own).read_seq IS NOT NULL AND may_1(rights, standing, room_kind, (own).role)
                  AND seq > greatest((own).read_seq, max(seq) OVER (PARTITION BY user_id, in_room ORDER BY ord
                                                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS moves
        FROM found
    ), moved AS (
        UPDATE members SET read_seq = f.last
        FROM (SELECT in_room, user_id, max(seq) AS last FROM judged WHERE moves
              GROUP BY in_room, user_id ORDER BY in_room, user_id) AS f
        WHERE members.room_id = f.in_room AND members.user_id = f.user_id AND members.read_seq < f.last
        RETURNING members.room_id, members.user_id
    )
    SELECT coalesce(finds_1(room_kind, (own).role), false), standing, room_kind, (own).role,
           CASE WHEN moves AND (in_room, user_id) IN (SELECT moved.room_id, moved.user_id FROM moved) THEN seq END, shares
    FROM judged ORDER BY ord;
END $$;

-- Notes that people are here.
CREATE FUNCTION touch_1(people bigint[], now bigint) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
    -- First they are ours, in the order that everybody keeps.
    PERFORM FROM users WHERE id = ANY(people) AND removed_at IS NULL AND last_seen_at < now ORDER BY id FOR NO KEY UPDATE;
    UPDATE users SET last_seen_at = now WHERE id = ANY(people) AND removed_at IS NULL AND last_seen_at < now;
END $$;
