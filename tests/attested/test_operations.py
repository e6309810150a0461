"""Operators see the work and nobody's records; a dead job gets another try by their hand, once."""

import pytest
from httpx2 import AsyncClient

from foundation.database import execute, fetch, fetch_one, transaction
from foundation.jobs.asking import ask
from foundation.requests import Watched
from tests.builders import officer
from tests.clients import calling, grant_role, submit

pytestmark = pytest.mark.anyio


@pytest.fixture
async def operator(database: str) -> int:
    one, other = await officer("Opal"), await officer("Other")
    await grant_role(one, "operator", by=other)
    return one


async def jobs(number: int, state: str = "waiting") -> list[int]:
    async with transaction() as connection:
        for _ in range(number):
            await ask(connection, "licence.sweep", {"on": "2026-03-04"})
    await execute(
        """UPDATE foundation.job SET state = $1, last_error = CASE WHEN $1 = 'dead' THEN 'OSError: no luck' END,
                  attempt = 24, finished_at = CASE WHEN $1 IN ('dead', 'done') THEN clock_timestamp() END,
                  lease_until = CASE WHEN $1 = 'running' THEN clock_timestamp() + interval '1 minute' END
            WHERE state = 'waiting'""",
        state,
    )
    return [
        row["id"] for row in await fetch("SELECT id FROM foundation.job WHERE state = $1 ORDER BY id", state)
    ]


async def token_for_api(client: AsyncClient) -> dict[str, str]:
    await client.get("/jobs")
    return {"x-csrftoken": client.cookies["attested-form"]}


async def test_jobs_are_for_operators_only(app: Watched, database: str) -> None:
    (job,) = await jobs(1, "dead")
    async with calling(app, await officer("Ada")) as client:
        for path in (
            "/jobs",
            "/jobs/list?state=dead",
            f"/jobs/{job}",
            f"/jobs/{job}/requeue",
            "/api/v1/jobs",
        ):
            assert (await client.get(path)).status_code == 404, path
    assert (await fetch_one("SELECT state FROM foundation.job"))["state"] == "dead"  # type: ignore[index]


async def test_a_number_that_no_job_has_is_no_fault_of_ours(app: Watched, operator: int) -> None:
    async with calling(app, operator) as client:
        for number in (0, 2**53, 2**63, 10**30):
            assert (await client.get(f"/jobs/{number}")).status_code == 404


async def test_a_page_that_begins_before_no_number_is_refused_and_no_fault_of_ours(
    app: Watched, operator: int
) -> None:
    async with calling(app, operator) as client:
        for number in (0, 2**53, 2**63, 10**30):
            assert (await client.get(f"/jobs/list?state=dead&before={number}")).status_code == 400, number


async def test_an_operator_sees_how_the_work_stands(app: Watched, operator: int) -> None:
    await jobs(1, "dead")
    await jobs(1, "running")
    await execute("INSERT INTO foundation.heartbeat VALUES ('a-worker:1', clock_timestamp())")
    async with calling(app, operator) as client:
        text = (await client.get("/jobs")).text
    for words in (
        "OSError: no luck",
        "licence.sweep for 4 March 2026",
        "Nightly sweep of every licence",
        "a-worker:1",
    ):
        assert words in text, words


async def test_an_idle_service_says_so(app: Watched, operator: int) -> None:
    async with calling(app, operator) as client:
        overview = (await client.get("/jobs")).text
        empty = [
            (await client.get(f"/jobs/list?state={s}")).text for s in ("dead", "running", "waiting", "done")
        ]
    assert "No job is dead" in overview
    assert "No worker is there" in overview
    assert ["app-empty" in text for text in empty] == [True] * 4


async def test_every_job_is_on_exactly_one_page_of_its_list(app: Watched, operator: int) -> None:
    numbers = await jobs(60, "done")
    seen: list[int] = []
    async with calling(app, operator) as client:
        found = (await client.get("/api/v1/jobs?state=done")).json()
        while True:
            seen += [one["id"] for one in found["jobs"]]
            if found["next_before"] is None:
                break
            found = (await client.get(f"/api/v1/jobs?state=done&before={found['next_before']}")).json()
        page = (await client.get("/jobs/list?state=done")).text
    assert seen == sorted(numbers, reverse=True)
    assert f"before={numbers[-25]}" in page


async def test_a_dead_job_gets_another_try_after_a_question(app: Watched, operator: int) -> None:
    (job,) = await jobs(1, "dead")
    async with calling(app, operator) as client:
        asked = (await client.get(f"/jobs/{job}/requeue")).text
        assert "Give this job another try?" in asked
        assert (await fetch_one("SELECT attempt FROM foundation.job"))["attempt"] == 24  # type: ignore[index]
        answer = await submit(client, f"/jobs/{job}/requeue", f"/jobs/{job}/requeue", {})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/jobs?requeued={job}")
        assert f"Job {job} has been given another try." in (await client.get(f"/jobs?requeued={job}")).text
        assert "not dead, or no longer" in (await client.get(f"/jobs/{job}/requeue")).text
    row = await fetch_one("SELECT * FROM foundation.job")
    assert row is not None
    assert (row["state"], row["attempt"], row["finished_at"]) == ("waiting", 0, None)
    audit = await fetch("SELECT actor_id, detail FROM foundation.audit_event WHERE event = 'job requeued'")
    assert [(line["actor_id"], line["detail"]) for line in audit] == [(operator, f'{{"job": {job}}}')]


async def test_a_program_may_do_the_same_and_only_once(app: Watched, operator: int) -> None:
    (job,) = await jobs(1, "dead")
    async with calling(app, operator) as client:
        token = await token_for_api(client)
        first = await client.post(f"/api/v1/jobs/{job}/requeue", headers=token)
        second = await client.post(f"/api/v1/jobs/{job}/requeue", headers=token)
        absent = await client.post("/api/v1/jobs/999999/requeue", headers=token)
        one = await client.get(f"/api/v1/jobs/{job}")
    assert (first.status_code, first.json()["state"]) == (200, "waiting")
    assert (second.status_code, second.json()["type"].rpartition("/")[2]) == (409, "not-dead")
    assert absent.status_code == 404
    assert one.json()["on"] == "2026-03-04"


async def test_nobody_requeues_without_the_form_s_own_token(app: Watched, operator: int) -> None:
    (job,) = await jobs(1, "dead")
    async with calling(app, operator) as client:
        answer = await client.post(f"/jobs/{job}/requeue")
    assert answer.status_code in {403, 404}
    assert (await fetch_one("SELECT state FROM foundation.job"))["state"] == "dead"  # type: ignore[index]


async def test_a_program_sees_counts_schedules_and_workers(app: Watched, operator: int) -> None:
    await jobs(2, "dead")
    async with calling(app, operator) as client:
        summary = (await client.get("/api/v1/jobs/summary")).json()
    assert summary["counts"]["dead"] == 2
    assert {one["job"] for one in summary["schedules"]} >= {"licence.sweep", "licence.verify"}
    assert summary["workers"] == []


async def test_the_figures_tell_of_dead_jobs(app: Watched, operator: int) -> None:
    await jobs(3, "dead")
    async with calling(app) as client:
        figures = (await client.get("/metrics")).text
    assert 'attested_jobs{state="dead"} 3.0' in figures
