"""What must the machine itself bring, is it there, and may we install it?"""

import contextlib
import ctypes
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from steps import SetupError, announced, call

POSTGRESQL_15 = Path("/usr/lib/postgresql/15/bin/postgres")
WITHOUT_WINDOWS = "chromium-headless-shell"
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.d/attested.conf")


@dataclass(frozen=True, slots=True)
class SystemPart:
    """Something only the machine's own package manager has."""

    title: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]
    without_it: str


def has_pango() -> bool:
    """Say whether the libraries that lay out a PDF can be loaded."""
    names = ("libpango-1.0", "libpangoft2-1.0", "libharfbuzz-subset")
    if sys.platform == "darwin":
        return shutil.which("pango-view") is not None
    try:
        for name in names:
            ctypes.CDLL(f"{name}.so.0")
    except OSError:
        return False
    return True


def browser() -> str | None:
    """Find the Chromium that somebody named, or the machine's own: the one without windows takes half the time."""
    named = os.environ.get("ATTESTED_CHROMIUM")
    return named or next(
        filter(None, map(shutil.which, (WITHOUT_WINDOWS, "chromium", "chromium-browser"))), None
    )


def has_chromium() -> bool:
    """Say whether there is a browser for the tests."""
    found = browser()
    return os.environ.get("ATTESTED_WITHOUT_BROWSER") == "1" or (found is not None and Path(found).exists())


def has_quickest_chromium() -> bool:
    """Say whether the browser is the quickest that this system offers, or somebody's own choice."""
    chosen = os.environ.get("ATTESTED_WITHOUT_BROWSER") == "1" or "ATTESTED_CHROMIUM" in os.environ
    return chosen or shutil.which(WITHOUT_WINDOWS) is not None or not _is_offered(WITHOUT_WINDOWS)


def _is_offered(package: str) -> bool:
    asked = ("apt-cache", "show", package)
    return (
        shutil.which("apt-cache") is not None
        and subprocess.run(asked, check=False, capture_output=True).returncode == 0
    )


PANGO = SystemPart(
    title="libraries that lay out PDFs",
    packages=("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    is_there=has_pango,
    without_it="Certificates cannot be made as PDF; everything else works.",
)
QUICKEST_CHROMIUM = SystemPart(
    title="Chromium without its windows, for the browser tests",
    packages=(WITHOUT_WINDOWS,),
    is_there=has_quickest_chromium,
    without_it="The browser tests take longer, in a whole Chromium.",
)
CHROMIUM = SystemPart(
    title="Chromium, for the browser tests",
    packages=("chromium",),
    is_there=has_chromium,
    without_it="The browser tests fail. Name a browser with ATTESTED_CHROMIUM=/path, "
    "or leave them out with ATTESTED_WITHOUT_BROWSER=1.",
)
OLD_POSTGRESQL = SystemPart(
    title="PostgreSQL 15, the oldest we promise",
    packages=("postgresql-15",),
    is_there=POSTGRESQL_15.exists,
    without_it="The database tests run on PostgreSQL 18 alone.",
)
PYTHON_VENV = SystemPart(
    title="Python's own venv",
    packages=("python3-venv",),
    is_there=lambda: _python_can("import ensurepip, venv"),
    without_it="No environment can be made.",
)


def _python_can(statement: str) -> bool:
    return subprocess.run([sys.executable, "-c", statement], check=False, capture_output=True).returncode == 0


def provide(part: SystemPart) -> bool:
    """Install a part if it is missing and we may; else say what is lost and how to get it."""
    if part.is_there():
        return True
    packages = " ".join(part.packages)
    if (sudo := _as_root()) is None:
        print(f"  Missing: {part.title}. {part.without_it}\n    To have it: {_advice(packages)}")
        return False
    try:
        with announced(f"{part.title} ({packages})"):
            _apt_install(sudo, part.packages)
    except SetupError as reason:
        print(f"    {part.without_it}\n    {str(reason).strip().splitlines()[-1]}")
    return part.is_there()


def _advice(packages: str) -> str:
    if sys.platform == "darwin":
        return "brew install pango, postgresql@15 or chromium, as named above"
    return f"apt-get install {packages} as root, or the like of it on this system"


@functools.cache
def _as_root() -> tuple[str, ...] | None:
    """Give the words that make apt-get run as root, or None where it cannot."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ()
    asked = ["sudo", "--non-interactive", "true"]
    if shutil.which("sudo") and subprocess.run(asked, check=False, capture_output=True).returncode == 0:
        return ("sudo", "--non-interactive")
    return None


def _apt_install(sudo: tuple[str, ...], packages: tuple[str, ...]) -> None:
    apt = (*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=400")
    install = (*apt, "install", "--yes", "--no-install-recommends", *packages)
    with _no_cluster(sudo) if "postgresql-15" in packages else contextlib.nullcontext():
        try:
            call(*install, otherwise="")
        except SetupError:  # most often: the package lists are old or were never fetched
            call(*apt, "update", otherwise="The package lists could not be fetched.")
            call(*install, otherwise=f"Try: apt-get install {' '.join(packages)}")


@contextlib.contextmanager
def _no_cluster(sudo: tuple[str, ...]) -> Iterator[None]:
    """Keep Debian from creating and starting a server: we want the programs, and nothing of the machine's."""
    call(*sudo, "mkdir", "-p", CLUSTER_SETTINGS.parent, otherwise="")
    setting = f"echo 'create_main_cluster = false' > {CLUSTER_SETTINGS}"
    call(*sudo, "sh", "-c", setting, otherwise="")
    try:
        yield
    finally:
        call(*sudo, "rm", "-f", CLUSTER_SETTINGS, otherwise="")
