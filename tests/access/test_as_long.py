"""Does refusing somebody ask as much of the database as finding nobody? A clock must not tell what an answer does not."""

import pytest

from foundation.clock import today
from foundation.database import fetch_one
from foundation.requests import Watched
from people.persons.rules import national_id
from tests.builders import evidence, line, listed, officer
from tests.clients import calling
from tests.counting import statements

pytestmark = pytest.mark.anyio

NOBODYS, NO_RECORD = national_id(2**31 - 1), 2**31 - 1


async def test_a_room_of_the_passport_that_is_refused_asks_as_much_as_one_that_is_not_there(
    app: Watched, database: str
) -> None:
    ada, bea, other = [await officer(given) for given in ("Ada", "Bea", "Otto")]
    await line(await officer("Rita"), other)  # who supervises somebody else, and so may ask in both parts
    await line(ada, bea)
    await listed()
    number = await evidence(ada, "PPST", today())
    hers = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", ada)
    assert hers is not None
    held = await fetch_one(
        """INSERT INTO passport.conversation (person_id, supervisor_id, held_on)
           VALUES ($1, $2, $3) RETURNING id""",
        ada, bea, today(),
    )  # fmt: skip
    assert held is not None
    asked = {
        "/api/v1/people/{}/conversations": (hers["national_id"], NOBODYS),
        "/api/v1/people/{}/conversation": (hers["national_id"], NOBODYS),
        "/api/v1/people/{}/leadership": (hers["national_id"], NOBODYS),
        "/api/v1/people/{}/decision": (hers["national_id"], NOBODYS),
        "/api/v1/evidence/{}": (number, NO_RECORD),
        "/api/v1/conversations/{}": (held["id"], NO_RECORD),
        "/people/{}/profiles": (hers["national_id"], NOBODYS),
        "/people/{}/evidence/new": (hers["national_id"], NOBODYS),
    }
    async with calling(app, other) as client:
        await client.get("/api/v1/me/decision")
        for address, names in asked.items():
            told = []
            for name in names:
                with statements() as carried:
                    answer = await client.get(address.format(name))
                assert answer.status_code == 404, address
                told.append(carried)
            assert told[0] == told[1], address
