"""Schemathesis sends care, vetting and figures what the document allows and what it forbids, as those who work there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from attested.api.description import DOCUMENT
from attested.seeding.policy import policy_in_force
from foundation.clock import today
from tests.api.test_nothing_breaks_it import SECRET, SIGNED_IN, schemathesis, token_at
from tests.browser import served
from tests.licence.vetting import vetters
from tests.wellbeing import carers

pytestmark = [pytest.mark.anyio, pytest.mark.sweeping]
CONFIG = """
seed = 20260304
continue-on-failure = true
request-timeout = 10.0
[generation]
database = "none"
max-examples = 4
[[operations]]
include-tag = ["Care", "Vetting"]
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 401, 403, 404, 409]
[phases.stateful]
enabled = false
[dictionaries]
person = {{ values = ["{person}"] }}
number = {{ values = [{number}] }}
[parameters]
"path.national_id" = {{ dictionary = "person", probability = 0.7 }}
"path.number" = {{ dictionary = "number", probability = 0.7 }}
"""


@pytest.fixture
async def address(database: str) -> AsyncIterator[str]:
    with served("tests.pages.service:app", {"DATABASE_URL": database, "SESSION_SECRET": SECRET}) as found:
        yield found


async def test_confidence_is_kept_whatever_is_sent(address: str, tmp_path: Path) -> None:
    await policy_in_force(today())
    caring, vetting = await carers.carers(), await vetters.unit()
    await carers.attended(caring.ada, today())
    number = await vetters.case(vetting, officers=(vetting.vera,))
    callers = {
        "Care": (await carers.session_of(caring, caring.olga), await carers.national_id(caring.ada)),
        "Vetting": (await vetters.session_of(vetting, vetting.vera), await vetters.national_id(vetting.ada)),
        "National view": (await vetters.session_of(vetting, vetting.desi), ""),
    }
    token, running = await token_at(address), []
    for tag, (session, person) in callers.items():
        config = tmp_path / f"{tag}.toml"
        known = CONFIG.format(person=person, number=number) + SIGNED_IN.format(session=session, token=token)
        config.write_text(known, encoding="utf-8")
        running.append((tag, schemathesis(config, address + DOCUMENT, (tag,))))
    complaints = {
        tag: said
        for tag, process in running
        if (said := process.communicate(timeout=120)[0]) and process.returncode
    }
    assert not complaints, "\n\n".join(f"=== {tag}\n{said}" for tag, said in complaints.items())
