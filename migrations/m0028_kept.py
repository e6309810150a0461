"""Files beside what people keep to themselves, what they typed while signed out, and what a class's sheet said before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import ACTOR, described, policy

ID = "0028-kept"
VERSION = "1.38.0"

# A file beside what somebody keeps to themselves is as private as that: even its name says what it is about. Jobs see
# every file, for they let go of content that nobody names any more.
FILES = """
ALTER TABLE passport.attachment ADD is_private boolean NOT NULL DEFAULT false, ADD UNIQUE (id, person_id);
COMMENT ON COLUMN passport.attachment.is_private IS
    'It is seen by its person, and by whoever sees what it lies beside; other files by whoever a room lets see them.';

CREATE TABLE passport.cpd_attachment (
    attachment_id bigint PRIMARY KEY,
    entry_id      bigint NOT NULL,
    person_id     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    FOREIGN KEY (attachment_id, person_id) REFERENCES passport.attachment (id, person_id) ON DELETE RESTRICT,
    FOREIGN KEY (entry_id, person_id) REFERENCES passport.cpd_entry (id, person_id) ON DELETE RESTRICT
);
CREATE INDEX cpd_attachment_entry ON passport.cpd_attachment (entry_id);

ALTER TABLE passport.leadership_example ADD UNIQUE (id, person_id);
CREATE TABLE passport.leadership_attachment (
    attachment_id bigint PRIMARY KEY,
    example_id    bigint NOT NULL,
    person_id     integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    FOREIGN KEY (attachment_id, person_id) REFERENCES passport.attachment (id, person_id) ON DELETE RESTRICT,
    FOREIGN KEY (example_id, person_id) REFERENCES passport.leadership_example (id, person_id) ON DELETE RESTRICT
);
CREATE INDEX leadership_attachment_example ON passport.leadership_attachment (example_id);
"""

KEPT = "\n".join(
    f"""CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON passport.{table}
    FOR EACH ROW EXECUTE FUNCTION foundation.never_changes();"""
    for table in ("cpd_attachment", "leadership_attachment")
)

_OWN = f"person_id = {ACTOR}"
# Whoever sees the entry, by its own policies, sees that a file lies beside it, and so the file.
_SEEN_ENTRY = "EXISTS (SELECT FROM passport.cpd_entry AS entry WHERE entry.id = entry_id)"
_SEEN_EXAMPLE = "EXISTS (SELECT FROM passport.leadership_example AS example WHERE example.id = example_id)"
_DRAFT = f"""{_OWN} AND EXISTS (SELECT FROM passport.leadership_example AS example
    WHERE example.id = example_id AND offered_at IS NULL AND discarded_at IS NULL)"""
_BESIDE = """EXISTS (SELECT FROM passport.cpd_attachment AS beside WHERE beside.attachment_id = attachment.id)
    OR EXISTS (SELECT FROM passport.leadership_attachment AS beside WHERE beside.attachment_id = attachment.id)"""

WALLS = "\n".join(
    (
        *(
            f"ALTER TABLE passport.{table} ENABLE ROW LEVEL SECURITY;"
            for table in ("attachment", "cpd_attachment", "leadership_attachment")
        ),
        policy("passport.attachment", "SELECT", "not private", using="NOT is_private"),
        policy("passport.attachment", "SELECT", "one’s own", using=_OWN),
        policy("passport.attachment", "SELECT", "beside what one sees", using=_BESIDE),
        policy(
            "passport.attachment", "INSERT", "one’s own, or not private", check=f"NOT is_private OR {_OWN}"
        ),
        policy(
            "passport.attachment", "UPDATE", "one’s own, or not private", using=f"NOT is_private OR {_OWN}"
        ),
        'CREATE POLICY "select: by jobs" ON passport.attachment FOR SELECT TO attested_worker USING (true);',
        'CREATE POLICY "update: by jobs" ON passport.attachment FOR UPDATE TO attested_worker USING (true);',
        policy("passport.cpd_attachment", "SELECT", "one’s own", using=_OWN),
        policy("passport.cpd_attachment", "SELECT", "beside what one sees", using=_SEEN_ENTRY),
        policy("passport.cpd_attachment", "INSERT", "one’s own", check=_OWN),
        policy("passport.leadership_attachment", "SELECT", "one’s own", using=_OWN),
        policy("passport.leadership_attachment", "SELECT", "beside what one sees", using=_SEEN_EXAMPLE),
        policy("passport.leadership_attachment", "INSERT", "beside one’s own draft", check=_DRAFT),
    )
)

UNSENT = f"""
CREATE TABLE access.unsent_form (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    path      text NOT NULL CHECK (path LIKE '/%'),
    what      text NOT NULL CHECK (what <> ''),
    answers   jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'array'),
    kept_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE access.unsent_form IS
    'What somebody sent when their session had ended: theirs alone, until they send it again or a day has passed.';
