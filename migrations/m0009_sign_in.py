"""Who proved to be whom, on which browser, through which identity provider; and which programs may call."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from foundation.migrations import described

ID = "0009-sign-in"
VERSION = "1.38.0"

SESSIONS = """
-- A session lives for hours: those of the day on which this page is added end with it.
DROP TABLE access.session;
CREATE TABLE access.session (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id_hash      bytea NOT NULL UNIQUE CHECK (length(id_hash) = 32),
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    acting       integer REFERENCES access.role_grant ON DELETE RESTRICT,
    issuer       text,
    subject      text,
    sid          text,
    id_token     text,
    proved_at    timestamptz,
    strength     text,
    browser      text NOT NULL DEFAULT '' CHECK (length(browser) <= 300),
    began_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at     timestamptz,
    CHECK ((issuer IS NULL) = (subject IS NULL))
);
COMMENT ON TABLE access.session IS 'One browser signed in as one person; the row stays when the secret changes.';
COMMENT ON COLUMN access.session.id_hash IS 'SHA-256 of the cookie: whoever reads this table can sign in as nobody.';
COMMENT ON COLUMN access.session.acting IS 'The one granted role the session acts in; none while none was chosen.';
COMMENT ON COLUMN access.session.sid IS 'What the identity provider calls the session, to end it by (back-channel logout).';
COMMENT ON COLUMN access.session.proved_at IS 'When the person last proved to the identity provider who they are (auth_time).';
COMMENT ON COLUMN access.session.strength IS 'How strongly they did (acr).';
CREATE INDEX session_person ON access.session (person_id) WHERE ended_at IS NULL;
CREATE INDEX session_acting ON access.session (acting) WHERE acting IS NOT NULL;
CREATE INDEX session_subject ON access.session (issuer, subject) WHERE ended_at IS NULL;
"""

OPENID = """
CREATE TABLE access.identity_link (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    issuer       text NOT NULL CHECK (issuer <> ''),
    subject      text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    linked_by    integer REFERENCES people.person ON DELETE RESTRICT,
    linked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by     integer REFERENCES people.person ON DELETE RESTRICT,
    ended_at     timestamptz,
    CHECK (ended_by IS NULL OR ended_at IS NOT NULL)
);
COMMENT ON TABLE access.identity_link IS 'Whom an identity provider means by a subject: said by a person here, never taken from an e-mail address.';
CREATE UNIQUE INDEX identity_link_subject ON access.identity_link (issuer, subject) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX identity_link_person ON access.identity_link (person_id, issuer) WHERE ended_at IS NULL;

CREATE TABLE access.sign_in_attempt (
    state_hash   bytea PRIMARY KEY CHECK (length(state_hash) = 32),
    browser_hash bytea NOT NULL CHECK (length(browser_hash) = 32),
    issuer       text NOT NULL,
    nonce        text NOT NULL,
    verifier     text NOT NULL,
    session_id   bigint REFERENCES access.session ON DELETE RESTRICT,
    return_to    text NOT NULL DEFAULT '/' CHECK (return_to LIKE '/%' AND return_to NOT LIKE '//%'),
    began_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    used_at      timestamptz
);
COMMENT ON TABLE access.sign_in_attempt IS 'A visitor on their way through the identity provider: used once, from the browser that began it, within ten minutes.';
COMMENT ON COLUMN access.sign_in_attempt.session_id IS 'The session whose person proves again who they are; none at a first sign-in.';
CREATE INDEX sign_in_attempt_session ON access.sign_in_attempt (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX sign_in_attempt_began ON access.sign_in_attempt (began_at);

CREATE TABLE access.logout_token (
    issuer       text NOT NULL,
    jti          text NOT NULL CHECK (length(jti) BETWEEN 1 AND 255),
    kept_until   timestamptz NOT NULL,
    PRIMARY KEY (issuer, jti)
);
COMMENT ON TABLE access.logout_token IS 'The logout tokens that were accepted, kept until nobody could accept them again.';
CREATE INDEX logout_token_kept_until ON access.logout_token (kept_until);
"""

PROGRAMS = """
CREATE TABLE access.machine_client (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issuer        text NOT NULL CHECK (issuer <> ''),
    client_id     text NOT NULL CHECK (length(client_id) BETWEEN 1 AND 255),
    name          text NOT NULL CHECK (name <> ''),
    role          text NOT NULL,
    force_id      smallint NOT NULL REFERENCES people.force ON DELETE RESTRICT,
    valid_from    date NOT NULL,
    valid_until   date,
    registered_by integer REFERENCES people.person ON DELETE RESTRICT,
    registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by      integer REFERENCES people.person ON DELETE RESTRICT,
    ended_at      timestamptz,
    CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CHECK (ended_by IS NULL OR ended_at IS NOT NULL),
    EXCLUDE USING gist (issuer WITH =, client_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&)
        WHERE (ended_at IS NULL)
);
COMMENT ON TABLE access.machine_client IS 'A program that may call: one role, one force, from a day through a day, unless it was ended before.';
CREATE INDEX machine_client_force ON access.machine_client (force_id);

-- Counted here only while Valkey is away; what a crash forgets is a minute of counting.
CREATE UNLOGGED TABLE foundation.tries (
    counted      text NOT NULL,
    began_at     timestamptz NOT NULL,
    number       integer NOT NULL DEFAULT 1,
    PRIMARY KEY (counted, began_at)
);
CREATE INDEX tries_began_at ON foundation.tries (began_at);
"""

FORWARDS = SESSIONS + OPENID + PROGRAMS

BACKWARDS = """
DROP TABLE foundation.tries, access.machine_client, access.logout_token, access.sign_in_attempt, access.identity_link,
    access.session;
CREATE TABLE access.session (
    id_hash      bytea PRIMARY KEY,
    person_id    integer NOT NULL REFERENCES people.person ON DELETE RESTRICT,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at     timestamptz
);
CREATE INDEX session_person ON access.session (person_id);
"""


async def forwards() -> MigrationManager:
    """Rebuild the sessions, and let an identity provider and programs in."""
    return described(ID, FORWARDS, BACKWARDS, description=__doc__ or "")
