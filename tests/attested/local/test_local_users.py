"""The servers run for root, with and without namespaces, and for a user who owns nothing else."""

import os
import platform
import sys
from pathlib import Path

import pytest

from tests.attested.local.launcher import UNSHARE
from tests.attested.local.processes import KEEP_A_ROW, descendants, launched, lives, query, queue, until

NOBODY = 65534
IS_ROOT = os.geteuid() == 0


USERS = [NOBODY] if IS_ROOT else [os.geteuid()]
REFUSALS: list[tuple[str, ...]] = [()]
if IS_ROOT and platform.machine() in UNSHARE and sys.platform == "linux":
    REFUSALS.append(("refused",))


@pytest.mark.parametrize("user", USERS)
def test_a_user_without_root_has_servers_of_their_own(tmp_path: Path, user: int) -> None:
    data = tmp_path / "theirs"
    data.mkdir()
    os.chown(data, user, -1)
    with launched(data, user=user if IS_ROOT else None) as found:
        assert query(found.addresses, "SELECT 'here'") == "here"
        assert queue(found.addresses, "a job") == ["a job"]
    made_by = {place.stat().st_uid for place in data.rglob("*")}
    assert made_by == {user}


@pytest.mark.parametrize("words", REFUSALS[-1:])
def test_data_below_a_private_folder_is_reached_and_kept(tmp_path: Path, words: tuple[str, ...]) -> None:
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    with launched(private / "data", *words) as first:
        query(first.addresses, KEEP_A_ROW, "SELECT 1")
        queue(first.addresses, "a job")
        family = descendants(first.process.pid)
        first.process.kill()
    until(lambda: not any(map(lives, family)), "the servers' end")
    with launched(private / "data", *words) as second:
        assert query(second.addresses, "SELECT words FROM kept") == "a row"
        assert queue(second.addresses) == ["a job"]
    assert private.stat().st_mode & 0o777 == 0o700


def test_data_made_with_a_namespace_serves_without_and_the_other_way(copied: Path) -> None:
    for turn, words in enumerate([*REFUSALS[::-1], *REFUSALS]):
        with launched(copied, *words) as found:
            query(found.addresses, f"CREATE TABLE turn_{turn} ()", "SELECT 1")
            assert query(found.addresses, "SELECT to_regclass('turn_0')") == "turn_0"


@pytest.mark.parametrize("owner", USERS)
def test_root_serves_another_users_data_and_leaves_it_theirs(copied: Path, owner: int) -> None:
    cluster = next(copied.glob("pg*/PG_VERSION")).parent
    for place in (cluster, *cluster.rglob("*")):
        os.chown(place, owner, -1)
    with launched(copied) as found:
        assert query(found.addresses, "SELECT 'here'") == "here"
    assert {place.stat().st_uid for place in cluster.rglob("*")} == {owner}
