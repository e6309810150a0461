"""One officer, and everybody whose work shows them that officer's record."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from asyncpg import Record

from foundation.clock import today
from foundation.database import as_owner, fetch, fetch_one, transaction
from foundation.requests import Watched
from passport.policy.actions import set_up
from people.notices.actions import NewNotice, give
from people.notices.rules import Rung
from tests.builders import grant, identifier, line, listed, officer
from tests.clients import calling, grant_role
from tests.files.handing_in import extract, hand_in, learner
from tests.house.tree import ROOT
from tests.licence.desk.standings import standing

NATIONAL = ROOT / "policies" / "2026-1-national.toml"


@dataclass(frozen=True, slots=True)
class People:
    """Ada, and those who look at her record: their sergeant, the desk, whoever hands files in, the privacy officer."""

    ada: int
    national_id: str
    sergeant: int
    desk: int
    learning: int
    privacy: int
    stranger: int
    file: int

    @property
    def looks(self) -> Sequence[tuple[int, str]]:
        """Name every address that shows Ada to somebody else, and to whom."""
        person, file = f"/people/{self.national_id}", f"/imports/{self.file}"
        return (
            (self.sergeant, f"{person}/passport"),
            (self.sergeant, f"{person}/passport.pdf"),
            (self.sergeant, f"/api/v1{person}/decision"),
            (self.sergeant, f"/api/v1{person}/evidence"),
            (self.sergeant, "/team"),
            (self.sergeant, "/team/skills"),
            (self.sergeant, "/api/v1/team"),
            (self.sergeant, "/inbox"),
            (self.sergeant, "/api/v1/notices"),
            (self.desk, f"{person}/passport"),
            (self.desk, "/desk/licences"),
            (self.desk, "/desk/find?q=okafor"),
            (self.desk, "/desk/licences.csv"),
            (self.desk, "/api/v1/desk/licences"),
            (self.desk, "/api/v1/desk/licences.csv"),
            (self.desk, "/api/v1/desk/people?q=okafor"),
            (self.learning, f"{file}/lines?verdict=changed"),
            (self.learning, f"{file}/returned.csv"),
            (self.learning, f"/api/v1{file}/lines?verdict=changed"),
            (self.learning, f"/api/v1{file}/returned.csv"),
        )


@pytest.fixture
async def people(app: Watched, database: str) -> People:
    """Ada Okafor of response, with a licence, a notice, a line in a file, and those around her."""
    await set_up(text=NATIONAL.read_text(encoding="utf-8"), on=date(2020, 1, 1))
    ada = await standing(await officer(), lapses_on=today() + timedelta(days=40))
    await grant(ada, today() - timedelta(days=300))
    await identifier(ada, "4000000", scheme="payroll")
    sergeant, desk = await officer("Sunil", "Rao", rank="sergeant"), await officer("Desi", "Desk")
    privacy, stranger = await officer("Priya", "Privacy"), await officer("Stan", "Stranger", rank="inspector")
    learning = await learner()
    await line(ada, sergeant)
    await grant_role(desk, "licensing desk", by=stranger)
    await grant_role(privacy, "privacy officer", by=stranger, approved_by=desk)
    async with transaction() as connection:
        told = NewNotice(ada, "PPST", today(), Rung.DAYS_30, "Ada Okafor: due", "Ada Okafor is due.")
        await give(connection, [told], created_for=today())
    await listed()
    async with calling(app, learning) as client:
        await hand_in(client, extract("Okafor"))
    file = await fetch_one("SELECT max(id) AS id FROM foundation.intake")
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", ada)
    assert file
    assert row
    return People(ada, row["national_id"], sergeant, desk, learning, privacy, stranger, file["id"])


async def readings() -> Sequence[Record]:
    """Return every line of audit that is a reading, in order."""
    return await fetch("SELECT * FROM foundation.audit_event WHERE is_reading ORDER BY id")


@asynccontextmanager
async def failing_audit() -> AsyncIterator[None]:
    """Let every insert into the audit fail meanwhile, as a full disk would."""
    async with as_owner() as owner:
        await owner.execute(
            """CREATE FUNCTION foundation.refuses() RETURNS trigger LANGUAGE plpgsql AS $$
               BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$;
               CREATE TRIGGER audit_fails BEFORE INSERT ON foundation.audit_event
               FOR EACH ROW EXECUTE FUNCTION foundation.refuses()"""
        )
    try:
        yield
    finally:
        async with as_owner() as owner:
            await owner.execute(
                "DROP TRIGGER audit_fails ON foundation.audit_event; DROP FUNCTION foundation.refuses()"
            )
