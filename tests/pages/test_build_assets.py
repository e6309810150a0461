"""Are the static files built once, named by their content, and served for a year?"""

import json
import shutil
from pathlib import Path

import pytest
from litestar.testing import create_test_client

import build_assets
from foundation.static_files import load_static_files, static_router


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("assets") / "static"
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(build_assets, "STATIC", made)
        assert build_assets.build()
    return made


@pytest.fixture
def built(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build of this test's own."""
    shutil.copytree(made_once, tmp_path / "static")
    monkeypatch.setattr(build_assets, "STATIC", tmp_path / "static")
    return tmp_path / "static"


def served_from(built: Path) -> list[str]:
    """Return the files to which a server that starts now leads its browsers."""
    return [*json.loads((built / "manifest.json").read_text("utf-8"))["files"].values()]


def test_nothing_is_done_twice_and_a_lost_file_is_made_again(built: Path) -> None:
    assert not build_assets.build()
    next(built.glob("attested.*.css")).unlink()
    assert build_assets.build()


def test_what_a_build_no_longer_makes_is_cleared_away(built: Path) -> None:
    stale = built / "attested.000000000000.css"
    stale.write_text("old")
    assert build_assets.build(force=True)
    assert not stale.exists()


def test_a_server_that_still_runs_finds_the_files_of_the_build_before(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The accident: a build beside a running server, and every page of it without its stylesheet."""
    first = served_from(built)
    assets = tmp_path / "assets"
    shutil.copytree(build_assets.ASSETS, assets)
    monkeypatch.setattr(build_assets, "ASSETS", assets)
    for further in ("/* one */", "/* two */"):
        with (assets / "attested.js").open("a") as script:
            script.write(f"\n{further}")
        running = served_from(built)
        assert build_assets.build()
        assert all((built / name).exists() for name in running)
    assert not all((built / name).exists() for name in first)  # but not of every build there ever was


def test_every_file_the_stylesheet_and_the_scripts_name_is_there(built: Path) -> None:
    files = json.loads((built / "manifest.json").read_text("utf-8"))["files"]
    assert {"attested.css", "attested.js", "early.js", "favicon.svg"} <= set(files)
    style = (built / files["attested.css"]).read_text("utf-8")
    assert style.count(files["atkinson-latin-400.woff2"]) == 1
    assert files["govuk-frontend.js"] in (built / files["attested.js"]).read_text("utf-8")


def test_neither_the_crown_nor_its_typeface_is_ours(built: Path) -> None:
    style = next(built.glob("attested.*.css")).read_text("utf-8")
    assert "GDS Transport" not in style
    assert "govuk-crest" not in style


def test_a_name_nothing_is_built_under_stops_the_build() -> None:
    with pytest.raises(build_assets.AssetsCannotBeBuilt, match=r"lost\.woff2"):
        build_assets._with_hashed_names('url("./lost.woff2")', {})


def test_a_browser_may_keep_a_static_file_for_a_year(built: Path) -> None:
    static = load_static_files(built)
    with create_test_client([static_router(static, opt={"permission": "open"})]) as client:
        answer = client.get(static.url("attested.css"))
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/css")
        assert answer.headers["cache-control"] == "max-age=31536000, public, immutable"
        assert client.get("/static/../pyproject.toml").status_code == 404
