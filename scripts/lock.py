"""How are the locks made? Hashes for every file, addresses for none: uv.lock would write one beside each.

python scripts/lock.py [--upgrade] [--into FOLDER]
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.txt": ("pyproject.toml",),
    "requirements-dev.txt": ("pyproject.toml", "--group", "dev", "--constraints", "requirements.txt"),
    "requirements-setup.txt": ("--group", "setup"),
    "requirements-node.txt": ("--group", "node"),
}
HOUSE_RULE = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--quiet",
)


def compile_lock(name: str, folder: Path, *, upgrade: bool) -> int:
    """Compile one lock into a folder, keeping today's versions where pyproject.toml allows them."""
    if folder != ROOT:
        shutil.copy(ROOT / name, folder / name)
    command = [sys.executable, "-m", "uv", "pip", "compile", *HOUSE_RULE, *LOCKS[name]]
    command += ["--output-file", str(folder / name), *(["--upgrade"] if upgrade else [])]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> int:
    """Compile every lock; the exit status is the first failure's."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions pyproject.toml allows"
    )
    parser.add_argument(
        "--into", type=Path, default=ROOT, help="write there instead of over the committed locks"
    )
    asked = parser.parse_args()
    statuses = (compile_lock(name, asked.into, upgrade=asked.upgrade) for name in LOCKS)
    return next((status for status in statuses if status), 0)


if __name__ == "__main__":
    sys.exit(main())
