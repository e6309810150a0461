"""Does a number too large for any row look like one that nobody has? The accident: a page says that we have failed."""

import pytest

from foundation.requests import Watched
from tests.access.readings.conftest import People
from tests.clients import calling, submit

pytestmark = pytest.mark.anyio
HUGE = 10**30


@pytest.mark.parametrize(
    ("address", "status"),
    [(f"/sessions/{HUGE}/end", 404), (f"/glass/{HUGE}/end", 409), (f"/inbox/{HUGE}/read", 303)],
)
async def test_a_number_too_large_for_any_row_is_nobodys(
    app: Watched, people: People, address: str, status: int
) -> None:
    async with calling(app, people.sergeant) as sergeant:
        assert (await submit(sergeant, "/sessions", address, {})).status_code == status


async def test_a_list_of_numbers_may_name_what_nobody_has(app: Watched, people: People) -> None:
    async with calling(app, people.sergeant) as sergeant:
        shown = {"shown": f"1,{HUGE},{'9' * 5000}"}
        assert (await submit(sergeant, "/sessions", "/inbox/read", shown)).status_code == 303


async def test_a_delay_that_cannot_be_leads_back(app: Watched, people: People) -> None:
    held = f"/privacy/readings/of/{people.national_id}/held-back"
    async with calling(app, people.privacy) as privacy:
        assert (await submit(privacy, held, f"{held}/{HUGE}/end", {})).status_code == 303
