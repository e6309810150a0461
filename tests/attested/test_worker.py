"""Does the real worker know every job that anybody asks for, and look for what nobody asked for?"""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from attested.worker import handlers, watches
from foundation.database import fetch
from foundation.jobs.runner import Runner
from foundation.settings import settings
from tests import owner
from tests.builders import officer
from tests.licence.projection.ruling import in_force, ruling

SRC = Path(__file__).parents[2] / "src"
pytestmark = pytest.mark.anyio


def asked_for() -> set[str]:
    """Find the name of every job in a call of ask(), wherever in the code."""
    return {
        call.args[1].value
        for path in SRC.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "ask"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
        and isinstance(call.args[1].value, str)
    }


def test_every_job_that_anybody_asks_for_has_somebody_to_do_it() -> None:
    assert "notices.deliver" in asked_for()
    assert asked_for() <= set(handlers())


async def test_every_schedule_has_somebody_to_do_its_job(database: str) -> None:
    rows = await fetch("SELECT job FROM foundation.schedule")
    assert {row["job"] for row in rows} <= set(handlers())


def test_no_job_may_take_for_ever_or_be_taken_over_while_it_runs() -> None:
    for handler in handlers().values():
        assert timedelta(seconds=10) <= handler.lease <= timedelta(minutes=2), handler.name
        assert handler.longest <= timedelta(hours=2), handler.name


async def test_a_change_that_nobody_reported_is_decided_all_the_same(database: str) -> None:
    await in_force(ruling(1))
    await officer()
    assert await fetch("SELECT FROM people.change")
    await owner.execute("UPDATE foundation.schedule SET is_on = false")
    try:
        await Runner(handlers(), watches=watches()).drain()
    finally:
        await owner.execute("UPDATE foundation.schedule SET is_on = true")
    jobs = await fetch("SELECT name, state, last_error FROM foundation.job")
    assert [(row["name"], row["state"], row["last_error"]) for row in jobs] == [
        ("licence.refresh", "done", None)
    ]


def test_e_mail_is_looked_for_only_where_there_is_a_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    always = ["licence.refresh", "glass.see", "readings.alert"]
    assert [watch.job for watch in watches()] == always
    monkeypatch.setenv("SMTP_HOST", "mail.test")
    settings.cache_clear()
    assert [watch.job for watch in watches()] == [*always, "notices.deliver"]
    monkeypatch.undo()
    settings.cache_clear()
