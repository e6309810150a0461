"""How the directory finds people by the beginnings of words: an index of words, beside that of what sounds alike."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0024-search"
VERSION = "1.38.0"

# A word of the index may be 2 kB at most; nobody types so much of one. Each word stands there twice: for the nation, and
# with its force before it, so that a search within a force meets no other force's people.
FORWARDS = """
CREATE FUNCTION people.words_of(searchable text, force_id smallint) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_to_tsvector(coalesce(array_agg(place || left(word, 100)), '{}'))
      FROM unnest(string_to_array(searchable, ' ')) AS word, unnest(ARRAY['', force_id || '/']) AS place WHERE word <> ''
$$;
COMMENT ON FUNCTION people.words_of IS 'The words of a folded text, each also with its force.';
-- One expression, so that the planner writes it into the statement that calls it. A folded word needs no quotes; what
-- stands before it does.
CREATE FUNCTION people.beginnings(typed text, force_id smallint, most integer, fewest integer) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN length(replace(people.folded(typed), ' ', '')) >= fewest THEN (
        $q$'$q$ || coalesce(force_id || '/', '') ||
        array_to_string((string_to_array(left(btrim(people.folded(typed)), 100), ' '))[:most],
                        $q$':*&'$q$ || coalesce(force_id || '/', '')) || $q$':*$q$)::tsquery END
$$;
COMMENT ON FUNCTION people.beginnings IS
    'Asks for people with words that begin as those typed do, so many at most; null for fewer letters than there must be.';
CREATE INDEX directory_words ON people.directory USING gin (people.words_of(searchable, force_id));
"""

BACKWARDS = """
DROP INDEX people.directory_words;
DROP FUNCTION people.words_of(text, smallint), people.beginnings(text, smallint, integer, integer);
"""


async def forwards() -> MigrationManager:
    """Let people be found by the beginnings of words."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
