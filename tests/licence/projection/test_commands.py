"""Do the commands answer people in plain words, programs in one document, and both with their exit status?"""

from pathlib import Path

import pytest

from foundation.database import execute, fetch_one
from tests.builders import evidence, identifier, officer, person, post
from tests.command import Attested
from tests.licence.projection.force import GRANTED
from tests.licence.projection.ruling import in_force, ruling

pytestmark = pytest.mark.anyio


async def national_id(person_id: int) -> str:
    row = await fetch_one("SELECT national_id FROM people.person WHERE id = $1", person_id)
    assert row
    return str(row["national_id"])


async def test_a_force_is_granted_swept_asked_about_and_verified(
    database: str, managed: Attested, tmp_path: Path
) -> None:
    await in_force(ruling())
    ada = await officer("Ada", "Okafor")
    await identifier(ada, "4411", scheme="payroll")
    await evidence(ada, "SAFETY", GRANTED)
    chief, deputy = await person("Chief"), await person("Deputy")
    await post(chief)
    await post(deputy, kind="staff", rank=None)

    granted = managed.document(
        "grant", "--force", "avon-and-somerset", "--on", "2024-06-01",
        "--by", await national_id(chief), "--approved-by", await national_id(deputy),
    )  # fmt: skip
    assert set(granted) == {"force", "on", "people", "left_out"}
    assert (granted["people"], granted["left_out"]) == (1, ["Chief Okafor"])

    swept = managed.document("sweep", "--yes", "--on", "2027-06-01")
    assert set(swept) == {"on", "looked_at", "stored", "notices", "moved", "failed", "ahead"}
    assert swept["on"] == "2027-06-01"
    assert "0 people looked at" in managed("sweep", "--yes", "--on", "2027-06-01").stdout

    answer = managed.document("decide", "4411@avon-and-somerset", "--on", "2027-06-01")
    assert answer["national_id"] == await national_id(ada)
    assert (answer["standing"], answer["may_practise"]) == ("lapsed", False)
    assert answer["reason_codes"] == ["requirement overdue"]
    assert set(answer) == {
        "national_id", "name", "on", "known", "policy_version", "standing", "may_practise", "reason_codes", "told",
        "requirements", "authorities", "expires_on", "lapses_on", "next_change_on",
    }  # fmt: skip
    words = managed("decide", "ada okafor", "--on", "2024-07-01")
    assert "Ada Okafor may practise." in words.stdout
    assert "policy version 1" in words.stdout
    draft = tmp_path / "draft.toml"
    draft.write_text(ruling(2, safety_months=60), encoding="utf-8")
    drafted = managed.document("decide", "Ada Okafor", "--on", "2027-06-01", "--policy", str(draft))
    assert (drafted["standing"], drafted["policy_version"]) == ("active", 2)

    managed("verify", "--everyone", "--on", "2027-06-01")
    await execute("UPDATE licence.licence_standing SET lapses_on = '2030-01-01' WHERE person_id = $1", ada)
    unsound = managed.document("verify", "--everyone", "--on", "2027-06-01", status=1)
    assert [one["column"] for one in unsound["standings"]["differences"]] == ["lapses_on"]  # type: ignore[index]


async def test_somebody_unknown_or_not_the_only_one_is_told_in_a_line(
    database: str, managed: Attested
) -> None:
    await in_force(ruling())
    await officer("Sam", "Smith")
    await officer("Sam", "Smith")
    assert "Give the national identifier" in managed("decide", "Sam Smith", status=1).stderr
    assert "There is no such person" in managed("decide", "No One", status=1).stderr
