"""Does `attested policy` tell people in words and programs in one document, and end as it should?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attested.cli import app
from attested.local import Addresses
from foundation.clock import today
from tests.passport.policy.files import SOUND, line_of, numbered, with_change

pytestmark = pytest.mark.anyio


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.toml"
    path.write_text(SOUND, encoding="utf-8")
    return path


def ran(*words: str | Path) -> tuple[int, str]:
    """Run a command that needs no database, within this process."""
    ended = CliRunner().invoke(app, ["policy", *map(str, words)])
    return ended.exit_code, ended.output


class Attested:
    """The command, as a shell runs it, against the test's own servers."""

    def __init__(self, servers: Addresses) -> None:
        self.environment = {
            **os.environ, "DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url, "COLUMNS": "200",
        }  # fmt: skip

    def __call__(self, *words: str | Path, status: int = 0) -> str:
        ended = subprocess.run(
            [sys.executable, "-m", "attested.cli", "policy", *map(str, words)],
            env=self.environment, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert ended.returncode == status, ended.stdout + ended.stderr
        return ended.stdout if status == 0 else ended.stderr


def test_a_sound_file_is_said_to_be_sound(sound: Path) -> None:
    status, said = ran("check", sound)
    assert status == 0
    assert "sound.toml is sound: version 7, As tested, 4 requirements." in said.replace("\n", " ")


def test_a_broken_file_is_refused_line_by_line_to_people_and_to_programs(tmp_path: Path) -> None:
    text = with_change("months = 60", 'months = "60"', with_change('tag = "K"', 'tag = "sure"'))
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    months, tag = line_of('"60"', text), line_of('"sure"', text)
    status, said = ran("check", path)
    assert status == 1
    assert f"broken.toml, line {months}: `months` must be a whole number" in said
    assert "2 faults. Nothing was changed." in said
    status, document = ran("check", path, "--json")
    assert status == 1
    assert [fault["line"] for fault in json.loads(document)["faults"]] == [months, tag]


def test_a_policy_lives_its_life_on_the_command_line(
    database: str, local_servers: Addresses, sound: Path, tmp_path: Path
) -> None:
    attested = Attested(local_servers)
    assert "No policy is in force" in attested("show", status=1)
    assert json.loads(attested("set-up", sound, "--json"))["version"]["state"] == "approved"
    newer = tmp_path / "newer.toml"
    newer.write_text(numbered(8), encoding="utf-8")
    assert "Version 8 is a draft" in attested("load", newer, "--by", "Dora")
    assert "A second person approves" in attested(
        "approve", "8", "--by", "Dora", "--from", today().isoformat(), status=1
    )
    approved = json.loads(attested("approve", "8", "--by", "Dev", "--from", today().isoformat(), "--json"))
    assert (approved["number"], approved["approved_by"]) == (8, "Dev")
    attested(
        "override", "kent", "safety", "level", "3.7", "--reason", "own", "--from", today().isoformat(),
        "--proposed-by", "Dora", "--approved-by", "Dev",
    )  # fmt: skip
    kent = json.loads(attested("show", "--force", "kent", "--json"))
    assert (kent["number"], kent["requirements"][0]["level"]) == (8, "3.7")
    assert "To level 5.4." in attested("show", "7")
    assert attested("show", "7", "--source") == SOUND
    assert "Kent Police: SAFETY level is 3.7" in attested("list")
