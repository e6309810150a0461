"""What is in the checkout, as the tests about the code itself see it?"""

import ast
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"


@dataclass(frozen=True, slots=True)
class Module:
    """One Python module under src: its dotted name, its file, its syntax."""

    name: str
    path: Path
    syntax: ast.Module

    @property
    def shelf(self) -> str:
        """The last part of its name, which in a room says what it is for."""
        return self.name.rpartition(".")[2]

    @property
    def room(self) -> str:
        """The package it stands in."""
        return self.name.rpartition(".")[0]


@cache
def committed_files() -> tuple[Path, ...]:
    """List the files that are, or would be, committed; without git, every file outside the made folders."""
    if shutil.which("git"):
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        if listed.returncode == 0:
            return tuple(
                path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()
            )
    made = {".venv", "node_modules", "build", ".data", ".git", "__pycache__"}
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and not made & set(p.relative_to(ROOT).parts))


def texts() -> dict[Path, str]:
    """Read every committed file that is text and not a lock."""
    locks = {"package-lock.json", *(p.name for p in ROOT.glob("requirements*.txt"))}
    found: dict[Path, str] = {}
    for path in committed_files():
        content = path.read_bytes()
        if path.name not in locks and b"\0" not in content:
            found[path.relative_to(ROOT)] = content.decode("utf-8", "replace")
    return found


@cache
def modules() -> tuple[Module, ...]:
    """Parse every module under src."""
    return tuple(_module(path) for path in sorted(SRC.rglob("*.py")))


def _module(path: Path) -> Module:
    dotted = ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__")
    return Module(dotted, path, ast.parse(path.read_text(encoding="utf-8"), str(path)))


def imports(module: Module) -> frozenset[str]:
    """Name what a module imports: modules, and names inside modules, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(module.syntax):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = (
                module.room.split(".")[: len(module.room.split(".")) - node.level + 1] if node.level else []
            )
            source = ".".join([*start, *([node.module] if node.module else [])])
            found |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    return frozenset(found)
