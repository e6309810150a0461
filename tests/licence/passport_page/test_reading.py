"""Is a passport read by its person's own rows, however many other people's lie beside them?"""

import pytest

from foundation.clock import now, today
from foundation.database import transaction
from licence.passport_page.facts import PASSPORT_AT, PASSPORT_NOW, evidence_of
from licence.standing.added_up import Bring
from tests.builders import evidence
from tests.licence.passport_page.conftest import People, days_ago

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("bring", Bring)
@pytest.mark.parametrize("asked", [PASSPORT_NOW, PASSPORT_AT], ids=["now", "then"])
async def test_nobody_elses_evidence_is_gone_through(
    people: People, asked: dict[Bring, str], bring: Bring
) -> None:
    """Evidence lies in partial indexes: a condition that fits none of them reads the nation's eight million rows."""
    values = (people.ada, today()) if asked is PASSPORT_NOW else (people.ada, now(), today())
    async with transaction() as connection:
        await connection.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {asked[bring]}", *values))
    assert "Seq Scan on evidence" not in plan, plan


async def test_what_waits_to_be_verified_is_listed_with_what_is_and_the_newest_first(people: People) -> None:
    await evidence(people.ada, "JRFT", days_ago(1), verified=False)
    listed = await evidence_of(people.ada)
    assert (listed[0].code, listed[0].is_verified) == ("JRFT", False)
    assert list(listed) == sorted(listed, key=lambda one: (-one.completed_on.toordinal(), one.code))
    assert await evidence_of(people.ada, known=now()) == listed
