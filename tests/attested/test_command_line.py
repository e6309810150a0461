"""Does every command say the same to people and to programs, in the form that is written down, and end as it should?"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attested.cli import COMMANDS, app
from attested.contracts import DOCUMENTS, WRITTEN, schema
from attested.local import Tuning, servers
from foundation.clock import today
from tests.command import Attested, attested_in
from tests.house.tree import ROOT

SAMPLES = ROOT / "samples"


@pytest.fixture(scope="module")
def attested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attested]:
    """A small force, made up once, in servers that somebody keeps on the data folder and each command joins."""
    data = tmp_path_factory.mktemp("command")
    command = attested_in(data)
    command.document("migrate")  # by itself, it starts and stops servers of its own
    with servers(data, tuning=Tuning(fsync=False)):
        command.document("seed", "--people", "60", "--on", "2026-11-22")
        yield command


def test_what_each_command_prints_is_written_down() -> None:
    # python -m attested.contracts
    assert WRITTEN.read_text("utf-8") == schema()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_speaks_to_programs_too(name: str) -> None:
    told = CliRunner().invoke(app, [*name.split(), "--help"], color=False)
    assert told.exit_code == 0
    assert "--json" in told.stdout


def test_no_command_is_without_its_document() -> None:
    assert set(COMMANDS) == {name.split()[0] for name in DOCUMENTS}


def test_a_command_mistyped_is_guessed() -> None:
    told = CliRunner().invoke(app, ["polici"], color=False)
    assert told.exit_code == 2
    assert "Did you mean 'policy'?" in told.output


def test_a_day_in_the_life(attested: Attested) -> None:
    assert attested.document("migrate")["added"] == []
    assert attested.document("policy", "list")["versions"]
    assert attested.document("policy", "show")["requirements"]
    swept = attested.document("sweep", "--on", "2026-11-22")
    assert swept["looked_at"] == 60
    assert attested.document("sweep", "--on", "2026-11-22")["looked_at"] == 0
    verified = attested.document("verify", "--everyone", "--on", "2026-11-22")
    assert verified["standings"]["checked"] == 60  # type: ignore[index]
    judged = attested.document("import", "hr", SAMPLES / "hr-extract.csv", "--force", "avon-and-somerset")
    assert judged["lines"] == sum(judged["counts"].values())  # type: ignore[attr-defined]


def test_a_decision_names_its_reasons_in_words_and_in_codes(attested: Attested) -> None:
    attested.document("sweep", "--on", "2026-11-22")
    listed = attested("import", "hr", SAMPLES / "hr-extract.csv", "--force", "avon-and-somerset")
    assert "in the file" in listed.stdout
    decided = attested.document("decide", "4000004@avon-and-somerset", "--on", "2026-11-22")
    assert decided["standing"] == "not held"
    assert decided["reason_codes"] == ["never granted"]
    words = attested("decide", "4000004@avon-and-somerset", "--on", "2026-11-22").stdout
    assert str(decided["told"]["headline"]) in words  # type: ignore[index]


def test_days_to_come_are_swept_only_by_who_means_it(attested: Attested) -> None:
    attested.document("sweep", "--on", "2026-11-22")
    later = (today() + timedelta(days=400)).isoformat()
    refused = attested("sweep", "--on", later, status=2)
    assert "people would be decided for it" in refused.stderr
    assert "--yes" in refused.stderr
    assert "--yes" in json.loads(attested("sweep", "--on", later, "--json", status=2).stderr)["problem"]
    told, status = attested.at_a_terminal("sweep", "--on", later, typed="n\n")
    assert "Go ahead?" in told
    assert status == 2
    assert attested.document("sweep", "--on", later, "--yes")["looked_at"]


def test_who_stands_decided_for_days_to_come_is_told(database: str, managed: Attested) -> None:
    managed.document("seed", "--people", "60", "--on", "2026-11-22")
    later = (today() + timedelta(days=400)).isoformat()
    assert (
        managed.document("sweep", "--on", later)["looked_at"] == 60
    )  # nobody stood decided: nothing to take back
    assert managed.document("sweep")["ahead"] == 60
    assert "60 people stand decided for a day after" in managed("sweep").stdout
    assert managed.document("verify", "standings")["standings"]["ahead"] == 60  # type: ignore[index]
    further = (today() + timedelta(days=800)).isoformat()
    told, status = managed.at_a_terminal("sweep", "--on", further, typed="y\n")
    assert "Swept for" in told
    assert status == 0
    assert managed.document("sweep", "--on", (today() + timedelta(days=1200)).isoformat(), "--yes")[
        "looked_at"
    ]


def test_what_is_wrong_is_one_line_and_a_status(attested: Attested) -> None:
    refused = attested("decide", "nobody-of-that-name", status=1)
    assert refused.stdout == ""
    assert len(refused.stderr.strip().splitlines()) == 1
    told = attested("decide", "nobody-of-that-name", "--json", status=1)
    assert list(json.loads(told.stderr)) == ["problem"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "abc", "PORT"),
        ("DATABASE_URL", "postgresql://somebody:a-secret@127.0.0.1:1/none", "database cannot be used"),
        ("DATABASE_URL", "mysql://a-secret@somewhere/none", "database cannot be used"),
        ("DATABASE_URL", "postgresql:///none?host=/nowhere", "database cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_without_its_value(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    attested = Attested({**attested_in(tmp_path).environment, name: value})
    told = json.loads(attested("decide", "anybody", "--json", status=1).stderr)
    assert words in told["problem"]
    assert "a-secret" not in told["problem"]


@pytest.mark.parametrize(
    "words", [("--on", "9999-12-31"), ("--known", "0001-01-01"), ("--known", "9999-12-31T23:59-12:00")]
)
def test_a_day_out_of_reach_is_refused(attested: Attested, words: tuple[str, str]) -> None:
    assert "choose a day from" in attested("decide", "anybody", *words, status=2).stderr


def test_nobody_is_no_second_person(attested: Attested) -> None:
    for name in ("", " ", "\u00a0"):
        told = attested("policy", "approve", "1", "--by", name, "--from", "2026-11-23", status=2)
        assert "name somebody" in told.stderr


def test_a_broken_policy_is_refused_with_its_lines(attested: Attested, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('number = "one"\n', "utf-8")
    checked = attested.document("policy", "check", broken, status=1)
    assert checked["faults"]
