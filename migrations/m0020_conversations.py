"""Development conversations: that they were held is the force's business; their words are the pair's, row by row."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import ACTOR, TODAY, acting_as, described, walled

ID = "0020-conversations"
VERSION = "1.38.0"

TABLES = """
CREATE TABLE passport.conversation (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    supervisor_id integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    held_on       date NOT NULL CHECK (isfinite(held_on)),
    shared_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (id, person_id, supervisor_id),
    CHECK (supervisor_id <> person_id)
);
COMMENT ON TABLE passport.conversation IS 'That a conversation was held, and by whom: nothing else of it ever leaves the two.';
CREATE INDEX conversation_person ON passport.conversation (person_id, held_on DESC);
CREATE INDEX conversation_supervisor ON passport.conversation (supervisor_id);

CREATE TABLE passport.conversation_entry (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation_id integer NOT NULL,
    person_id       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    supervisor_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    author_id       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind            text NOT NULL CHECK (kind IN ('words', 'answer', 'addition')),
    topic           text NOT NULL DEFAULT '',
    stance          text CHECK (stance IN ('agrees', 'sees it differently')),
    text            text NOT NULL CHECK (length(text) <= 10000),
    FOREIGN KEY (conversation_id, person_id, supervisor_id)
        REFERENCES passport.conversation (id, person_id, supervisor_id) ON DELETE RESTRICT,
    CHECK (author_id IN (person_id, supervisor_id)),
    CHECK ((kind = 'answer') = (stance IS NOT NULL)),
    CHECK (kind <> 'answer' OR author_id = person_id),
    CHECK (kind <> 'words' OR author_id = supervisor_id),
    CHECK (kind <> 'addition' OR text <> '')
);
COMMENT ON TABLE passport.conversation_entry IS 'What the two wrote. An answer signs it; whatever comes later is an addition with its own day.';
CREATE INDEX conversation_entry_conversation ON passport.conversation_entry (conversation_id, id);
CREATE INDEX conversation_entry_person ON passport.conversation_entry (person_id);
CREATE INDEX conversation_entry_supervisor ON passport.conversation_entry (supervisor_id);
CREATE INDEX conversation_entry_author ON passport.conversation_entry (author_id);
CREATE UNIQUE INDEX conversation_entry_is_signed_once ON passport.conversation_entry (conversation_id) WHERE kind = 'answer';

CREATE TABLE passport.conversation_action (
    id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation_id integer NOT NULL REFERENCES passport.conversation ON DELETE RESTRICT,
    person_id       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    agreed_by       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    agreed_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_on          date NOT NULL CHECK (isfinite(due_on)),
    done_on         date,
    done_by         integer REFERENCES people.person ON DELETE RESTRICT,
    falls_to        text NOT NULL CHECK (falls_to IN ('officer', 'supervisor')),
    what            text NOT NULL CHECK (what <> '' AND length(what) <= 500),
    CHECK ((done_on IS NULL) = (done_by IS NULL))
);
COMMENT ON TABLE passport.conversation_action IS 'What was agreed, for whom to do, by when. It stays open until one of the two ticks it, whoever supervises by then.';
CREATE INDEX conversation_action_person ON passport.conversation_action (person_id, due_on) WHERE done_on IS NULL;
CREATE INDEX conversation_action_conversation ON passport.conversation_action (conversation_id);
CREATE INDEX conversation_action_agreed_by ON passport.conversation_action (agreed_by);
CREATE INDEX conversation_action_done_by ON passport.conversation_action (done_by);

CREATE TABLE passport.conversation_draft (
    id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    writer_id       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    person_id       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    conversation_id integer REFERENCES passport.conversation ON DELETE RESTRICT,
    version         integer NOT NULL DEFAULT 1 CHECK (version > 0),
    begun_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    saved_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    content         text NOT NULL CHECK (length(content) <= 200000),
    UNIQUE NULLS NOT DISTINCT (writer_id, person_id, conversation_id)
);
COMMENT ON TABLE passport.conversation_draft IS
    'What somebody is writing: a conversation about a person or, where there is one, their answer to it. Open to its writer alone.';
CREATE INDEX conversation_draft_person ON passport.conversation_draft (person_id);
CREATE INDEX conversation_draft_conversation ON passport.conversation_draft (conversation_id);

CREATE TABLE passport.conversation_opening (
    id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id       integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    supervisor_id   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    conversation_id integer REFERENCES passport.conversation ON DELETE RESTRICT,
    opened_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at        timestamptz,
    CHECK (supervisor_id <> person_id),
    CHECK (ended_at >= opened_at)
);
COMMENT ON TABLE passport.conversation_opening IS
    'The person let a later supervisor read one conversation or, where none is named, all of them, until they end it.';
