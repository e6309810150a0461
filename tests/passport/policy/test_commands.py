"""Does `attested policy` tell people in words and programs in one document, and end as it should?"""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attested.cli import app
from foundation.clock import today
from tests.command import Attested
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
    database: str, managed: Attested, sound: Path, tmp_path: Path
) -> None:
    now = today().isoformat()
    assert "No policy is in force" in managed("policy", "show", status=1).stderr
    managed.document("policy", "set-up", sound)
    newer = tmp_path / "newer.toml"
    newer.write_text(numbered(8), encoding="utf-8")
    assert "Version 8 is a draft" in managed("policy", "load", newer, "--by", "Dora").stdout
    refused = managed("policy", "approve", "8", "--by", "Dora", "--from", now, status=1).stderr
    assert "A second person approves" in refused
    unread = managed("policy", "approve", "8", "--by", "Dev", "--from", now, status=1).stderr
    assert "Nobody has worked out what this draft would change." in unread
    came = managed.document("policy", "what-if", "8", "--from", now, "--on", now)
    assert (came["number"], came["state"], came["people"]) == (8, "finished", 0)
    approved = managed.document("policy", "approve", "8", "--by", "Dev", "--from", now)
    assert (approved["number"], approved["approved_by"]) == (8, "Dev")
    managed(
        "policy", "override", "kent", "safety", "level", "3.7", "--reason", "own", "--from", now,
        "--proposed-by", "Dora", "--approved-by", "Dev",
    )  # fmt: skip
    kent = managed.document("policy", "show", "--force", "kent")
    assert (kent["number"], kent["requirements"][0]["level"]) == (8, "3.7")  # type: ignore[index]
    assert "To level 5.4." in managed("policy", "show", "7").stdout
    assert managed("policy", "show", "7", "--source").stdout == SOUND
    assert "Kent Police: SAFETY level is 3.7" in managed("policy", "list").stdout
