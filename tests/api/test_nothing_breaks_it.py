"""Schemathesis sends the API what the document allows and what it forbids, as every role, and as nobody."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from access import sessions
from access.sign_in import form_cookie_name
from attested.api.description import DOCUMENT
from tests.api.world import World, world
from tests.browser import served

pytestmark = [pytest.mark.anyio, pytest.mark.sweeping]
SECRET = "for-tests-alone-for-tests-alone-00"
# Each role knocks at its own doors, and nobody at all of them; that doors stay shut is `test_shapes.py`'s matter.
ROLES = {
    "officer": ("Passport", "Policy", "Notices"),
    "supervisor": ("My team",),
    "desk": ("Licensing desk",),
    "learning": ("Files",),
    "operator": ("Jobs",),
    "lead": ("Roles",),
    "nobody": (),
}
# A day too far away, a force that is not one's own and a file that is no table fit the document, and are refused.
MAY_STILL_BE_REFUSED = (
    "myDecision",
    "decision",
    "evidence",
    "team",
    "handInFile",
    "policy",
    "giveRole",
    "agreeToRole",
    "endRole",
    "breakGlass",
    "endGlass",
    "reviewGlass",
    "seeReadingAlert",
    "holdBack",
    "tellAgain",
    "askForDeskLicences",
    "deskLicences",
    "takeDeskLicences",
    "agreeToExport",
    "refuseExport",
)
CONFIG = """
seed = 20260304
continue-on-failure = true
request-timeout = 10.0
[generation]
database = "none"
max-examples = 4
[[operations]]
include-operation-id = {may_still_be_refused}
checks.positive_data_acceptance.expected-statuses = ["2xx", "3xx", 400, 401, 403, 404, 409]
[phases.stateful]
enabled = false
[dictionaries]
person = {{ values = {national_ids} }}
file = {{ values = {files} }}
job = {{ values = {jobs} }}
grant = {{ values = {grants} }}
notice = {{ values = {notices} }}
version = {{ values = [1] }}
[parameters]
"path.national_id" = {{ dictionary = "person", probability = 0.7 }}
"path.file_id" = {{ dictionary = "file", probability = 0.7 }}
"path.job_id" = {{ dictionary = "job", probability = 0.7 }}
"path.grant_id" = {{ dictionary = "grant", probability = 0.7 }}
"path.delivery_id" = {{ dictionary = "notice", probability = 0.7 }}
"path.number" = {{ dictionary = "version", probability = 0.7 }}
"""
SIGNED_IN = """
[auth.openapi]
session = {{ api_key = "{session}" }}
form = {{ api_key = "{token}" }}
token = {{ api_key = "{token}" }}
"""


@pytest.fixture
async def address(database: str) -> AsyncIterator[str]:
    with served("tests.pages.service:app", {"DATABASE_URL": database, "SESSION_SECRET": SECRET}) as found:
        yield found


async def token_at(address: str) -> str:
    async with AsyncClient(base_url=address) as client:
        await client.get("/api/v1/policies")
        return str(client.cookies[form_cookie_name()])


def config_for(made: World, session: str | None, token: str) -> str:
    known = CONFIG.format(
        national_ids=list(made.national_ids),
        files=list(made.files),
        jobs=list(made.jobs),
        grants=list(made.grants),
        notices=list(made.notices),
        may_still_be_refused=list(MAY_STILL_BE_REFUSED),
    )
    return known + (SIGNED_IN.format(session=session, token=token) if session else "")


async def test_the_api_keeps_its_word_to_every_role(address: str, tmp_path: Path) -> None:
    made = await world(tmp_path)
    token = await token_at(address)
    running = []
    for role, tags in ROLES.items():
        caller = made.callers.get(role)
        config = tmp_path / f"{role}.toml"
        config.write_text(
            config_for(made, await sessions.begin(caller) if caller else None, token), encoding="utf-8"
        )
        running.append((role, schemathesis(config, address + DOCUMENT, tags)))
    complaints = {}
    for role, process in running:
        said, _ = process.communicate(timeout=120)
        if process.returncode:
            complaints[role] = said
    assert not complaints, "\n\n".join(f"=== {role}\n{said}" for role, said in complaints.items())


def schemathesis(config: Path, document: str, tags: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run", document]
    # The heads of the audit are anybody's, whoever they say they are.
    everywhere = ["--phases=examples,fuzzing", "--max-examples=1", "--exclude-tag=Audit"]
    command += [f"--include-tag={tag}" for tag in tags] or everywhere
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=config.parent,
        env={**os.environ, "SCHEMATHESIS_HOOKS": ""},
    )  # fmt: skip
