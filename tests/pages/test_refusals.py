"""What does a page that is refused say, and what is there to go on with?"""

import pytest

from foundation.requests import Watched
from tests.builders import officer
from tests.clients import calling

pytestmark = pytest.mark.anyio


async def test_a_page_that_is_not_there_keeps_the_doors_of_whoever_is_signed_in(
    app: Watched, database: str
) -> None:
    async with calling(app, await officer("Ada", "Okafor")) as client:
        lost = await client.get("/nowhere")
        refused = await client.get("/desk")
    assert lost.status_code == refused.status_code == 404
    for page in (lost.text, refused.text):
        assert 'href="/passport"' in page
        assert "Ada Okafor" in page
        assert "Licensing desk" not in page
        assert page.count("Reference") <= 1
    assert len(lost.text) == len(refused.text)


async def test_a_page_asked_for_in_another_way_says_in_which_it_may_be(app: Watched, database: str) -> None:
    """RFC 9110, section 15.5.6: an answer of 405 lists the methods."""
    async with calling(app, await officer()) as client:
        answer = await client.delete("/passport")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert "govuk-heading-l" in answer.text
