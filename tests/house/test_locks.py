"""Do the locks hold what pyproject.toml asks, with hashes, without addresses, and above the floors?"""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from tests.house.tree import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-setup.txt", "requirements-node.txt")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
ADDRESS = re.compile(r"\b(https?|git\+\w+|file|ssh)://")

# Below these a known fault comes back (docs/traps.md); arq needs the redis client below 6.
FLOORS = {
    "litestar": ">=2.25,<3",
    "weasyprint": ">=70.0",
    "jinja2": ">=3.1.6",
    "cryptography": ">=50",
    "redis": "<6",
    "multipart": ">=1.2.1",
    "h11": ">=0.16",
    "authlib": ">=1.6.9",
    "joserfc": ">=1.8",
}


def pins(lock: str) -> dict[str, str]:
    return {
        canonical(name): version for name, version in PIN.findall((ROOT / lock).read_text(encoding="utf-8"))
    }


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked() -> dict[str, list[Requirement]]:
    """Read which requirements each lock answers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {
        group: [Requirement(line) for line in lines] for group, lines in project["dependency-groups"].items()
    }
    run = [Requirement(line) for line in project["project"]["dependencies"]]
    return dict(zip(LOCKS, (run, run + groups["dev"], groups["setup"], groups["node"]), strict=True))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_answers_every_requirement(lock: str) -> None:
    held = pins(lock)
    for requirement in asked()[lock]:
        version = held.get(canonical(requirement.name))
        assert version is not None, f"{requirement} is not in {lock}: make lock"
        assert requirement.specifier.contains(version, prereleases=True), (
            f"{requirement} but {version}: make lock"
        )


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_every_version_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not ADDRESS.search(text)
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: dev.get(name) for name in run} == run


def test_the_locks_compile_to_themselves(tmp_path: Path) -> None:
    """Without a package index the other tests of this file stand alone; they need none."""
    command = [sys.executable, "scripts/lock.py", "--into", str(tmp_path)]
    env = os.environ | {"UV_HTTP_RETRIES": "1", "UV_HTTP_TIMEOUT": "15"}
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    if done.returncode:
        unreachable = re.search(
            r"connect|dns|timed? ?out|network|fetch|offline|status code", done.stderr, re.IGNORECASE
        )
        assert unreachable, done.stderr
        return
    for lock in LOCKS:
        assert (tmp_path / lock).read_text() == (ROOT / lock).read_text(), f"{lock} is stale: make lock"


@pytest.mark.parametrize("lock", LOCKS[:2])
def test_no_version_is_below_its_floor(lock: str) -> None:
    held = pins(lock)
    for name, floor in FLOORS.items():
        assert Version(held[name]) in SpecifierSet(floor), f"{name} {held[name]} in {lock}, but {floor}"


def test_the_npm_lock_has_hashes_and_no_addresses_of_packages() -> None:
    assert not ADDRESS.search(
        (ROOT / "package-lock.json").read_text("utf-8")
    )  # what funds a package included
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [
        name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")
    ] == []


def test_the_stylesheet_is_of_the_version_the_macros_were_written_for() -> None:
    """govuk-frontend-jinja 4.1 ports govuk-frontend 6.3; a newer stylesheet may not know its markup."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert (pins("requirements.txt")["govuk-frontend-jinja"], package["dependencies"]["govuk-frontend"]) == (
        "4.1.0",
        "6.3.0",
    )
