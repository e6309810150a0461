"""The embedded servers start, join, stay apart and stop, whatever their folder is called."""

import asyncio
import os
import shutil
import stat
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
import redis.asyncio

from attested.local import Addresses, CannotStartError, Tuning, running, servers
from tests.attested.local.processes import KEEP_A_ROW, QUICK, ROOT, launched, lives, query, queue

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
POSTGRES = {"embedded": None} | ({"15": DEBIAN_15} if DEBIAN_15.exists() else {})
FOLDERS = ["Größe with a space", "odd,100%?#;'name", "deep/" * 30 + "down"]


def socket_folder(addresses: Addresses) -> Path:
    return Path(urlparse(addresses.redis_url).path).parent


@pytest.mark.parametrize("binaries", POSTGRES.values(), ids=POSTGRES)
def test_rows_and_jobs_outlast_a_stop_and_a_start(tmp_path: Path, binaries: Path | None) -> None:
    tuning = Tuning(fsync=False, shared_buffers="16MB", binaries=binaries)
    with servers(tmp_path / "data", tuning=tuning) as addresses:
        query(addresses, KEEP_A_ROW, "SELECT 1")
        queue(addresses, "a job")
        assert query(addresses, "SELECT lower('ЖÉ')") == "жé"
        assert query(addresses, "SELECT lower('ЖÉ') ILIKE 'Жé'") == "True"
        assert query(addresses, "SHOW server_encoding") == "UTF8"
        version = int(query(addresses, "SHOW server_version_num") or 0) // 10_000
        assert (tmp_path / "data" / f"pg{version}" / "PG_VERSION").exists()
    with servers(tmp_path / "data", tuning=tuning) as addresses:
        assert query(addresses, "SELECT words FROM kept") == "a row"
        assert queue(addresses) == ["a job"]


@pytest.mark.parametrize("name", FOLDERS)
def test_every_client_reaches_the_servers_whatever_the_folder_is_called(
    data: Path, tmp_path: Path, name: str
) -> None:
    async def ping(redis_url: str) -> object:
        async with redis.asyncio.Redis.from_url(redis_url) as client:
            return await client.ping()

    shutil.copytree(data, tmp_path / name)
    with servers(tmp_path / name, tuning=QUICK) as addresses:
        assert query(addresses, "SELECT current_database()") == "attested"
        assert queue(addresses, "a job") == ["a job"]  # arq reads the address its own way
        assert asyncio.run(ping(addresses.redis_url))
        assert stat.S_IMODE(socket_folder(addresses).stat().st_mode) == 0o700
        assert stat.S_IMODE(socket_folder(addresses).parent.stat().st_mode) == 0o700


def test_no_environment_variable_of_postgres_leads_astray(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGPORT": "1",
        "PGHOST": "elsewhere",
        "PGDATA": "/nowhere",
        "PGDATABASE": "no",
    }.items():
        monkeypatch.setenv(name, value)
    with servers(data, tuning=QUICK) as addresses:
        assert query(addresses, "SELECT current_database()") == "attested"


def test_a_path_too_long_for_a_socket_remembers_its_short_one(data: Path, tmp_path: Path) -> None:
    deep = Path(shutil.copytree(data, tmp_path / ("deep/" * 30)))
    with servers(deep, tuning=QUICK) as addresses:
        first = socket_folder(addresses)
        assert not first.is_relative_to(tmp_path)
    with servers(deep, tuning=QUICK) as addresses:
        assert socket_folder(addresses) == first
    shutil.rmtree(first.parent)  # as a cleaner of /tmp would
    with servers(deep, tuning=QUICK) as addresses:
        assert socket_folder(addresses) != first
        shutil.copytree(
            deep, tmp_path / deep.name / "copy", symlinks=True, ignore=shutil.ignore_patterns(".s.*")
        )
        with servers(tmp_path / deep.name / "copy", tuning=QUICK) as others:
            assert socket_folder(others) != socket_folder(addresses)
        assert query(addresses, "SELECT 'still there'") == "still there"


