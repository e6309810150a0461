"""What was kept too long goes once two agree, a bit at a time, leaving its number and its hash; what is held stays."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from access import sessions
from access.roles import Role
from attested.retention import actions, purging
from attested.retention.book import RetentionRulesError, parsed, rules
from attested.retention.errors import (
    AlreadyProposedError,
    AnsweredError,
    HeldError,
    NoHoldReasonError,
    NotDecidedError,
    NothingTooOldError,
    OwnProposalError,
)
from attested.retention.facts import everything_kept, purge
from attested.retention.holdings import Kind
from attested.retention.jobs import HANDLERS
from attested.retention.rules import Keep, KeepUnreadableError, read_keep
from foundation.audit import Actor, Event, recorded
from foundation.database import DATABASE, ProgramRole, as_owner, execute, fetch, fetch_one, transaction
from foundation.jobs.handlers import Work
from foundation.requests import Watched
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung
from tests.builders import evidence, officer
from tests.clients import calling, grant_role, submit

pytestmark = pytest.mark.anyio
TODAY = date(2026, 11, 22)
LONG_AGO = datetime(2015, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "on", "before"),
    [
        ("90 days", date(2026, 11, 22), date(2026, 8, 24)),
        ("1 month", date(2026, 3, 31), date(2026, 2, 28)),
        ("12 months", date(2024, 2, 29), date(2023, 2, 28)),
        ("6 years", date(2026, 1, 1), date(2020, 1, 1)),
    ],
)
def test_a_time_is_counted_back_by_the_calendar(words: str, on: date, before: date) -> None:
    keep = read_keep(words)
    assert keep is not None
    assert keep.before(on) == before


@pytest.mark.parametrize(
    "words", ["", "6", "years", "0 days", "-1 days", "six years", "6 weeks", "1.5 years"]
)
def test_a_time_that_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(KeepUnreadableError):
        read_keep(words)


def test_what_is_not_decided_has_no_time() -> None:
    assert read_keep("not decided") is None
    assert read_keep("1 day") == Keep(1, "day")


def test_every_kind_has_one_rule_with_its_reason() -> None:
    assert sorted(rule.kind for rule in rules()) == sorted(Kind)
    assert all(rule.basis and rule.evidence in {"V", "A"} for rule in rules())


@pytest.mark.parametrize("broken", ['kind = "gossip"', 'kind = "care"\nkeep = "1 day"'])
def test_a_rule_that_nobody_could_carry_out_is_refused_by_name(broken: str) -> None:
    entry = f'[[rule]]\nwhat = "w"\ntables = []\nfrom = "f"\nbasis = "b"\nevidence = "A"\naction = "a"\n{broken}\n'
    with pytest.raises(RetentionRulesError, match=broken.split('"')[1]):
        parsed(entry if "keep" in broken else entry + 'keep = "1 day"\n')


class World:
    """Who proposes, who agrees, and somebody with old sessions."""

    lead: int
    privacy: int
    ada: int
    bo: int


@pytest.fixture
async def world(database: str) -> World:
    made = World()
    made.lead, made.privacy, made.ada, made.bo = [
        await officer(name) for name in ("Lea", "Priya", "Ada", "Bo")
    ]
    await grant_role(made.lead, Role.FORCE_LEAD, by=made.ada)
    await grant_role(made.privacy, Role.PRIVACY_OFFICER, by=made.ada, approved_by=made.bo)
    return made


def lead(world: World) -> Actor:
    return Actor(world.lead, "Lea")


async def old_sessions(person_id: int, number: int) -> None:
    for _ in range(number):
        await sessions.begin(person_id)
    await execute(
        "UPDATE access.session SET began_at = $2, seen_at = $2, ended_at = $2 WHERE person_id = $1",
        person_id,
        LONG_AGO,
    )


@asynccontextmanager
async def as_the_worker() -> AsyncIterator[None]:
    """Do with the worker's rights what is the worker's to do: the pages could not."""
    url = str(DATABASE.config["dsn"])
    await DATABASE.close()
    await DATABASE.open(url, size=2, role=ProgramRole.WORKER)
    try:
        yield
    finally:
        await DATABASE.close()
        await DATABASE.open(url, size=6)


async def agreed(world: World, kind: Kind) -> int:
    number = await actions.propose(actor=lead(world), kind=kind, on=TODAY)
    await actions.answer(actor=Actor(world.privacy, "Priya"), number=number, agrees=True)
    return number


async def test_only_what_is_too_old_goes_and_leaves_its_number_and_hash(world: World) -> None:
    await old_sessions(world.ada, 5)
    await sessions.begin(world.bo)
    number = await agreed(world, Kind.SESSIONS)
    assert await purging.carry_out(number, chunk=2) == 5
    done = await purge(number)
    assert done is not None
    assert (done.state, done.purged, done.found) == ("done", 5, 5)
    assert len(done.digest or "") == 64
    assert [row["person_id"] for row in await fetch("SELECT person_id FROM access.session")] == [world.bo]
    line = await fetch_one("SELECT detail FROM foundation.audit_event WHERE event = 'purged'")
    assert line is not None
    assert done.digest is not None
    assert done.digest in line["detail"]


async def test_stopped_in_the_middle_it_goes_on_and_counts_nothing_twice(world: World) -> None:
    await old_sessions(world.ada, 5)
    number = await agreed(world, Kind.SESSIONS)
    async with transaction() as connection:
        agreed_row = await connection.fetchrow("SELECT * FROM foundation.purge WHERE id = $1", number)
        assert agreed_row is not None
        gone = await purging._next(connection, agreed_row, 2)
        await purging._note(connection, agreed_row, gone, is_last=False)
    assert await purging.carry_out(number, chunk=2) == 5
    assert await purging.carry_out(number) == 5


async def test_whoever_proposed_cannot_agree_and_one_answer_counts(world: World) -> None:
    await old_sessions(world.ada, 1)
    number = await actions.propose(actor=lead(world), kind=Kind.SESSIONS, on=TODAY)
    with pytest.raises(OwnProposalError):
        await actions.answer(actor=lead(world), number=number, agrees=True)
    with pytest.raises(AlreadyProposedError):
        await actions.propose(actor=lead(world), kind=Kind.SESSIONS, on=TODAY)
    await actions.answer(actor=Actor(world.privacy, "P"), number=number, agrees=False)
    with pytest.raises(AnsweredError):
        await actions.answer(actor=Actor(world.privacy, "P"), number=number, agrees=True)
    assert await purging.carry_out(number) == 0
    assert len(await fetch("SELECT FROM access.session")) == 1


async def test_nothing_goes_of_what_is_not_decided_or_not_too_old(world: World) -> None:
    with pytest.raises(NotDecidedError):
        await actions.propose(actor=lead(world), kind=Kind.CARE, on=TODAY)
    await sessions.begin(world.ada)
    with pytest.raises(NothingTooOldError):
        await actions.propose(actor=lead(world), kind=Kind.SESSIONS, on=TODAY)


async def test_a_hold_on_a_person_or_a_kind_keeps_it_even_after_the_second_person_agreed(
    world: World,
) -> None:
    await old_sessions(world.ada, 1)
    await old_sessions(world.bo, 1)
    number = await agreed(world, Kind.SESSIONS)
    await actions.hold(actor=lead(world), kind=None, person_id=world.ada, reason="Wanted by a court")
    with pytest.raises(HeldError):
        await actions.hold(actor=lead(world), kind=None, person_id=world.ada, reason="Again")
    with pytest.raises(NoHoldReasonError):
        await actions.hold(actor=lead(world), kind=Kind.NOTICES, person_id=None, reason="")
    assert await purging.carry_out(number) == 1
    assert [row["person_id"] for row in await fetch("SELECT person_id FROM access.session")] == [world.ada]
    await actions.release(actor=lead(world), number=1)
    await actions.hold(actor=lead(world), kind=Kind.SESSIONS, person_id=None, reason="An inquiry")
    with pytest.raises(NothingTooOldError):
        await actions.propose(actor=lead(world), kind=Kind.SESSIONS, on=TODAY)


async def old_file(person_id: int) -> None:
    """Enter a file beside what was declined long ago, and one beside what still counts."""
    counts = await evidence(person_id, "PPST", date(2015, 3, 3), recorded_at=LONG_AGO)
    declined = await evidence(person_id, "PPST", date(2015, 3, 2), recorded_at=LONG_AGO, verified=False)
    async with as_owner() as owner:
        await owner.execute(
            "UPDATE passport.evidence SET superseded_at = $2, superseded_reason = 'No proof' WHERE id = $1",
            declined, LONG_AGO,
        )  # fmt: skip
        for number in (counts, declined):
            await owner.execute(
                """WITH file AS (INSERT INTO passport.attachment (person_id, sha256, size, kind, name, added_by)
                                 VALUES ($1, sha256($2::int::text::bytea), 1, 'image/png', 'a.png', $1) RETURNING id)
                   INSERT INTO passport.evidence_attachment SELECT id, $2 FROM file""",
                person_id, number,
            )  # fmt: skip


async def old_learning(world: World) -> None:
    """Enter what a learning system, an assessor and a trainer left behind long ago, each beside what stays."""
    async with as_owner() as owner:
        for number, outcome in enumerate(("ignored", "not met", "already recorded", "nobody", "voids")):
            await owner.execute(
                """INSERT INTO passport.statement (force_id, id, client, stored_at, happened_at, actor, verb, digest,
                          content, outcome, person_id)
                   VALUES (1, gen_random_uuid(), 'LMS', $1, $1, 'a', 'v', '', '{}', $2, $3)""",
                LONG_AGO, outcome, None if number else world.ada,
            )  # fmt: skip
        for decided in ("NULL, NULL, NULL, NULL", f"'declined', {world.bo}, '{LONG_AGO}', 'No proof'"):
            await owner.execute(
                f"""INSERT INTO passport.prior_claim (person_id, force_id, requirement_id, learned_at, learned_on, learned,
                           decision, decided_by, decided_at, decided_reason)
                    SELECT $1, 1, id, 'Army', '2010-01-01', 'Much', {decided} FROM passport.requirement LIMIT 1""",  # noqa: S608
                world.ada,
            )
        for signed in ("NULL, NULL", f"{world.bo}, '{LONG_AGO}'"):
            await owner.execute(
                f"""WITH made AS (INSERT INTO passport.training_class (force_id, held_on, place, made_by, signed_by, signed_at)
                                  VALUES (1, '2015-03-04', 'Portishead', $1, {signed}) RETURNING id)
                    INSERT INTO passport.class_place (class_id, person_id, added_by) SELECT id, $2, $1 FROM made""",  # noqa: S608
                world.bo, world.ada,
            )  # fmt: skip


async def old_plans(world: World) -> None:
    """Enter what was worked out, counted and ended long ago; of two what-ifs, one is of this year."""
    async with as_owner() as owner:
        await owner.execute(
            """INSERT INTO passport.policy_version (number, title, source, digest, drafted_by)
               VALUES (77, 'A thought', '', 'd', 'Stan')"""
        )
        for finished_at in (LONG_AGO, datetime.now(UTC)):
            await owner.execute(
                """WITH asked AS (
                       INSERT INTO licence.what_if (number, digest, world, begins_on, days, state, asked_name, finished_at)
                       VALUES (77, 'd', 'w', '2015-01-01', '{2015-01-01}', 'finished', 'Stan', $1) RETURNING id)
                   INSERT INTO licence.what_if_person
                   SELECT id, '2015-01-01', $2, 1, NULL, 'constable', 'lapses', 'active', 'lapsed', '{}', '{}', '{}', '{}'
                     FROM asked""",
                finished_at, world.ada,
            )  # fmt: skip
        await owner.execute(
            "INSERT INTO licence.coming_due VALUES ($1, '{}', '{}', '{}', '{}', '2015-03-04', $2)",
            world.ada,
            LONG_AGO,
        )
        await owner.execute(
            """INSERT INTO licence.calendar_address (person_id, series, secret_hash, made_at, ended_at)
               VALUES ($1, gen_random_uuid(), sha256('a'), $2, $2), ($1, gen_random_uuid(), sha256('b'), $2, NULL)""",
            world.ada, LONG_AGO,
        )  # fmt: skip
        await owner.execute(
            """INSERT INTO foundation.intake_errand (step, kind, force_code, file_name, effective_on, state, asked_name,
                      ended_at) VALUES ('judge', 'hr', 'E23000036', 'f', '2015-03-04', 'finished', 'Lea', $1)""",
            LONG_AGO,
        )


STAYS = {
    "passport.statement": 2, "passport.prior_claim": 1, "passport.class_place": 1, "passport.training_class": 2,
    "licence.what_if": 2, "licence.what_if_person": 1, "licence.coming_due": 0, "licence.calendar_address": 1,
    "foundation.intake_errand": 0,
}  # fmt: skip


async def test_every_kind_with_a_time_can_go(world: World) -> None:
    await old_sessions(world.ada, 1)
    await old_file(world.ada)
    await old_learning(world)
    await old_plans(world)
    await execute(
        """INSERT INTO access.sign_in_attempt (state_hash, browser_hash, issuer, nonce, verifier, began_at)
           VALUES (sha256('a'), sha256('b'), 'i', 'n', 'v', $1)""",
        LONG_AGO,
    )
    await execute(
        """INSERT INTO foundation.intake (kind, force_code, file_name, sha256, encoding, mapping, state, effective_on,
                  source, finished_at) VALUES ('hr', 'E23000036', 'f', 's', 'u', 'm', 'discarded', '2015-03-04', 's', $1)""",
        LONG_AGO,
    )
    await execute(
        "INSERT INTO foundation.intake_line (intake_id, line, verdict) SELECT id, 1, 'new' FROM foundation.intake"
    )
    async with transaction() as connection:
        notice = NewNotice(world.ada, "M1", TODAY, Rung.LAPSED, "Lapsed", "A date has passed.")
        await give(connection, [notice], created_for=TODAY)
    async with recorded(lead(world), Event("noted", "test", world.ada, text="Words")):
        pass
    async with as_owner() as owner:
        await owner.execute("UPDATE people.notice SET created_at = $1", LONG_AGO)
        await owner.execute(
            """INSERT INTO access.subject_request (person_id, asked_on, due_on, gathered_at, health_judged_at,
                      vetting_judged_at) VALUES ($1, '2015-03-03', '2015-04-03', $2, $2, $2)""",
            world.ada, LONG_AGO,
        )  # fmt: skip
        await owner.execute("ALTER TABLE foundation.audit_event DISABLE TRIGGER USER")
        await owner.execute("UPDATE foundation.audit_event SET at = $1 WHERE event = 'noted'", LONG_AGO)
        await owner.execute("ALTER TABLE foundation.audit_event ENABLE TRIGGER USER")
    (proposing, purging_job) = HANDLERS
    await proposing.run(Work(1, "retention.propose", {"on": TODAY.isoformat()}))
    kinds = {row["kind"]: row["id"] for row in await fetch("SELECT id, kind FROM foundation.purge")}
    assert set(kinds) == {rule.kind for rule in rules() if rule.keep}
    for number in kinds.values():
        await actions.answer(actor=Actor(world.privacy, "P"), number=number, agrees=True)
        async with as_the_worker():
            await purging_job.run(Work(1, "retention.purge", {"purge": number}))
    assert [kept.overdue for kept in await everything_kept(TODAY)] == [None] * len(rules())
    words = await fetch_one("SELECT text, erased_at FROM foundation.audit_text")
    assert words is not None
    assert words["text"] is None
    files = await fetch("SELECT name, gone_reason FROM passport.attachment ORDER BY id")
    assert [tuple(row) for row in files] == [("a.png", None), (None, "kept long enough")]
    left = {table: len(await fetch(f"SELECT FROM {table}")) for table in STAYS}
    assert left == STAYS
    gone = await fetch("SELECT lists_gone_at IS NOT NULL FROM licence.what_if ORDER BY id")
    assert [row[0] for row in gone] == [True, False]


async def test_a_purge_is_proposed_agreed_to_and_held_by_page(app: Watched, world: World) -> None:
    await old_sessions(world.bo, 3)
    async with calling(app, world.lead) as proposer, calling(app, world.privacy) as second:
        asked = await submit(proposer, "/retention", "/retention/propose", {"kind": "sessions"})
        assert asked.status_code == 303
        assert "3 rows" in (await second.get("/retention")).text
        assert "Do you agree?" not in (await proposer.get("/retention/1")).text
        assert (await submit(second, "/retention/1", "/retention/1/answer", {})).status_code == 400
        said = await submit(second, "/retention/1", "/retention/1/answer", {"answer": "agree"})
        assert said.status_code == 303
        faulty = await submit(
            proposer, "/retention", "/retention/holds", {"what": "nobody", "reason": "A court"}
        )
        assert faulty.status_code == 400
        assert 'value="nobody"' in faulty.text
        assert "A court" in faulty.text
        held = await submit(proposer, "/retention", "/retention/holds", {"what": "care", "reason": "A court"})
        assert held.status_code == 303
    (job,) = await fetch("SELECT payload FROM foundation.job WHERE name = 'retention.purge'")
    assert job["payload"] == '{"purge": 1}'
    async with calling(app, world.ada) as officer_client:
        assert (await officer_client.get("/retention")).status_code == 404


def test_a_young_time_is_never_before_an_old_one() -> None:
    keeps = [Keep(1, "day"), Keep(1, "month"), Keep(12, "month"), Keep(2, "year")]
    for day in (TODAY + timedelta(offset) for offset in range(400)):
        befores = [keep.before(day) for keep in keeps]
        assert befores == sorted(befores, reverse=True)