CREATE INDEX unsent_form_person ON access.unsent_form (person_id, id DESC);
CREATE INDEX unsent_form_old ON access.unsent_form (kept_at);
ALTER TABLE access.unsent_form ENABLE ROW LEVEL SECURITY;
{policy("access.unsent_form", "SELECT", "one’s own", using=_OWN)}
{policy("access.unsent_form", "INSERT", "one’s own", check=_OWN)}
{policy("access.unsent_form", "DELETE", "one’s own", using=_OWN)}
CREATE POLICY "select: the old, by jobs" ON access.unsent_form FOR SELECT TO attested_worker
    USING (kept_at < now() - interval '1 day');
CREATE POLICY "delete: the old, by jobs" ON access.unsent_form FOR DELETE TO attested_worker
    USING (kept_at < now() - interval '1 day');

INSERT INTO foundation.schedule (name, job, runs_at, starts_on, payload)
SELECT 'Drop forms that were never sent again', 'unsent.tidy', '05:20', min(starts_on), '{{}}' FROM foundation.schedule;
"""

CLASSES = """
CREATE TABLE passport.class_correction (
    id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    class_id       integer NOT NULL REFERENCES passport.training_class ON DELETE RESTRICT,
    requirement_id smallint REFERENCES passport.requirement ON DELETE RESTRICT,
    was_held_on    date,
    held_on        date,
    was_hours      numeric(5, 2),
    hours          numeric(5, 2) CHECK (hours > 0),
    reason         text NOT NULL CHECK (reason <> ''),
    corrected_by   integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    corrected_at   timestamptz NOT NULL,
    CHECK (CASE WHEN requirement_id IS NULL THEN held_on <> was_held_on AND num_nonnulls(was_hours, hours) = 0
                ELSE hours IS DISTINCT FROM was_hours AND hours IS NOT NULL AND num_nonnulls(was_held_on, held_on) = 0 END)
);
COMMENT ON TABLE passport.class_correction IS
    'The day of a signed class, or the hours of what it met, as they were said before and as they are said since.';
CREATE INDEX class_correction_class ON passport.class_correction (class_id, id);
CREATE TRIGGER class_correction_never_changes BEFORE UPDATE OR DELETE ON passport.class_correction
    FOR EACH ROW EXECUTE FUNCTION foundation.never_changes();
"""

FORWARDS = f"""
{FILES}
{KEPT}
{WALLS}
{UNSENT}
{CLASSES}
"""

BACKWARDS = """
DELETE FROM foundation.schedule_run WHERE name = 'Drop forms that were never sent again';
DELETE FROM foundation.schedule WHERE name = 'Drop forms that were never sent again';
DROP TABLE passport.class_correction, access.unsent_form;
DROP POLICY "select: beside what one sees" ON passport.attachment;
DROP TABLE passport.cpd_attachment, passport.leadership_attachment;
ALTER TABLE passport.leadership_example DROP CONSTRAINT leadership_example_id_person_id_key;
DROP POLICY "select: not private" ON passport.attachment;
DROP POLICY "select: one’s own" ON passport.attachment;
DROP POLICY "insert: one’s own, or not private" ON passport.attachment;
DROP POLICY "update: one’s own, or not private" ON passport.attachment;
DROP POLICY "select: by jobs" ON passport.attachment;
DROP POLICY "update: by jobs" ON passport.attachment;
ALTER TABLE passport.attachment DISABLE ROW LEVEL SECURITY;
ALTER TABLE passport.attachment DROP CONSTRAINT attachment_id_person_id_key, DROP is_private;
"""


async def forwards() -> MigrationManager:
    """Make room for what is kept."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
