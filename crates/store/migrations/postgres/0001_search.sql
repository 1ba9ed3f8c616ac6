-- How people search for messages.

-- Those of all rooms by time, the newest of which are looked at first by whoever searches.
CREATE INDEX messages_by_time ON messages (at, room_id, seq);

-- A text as it is looked for: as search_fold in the domain. The case of all scripts is known to ICU, and to databases of another locale than C.
DO $$
DECLARE
    icu CONSTANT text := '"pg_catalog"."und-x-icu"';
    knows_icu CONSTANT boolean := EXISTS (
        SELECT FROM pg_collation WHERE collname = 'und-x-icu' AND collnamespace = 'pg_catalog'::regnamespace
        AND collencoding IN (-1, pg_char_to_encoding('UTF8')));
BEGIN
    EXECUTE format(
        $function$
        CREATE FUNCTION search_fold(text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN translate(lower(normalize(text, NFKC) COLLATE %s), U&'\03C2\0009\000A\000B\000C\000D\0085\1680\2028\2029', U&'\03C3         ')
        $function$,
        CASE WHEN knows_icu THEN icu ELSE '"pg_catalog"."default"' END);
END
$$;

-- An index of three characters each, by an extension that comes with PostgreSQL and that the owner of a database may add. Without it messages
-- are looked at one by one. It belongs to the database, and not to the schema that happens to be the first to want it.
DO $$
BEGIN
    IF to_regnamespace('public') IS NULL THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
    ELSE
        CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
    END IF;
EXCEPTION WHEN OTHERS THEN
    -- Somebody else may be adding it at this moment.
    RAISE NOTICE 'pg_trgm could not be added: %', SQLERRM;
END
$$;
DO $$
DECLARE
    place CONSTANT text := (SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'pg_trgm');
BEGIN
    IF place IS NOT NULL THEN
        EXECUTE format('CREATE INDEX messages_search ON messages USING gin (search_fold(text) %s.gin_trgm_ops)', place);
    END IF;
END
$$;