CREATE INDEX conversation_opening_person ON passport.conversation_opening (person_id);
CREATE INDEX conversation_opening_supervisor ON passport.conversation_opening (supervisor_id);
CREATE INDEX conversation_opening_conversation ON passport.conversation_opening (conversation_id);
CREATE UNIQUE INDEX conversation_opening_is_one ON passport.conversation_opening
    (person_id, supervisor_id, conversation_id) NULLS NOT DISTINCT WHERE ended_at IS NULL;

CREATE TRIGGER conversation_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON passport.conversation
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
CREATE TRIGGER conversation_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON passport.conversation_entry
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.never_changes();
"""

# Each looks its rows up once a statement, never once a row.
REPORTS = f"""(SELECT line.person_id FROM people.line WHERE line.supervisor_id = {ACTOR} AND line.superseded_at IS NULL
    AND line.valid_from <= {TODAY} AND coalesce(line.valid_until >= {TODAY}, true))"""
ONESELF = f"({acting_as('officer')} AND person_id = {ACTOR})"
SUPERVISED = f"({acting_as('supervisor')} AND person_id <> {ACTOR} AND person_id IN {REPORTS})"
OPENED = f"""(SELECT opening.conversation_id FROM passport.conversation_opening AS opening
    WHERE opening.supervisor_id = {ACTOR} AND opening.ended_at IS NULL AND opening.conversation_id IS NOT NULL)"""
OPENED_WHOLE = f"""(SELECT opening.person_id FROM passport.conversation_opening AS opening
    WHERE opening.supervisor_id = {ACTOR} AND opening.ended_at IS NULL AND opening.conversation_id IS NULL)"""
# Whoever gathers what is held on somebody may read it within the transaction that answers their request.
ASKED_FOR = """person_id IN (SELECT asked.person_id FROM access.subject_request AS asked
    WHERE asked.gathered_at IS NULL OR asked.gathered_at >= (SELECT now()))"""


def policy(
    table: str, action: str, name: str, *, using: str = "", check: str = "", to: str = "attested_web"
) -> str:
    """Return a policy that lets one of the program's roles through to the rows that a condition names."""
    conditions = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
    return f'CREATE POLICY "{action.lower()}: {name}" ON passport.{table} FOR {action} TO {to}{conditions};'


HELD_BY_ME = f"({SUPERVISED} AND supervisor_id = {ACTOR})"
OPEN_TO_ME = f"({SUPERVISED} AND (conversation_id IN {OPENED} OR person_id IN {OPENED_WHOLE}))"
EITHER = f"{ONESELF} OR {SUPERVISED}"
MINE = f"writer_id = {ACTOR}"
POLICIES = (
    policy("conversation_entry", "SELECT", "the two, and whom the person lets", using=f"{ONESELF} OR {HELD_BY_ME} OR {OPEN_TO_ME}"),
    policy("conversation_entry", "INSERT", "the two", check=f"author_id = {ACTOR} AND ({ONESELF} OR {HELD_BY_ME})"),
    policy("conversation_entry", "SELECT", "gathered for the person", using=ASKED_FOR, to="attested_worker"),
    policy("conversation_action", "SELECT", "the person and their supervisor", using=EITHER),
    policy("conversation_action", "INSERT", "the person and their supervisor", check=f"agreed_by = {ACTOR} AND ({EITHER})"),
    policy("conversation_action", "UPDATE", "the person and their supervisor", using=EITHER,
           check=f"({EITHER}) AND coalesce(done_by = {ACTOR}, true)"),
    policy("conversation_action", "SELECT", "gathered for the person", using=ASKED_FOR, to="attested_worker"),
    policy("conversation_draft", "SELECT", "its writer", using=MINE),
    policy("conversation_draft", "INSERT", "its writer", check=f"{MINE} AND ({EITHER})"),
    policy("conversation_draft", "UPDATE", "its writer", using=MINE, check=f"{MINE} AND ({EITHER})"),
    policy("conversation_draft", "DELETE", "its writer", using=MINE),
    policy("conversation_opening", "SELECT", "the person, and whom they let read", using=f"{ONESELF} OR supervisor_id = {ACTOR}"),
    policy("conversation_opening", "INSERT", "the person", check=ONESELF),
    policy("conversation_opening", "UPDATE", "the person", using=ONESELF, check=ONESELF),
    policy("conversation_opening", "SELECT", "gathered for the person", using=ASKED_FOR, to="attested_worker"),
)  # fmt: skip
SHUT = tuple(f"passport.conversation_{part}" for part in ("entry", "action", "draft", "opening"))

FORWARDS = "\n".join((TABLES, *POLICIES, walled(*SHUT)))
BACKWARDS = f"DROP TABLE {', '.join(SHUT)}, passport.conversation;"


async def forwards() -> MigrationManager:
    """Make room for conversations, and shut their words to all but the two."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
