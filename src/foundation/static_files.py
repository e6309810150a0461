"""Under which address does a browser find each built file, and how long may it keep it?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from litestar.datastructures import CacheControlHeader
from litestar.router import Router
from litestar.static_files import create_static_files_router

STATIC = Path(__file__).resolve().parent.parent.parent / "build" / "static"
STATIC_PATH = "/static"
_A_YEAR = 31_536_000


class AssetsMissing(Exception):
    """The pages' static files have not been built; run scripts/build_assets.py."""


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The built files: where they lie, and under which hashed name each is served."""

    directory: Path
    hashed: Mapping[str, str]

    def url(self, name: str) -> str:
        """The address of one file, good for a year because its name changes with its content."""
        try:
            return f"{STATIC_PATH}/{self.hashed[name]}"
        except KeyError:
            raise AssetsMissing(f"no static file is named {name}") from None


def load_static_files(directory: Path = STATIC) -> StaticFiles:
    """Read the manifest that the build wrote, once, when the program starts."""
    try:
        manifest = json.loads((directory / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        raise AssetsMissing(AssetsMissing.__doc__) from None
    return StaticFiles(directory, manifest["files"])


def static_router(static: StaticFiles, *, opt: Mapping[str, object]) -> Router:
    """Serve the built files; `opt` declares who may have them, as every route does."""
    return create_static_files_router(
        STATIC_PATH,
        [static.directory],
        cache_control=CacheControlHeader(public=True, max_age=_A_YEAR, immutable=True),
        opt=dict(opt),
    )
