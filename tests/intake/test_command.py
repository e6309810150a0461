"""Does `attested import` tell people and programs the same?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.database import fetch
from tests.command import PATIENCE
from tests.intake.handing import HR, ROOT

pytestmark = pytest.mark.anyio
SHAPE = {
    "counts", "effective_on", "encoding", "file_name", "finished_at", "force_code", "header", "intake_id", "kind",
    "lines", "mapping", "sha256", "staged_at", "state", "warnings",
}  # fmt: skip


def attested(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "attested.cli", "import", *arguments],
        env={"DATABASE_URL": database, "REDIS_URL": "unix:///nowhere", "PYTHONPATH": str(ROOT / "src"), "TZ": "UTC"},
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip


async def test_a_program_gets_one_document_of_the_documented_shape(database: str) -> None:
    done = attested(database, "hr", str(HR), "--force", "avon-and-somerset", "--on", "2026-11-22", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told) == SHAPE
    assert (told["state"], told["counts"]["new"], told["lines"]) == ("committed", 1167, 1202)
    assert sum(told["counts"].values()) == told["lines"]
    assert len(await fetch("SELECT FROM people.person")) == 1167


async def test_staging_only_tells_the_verdicts_and_keeps_nothing(database: str) -> None:
    done = attested(database, "hr", str(HR), "--force", "E23000036", "--on", "2026-11-22", "--stage-only")
    assert done.returncode == 0, done.stderr
    for words in ("1,167", "suspicious", "31/02/2019", "is staged"):
        assert words in done.stdout
    assert await fetch("SELECT FROM people.person") == []


@pytest.mark.parametrize(
    ("force", "content", "words"),
    [
        ("atlantis", "Payroll No\n", "There is no force “atlantis”"),
        ("cheshire", "Payroll No\n", "There is no mapping cheshire.toml"),
        ("avon-and-somerset", "Payroll Number;Surname\n", "There is no column “Payroll No”"),
    ],
)
async def test_a_refusal_is_one_sentence_and_a_failing_status(
    database: str, tmp_path: Path, force: str, content: str, words: str
) -> None:
    path = tmp_path / "extract.csv"
    path.write_text(content)
    done = attested(database, "hr", str(path), "--force", force, "--json")
    assert done.returncode == 1
    assert words in json.loads(done.stderr)["problem"]
    assert done.stdout == ""