def test_two_data_folders_live_side_by_side(data: Path, tmp_path: Path) -> None:
    other = shutil.copytree(data, tmp_path / "two")
    with servers(data, tuning=QUICK) as one, servers(other, tuning=QUICK) as two:
        query(one, "CREATE TABLE mine ()", "SELECT 1")
        queue(one, "mine")
        assert query(two, "SELECT to_regclass('mine')") is None
        assert "mine" not in queue(two)
        query(one, "DROP TABLE mine", "SELECT 1")


def test_a_second_process_joins_the_servers_and_leaves_them_running(data: Path) -> None:
    with running(data, tuning=QUICK) as first:
        query(first.addresses, KEEP_A_ROW, "SELECT 1")
        with launched(data) as second:
            assert second.addresses == first.addresses
            assert query(second.addresses, "SELECT words FROM kept") == "a row"
        assert second.process.returncode == 0
        assert query(first.addresses, "SELECT words FROM kept") == "a row"


def test_two_processes_that_start_at_once_share_one_pair_of_servers(data: Path) -> None:
    with launched(data) as one, launched(data) as two:
        query(one.addresses, KEEP_A_ROW, "SELECT 1")
        assert query(two.addresses, "SELECT words FROM kept") == "a row"
        assert two.process.stdin is not None
        two.process.stdin.close()  # the one that joined goes first


def test_a_second_launcher_that_would_not_join_is_told_who_is_there(data: Path) -> None:
    with (
        launched(data) as first,
        pytest.raises(CannotStartError, match=f"in use by process {first.process.pid}.*ATTESTED_DATA"),
        servers(data, tuning=QUICK, join=False),
    ):
        pytest.fail("it started")


def test_a_server_the_environment_names_is_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://managed/one")
    with servers(tmp_path, tuning=QUICK) as addresses:
        assert addresses.database_url == "postgresql://managed/one"
        assert queue(addresses, "a job") == ["a job"]
        assert not list(tmp_path.glob("pg*"))
    monkeypatch.setenv("REDIS_URL", "redis://managed/1")
    with servers(tmp_path / "untouched", tuning=QUICK) as addresses:
        assert addresses == Addresses("postgresql://managed/one", "redis://managed/1")
        assert not (tmp_path / "untouched").exists()
    monkeypatch.delenv("DATABASE_URL")
    with servers(tmp_path / "other", tuning=QUICK) as addresses:
        assert addresses.redis_url == "redis://managed/1"
        assert query(addresses, "SELECT 'ours'") == "ours"
        assert not (tmp_path / "other" / "valkey").exists()


def test_a_setting_postgres_refuses_is_quoted_back(tmp_path: Path) -> None:
    wrong = Tuning(fsync=False, settings=(("no_such_setting", "1"),))
    with pytest.raises(CannotStartError, match="no_such_setting"), servers(tmp_path, tuning=wrong):
        pytest.fail("it started")


def test_nothing_listens_on_a_port_and_nothing_is_left_after_a_stop(data: Path) -> None:
    with servers(data, tuning=QUICK) as addresses:
        assert query(addresses, "SHOW listen_addresses") == ""
        assert unquote(addresses.database_url).count(str(data)) == 1
        pid = int((next(data.glob("pg*/postmaster.pid"))).read_text(encoding="ascii").split()[0])
        assert lives(pid)
    assert not lives(pid)
    assert not [name for place in os.walk(data / "run") for name in place[2]]
    assert not list(data.glob("pg*/postmaster.pid"))


def test_a_postgres_that_is_not_there_is_named(tmp_path: Path) -> None:
    absent = Tuning(binaries=ROOT / "no" / "such" / "bin")
    with pytest.raises(CannotStartError, match="no/such/bin"), servers(tmp_path, tuning=absent):
        pytest.fail("it started")
